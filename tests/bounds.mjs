#!/usr/bin/env node
// bounds - no request may end the process: tables far larger than one call's memory are read
// by every route there is, and requests of all sizes and shapes are sent.  Each must be
// answered, and the server must still be the same one afterwards.
//   tests/bounds.mjs [all | TABLE...]   "personal.vitals", "clinic.patients"
import { Server, Tally } from './lib/server.mjs';
import { personal, clinic, plant } from './lib/samples.mjs';

const tally = new Tally('bounds');
const usual = ['personal.family_conditions', 'clinic.appointments'];
const wanted = process.argv.length > 2 ? process.argv.slice(2) : usual;
const server = await Server.start();

// ---- one row of everything ----

const user = await server.makeUser('bulky');
const ids = await plant(server, personal, user.token, { patient: user.patient });
const staff = await server.makeClient('bulky', { role: 'doctor', scopes: 'read:*,write:*' });
const chief = await server.makeClient('chief', { role: 'admin', scopes: 'read:*,write:*' });
const charts = await plant(server, clinic, (table) => (['oauth_clients', 'providers'].includes(table) ? chief.token : staff.token));
const { paths } = (await server.ask('GET', '/openapi.json')).json;

// ---- every route that reads, with the largest answer it may give ----

function placeholder(name, table) {
	if (name === 'mrn') return charts.patients;
	if (name === 'npi') return charts.providers;
	if (/patient/.test(name)) return user.patient;
	return ids[table] ?? charts[table] ?? 1;
}

function query(path) {
	const wanted = (paths[path].get.parameters ?? []).filter((p) => p.in === 'query');
	const pairs = [];
	for (const { name, required, schema = {} } of wanted) {
		if (name === 'limit') pairs.push(['limit', schema.maximum ?? 100]);
		else if (name === 'patient_id') pairs.push([name, user.patient]);
		else if (name === 'patient_mrn') pairs.push([name, charts.patients]);
		else if (required) pairs.push([name, schema.type === 'integer' ? 1 : /date/.test(name) ? '2024-01-15' : 'Zanzibar']);
	}
	return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}

// A token is good for one address, and the port is another after every start.
async function renew() {
	for (const client of [staff, chief])
		client.token = (await server.form('/oauth/token', { grant_type: 'client_credentials', client_id: client.client_id, client_secret: client.client_secret })).json.access_token;
}
const tokenOf = (path) => (/^.clinic.v1.(clients|audit|providers)/.test(path) ? chief.token : /^.(clinic|mcp)/.test(path) ? staff.token : user.token);

async function answered(words, method, path, how = {}) {
	try {
		const r = await server.ask(method, path, { token: tokenOf(path), ...how });
		tally.hold(r.status !== 500, `${words}: ${method} ${path} is no fault of ours`, `${r.status} ${r.text.slice(0, 300)}`);
		return r.status;
	} catch (e) {
		tally.hold(false, `${words}: ${method} ${path} is answered`, `${e.message}\n${server.err.slice(-500)}`);
		if (server.gone) {
			server.gone = null;
			await server.again();
			await renew();
		}
		return 0;
	}
}

// The tools of agents read the same charts.
async function useTools(words) {
	const rpc = (method, params) => server.ask('POST', '/mcp', { token: staff.token, body: { jsonrpc: '2.0', id: 1, method, params },
		headers: { Accept: 'application/json, text/event-stream' } });
	const { tools } = (await rpc('tools/list', {})).json.result;
	for (const tool of tools) {
		const given = Object.keys(tool.inputSchema.properties ?? {}).filter((name) => /mrn/.test(name)).map((name) => [name, charts.patients]);
		if (!given.length || !tool.annotations?.readOnlyHint) continue;
		const r = await rpc('tools/call', { name: tool.name, arguments: Object.fromEntries(given) }).catch((e) => ({ status: 0, text: e.message }));
		tally.hold(r.status && r.status !== 500, `${words}: the tool ${tool.name} is answered`, `${r.status} ${r.text.slice(0, 300)}`);
	}
}

async function readAll(words, face, table) {
	const met = {};
	for (const path of Object.keys(paths).filter((p) => paths[p].get && p.startsWith(face === 'clinic' ? '/clinic' : '/api'))) {
		const filled = path.replace(/\{(\w+)\}/g, (all, name) => encodeURIComponent(placeholder(name, table)));
		const status = await answered(words, 'GET', filled + query(path));
		met[status] = (met[status] ?? 0) + 1;
	}
	if (face === 'clinic') await useTools(words);
	return met;
}

// ---- tables that are too large ----

const ROOMY = ['notes', 'description', 'side_effects', 'reaction', 'reason', 'results_json', 'relevance_note', 'treatment_plan'];
const series = (n) => `(WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < ${n}) SELECT i FROM k) AS series`;

