#!/usr/bin/env node
// refused - every member of every record, spoiled: too long, too short, out of bounds, of
// another type, no such word, no such day, no such row; one by one on create and on update, then
// all at once; and bodies that are no JSON at all.  Each must be a 4xx that names the
// members at fault and repeats nothing of what was sent; no row may change.
import { Server, Tally, binary, command } from './lib/server.mjs';
import { clinic, personal, plant } from './lib/samples.mjs';

const WORD = 'Quetzal';
const tally = new Tally('refused');
const server = await Server.start();
const anna = await server.makeUser('anna');
const doctor = await server.makeClient('doctor', { role: 'doctor' });
const boss = await server.makeClient('boss', { role: 'admin' });
const faces = {
	personal: { samples: personal, ids: { patient: anna.patient }, token: () => anna.token, update: 'PUT' },
	clinic: { samples: clinic, ids: {}, token: (table) => (['providers', 'oauth_clients'].includes(table) ? boss : doctor).token, update: 'PATCH' },
};
const day = (n) => new Date(Date.now() + n * 864e5).toISOString().slice(0, 10);
const raw = (text) => ({ raw: text });

// Values a field must not take.
function spoiled(f) {
	const long = f.maxLength ? [`${WORD}${'x'.repeat(f.maxLength - WORD.length + 1)}`, 'é'.repeat(f.maxLength + 1)].filter((t) => [...t].length > f.maxLength) : [];
	const bounds = [f.minimum !== undefined && f.minimum - 1, f.exclusiveMinimum !== undefined && f.exclusiveMinimum, f.maximum !== undefined && (Math.abs(f.maximum) > 1e12 ? f.maximum * 10 : f.maximum + 1)].filter((v) => v !== false);
	switch (f.type) {
	case 'text': case 'note': return [...long, 12345, { a: WORD }, [WORD], true, ...(f.minLength > 1 ? ['x'] : [])];
	case 'whole': return [...bounds, WORD, 1.5, 2147483648, raw('1e400'), raw('99999999999999999999'), [1], {}];
	case 'number': return [...bounds, WORD, raw('1e400'), [1], {}];
	case 'bool': return [WORD, 2, [], {}];
	case 'date': return ['2023-02-30', '2024-13-01', '24-1-1', WORD, `2024-01-01${WORD}`, true, {}, ...(f.past ? [day(3)] : [])];
	case 'moment': return [WORD, '2024-01-01T25:00:00', '2024-02-30T10:00:00', '2024-01-01T10:00:00+99:00', {}, true];
	case 'choice': return [WORD, 5, {}, true];
	case 'reference': return [WORD, 0, -1, 1.5, 2147483648, 2147480000, {}, []];
	case 'list': return [WORD, 5, [1], [{}], ['x'.repeat(51)], Array.from({ length: 16 }, (_, i) => `tag${i}`)];
	case 'json': return [WORD, 5, true];
	default: throw new Error(`a type the test does not know: ${f.type}`);
	}
}

function print(body) {
	const raws = [];
	const text = JSON.stringify(body, (k, v) => (v && typeof v === 'object' && 'raw' in v ? `\u0001${raws.push(v.raw) - 1}` : v));
	return text.replace(/"\\u0001(\d+)"/g, (m, i) => raws[i]);
}

