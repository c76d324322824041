#!/usr/bin/env node
// budgets - refuses what has grown too large: files, functions, parameters, nesting,
// preprocessor conditions outside base/port, blanks where tabs belong.  Reads C as text, after house style:
// a function ends with a brace in the first column.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMITS = { file: 800, header: 150, lines: 80, parameters: 6, nesting: 4 };
// Signatures that a library prescribes for its callbacks.
const PRESCRIBED = new Set(['src/http/server.c:take', 'src/http/tls.c:tls_retrieve',
	'src/http/websocket.c:take_over']);
const top = join(dirname(fileURLToPath(import.meta.url)), '..');

function walk(dir) {
	return readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
		e.name === 'node_modules' ? [] : e.isDirectory() ? walk(join(dir, e.name)) : /\.[ch]$/.test(e.name) ? [join(dir, e.name)] : []);
}

// Comments, strings and character constants become blanks; lines stay lines.
function bare(text) {
	return text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
		(m) => m.replace(/[^\n]/g, ' '));
}

// Commas at the outermost level of a parameter list.
function count(list) {
	let depth = 0, n = 1;
	if (/^\s*(void)?\s*$/.test(list)) return 0;
	for (const c of list) {
		if (c === '(') depth++;
		else if (c === ')') depth--;
		else if (c === ',' && depth === 0) n++;
	}
	return n;
}

// Deepest nesting of statements, told by the tabs before what opens a block; so a
// body without braces counts as well.
function nesting(body) {
	const tabs = [...body.matchAll(/^(\t+)(?:\}\s*)?(?:if|for|while|switch|do|\w+_foreach)\b/gm)].map((m) => m[1].length);
	return Math.max(0, ...tabs);
}

function functions(code) {
	const found = [];
	const lines = code.split('\n');
	for (let i = 0; i < lines.length; i++) {
		if (lines[i] !== '{') continue;
		let head = '', k = i - 1;
		while (k >= 0 && lines[k].trim() && !/^[}#]/.test(lines[k]) && !/;\s*$/.test(lines[k])) head = lines[k--] + '\n' + head;
		const m = /(\w+)\s*\(([^]*)\)\s*$/.exec(head.replace(/\b(CLEANUP|PRINTF|__attribute__)\s*\(\(?[^)]*\)?\)/g, ''));
		const end = lines.indexOf('}', i);
		if (!m || end < 0) continue;
		found.push({ name: m[1], line: k + 2, lines: end - k - 1, parameters: count(m[2]),
			nesting: nesting(lines.slice(i, end + 1).join('\n')) });
		i = end;
	}
	return found;
}

let passed = 0, failed = 0;
function hold(ok, words) {
	if (ok) passed++;
	else { failed++; console.log(words); }
}

export { functions, bare };
const roots = process.argv.slice(2).length ? process.argv.slice(2) : ['src', 'tests', 'bench'].map((d) => join(top, d)).filter(existsSync);
for (const file of roots.flatMap(walk)) {
	const name = relative(top, file), text = readFileSync(file, 'utf8'), code = bare(text);
	const n = text.split('\n').length - 1;
	const most = LIMITS.file;
	hold(n <= most, `${name}: ${n} lines, at most ${most}`);
	if (!/src\/base\/port\//.test(file)) {
		const at = code.split('\n').findIndex((l) => /^\s*#\s*(if|ifdef|ifndef|elif)\b/.test(l));
		hold(at < 0, `${name}:${at + 1}: a preprocessor condition outside base/port`);
	}
	for (const f of functions(code)) {
		hold(f.lines <= LIMITS.lines, `${name}:${f.line}: ${f.name}() has ${f.lines} lines, at most ${LIMITS.lines}`);
		hold(f.parameters <= LIMITS.parameters || PRESCRIBED.has(`${name}:${f.name}`), `${name}:${f.line}: ${f.name}() takes ${f.parameters} parameters, at most ${LIMITS.parameters}`);
		hold(f.nesting <= LIMITS.nesting, `${name}:${f.line}: ${f.name}() nests ${f.nesting} deep, at most ${LIMITS.nesting}`);
	}
	hold(!/\bgoto\b/.test(code), `${name}: goto`);
	const stray = text.split('\n').findIndex((l) => /^\t* {8}|[ \t]$/.test(l));
	hold(stray < 0, `${name}:${stray + 1}: indented with blanks, or blanks at the end`);
}
console.log(`budgets: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
