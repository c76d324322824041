#!/usr/bin/env node
// conformance - the stores against the schema contract, the sample SQL of its document, and
// the whole export of the reference.  What lies outside the repository (../shared) is
// used when it is there; the imports and queries of our own always run.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Server, Tally, command, databaseOf, scratch, top } from './lib/server.mjs';

const shared = process.env.CHARTHOUSE_SHARED ?? [join(top, '../shared'), '/work/shared'].find(existsSync) ?? join(top, '../shared');
const tally = new Tally('conformance');
const sh = (file, args) => {
	try { return { code: 0, out: execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) }; } catch (e) { return { code: e.status ?? 1, out: `${e.stdout ?? ''}${e.stderr ?? e.message}` }; }
};

async function schema() {
	const server = await Server.start();
	const tool = join(shared, 'check/schema-conformance');
	if (existsSync(tool) && sh('python3', ['--version']).code === 0) {
		for (const store of ['personal', 'clinic']) {
			const r = sh('python3', [tool, `${store}=${databaseOf(server.dir) ?? join(server.dir, `${store}.db`)}`]);
			const m = /(\d+) points hold, (\d+) differ/.exec(r.out);
			tally.hold(m && m[2] === '0', `${store}: ${m ? m[0] : 'the conformance check said nothing'}`, r.out);
		}
	} else console.log('conformance: no schema-conformance here, or no python3; left out');
	await server.stop();
	// A copy is what the document's own SQL runs on, as it is written.
	const copy = join(server.folder, 'copy.db');
	const url = databaseOf(server.dir);
	if (!url) sh('sqlite3', ['-readonly', join(server.dir, 'clinic.db'), `.backup ${copy}`]);
	const file = (sql) => { const path = join(server.folder, 'sample.sql'); writeFileSync(path, sql); return path; };
	const page = join(shared, 'spec/clinic-schema.md');
	if (existsSync(page)) {
		for (const [, sql] of readFileSync(page, 'utf8').matchAll(/```sql\n([^]*?)```/g)) {
			const r = url ? sh('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', `SET search_path = clinic; ${sql}`])
				: sh('sqlite3', ['-bail', copy, `.read ${file(sql)}`]);
			tally.hold(r.code === 0, `the document's SQL is refused: ${sql.trim().slice(0, 80)}`, r.out);
		}
	}
	server.remove();
}

const TABLES = { providers: 'providers', patients: 'patients', appointments: 'appointments', medications: 'medications', allergies: 'allergies', vitals: 'vital_signs', labs: 'lab_results' };

// Every row of an export is stored or kept whole; a second import changes nothing.
async function bring(path) {
	const dir = join(scratch(), 'data');
	const source = JSON.parse(readFileSync(path, 'utf8'));
	const url = databaseOf(dir);
	const query = (sql) => (url ? sh('psql', ['-qXAt', '-d', url, '-c', `SET search_path = clinic; ${sql}`])
		: sh('sqlite3', ['-readonly', join(dir, 'clinic.db'), sql])).out.trim();
	const all = () => Object.values(TABLES).map((t) => query(`SELECT * FROM ${t} ORDER BY id`)).join('\n');
	const first = await command(['import', 'clinic', path, '--data', dir]);
	if (!tally.hold(first.code === 0, `the import of ${path} ended with ${first.code}`, first.err + first.out)) return;
	let stored = 0;
	const left = Number(query('SELECT count(*) FROM import_leftovers'));
	for (const [key, table] of Object.entries(TABLES)) {
		const n = Number(query(`SELECT count(*) FROM ${table}`));
		stored += n;
		tally.hold(n <= source[key].length, `${table}: ${n} rows of ${source[key].length}`);
	}
	const rows = Object.values(source).reduce((n, r) => n + r.length, 0);
	tally.hold(stored + left === rows, `of ${rows} rows ${stored} are stored and ${left} kept aside`);
	const before = all();
	const flags = query('SELECT count(*) FROM import_flags');
	const second = await command(['import', 'clinic', path, '--data', dir]);
	tally.hold(second.code === 0 && all() === before, `a second import of ${path} changes something`, second.err);
	tally.hold(query('SELECT count(*) FROM import_flags') === flags, `a second import of ${path} flags again`);
	// What was normalised is kept as it came.
	const odd = source.appointments.filter((a) => /^(1[3-9]|2\d):\d\d [AP]M$/.test(a.time ?? '')).length;
	const kept = Number(query(`SELECT count(*) FROM import_flags WHERE field = 'time'`));
	tally.hold(kept >= odd, `${odd} odd times, ${kept} flagged`);
	tally.hold(query(`SELECT count(*) FROM appointments WHERE time NOT LIKE '__:__'`) === '0', 'a time is not HH:MM');
	const texts = source.patients.map((p) => p.email).filter(Boolean).slice(0, 50);
	tally.hold(texts.every((t) => !first.out.includes(t) && !first.err.includes(t)), 'the report tells what is in the rows');
	const check = await command(['check', '--data', dir]);
	tally.hold(check.code === 0, 'charthouse check after the import', check.out + check.err);
	console.log(`conformance: ${path.split('/').pop()}: ${rows} rows, ${stored} stored, ${left} kept aside, ${flags} flags`);
}

await schema();
await bring(join(top, 'tests/data/clinic-small.json'));
const whole = join(shared, 'data/clinic-export.json');
if (existsSync(whole)) await bring(whole);
tally.end();
