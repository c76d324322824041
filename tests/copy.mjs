#!/usr/bin/env node
// copy - moving house: from files to PostgreSQL and back nothing is changed; a copy
// that was killed goes on; a half-made one is not served; what is full is refused.
//                                                              tests/copy.mjs
import { database, psql, end } from './lib/cluster.mjs';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
const { Server, Tally, command, scratch, binary } = await import('./lib/server.mjs');

const tally = new Tally('copy');
const folder = scratch();
const data = join(folder, 'data');
const at = (name) => join(folder, name);
const made = await command(['demo', '--data', data]);
if (made.code) throw new Error(`demo: ${made.code} ${made.err}${made.out}`);
const sqlite = (file, statement) => execFileSync('sqlite3', [file, statement], { encoding: 'utf8', maxBuffer: 1 << 28 });

// Rows that demo does not make: letters, numbers, JSON and ids that are easily bent.
sqlite(join(data, 'personal.db'), `
INSERT INTO practitioners (name, specialty, practice, rating, created_at, updated_at) VALUES
 ('Łukasz Ñandú 𝒳 ''q'' "d" \\ {a,b}', '', 'x' || char(10) || 'y' || char(9), 0.1 + 0.2, '2024-02-29 23:59:59', '0001-01-01 00:00:00.000001');
INSERT INTO lab_test_components (lab_result_id, test_name, value, unit, ref_range_min, ref_range_max, created_at, updated_at)
 SELECT min(id), 'edge', 5e-324, 'u', -999999999999999.9, 123456789.12345679, '9999-12-31 23:59:59.999999', '2024-01-01 00:00:00.5' FROM lab_results;
UPDATE medications SET tags = '[ "b\\"x", "a,b", "é", "" ]' WHERE id = (SELECT min(id) FROM medications);
INSERT INTO report_generation_audit (user_id, report_type, categories_included, status, created_at) VALUES (1, 'x', '["a","b \\"c\\", {d}","NULL",""]', 'success', '2024-01-01 00:00:00.000000');
INSERT INTO report_templates (user_id, name, selected_records, report_settings, created_at, updated_at)
 VALUES (1, 't', '{"z": [3, 2.50, 1e2], "a": {"b": null, "": "x"}}', '{}', '2024-01-01 00:00:00.000000', '2024-01-01 00:00:00.000000');
INSERT INTO report_templates (user_id, name, selected_records, created_at, updated_at) VALUES (1, 'gone', '{}', '2024-01-01 00:00:00.000000', '2024-01-01 00:00:00.000000');
DELETE FROM report_templates WHERE name = 'gone';`);

// Every table as text; rows of schema_migrations are each database's own.
function dump(file) {
	return execFileSync('sqlite3', [file, '.dump'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n')
		.filter((line) => line.startsWith('INSERT') && !/schema_migrations/.test(line)).sort();
}

// The one change a way over PostgreSQL makes: JSONB is kept by its meaning.
const meaning = (lines) => lines.map((line) => line.replace(/'([{[](?:[^']|'')*)'/g, (all, json) => {
	try { return JSON.stringify(sorted(JSON.parse(json.replace(/''/g, "'")))); } catch { return all; }
}));
const sorted = (v) => (Array.isArray(v) ? v.map(sorted) : v && typeof v === 'object'
	? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])])) : v);
