#!/usr/bin/env node
// parity - a store copied from SQLite to PostgreSQL gives the same answers: a seeded
// sample of GETs over every route of both faces, made from the server's own OpenAPI
// description and from values met in the answers, equal after sorting members.
//                                            tests/parity.mjs [REQUESTS] [SEED]
import { database, end } from './lib/cluster.mjs';
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
const { Server, Tally, command, scratch } = await import('./lib/server.mjs');

const wanted = Number(process.argv[2] ?? 2000);
let seed = Number(process.argv[3] ?? 20240229);
const tally = new Tally('parity');

function random(below) { // mulberry32
	seed = (seed + 0x6d2b79f5) | 0;
	let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
}
const one = (list) => list[random(list.length)];

// ---- the same records twice ----

const folder = scratch();
const data = join(folder, 'data');
const made = await command(['demo', '--data', data]);
if (made.code) throw new Error(`demo: ${made.code} ${made.err}${made.out}`);
const words = Object.fromEntries([...made.out.matchAll(/^ {2}(elena|marcus|drgrant) +(\S+)/gm)].map((m) => [m[1], m[2]]));

// What the demo has none of: equal values, letters that sort apart, empty columns.
const bend = (store, statements) => execFileSync('sqlite3', [join(data, `${store}.db`), statements]);
bend('personal', [['medications', 'medication_name', 'effective_period_start'], ['conditions', 'condition_name', 'onset_date'],
	['lab_results', 'test_name', 'completed_date'], ['allergies', 'reaction', 'onset_date'], ['immunizations', 'manufacturer', 'expiration_date'],
	['procedures', 'procedure_name', 'notes'], ['treatments', 'treatment_name', 'end_date'], ['encounters', 'reason', 'notes'],
	['practitioners', 'name', 'rating'], ['family_members', 'name', 'birth_year'], ['insurance', 'company_name', 'expiration_date'],
	['emergency_contacts', 'name', 'email']].map(([table, name, empty]) => `
	UPDATE ${table} SET ${name} = 'éclair' WHERE id % 5 = 1; UPDATE ${table} SET ${name} = 'Éclair_%' WHERE id % 5 = 2;
	UPDATE ${table} SET ${name} = 'zZ ß Łódź' WHERE id % 7 = 3; UPDATE ${table} SET ${name} = '_x' WHERE id % 11 = 4;
	UPDATE ${table} SET ${empty} = NULL WHERE id % 3 = 0;`).join('')
	+ `UPDATE medications SET tags = '["Été","a,b","x\\"y"]' WHERE id % 4 = 0; UPDATE conditions SET tags = '["Été"]' WHERE id % 4 = 1;
	UPDATE lab_results SET tags = NULL WHERE id % 6 = 5; UPDATE vitals SET recorded_date = '2024-05-05 05:05:05.000000' WHERE id % 4 = 0;
	UPDATE medications SET created_at = '2024-01-01 00:00:00.000000', status = NULL WHERE id % 9 = 8;`);
bend('clinic', `UPDATE patients SET last_name = 'Ångström' WHERE id % 7 = 1; UPDATE patients SET last_name = 'ångström', first_name = 'zoë' WHERE id % 7 = 2;
	UPDATE patients SET last_name = '_O''Neil' WHERE id % 11 = 3; UPDATE medications SET name = 'ÉCLAIR' WHERE id % 5 = 1;
	UPDATE vital_signs SET recorded_date = '2024-05-05 05:05:05.000000' WHERE id % 4 = 0;
	UPDATE lab_results SET resulted_date = NULL WHERE id % 3 = 1;`);

const [, client, secret] = /-u ([^:\s]+):(\S+)/.exec(made.out);
const url = database();
const moved = await command(['copy', '--from', data, '--to', url]);
tally.hold(moved.code === 0, `copy: ${moved.err}`);
const other = join(folder, 'other', 'data');
mkdirSync(join(folder, 'other'));
cpSync(data, other, { recursive: true });
for (const name of ['personal', 'clinic']) for (const part of ['', '-wal', '-shm']) rmSync(join(other, `${name}.db${part}`), { force: true });

const lite = await Server.start([], { dir: folder });
const big = await Server.start(['--database', url], { dir: join(folder, 'other') });

// ---- who asks ----

async function tokens(server) {
	const all = {};
	for (const [name, word] of Object.entries(words)) all[name] = await server.login(name, word);
	const r = await server.form('/oauth/token', { grant_type: 'client_credentials', client_id: client, client_secret: secret });
	if (r.status !== 200) throw new Error(`token: ${r.status} ${r.text}`);
	all.client = r.json.access_token;
	return all;
}
const keys = [await tokens(lite), await tokens(big)];

// ---- what is asked ----

// Answers about the process, the clock or the session itself.
const besides = /\/(system|admin|utils|frontend-logs)\/|\/setup$|\/sessions$|openapi|recent-activity/;
const described = (await lite.ask('GET', '/openapi.json')).json;
const routes = Object.entries(described.paths).filter(([path, methods]) => methods.get && !besides.test(path))
	.map(([path, methods]) => ({ path, parameters: methods.get.parameters ?? [] }));
const pool = new Map(); // values met, by member
const strings = new Set();

function learn(value, key) {
	if (Array.isArray(value)) value.slice(0, 40).forEach((v) => learn(v, key));
	else if (value && typeof value === 'object') for (const [k, v] of Object.entries(value)) learn(v, k);
	else if (value !== null && value !== undefined && key) {
		if (!pool.has(key)) pool.set(key, new Set());
		if (pool.get(key).size < 400) pool.get(key).add(value);
		if (typeof value === 'string' && strings.size < 5000) strings.add(value);
	}
}
const met = (...names) => names.flatMap((n) => [...(pool.get(n) ?? [])]);

