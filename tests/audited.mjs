#!/usr/bin/env node
// audited - whatever route shows a person's records, by REST or as an agent's tool, leaves an
// entry that says who read them: every route of the table is asked, each under a user agent
// of its own, and where a planted record was in the answer the log must know that agent.
import { Server, Tally } from './lib/server.mjs';
import { personal, clinic, plant, MARK } from './lib/samples.mjs';

const tally = new Tally('audited');
const server = await Server.start();
const user = await server.makeUser('reader');
const ids = await plant(server, personal, user.token, { patient: user.patient });
const staff = await server.makeClient('reader', { role: 'doctor', scopes: 'read:*,write:*' });
const chief = await server.makeClient('chief', { role: 'admin', scopes: 'read:*,write:*' });
const charts = await plant(server, clinic, (table) => (['oauth_clients', 'providers'].includes(table) ? chief.token : staff.token));
const { paths } = (await server.ask('GET', '/openapi.json')).json;

// What a placeholder stands for, by the path before it and its own name.
function placeholder(path, name) {
	const before = path.slice(0, path.indexOf(`{${name}}`)).split('/').filter(Boolean).filter((p) => !p.startsWith('{'));
	const near = (table) => before.at(-1)?.replaceAll('-', '_').startsWith(table.replace(/s$/, '').slice(0, 6));
	const known = { ...ids, ...charts };
	if (name === 'mrn') return charts.patients;
	if (name === 'npi') return charts.providers;
	if (/patient/.test(name) || (name === 'id' && /patient-management|people/.test(path))) return user.patient;
	const named = Object.keys(known).find((table) => `${table.replace(/s$/, '')}_id` === name || `${table}_id` === name);
	const mine = path.startsWith('/clinic') ? charts : ids;
	return known[named] ?? mine[Object.keys(mine).find(near)] ?? 1;
}

function question(path) {
	const pairs = [];
	for (const { name, in: place, required, schema = {} } of paths[path].get.parameters ?? []) {
		if (place !== 'query') continue;
		if (name === 'patient_id') pairs.push([name, user.patient]);
		else if (name === 'patient_ids') pairs.push([name, user.patient]);
		else if (name === 'patient_mrn') pairs.push([name, charts.patients]);
		else if (required) pairs.push([name, schema.type === 'integer' ? 1 : /start|from/.test(name) ? '2020-01-01' : /end|to$/.test(name) ? '2030-01-01' : /tag/.test(name) ? 'x' : MARK]);
	}
	return pairs.length ? `?${new URLSearchParams(pairs)}` : '';
}

const shown = []; // [agent, store, what]
let n = 0;
async function ask(store, what, method, path, how, about) {
	const agent = `reader-${n++}`;
	const r = await server.ask(method, path, { ...how, headers: { ...how.headers, 'User-Agent': agent } });
	if (process.env.VERBOSE) console.log(r.status, r.text.includes(MARK) ? 'SHOWS' : '-', what);
	if (r.status === 200 && (r.text.includes(MARK) || about)) shown.push([agent, store, what]);
}

for (const path of Object.keys(paths)) {
	if (!paths[path].get || !/^\/(api|clinic)\//.test(path)) continue;
	const filled = path.replace(/\{(\w+)\}/g, (all, name) => encodeURIComponent(placeholder(path, name)));
	const face = path.startsWith('/clinic') ? 'clinic' : 'personal';
	const token = face === 'personal' ? user.token : /clients|audit/.test(path) ? chief.token : staff.token;
	await ask(face, `GET ${path}`, 'GET', filled + question(path), { token }, /patient_id|mrn/.test(path + question(path)));
}
const rpc = (method, params) => ({ token: staff.token, body: { jsonrpc: '2.0', id: 1, method, params }, headers: { Accept: 'application/json, text/event-stream' } });
const { tools } = (await server.ask('POST', '/mcp', rpc('tools/list', {}))).json.result;
for (const tool of tools.filter((t) => t.annotations?.readOnlyHint)) {
	const given = Object.keys(tool.inputSchema.properties ?? {}).flatMap((name) => (/mrn/.test(name) ? [[name, charts.patients]] : /^(query|name)$/.test(name) ? [[name, MARK]] : []));
	await ask('clinic', `the tool ${tool.name}`, 'POST', '/mcp', rpc('tools/call', { name: tool.name, arguments: Object.fromEntries(given) }), given.length > 0);
}

// ---- what the log has, a second later ----

await new Promise((resolve) => setTimeout(resolve, 1500));
const logged = {};
for (const store of ['personal', 'clinic'])
	logged[store] = new Set((await server.sql(store, "SELECT DISTINCT user_agent FROM activity_log WHERE user_agent LIKE 'reader-%'")).split('\n'));
// Names of places and people of a practice are nobody's health data; one's own words neither.
const HARMLESS = [];
for (const [agent, store, what] of shown)
	tally.hold(logged[store].has(agent) || HARMLESS.includes(what), `${what} shows records and leaves an entry`);
tally.hold(shown.length >= 100, `only ${shown.length} routes showed a record`);
await server.stop();
server.remove();
tally.end();