// Moments without digits behind the seconds get them.
const full = (lines) => lines.map((line) => line.replace(/'(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)'/g, "'$1.000000'").replace(/(:\d\d\.5)'/g, "$100000'"));

const digests = (out) => Object.fromEntries([...out.matchAll(/^((?:personal|clinic)\.\w+)\t(\d+)\t([0-9a-f]{64})$/gm)].map((m) => [m[1], `${m[2]} ${m[3]}`]));

// ---- there and back ----

const url = database();
const there = await command(['copy', '--from', data, '--to', url]);
tally.hold(there.code === 0, 'files to PostgreSQL', there.err);
const back = await command(['copy', '--from', url, '--data', data, '--to', at('back')]);
tally.hold(back.code === 0, 'PostgreSQL to files', back.err);
tally.hold(Object.keys(digests(there.out)).length > 40, 'the report has a digest for each table', there.out);
tally.hold(JSON.stringify(digests(there.out)) === JSON.stringify(digests(back.out)), 'the digests of both ways are the same');
for (const store of ['personal', 'clinic']) {
	const [a, b] = [full(meaning(dump(join(data, `${store}.db`)))), full(meaning(dump(join(at('back'), `${store}.db`))))];
	const odd = a.findIndex((line, i) => line !== b[i]);
	tally.hold(a.length === b.length && odd < 0, `${store}: there and back is the identity`, `${a[odd]}\n     ${b[odd]}`);
}
for (const [name, how] of [['PostgreSQL', ['--data', data, '--database', url]], ['files', ['--data', at('back')]]]) {
	for (const words of [['check'], ['audit', 'verify']]) {
		const r = await command([...words, ...how]);
		tally.hold(r.code === 0 && !/findings/.test(r.out), `${words.join(' ')} on the copy in ${name}`, r.out + r.err);
	}
}
tally.hold(readFileSync(join(data, 'keys', 'audit')).equals(readFileSync(join(at('back'), 'keys', 'audit'))), 'the keys came along');

// ---- ids are not given out again ----

psql(url, `INSERT INTO personal.report_templates (user_id, name, selected_records, created_at, updated_at) VALUES (1, 'new', '{}', now(), now())`);
const past = Number(sqlite(join(data, 'personal.db'), "SELECT seq FROM sqlite_sequence WHERE name = 'report_templates'"));
tally.hold(Number(psql(url, "SELECT id FROM personal.report_templates WHERE name = 'new'")) === past + 1, 'the id of a row that is gone is not given out again');

// ---- what is full, locked, or another's is refused ----

const again = await command(['copy', '--from', data, '--to', url]);
tally.hold(again.code === 1 && /holds records already/.test(again.err), 'a full target is refused', again.err);
const same = await command(['copy', '--from', data, '--to', data]);
tally.hold(same.code === 2, 'a copy onto itself is refused', same.err);
mkdirSync(join(at('strange'), 'keys'), { recursive: true });
writeFileSync(join(at('strange'), 'keys', 'audit'), 'x'.repeat(32));
const strange = await command(['copy', '--from', data, '--to', at('strange')]);
tally.hold(strange.code === 1 && /another one/.test(strange.err) && !existsSync(join(at('strange'), 'personal.db')), 'keys are not written over', strange.err);

// ---- killed, and on ----

// Enough rows that a copy takes a while.
sqlite(join(data, 'clinic.db'), `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
INSERT INTO vital_signs (patient_id, recorded_date, heart_rate, created_at, updated_at)
 SELECT 1 + i % 100, '2001-01-01 00:00:00.000000', 40 + i % 100, '2024-01-01 00:00:00.000000', '2024-01-01 00:00:00.000000' FROM n`);

async function killed(args, ms) {
	const child = spawn(binary, args, { stdio: 'ignore' });
	const gone = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
	await new Promise((resolve) => setTimeout(resolve, ms));
	child.kill('SIGKILL');
	return gone;
}

for (const [name, args, serve] of [
	['PostgreSQL', (to) => ['copy', '--from', data, '--to', to], (to) => ['serve', '--data', data, '--database', to, '--listen', '127.0.0.1:0']],
	['files', (to) => ['copy', '--from', data, '--to', to], (to) => ['serve', '--data', to, '--listen', '127.0.0.1:0']],
]) {
	let hits = 0;
	for (const ms of [60, 150, 300, 450, 700]) {
		const to = name === 'files' ? at(`killed-${ms}`) : database();
		if (await killed(args(to), ms) !== 'SIGKILL') continue;
		const half = name === 'files'
			? ['personal', 'clinic'].some((s) => existsSync(join(to, `${s}.db`)) && sqlite(join(to, `${s}.db`), "SELECT count(*) FROM sqlite_master WHERE name = 'copy_progress'").trim() === '1')
			: psql(to, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'copy_progress'") !== '0';
		if (half) {
			hits++;
			const served = await command(serve(to));
			tally.hold(served.code !== 0 && /unfinished copy/.test(served.err), `a half-made copy in ${name} is not served`, served.err);
		}
		const on = await command(args(to));
		// Killed at its very end, it was whole.
		tally.hold(on.code === 0 || (!half && /holds records already/.test(on.err)), `killed after ${ms} ms, a copy to ${name} goes on`, on.err);
		if (half) tally.hold(/went on where it had stopped/.test(on.out), 'and says so', on.out.slice(-300));
		const r = await command(name === 'files' ? ['check', '--data', to] : ['check', '--data', data, '--database', to]);
		tally.hold(r.code === 0, 'and the result is whole', r.out + r.err);
	}
	tally.hold(hits > 0, `no copy to ${name} was killed in its midst`);
}

// Killed between the ends of the two stores.
const ends = database();
await command(['copy', '--from', data, '--to', ends]);
psql(ends, `CREATE TABLE clinic.copy_progress (table_name VARCHAR(64) PRIMARY KEY, last_id BIGINT NOT NULL, source VARCHAR(64) NOT NULL)`);
const marked = await command(['copy', '--from', data, '--to', ends]);
tally.hold(marked.code === 1 && /unfinished copy of another/.test(marked.err) && !/personal/.test(marked.err), 'the store that is done is no reason to refuse the other', marked.err);

// ---- a source that goes on meanwhile ----

const half = database();
for (const ms of [250, 350, 450, 600]) {
	psql(half, 'DROP SCHEMA IF EXISTS clinic CASCADE');
	await killed(['copy', '--from', data, '--to', half, '--store', 'clinic'], ms);
	if (psql(half, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'clinic' AND table_name = 'copy_progress'") === '1') break;
}
sqlite(join(data, 'clinic.db'), "DELETE FROM vital_signs WHERE id = (SELECT max(id) FROM vital_signs)");
const other = await command(['copy', '--from', data, '--to', half, '--store', 'clinic']);
tally.hold(other.code === 1 && /unfinished copy of another/.test(other.err), 'a source that went on is noticed', other.err + other.out);

// ---- in use ----

const server = new Server(data, []);
server.program = binary;
await server.launch();
const busy = await command(['copy', '--from', data, '--to', at('busy')]);
tally.hold(busy.code === 1 && /in use/.test(busy.err), 'a served folder is not copied', busy.err);
await server.stop();

server.folder = folder;
server.remove();
end();
tally.end();