const named = (r) => new Set([...(Array.isArray(r.json?.detail) ? r.json.detail.map((d) => String(d.loc[1])) : []), ...(r.json?.errors ?? []).map((e) => String(e.field).split(/[.[]/)[0])]);
const says = (r, field) => named(r).has(field) || (field === 'patient_id' && named(r).has('patient_mrn')) || (field === 'provider_id' && named(r).has('provider_npi'));

async function send(face, table, method, path, body) {
	return server.ask(method, path, { token: faces[face].token(table), body: print(body), headers: { 'Content-Type': 'application/json' } });
}

const show = (v) => print(v ?? 'absent').slice(0, 60);

async function refuse(face, table, method, path, body, field, value) {
	const name = `${face}/${table} ${method} ${field} = ${show(value)}`;
	const r = await send(face, table, method, path, body);
	tally.hold(r.status >= 400 && r.status < 500, `${name}: answered ${r.status}`, r.text);
	if (r.status === 422) tally.hold(says(r, field), `${name}: the 422 does not name it`, r.text);
	tally.hold(!r.text.includes(WORD), `${name}: the answer repeats what was sent`, r.text);
	return r.status;
}

async function spoil(face, record) {
	const { samples, ids, update } = faces[face];
	const sample = samples[record.name](ids);
	const one = `${sample.one ?? sample.path.split('?')[0].replace(/\/?$/, '/')}${encodeURIComponent(ids[record.name])}`;
	const base = { ...sample.body };
	const all = {}, wrong = [];
	for (const f of record.fields) {
		if (f.read_only) continue;
		const aimed = f.name === 'patient_id' && !('patient_id' in base) ? (({ patient_mrn: _, ...rest }) => rest)(base)
			: f.name === 'provider_id' ? (({ provider_npi: _, ...rest }) => rest)(base) : base;
		// A patient may be named by the path or the query instead; so may a parent.
		const elsewhere = (sample.path.includes('patient_id=') && f.name === 'patient_id') || (sample.one && /^(lab_result_id|family_member_id|condition_id)$/.test(f.name) && !(f.name === 'condition_id' && record.name === 'lab_result_conditions'));
		for (const value of spoiled(f)) {
			if (elsewhere || (f.name === 'results_json' && typeof value === 'object')) continue; // it takes an object or a list
			const status = await refuse(face, record.name, 'POST', sample.path, { ...aimed, [f.name]: value }, f.name, value);
			if (!f.create_only && !f.name.endsWith('patient_id')) await refuse(face, record.name, update, one, { [f.name]: value }, f.name, value);
			if (status === 422 && !(f.name in all) && f.type !== 'reference') { all[f.name] = value; wrong.push(f.name); }
		}
		if (!f.required || elsewhere || /patient_id|provider_id/.test(f.name)) continue;
		const { [f.name]: _, ...without } = base;
		await refuse(face, record.name, 'POST', sample.path, without, f.name, undefined);
		await refuse(face, record.name, 'POST', sample.path, { ...base, [f.name]: null }, f.name, null);
		if (!f.create_only) await refuse(face, record.name, update, one, { [f.name]: null }, f.name, null);
	}
	const r = await send(face, record.name, 'POST', sample.path, { ...base, ...all });
	const missing = wrong.filter((w) => !says(r, w));
	tally.hold(r.status === 422 && !missing.length, `${face}/${record.name}: of ${wrong.length} problems at once, not told: ${missing.join(', ')}`, r.text);
	await nonsense(face, record.name, sample.path, 'POST');
}

// Bodies that are no object of JSON.
async function nonsense(face, table, path, method) {
	const bodies = {
		'broken JSON': '{"a": ', 'two values': '{} {}', 'an array': '[]', 'a text': `"${WORD}"`, 'a number': '5', null: 'null', 'nothing but blanks': '  ',
		'depth 33': '{"a":'.repeat(33) + '1' + '}'.repeat(33), 'depth 10000': '['.repeat(10000), 'a thousand objects': '{"a":'.repeat(1000),
		'bad UTF-8': Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'overlong UTF-8': Buffer.from([0x7b, 0x22, 0xc0, 0x80, 0x22, 0x3a, 0x31, 0x7d]),
		'a surrogate': '{"notes":"\\ud800"}', 'a NUL byte': Buffer.from('{"notes":"a\0b"}'), 'an escaped NUL': '{"notes":"a\\u0000b"}', 'a number beyond double': '{"weight":1e999}',
		'a control character': '{"notes":"a\u0001b"}', 'a comment': '{/* */}', 'a trailing comma': '{"a":1,}', NaN: '{"weight":NaN}', 'single quotes': "{'a':1}",
	};
	for (const [name, body] of Object.entries(bodies)) {
		const r = await server.ask(method, path, { token: faces[face].token(table), body, headers: { 'Content-Type': 'application/json' } });
		tally.hold(r.status >= 400 && r.status < 500, `${face}/${table} ${method} with ${name}: answered ${r.status}`, r.text);
		tally.hold(!r.text.includes(WORD), `${face}/${table} ${method} with ${name}: repeats it`, r.text);
	}
}

async function large(path, token) {
	for (const bytes of [1024 * 1024 + 1, 10 * 1024 * 1024]) {
		const body = Buffer.concat([Buffer.from('{"notes":"'), Buffer.alloc(bytes, 0x78), Buffer.from('"}')]);
		let status;
		try { status = (await server.ask('POST', path, { token, body, headers: { 'Content-Type': 'application/json' } })).status; } catch (e) { status = e.code; }
		// A server may close before the whole body is sent; its 413 may be lost then.
		tally.hold(status === 413 || (status === 'ECONNRESET' || status === 'EPIPE'), `POST ${path} with ${bytes} bytes: ${status}`);
	}
	const body = `{"notes":"${'x'.repeat(70000)}"}`;
	let status;
	try { status = (await server.ask('POST', path, { body, headers: { 'Content-Type': 'application/json' } })).status; } catch (e) { status = e.code; }
	tally.hold([401, 413, 'ECONNRESET', 'EPIPE'].includes(status), `POST ${path} with 70000 bytes by nobody: ${status}`);
}

async function queries() {
	const q = ['limit=-1', 'limit=0', 'limit=abc', 'limit=1e3', 'limit=99999999999999999999', 'skip=-1', 'skip=abc', 'sort=nonsense', 'sort=id;DROP', 'patient_id=abc', 'patient_id=-1',
		'tag_match_all=perhaps'];
	for (const one of q) {
		const r = await server.ask('GET', `/api/v1/medications/?${one}`, { token: anna.token });
		tally.hold(r.status === 422 || (r.status === 404 && one.startsWith('patient_id')), `GET /api/v1/medications/?${one}: answered ${r.status}`, r.text);
		tally.hold(!r.text.includes(WORD), `GET ?${one}: repeats it`, r.text);
	}
	for (const path of ['/api/v1/medications/%00', '/api/v1/medications/%ff', '/api/v1/medications/1%', '/api/v1/../../etc/passwd', '/api/v1/medications/%2e%2e/users/me', '/api/v1/medications/?q=%00', '/api/v1/medications/?q=%ff', '//', '/%']) {
		const r = await server.ask('GET', path, { token: anna.token });
		tally.hold(r.status >= 400 && r.status < 500, `GET ${path}: answered ${r.status}`, r.text);
	}
}

const counted = async () => (await Promise.all(Object.entries(faces).map(async ([store, { samples }]) =>
	server.sql(store, Object.keys(samples).map((t) => `SELECT '${t}', count(*) FROM ${t}`).join(' UNION ALL '))))).join('\n');
const kept = async (store, table, key) => server.sql(store, `SELECT * FROM ${table} ORDER BY id LIMIT 1`);

for (const face of Object.keys(faces)) await plant(server, faces[face].samples, faces[face].token, faces[face].ids);
const before = await counted();
for (const face of Object.keys(faces)) {
	const schema = JSON.parse((await command(['derive', 'schema', face], { program: binary })).out);
	const records = schema.records.filter((r) => faces[face].samples[r.name]);
	tally.hold(records.length === Object.keys(faces[face].samples).length, `${face}: the schema lacks a record of the samples`);
	const routes = schema.records.filter((r) => r.route && !faces[face].samples[r.name]);
	tally.hold(!routes.length, `${face}: no sample of ${routes.map((r) => r.name).join(', ')} (tests/lib/samples.mjs)`);
	for (const record of records) {
		const row = await kept(face, record.name);
		await spoil(face, record);
		const now = await kept(face, record.name);
		tally.hold(row === now, `${face}/${record.name}: a refused change has changed the row`, `${row}\n     ${now}`);
	}
}
await large('/api/v1/medications/', anna.token);
await large('/clinic/v1/patients', doctor.token);
await queries();
const after = await counted();
tally.hold(before === after, 'refused requests have left rows', `${before}\n${after}`);
tally.hold((await server.ask('GET', '/api/v1/medications/', { token: anna.token })).json?.length === 1, 'the server does not answer as before');
tally.hold(!server.err.includes(WORD) && !server.out.includes(WORD), 'the log repeats what was sent', server.err.split('\n').find((l) => l.includes(WORD)));
try { await server.stop(); tally.hold(true); } catch (e) { tally.hold(false, e.message); }
const check = await command(['check', '--data', server.dir]);
tally.hold(check.code === 0, 'charthouse check', check.out + check.err);
server.remove();
tally.end();