const postgres = Boolean(process.env.CHARTHOUSE_TEST_DATABASE);
const filler = (n) => (postgres ? `repeat('a', ${n})` : `substr(replace(hex(zeroblob(${n})), '00', 'ab'), 1, ${n})`);

async function columnsOf(store, table) {
	const said = await server.sql(store, postgres
		? `SELECT attname, format_type(atttypid, NULL), EXISTS (SELECT 1 FROM pg_index WHERE indrelid = attrelid AND indisunique AND indnkeyatts = 1 AND indkey[0] = attnum)
			FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped`
		: `SELECT name, type, EXISTS (SELECT 1 FROM pragma_index_list('${table}') l WHERE l."unique" AND (SELECT group_concat(i.name) FROM pragma_index_info(l.name) i) = c.name) FROM pragma_table_info('${table}') c`);
	return said.split('\n').map((line) => line.split('|')).map(([name, type, unique]) => ({ name, type: type.toLowerCase(), unique: /^(1|t)/.test(unique) })).filter((c) => c.name !== 'id');
}

async function multiply(store, table, rows, length) {
	const columns = await columnsOf(store, table);
	const values = columns.map(({ name, type, unique }) => {
		if (unique) return `'M' || i`;
		if (name === 'is_primary' || name === 'is_self_record') return 'FALSE';
		if (!length || !ROOMY.includes(name) || !/^(text|json)/.test(type)) return name;
		return name === 'results_json' ? `CAST('["' || ${filler(length)} || '"]' AS ${type})` : filler(length);
	});
	const last = Number(await server.sql(store, `SELECT max(id) FROM ${table}`));
	await server.alter(store, `${postgres ? '' : 'PRAGMA synchronous = OFF; '}INSERT INTO ${table} (${columns.map((c) => c.name)}) SELECT ${values} FROM ${table}, ${series(rows)} WHERE ${table}.id = ${last} ON CONFLICT DO NOTHING`);
	return last;
}

async function tooLarge(store, table, rows, length) {
	const words = `${rows} rows of ${length} more bytes in ${store}.${table}`;
	await server.stop();
	let last;
	try {
		last = await multiply(store, table, rows, length);
	} catch (e) {
		tally.hold(false, words, e.message);
		await server.again();
		return;
	}
	await server.again();
	await renew();
	console.log(`${words}: ${JSON.stringify(await readAll(words, store, table))}`);
	await server.stop();
	await server.alter(store, `${postgres ? '' : 'PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; '}DELETE FROM ${table} WHERE id > ${last}`);
	await server.again();
}

const tables = [
	...[...Object.keys(personal), 'patients', 'user_tags'].map((t) => ['personal', t]),
	...Object.keys(clinic).map((t) => ['clinic', t]),
].filter(([s, t]) => wanted.includes('all') || wanted.includes(`${s}.${t}`));

for (const [store, table] of tables) {
	await tooLarge(store, table, 2500, 30000);
	await tooLarge(store, table, 150000, 0);
}

// ---- bodies of every shape, at their largest ----

const fill = (item, n) => `[${Array(Math.floor(n / (Buffer.byteLength(item) + 1))).fill(item).join(',')}]`;
const LARGEST = (1 << 20) - 100;
const WIDEST = '\ufdfa'; // one code point, eighteen when it is folded
const long = JSON.stringify(WIDEST.repeat(340000));
const shapes = [fill('{}', LARGEST), fill('[]', LARGEST), fill('1', LARGEST), '['.repeat(LARGEST), `${'['.repeat(32)}${']'.repeat(32)}`,
	long, `{${Array.from({ length: 80000 }, (_, i) => `"k${i}":1`)}}`];
const spoiled = (name) => [fill('{}', LARGEST - 100), fill(`"${WIDEST}"`, LARGEST - 100), long].map((v) => `{${JSON.stringify(name)}:${v}}`);
const harmless = (path) => !/\/users\/me$|logout|change-password/.test(path);

for (const path of Object.keys(paths).filter(harmless))
	for (const method of ['post', 'put', 'patch']) {
		const schema = paths[path][method]?.requestBody?.content?.['application/json']?.schema;
		if (!schema) continue;
		for (const body of [...shapes, ...Object.keys(schema.properties ?? {}).slice(0, wanted.includes('all') ? 100 : 2).flatMap(spoiled)])
			await answered(`a body like ${body.slice(0, 30)}`, method.toUpperCase(), path.replace(/\{\w+\}/g, '1'), { body, headers: { 'Content-Type': 'application/json' } });
	}
const health = await server.ask('GET', '/health');
tally.hold(health.status === 200, 'the server is well at the end');
await server.stop();
server.remove();
tally.end();
