#!/usr/bin/env node
// rules - docs/reference/rules.md: every rule of the schema documents and every defect of the
// contract's register, with the stories that show it held.
//   tools/rules.mjs check      the page is true: ./test does it
//   tools/rules.mjs write      writes it anew from tests/data/rules.json
// A story that is named must be there, and have the rule as a heading over the steps that hold it
// ("# rule: WORDS"; tests/cases/README.md); a heading must be that of a rule. A defect's story is
// named after it (d07-...) or has the heading "# defect: D07 WORDS". A story that is named after
// a rule must be listed, and where ../shared/spec is at hand, every rule of its pages must be.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { statements } from '../tests/lib/statements.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = join(top, 'docs/reference/rules.md');
const rules = JSON.parse(readFileSync(join(top, 'tests/data/rules.json'), 'utf8'));
const shared = process.env.CHARTHOUSE_SHARED ?? [join(top, '../shared'), '/work/shared'].find(existsSync) ?? '';
const faces = ['personal', 'clinic'];
const stories = new Map(faces.flatMap((face) => readdirSync(join(top, 'tests/cases', face)).filter((n) => n.endsWith('.case')).map((n) => [`${face}/${n.slice(0, -5)}`, n])));
const trouble = [];
let passed = 0;
const hold = (ok, words) => { if (ok) passed++; else trouble.push(words); };
const face_of = (rule) => (rule.page.startsWith('clinic') ? 'clinic' : 'personal');
const is_story = (name) => !/^(open|nothing to do):|\//.test(name);

const in_file = (name, words) => existsSync(join(top, name)) && readFileSync(join(top, name), 'utf8').includes(`rule: ${words}`);

for (const rule of rules)
	for (const name of rule.held_by) {
		if (is_story(name)) hold(stories.has(`${face_of(rule)}/${name}`), `${rule.of}: "${rule.rule}" names a story that is not there: ${name}`);
		else if (name.includes('/') && !name.startsWith('open')) hold(in_file(name, rule.rule), `${rule.of}: there is no ${name} with "rule: ${rule.rule}"`);
	}
const named = new Set(rules.flatMap((rule) => rule.held_by.map((name) => `${face_of(rule)}/${name}`)));
for (const name of stories.keys())
	if (/\/(rules-of|d\d\d|data-integrity|soft-delete|audit-fields|validation-by)-/.test(name)) hold(named.has(name), `${name} is named after a rule, but not in tests/data/rules.json`);

const plain = (text) => text.replaceAll('`', '').trim();

// The heading of a rule in a story: its words; where two rules of one story say the same, whose they are, too.
function headings_of(name) {
	const mine = rules.filter((rule) => rule.held_by.some((held) => `${face_of(rule)}/${held}` === name));
	return new Map(mine.map((rule) => {
		const words = plain(rule.rule);
		if (/^D\d\d$/.test(rule.of)) return [`defect: ${rule.of} ${words}`, name.split('/')[1].startsWith(`${rule.of.toLowerCase()}-`)];
		const twins = mine.filter((other) => plain(other.rule) === words).length > 1;
		return [`rule: ${twins ? `${rule.of}: ` : ''}${words}`, false];
	}));
}

for (const name of stories.keys()) {
	const source = readFileSync(join(top, 'tests/cases', `${name}.case`), 'utf8');
	const { headings } = statements(source);
	const wanted = headings_of(name);
	const have = new Set(headings.map((one) => `${one.kind}: ${plain(one.words)}`));
	for (const [words, by_name] of wanted) hold(by_name || have.has(words), `tests/cases/${name}.case has no heading "# ${words}"`);
	for (const one of headings) {
		hold(wanted.has(`${one.kind}: ${plain(one.words)}`), `tests/cases/${name}.case:${one.line}: "# ${one.kind}: ${one.words}" is the heading of no rule that tests/data/rules.json gives it`);
		hold(one.claims > 0, `tests/cases/${name}.case:${one.line}: nothing is claimed under "# ${one.kind}: ${one.words}"`);
	}
	const said = source.split('\n').filter((line) => /^\s*#\s*(rule|defect)\s*:/i.test(line)).length;
	hold(said === headings.length, `tests/cases/${name}.case: a heading is not written "# rule: WORDS", or stands within a step`);
}

function said(name, text) {
	const mine = new Set(rules.filter((r) => r.page === name).map((r) => plain(r.rule)));
	let listing = false;
	for (const line of text.split('\n')) {
		if (/^\*\*|^#/.test(line)) listing = /^\*\*Business Rules/.test(line);
		else if (listing && line.startsWith('- ')) hold(mine.has(plain(line.slice(2))), `${name}.md says "${line.slice(2)}", tests/data/rules.json does not`);
	}
}
// Sections whose every bullet is a rule; how the reference's classes point at each other is none.
function said_between(name, text, first, last) {
	const mine = new Set(rules.filter((r) => r.page === name).map((r) => plain(r.rule)));
	hold(text.includes(`\n${first}`) && text.includes(`\n${last}`), `${name}.md has no ${first} before ${last}`);
	const section = text.slice(text.indexOf(`\n${first}`), text.indexOf(`\n${last}`));
	for (const line of section.split('\n').filter((l) => l.startsWith('- ') && !l.startsWith('- Back-reference')))
		hold(mine.has(plain(line.slice(2))), `${name}.md says "${line.slice(2)}", tests/data/rules.json does not`);
}

if (shared && existsSync(join(shared, 'spec/personal-schema.md'))) {
	said_between('personal-schema', readFileSync(join(shared, 'spec/personal-schema.md'), 'utf8'), '## Data Integrity', '### Backup and Recovery');
	said_between('clinic-schema', readFileSync(join(shared, 'spec/clinic-schema.md'), 'utf8'), '## Relationship Details', '## Tables');
	said('personal-schema', readFileSync(join(shared, 'spec/personal-schema.md'), 'utf8'));
	for (const [, id] of readFileSync(join(shared, 'spec/personal-api.md'), 'utf8').matchAll(/^\| (D\d\d) \|/gm)) hold(rules.some((r) => r.of === id), `${id} is in the register, but not in tests/data/rules.json`);
}

function cell(rule, name) {
	if (is_story(name)) return `[${name}](../../tests/cases/${face_of(rule)}/${name}.case)`;
	return name.startsWith('tests/') ? `[${name}](../../${name})` : name;
}

function text() {
	const out = ['# Rules, and the stories that hold them', '', 'Made by `tools/rules.mjs write` from `tests/data/rules.json`; `./test` checks that the stories are there. What is open comes with the routes of that section of personal-api.md.'];
	let heading = '';
	for (const rule of rules) {
		const now = rule.page === 'personal-api 5' ? 'personal-api.md, section 5: defects of the reference' : `${rule.page}.md: ${rule.of}`;
		if (now !== heading) out.push('', `## ${now}`, '', '| rule | held by |', '|---|---|');
		heading = now;
		out.push(`| ${rule.page === 'personal-api 5' ? `${rule.of} ` : ''}${rule.rule.replaceAll('|', '\\|')} | ${rule.held_by.map((name) => cell(rule, name)).join(', ')} |`);
	}
	return `${out.join('\n')}\n`;
}

if (process.argv[2] === 'write') writeFileSync(page, text());
hold(existsSync(page) && readFileSync(page, 'utf8') === text(), 'docs/reference/rules.md is out of date: tools/rules.mjs write');
for (const words of trouble) console.log(`FAIL ${words}`);
console.log(`rules: ${passed} passed, ${trouble.length} failed`);
process.exitCode = trouble.length ? 1 : 0;
