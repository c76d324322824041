#!/usr/bin/env node
// routes - docs/reference/routes.md: every route of the personal contract with its state.
//   tools/routes.mjs check      compares with what the program serves (./test does it)
//   tools/routes.mjs write      writes it anew
// What is served is asked of the program (charthouse derive openapi).  The routes of the
// contract are kept in tests/data/contract-routes.json; where ../shared/spec is at hand
// they are read from its tables again, and must be the same.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = join(top, 'docs/reference/routes.md');
const kept = join(top, 'tests/data/contract-routes.json');
const shared = process.env.CHARTHOUSE_SHARED ?? [join(top, '../shared'), '/work/shared'].find(existsSync) ?? '';
const program = process.env.CHARTHOUSE || ['build-asan', 'build'].map((d) => join(top, d, 'charthouse')).find(existsSync);
const METHOD = 'GET|POST|PUT|PATCH|DELETE';

// Sections whose routes come with issues of their own; of the others only these paths.
const LATER = new Set(['2.2', '2.19', '2.24', '2.26', '2.27', '2.28', '2.29']);
const LATER_PATHS = [/^\/patients\/\{patient_id\}\/photo(\/info)?$/, /^\/lab-result-files\//, /^\/lab-results\/\{id\}\/files(\/\{file_id\})?$/];

const same = (path) => path.replace(/\{\w+\}/g, '{}').replace(/(.)\/$/, '$1');
const key = (r) => `${r.method} ${same(r.path)}`;

// What 2.8a calls the pattern: all that a collection has.
function pattern(section, collection) {
	const each = (methods, path) => methods.map((method) => ({ section, method, path }));
	return [...each(['POST', 'GET'], `${collection}/`), ...each(['GET', 'PUT', 'DELETE'], `${collection}/{id}`)];
}

function contract(text) {
	const found = new Map();
	let section = '', title = '', collection = '';
	const add = (r) => { if (!found.has(key(r))) found.set(key(r), { ...r, title }); };
	for (const line of text.slice(text.indexOf('\n# 2. '), text.indexOf('\n# 3. ')).split('\n')) {
		const heading = /^## (2\.\d+a?) (.*)$/.exec(line);
		if (heading) {
			[, section, title] = heading;
			collection = /`(\/[\w-]+)`/.exec(title)?.[1] ?? '';
			title = title.replace(/ — .*/, '').replace(/[`"*]/g, '').replace(/ \(.*/, '');
			continue;
		}
		if (!line.startsWith('| ') || section === '2.8a') continue;
		const cell = line.split(' | ')[0];
		if (/^\| POST, GET, PUT, DELETE$/.test(cell)) { pattern(section, collection).forEach(add); continue; }
		let methods = [];
		for (const m of cell.matchAll(new RegExp(`((?:${METHOD})(?:/(?:${METHOD}))*)(?=[ ,|])|\`(/[^\`]*)\``, 'g'))) {
			if (m[1]) methods = m[1].split('/');
			else methods.forEach((method) => add({ section, method, path: m[2].replace(/\?.*/, '') }));
		}
	}
	return [...found.values()];
}

function served() {
	const document = JSON.parse(execFileSync(program, ['derive', 'openapi'], { encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } }));
	return Object.entries(document.paths).filter(([path]) => path.startsWith('/api/v1/')).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path: path.slice('/api/v1'.length), summary: operation.summary })));
}

const later = (r) => LATER.has(r.section) || LATER_PATHS.some((p) => p.test(r.path));
const state = (r, have) => (have.has(key(r)) ? 'served' : `open: ${r.section}`);

function table(routes, have) {
	const groups = Map.groupBy ? Map.groupBy(routes, (r) => r.section) : routes.reduce((m, r) => m.set(r.section, [...(m.get(r.section) ?? []), r]), new Map());
	const out = [];
	for (const [section, rows] of groups) {
		const n = rows.filter((r) => have.has(key(r))).length;
		out.push(`## ${section} ${rows[0].title}: ${n} of ${rows.length}`, '', '| Route | State | |', '|---|---|---|');
		for (const r of rows) out.push(`| \`${r.method} ${r.path}\` | ${state(r, have)} | ${have.get(key(r))?.summary ?? ''} |`);
		out.push('');
	}
	return out;
}

function write(routes, all) {
	const have = new Map(all.map((r) => [key(r), r]));
	const known = new Set(routes.map(key));
	const ours = all.filter((r) => !known.has(key(r)));
	return [
		'# Routes of the personal face', '',
		'Made by `tools/routes.mjs write` from the route tables of the program and those of the contract; `./test`',
		'refuses a page that is out of date. Paths are relative to `/api/v1`; both forms of a trailing slash are',
		'accepted. `open: 2.x` means the routes of that section are not served yet.', '',
		`${routes.filter((r) => have.has(key(r))).length} of the contract's ${routes.length} routes are served, and ${ours.length} of our own.`, '',
		...table(routes, have),
		`## Ours besides: ${ours.length}`, '', '| Route | |', '|---|---|',
		...ours.map((r) => `| \`${r.method} ${r.path}\` | ${r.summary ?? ''} |`), '',
	].join('\n');
}

let failed = 0, passed = 0;
function hold(ok, words) {
	if (ok) passed++;
	else { failed++; console.log(`FAIL ${words}`); }
}

const spec = join(shared, 'spec/personal-api.md');
const print = (list) => `[\n${list.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`;
const writing = process.argv[2] === 'write';
if (existsSync(spec)) {
	const fresh = print(contract(readFileSync(spec, 'utf8')));
	if (writing) writeFileSync(kept, fresh);
	hold(readFileSync(kept, 'utf8') === fresh, 'tests/data/contract-routes.json is not what the contract says: tools/routes.mjs write');
}
const routes = JSON.parse(readFileSync(kept, 'utf8'));
const all = served();
const have = new Set(all.map(key));
const text = write(routes, all);
if (writing) {
	mkdirSync(dirname(page), { recursive: true });
	writeFileSync(page, text);
}
hold(existsSync(page) && readFileSync(page, 'utf8') === text, 'docs/reference/routes.md is out of date: tools/routes.mjs write');
for (const r of routes) if (!later(r)) hold(have.has(key(r)), `${r.method} ${r.path} (${r.section}) is not served`);
hold(routes.length > 300, `the contract has only ${routes.length} routes`);
console.log(`routes: ${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