function sortKeys() {
	const all = ['id', 'created_at', 'updated_at', 'status', 'name', 'date', ...pool.keys()];
	return `${one(['', '-'])}${one(all)}`;
}

function fragment() {
	const text = one([...strings]) ?? 'a';
	const from = random(Math.max(1, text.length - 3));
	const piece = text.slice(from, from + 2 + random(4));
	return one([piece, piece.toUpperCase(), piece.toLowerCase(), '%', '_', 'É', 'ß']);
}

function valueOf(name, path) {
	if (name === 'skip') return one([0, 0, 1, 3, 10, 40, 1000]);
	if (name.startsWith('limit')) return one([1, 2, 5, 20, 50, 100]);
	if (name === 'days' || name === 'months_interval') return one([1, 30, 365, 1100, 3000]);
	if (/date|_from|_to$/.test(name)) return one([...met('date', 'recorded_date', 'completed_date').map((d) => String(d).slice(0, 10)), '2024-02-29', '1990-01-01']);
	if (name === 'sort') return sortKeys();
	if (name === 'q' || name === 'search' || name === 'company' || name === 'allergen' || name === 'pattern') return fragment();
	if (name === 'tags') return one([...met('tags', 'tag'), 'nothing']);
	if (/^entity_type/.test(name)) return one(['medication', 'condition', 'lab_result', 'allergy', 'procedure']);
	if (name === 'permission') return one(['view', 'edit', 'full']);
	if (name === 'units') return one(['metric', 'imperial']);
	if (name === 'cursor') return one([...met('next_cursor'), 'nonsense']);
	if (name === 'key' || name === 'mrn') return one([...(/providers/.test(path) ? met('npi') : met('mrn', 'patient_mrn', 'id')), 'MRN0']);
	if (name === 'patient_mrn') return one([...met('mrn'), 'MRN0']);
	if (name === 'provider_npi') return one([...met('npi'), '1']);
	if (name === 'code') return one([...met('test_code'), '1-8']);
	if (name === 'patient_id') return one([1, 2, 3, 4, 5, 6]);
	if (/(^|_)id$/.test(name)) return 1 + random(80);
	const known = met(name);
	return known.length ? one(known) : fragment();
}

function request() {
	const route = one(routes);
	const clinic = !route.path.startsWith('/api/');
	const query = new URLSearchParams();
	let path = route.path;
	for (const p of route.parameters) {
		const name = p.name;
		if (p.in === 'path') path = path.replace(`{${name}}`, encodeURIComponent(valueOf(name, route.path)));
		else if (random(3) === 0) {
			query.append(name, p.schema?.type === 'boolean' ? one(['true', 'false']) : String(valueOf(name, route.path)));
			if (p.schema?.type === 'array' && random(2)) query.append(name, String(valueOf(name, route.path)));
		}
	}
	const text = query.toString();
	return { path: text ? `${path}?${text}` : path,
		who: clinic ? one(['client', 'client', 'client', 'drgrant']) : one(['elena', 'elena', 'marcus', 'drgrant']) };
}

// ---- the same? ----

// Members that tell of the moment of asking.
const now = new Set(['timestamp', 'generated_at', 'last_used', 'request_id', 'correlation_id',
	'made_at', 'last_login_at', 'last_seen_at', 'last_used_at']);
// The log is read while it is written, half a second behind; and each house has its own size.
const living = /\/(people\/N|house|v1)\/(activity|health)$/;
const sorted = (v) => (Array.isArray(v) ? v.map(sorted)
	: v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, now.has(k) ? '-' : sorted(v[k])]))
		: v);
const shape = (r) => `${r.status} ${r.json === undefined ? r.text : JSON.stringify(sorted(r.json))}`.replace(/127\.0\.0\.1:\d+/g, 'ORIGIN');

const counts = new Map();
let asked = 0;
const shown = new Set();

async function compare({ path, who }) {
	const [a, b] = await Promise.all([lite.ask('GET', path, { token: keys[0][who] }), big.ask('GET', path, { token: keys[1][who] })]);
	asked++;
	counts.set(a.status, (counts.get(a.status) ?? 0) + 1);
	if (a.status === 200) learn(a.json);
	const bare = path.split('?')[0].replace(/\/\d+/g, '/N');
	const [x, y] = living.test(bare) ? [`${a.status}`, `${b.status}`] : [shape(a), shape(b)];
	let at = 0;
	while (at < x.length && x[at] === y[at]) at++;
	if (x === y || shown.has(bare)) return tally.hold(x === y, `${who} ${path}`);
	shown.add(bare);
	return tally.hold(false, `${who} ${path}\n    SQLite      ...${x.slice(Math.max(0, at - 60), at + 120)}\n    PostgreSQL  ...${y.slice(Math.max(0, at - 60), at + 120)}`);
}

// Every route once without parameters, so that there are values to ask with.
for (const route of routes.filter((r) => !r.path.includes('{')))
	await compare({ path: route.path, who: route.path.startsWith('/api/') ? 'elena' : 'client' });
while (asked < wanted) await compare(request());

await lite.stop();
await big.stop();
lite.remove();
end();
console.log(`parity: ${asked} requests over ${routes.length} routes; answers by status: ${[...counts].sort().map(([s, n]) => `${s}: ${n}`).join(', ')}`);
tally.hold((counts.get(200) ?? 0) > wanted / 4, 'too few of the requests were answered 200');
tally.end();
