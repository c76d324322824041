#!/usr/bin/env node
// rules - docs/reference/rules.md: every rule of the schema documents and every defect of the
// contract's register, with the stories that show it held.
//   tools/rules.mjs check      the page is true: ./test does it
//   tools/rules.mjs write      writes it anew from tests/data/rules.json
// A story that is named must be there, a story that is named after a rule must be listed, and
// where ../shared/spec is at hand, every rule of its pages must be.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

for (const rule of rules)
	for (const name of rule.held_by) {
		if (is_story(name)) hold(stories.has(`${face_of(rule)}/${name}`), `${rule.of}: "${rule.rule}" names a story that is not there: ${name}`);
		else if (name.includes('/') && !name.startsWith('open')) hold(existsSync(join(top, name)), `${rule.of}: there is no ${name}`);
	}
const named = new Set(rules.flatMap((rule) => rule.held_by.map((name) => `${face_of(rule)}/${name}`)));
for (const name of stories.keys())
	if (/\/(rules-of|d\d\d|data-integrity|soft-delete|audit-fields|validation-by)-/.test(name)) hold(named.has(name), `${name} is named after a rule, but not in tests/data/rules.json`);

const plain = (text) => text.replaceAll('`', '').trim();
function said(name, text) {
	const mine = new Set(rules.filter((r) => r.page === name).map((r) => plain(r.rule)));
	let listing = false;
	for (const line of text.split('\n')) {
		if (/^\*\*|^#/.test(line)) listing = /^\*\*Business Rules/.test(line);
		else if (listing && line.startsWith('- ')) hold(mine.has(plain(line.slice(2))), `${name}.md says "${line.slice(2)}", tests/data/rules.json does not`);
	}
}
if (shared && existsSync(join(shared, 'spec/personal-schema.md'))) {
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
