#!/usr/bin/env node
// golden - what every declaration leads to, kept beside the code so that a change shows its
// effect on every face.      tools/golden check | rewrite
//
// tests/golden/FACE/RECORD/{sqlite.sql,postgres.sql,api.json}
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const golden = join(top, 'tests/golden');
const binary = process.env.CHARTHOUSE
	|| ['build', 'build-asan'].map((d) => join(top, d, 'charthouse')).find(existsSync);
const what = process.argv[2];
if (!['check', 'rewrite'].includes(what)) {
	console.error('usage: tools/golden check | rewrite');
	process.exit(2);
}

const derive = (...args) => execFileSync(binary, ['derive', ...args], { encoding: 'utf8', maxBuffer: 1 << 26,
	env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });

const want = new Map();

// Statements end with ";" at the end of a line; each belongs to the table it names.
function split(face, dialect) {
	for (const statement of derive(dialect, face).split(/(?<=;)\n/)) {
		const m = /\bCREATE TABLE\s+(?:IF NOT EXISTS\s+)?"?(\w+)/i.exec(statement) ?? /\bALTER TABLE\s+"?(\w+)/i.exec(statement)
			?? /\bINDEX\b[^;]*?\bON\s+"?(\w+)/is.exec(statement) ?? /\bCOMMENT ON (?:TABLE|COLUMN)\s+"?(\w+)/.exec(statement);
		if (!statement.trim()) continue;
		const path = join(face, m ? m[1] : 'others', `${dialect}.sql`);
		want.set(path, (want.get(path) ?? '') + statement.trimEnd() + '\n');
	}
}

const openapi = JSON.parse(derive('openapi'));
for (const face of ['personal', 'clinic']) {
	split(face, 'sqlite');
	split(face, 'postgres');
	for (const record of JSON.parse(derive('schema', face)).records) {
		const schemas = Object.fromEntries(['', '_create', '_update'].map((s) => [`${face}_${record.name}${s}`])
			.map(([name]) => [name, openapi.components.schemas[name]]).filter(([, s]) => s));
		const uses = (operation) => JSON.stringify(operation).match(new RegExp(`#/components/schemas/${face}_${record.name}(_create|_update)?"`));
		const routes = Object.entries(openapi.paths).flatMap(([path, methods]) => Object.entries(methods)
			.filter(([, o]) => uses(o) || o.tags?.includes(record.many) && path.startsWith(face === 'clinic' ? '/clinic' : '/api'))
			.map(([method, o]) => `${method.toUpperCase()} ${path}: ${o.summary}`));
		want.set(join(face, record.name, 'api.json'), `${JSON.stringify({ record, schemas, routes }, null, '\t')}\n`);
	}
}

function walk(dir, prefix = '') {
	if (!existsSync(dir)) return [];
	return readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
		e.isDirectory() ? walk(join(dir, e.name), join(prefix, e.name)) : [join(prefix, e.name)]);
}

if (what === 'rewrite') {
	for (const path of walk(golden)) if (!want.has(path)) rmSync(join(golden, path));
	for (const [path, text] of want) {
		mkdirSync(dirname(join(golden, path)), { recursive: true });
		writeFileSync(join(golden, path), text);
	}
	console.log(`golden: wrote ${want.size} files`);
	process.exit(0);
}

let passed = 0, failed = 0;
for (const path of new Set([...want.keys(), ...walk(golden)])) {
	const have = existsSync(join(golden, path)) ? readFileSync(join(golden, path), 'utf8') : null;
	if (have === want.get(path)) { passed++; continue; }
	failed++;
	const a = (have ?? '').split('\n'), b = (want.get(path) ?? '').split('\n');
	const at = a.findIndex((l, i) => l !== b[i]);
	console.log(`tests/golden/${path}: ${have === null ? 'is missing' : !want.has(path) ? 'is of no record' : `line ${at + 1}: "${a[at]?.trim() ?? ''}" is now "${b[at]?.trim() ?? ''}"`}`);
}
if (failed) console.log('See what changed with tools/golden rewrite and git diff tests/golden.');
console.log(`golden: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
