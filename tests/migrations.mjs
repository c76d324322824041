#!/usr/bin/env node
// migrations - the databases that have ever been out there, brought up to this program.
//
// tests/migrations/STORE-NNNN.sql is a store as a Charthouse of revision NNNN left it, with
// rows in it.  Each must become what a fresh database is, keep its rows, and find back.  With
// PostgreSQL installed the revisions are held to the declarations there too.
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { binary, scratch, top, Server } from './lib/server.mjs';

const STORES = ['personal', 'clinic'];
const folder = join(top, 'tests/migrations');
let passed = 0, failed = 0;
const hold = (ok, words) => {
	if (ok) passed++;
	else { failed++; console.log(words); }
};
const same = (a, b, words) => {
	if (a === b) return hold(true);
	const x = a.split('\n'), y = b.split('\n');
	const gone = x.filter((l) => !y.includes(l)), come = y.filter((l) => !x.includes(l));
	hold(false, `${words}:\n  - ${gone.slice(0, 5).join('\n  - ')}\n  + ${come.slice(0, 5).join('\n  + ')}`);
};

const run = (...args) => spawnSync(binary, args, { encoding: 'utf8' });
const done = (r, words) => hold(r.status === 0, `${words}: exit ${r.status}\n${r.stdout}${r.stderr}`);
const sqlite = (file, sql) => execFileSync('sqlite3', [file], { input: sql, encoding: 'utf8', maxBuffer: 1 << 28 });

// Tables and indexes without white space, quotes and the order of members.
function shape(file) {
	return JSON.parse(sqlite(file, ".mode json\nSELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"))
		.map(({ sql }) => {
			const m = /^(CREATE TABLE [^(]*)\((.*)\)$/s.exec(sql.replace(/"/g, ''));
			if (!m) return sql.replace(/\s+/g, '');
			const parts = m[2].split(/,(?![^(]*\))/).map((p) => p.replace(/\s+/g, ''));
			return m[1].replace(/\s+/g, '') + parts.sort().join(',');
		}).sort().join('\n');
}

const columns = (file) => new Map(sqlite(file, "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'schema_migrations' ORDER BY 1, 2")
	.trim().split('\n').map((l) => l.split('|')).reduce((map, [t, c]) => map.set(t, [...(map.get(t) ?? []), c]), new Map()));

// A digest per table, over the columns that both databases have.
function digests(file, known) {
	const mine = columns(file);
	return [...known].filter(([t]) => mine.has(t)).map(([table, names]) => {
		const rows = sqlite(file, `SELECT ${names.filter((n) => mine.get(table).includes(n)).map((n) => `quote("${n}")`).join(', ')} FROM "${table}" ORDER BY id; SELECT seq FROM sqlite_sequence WHERE name = '${table}'`);
		return `${table} ${rows.split('\n').length} ${createHash('sha256').update(rows).digest('hex').slice(0, 16)}`;
	}).join('\n');
}

function load(dir, file, store) {
	mkdirSync(dir, { recursive: true, mode: 0o700 });
	sqlite(join(dir, `${store}.db`), readFileSync(join(folder, file), 'utf8'));
}

// ---- SQLite: every version there was ----

const scratchDir = scratch();
const fresh = join(scratchDir, 'fresh');
done(run('migrate', 'upgrade', '--data', fresh), 'a fresh database is made');
done(run('migrate', 'check', '--data', fresh), 'a fresh database is as declared');

for (const file of readdirSync(folder).filter((f) => f.endsWith('.sql')).sort()) {
	const [, store, revision] = /^(\w+)-(\d+)\.sql$/.exec(file);
	const dir = join(scratchDir, file), db = join(dir, `${store}.db`);
	const go = (...args) => run('migrate', ...args, '--data', dir, '--store', store);
	load(dir, file, store);
	const known = columns(db), rows = digests(db, known), was = shape(db);

	done(go('upgrade'), `${file}: up to head`);
	same(shape(db), shape(join(fresh, `${store}.db`)), `${file}: equals a fresh database`);
	same(digests(db, known), rows, `${file}: keeps its rows`);
	hold(sqlite(db, 'PRAGMA integrity_check; PRAGMA foreign_key_check') === 'ok\n', `${file}: sound`);
	done(go('check'), `${file}: check agrees`);
	hold(readdirSync(dir).some((f) => f.startsWith(`before-${store}-`)), `${file}: a copy was made`);

	done(go('downgrade', revision), `${file}: down again`);
	same(shape(db), was, `${file}: down again is as it was`);
	same(digests(db, known), rows, `${file}: down again keeps its rows`);
	// One by one up, each step down and up again.
	for (let r = go('upgrade', '+1'); r.status === 0 && !/already/.test(r.stdout); r = go('upgrade', '+1')) {
		const here = shape(db), all = digests(db, columns(db));
		done(go('downgrade', '-1'), `${file}: a step down`);
		done(go('upgrade', '+1'), `${file}: a step up`);
		same(shape(db), here, `${file}: a step down and up is the identity`);
		same(digests(db, columns(db)), all, `${file}: a step down and up keeps the rows`);
		if (/ \(head\)/.test(go('current').stdout)) break;
	}
	same(shape(db), shape(join(fresh, `${store}.db`)), `${file}: step by step equals a fresh database`);
	rmSync(dir, { recursive: true });
}

// ---- what commands say ----

{
	const dir = join(scratchDir, 'old');
	for (const store of STORES) load(dir, `${store}-0001.sql`, store);
	let r = run('user', 'list', '--data', dir);
	hold(r.status === 1 && /charthouse migrate upgrade/.test(r.stderr), `an older database is refused by commands: ${r.stderr}`);
	r = run('migrate', 'check', '--data', dir);
	hold(r.status === 1 && /revision 0001 of/.test(r.stdout), `check tells of an older database: ${r.stdout}`);
	r = run('migrate', 'upgrade', '9999', '--data', dir);
	hold(r.status === 1 && /no revision 9999/.test(r.stderr), `an unknown revision is refused: ${r.stderr}`);

	const old = new Server(dir, []);
	old.folder = join(scratchDir, 'none');
	old.program = binary;
	await old.launch();
	hold(/personal: from revision 0001 to/.test(old.out), `serve brings an older database up and says so: ${old.out}`);
	r = run('migrate', 'upgrade', '--data', dir);
	hold(r.status === 1 && /in use by a running/.test(r.stderr), `not beside a running server: ${r.stderr}`);
	r = run('migrate', 'check', '--data', dir);
	done(r, 'check beside a running server');
	old.child.kill('SIGTERM');
	await old.exited;

	sqlite(join(dir, 'clinic.db'), "INSERT INTO schema_migrations (version, name, applied_at) VALUES (900, 'later', '2099-01-01')");
	r = run('migrate', 'current', '--data', dir);
	hold(/newer Charthouse/.test(r.stdout), `a newer database is told: ${r.stdout}`);
	r = run('client', 'list', '--data', dir);
	hold(r.status === 1 && /newer Charthouse/.test(r.stderr), `a newer database is refused: ${r.stderr}`);
	r = run('migrate', 'downgrade', '0001', '--data', dir);
	hold(r.status === 1 && /newer Charthouse/.test(r.stderr), `a newer database is not taken down: ${r.stderr}`);
}

// ---- every file is built in ----

{
	const listed = run('migrate', 'history', '--data', fresh).stdout;
	for (const store of STORES)
		for (const file of readdirSync(join(top, 'migrations', store))) {
			const [, number, name] = /^(\d{4})_(\w+)\.sql$/.exec(file);
			hold(new RegExp(`^${store}\\s+${number}\\s+\\w+\\s+${name}\\s`, 'm').test(listed), `migrations/${store}/${file} is not in migrations/meson.build`);
		}
}

// ---- PostgreSQL: what the revisions make is what is declared ----

const CATALOG = `
SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attcollation::text, a.attnotnull::text, a.attidentity::text, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
UNION ALL SELECT 'table', c.relname, obj_description(c.oid), '', '', '', '', '', '' FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
UNION ALL SELECT 'rule', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', '', '', '' FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
UNION ALL SELECT 'index', tablename, indexname, replace(indexdef, current_schema() || '.', ''), '', '', '', '', '' FROM pg_indexes WHERE schemaname = current_schema()
ORDER BY 1, 2, 3, 4;`;

function section(store, file, way) {
	const text = readFileSync(join(top, 'migrations', store, file), 'utf8');
	return new RegExp(`^-- ${way}(?: postgres)?\\n((?:(?!-- (?:up|down)grade).*\\n)*)`, 'm').exec(text)?.[1] ?? '';
}

function postgres(url) {
	const sql = (schema, text) => execFileSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', url],
		{ input: `SET client_min_messages = warning; BEGIN; CREATE SCHEMA IF NOT EXISTS ${schema}; SET LOCAL search_path TO ${schema};\n${text}\nCOMMIT;`, encoding: 'utf8', maxBuffer: 1 << 26 });
	for (const store of STORES) {
		const files = readdirSync(join(top, 'migrations', store)).sort();
		sql(`declared_${store}`, run('derive', 'postgres', store).stdout);
		const steps = [];
		for (const file of files) {
			sql(`steps_${store}`, section(store, file, 'upgrade'));
			steps.push(sql(`steps_${store}`, CATALOG));
		}
		same(steps.at(-1), sql(`declared_${store}`, CATALOG), `postgres: ${store} by revisions equals ${store} as declared`);
		for (let i = files.length - 1; i > 0; i--) {
			sql(`steps_${store}`, section(store, files[i], 'downgrade'));
			same(sql(`steps_${store}`, CATALOG), steps[i - 1], `postgres: ${store} down from ${files[i]}`);
		}
	}
	// The made-up catalog in which everything changes that can.
	const golden = readFileSync(join(top, 'tests/unit/engine/golden/migrate-new.sql'), 'utf8');
	const start = readFileSync(join(top, 'tests/unit/engine/golden/migrate-start.sql'), 'utf8');
	const part = (text, way) => new RegExp(`^-- ${way} postgres\\n((?:(?!-- (?:up|down)grade).*\\n)*)`, 'm').exec(text)[1];
	sql('made_up', `${part(start, 'upgrade')}
		INSERT INTO people (name, kind, count, city) VALUES ('Ann', 'a', 1, 'Oslo'), ('Bo', NULL, NULL, NULL);
		INSERT INTO visits (person_id, day) VALUES (1, '2024-02-29'); INSERT INTO memos (body) VALUES ('one');`);
	const rows = 'SELECT id, name, count, city, fax FROM people ORDER BY id; SELECT * FROM visits; SELECT id, body, old FROM memos;';
	const before = sql('made_up', CATALOG), kept = sql('made_up', rows);
	sql('made_up', part(golden, 'upgrade'));
	hold(sql('made_up', 'SELECT count(*) FROM people WHERE kind IS NOT NULL;') === '2\n', 'postgres: NULLs get the default');
	sql('made_up', part(golden, 'downgrade'));
	same(sql('made_up', CATALOG), before, 'postgres: up and down of the made-up catalog');
	same(sql('made_up', rows), kept, 'postgres: the made-up rows are kept');
}

// The program itself on PostgreSQL: there and back with rows, killed, and two at once.
async function move(url) {
	const dir = join(scratchDir, 'pg'), other = join(scratchDir, 'pg-other');
	const go = (...args) => run('migrate', ...args, '--data', dir, '--database', url);
	const psql = (sql) => execFileSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', url], { input: sql, encoding: 'utf8' });
	const rows = () => psql('SELECT id, npi, name FROM clinic.providers ORDER BY id; SELECT id, mrn, dob, created_at FROM clinic.patients ORDER BY id; SELECT id, patient_id, height, recorded_date FROM clinic.vital_signs ORDER BY id;');
	const killed = (word, ms) => new Promise((resolve) => {
		const child = spawn(binary, ['migrate', ...word, '--data', dir, '--database', url], { stdio: 'ignore' });
		child.on('exit', resolve);
		setTimeout(() => child.kill('SIGKILL'), ms);
	});

	done(go('upgrade', '0001'), 'postgres: made at the first revision');
	psql(`INSERT INTO clinic.providers (npi, name, specialty) VALUES ('1234567893', 'Dr. O''Hara', 'X');
		INSERT INTO clinic.patients (mrn, first_name, last_name, dob) SELECT 'M' || i, 'F', 'L', '1970-01-01' FROM generate_series(1, 50) AS i;
		INSERT INTO clinic.vital_signs (patient_id, recorded_date, height) SELECT i, now(), 60 FROM generate_series(1, 50) AS i;
		DELETE FROM clinic.patients WHERE id = 50;`);
	const kept = rows();
	for (let ms = 40; ms < 1200; ms = ms * 1.4) {
		await killed(['upgrade'], ms);
		await killed(['downgrade', '0001'], ms);
		hold(/^personal\s+\d{4} .*\nclinic\s+\d{4} /.test(go('current').stdout), `postgres: killed after ${ms | 0} ms it stands at a revision`);
	}
	done(go('upgrade'), 'postgres: up after being killed');
	done(go('check'), 'postgres: check agrees');
	same(rows(), kept, 'postgres: the rows are kept');
	done(go('downgrade', '0001'), 'postgres: down');
	same(rows(), kept, 'postgres: the rows are kept on the way down');
	const both = await Promise.all([dir, other].map((d) => new Promise((resolve) => {
		execFile(binary, ['migrate', 'upgrade', '--data', d, '--database', url], (error, out, err) => resolve({ status: error ? 1 : 0, stdout: out, stderr: err }));
	})));
	both.forEach((r) => done(r, 'postgres: two at once'));
	done(go('check'), 'postgres: as declared after two at once');
	hold(psql("INSERT INTO clinic.patients (mrn, first_name, last_name, dob) VALUES ('N', 'F', 'L', '1970-01-01') RETURNING id") === '51\n', 'postgres: ids are never used twice');
}

const up = join(top, 'tests/postgres/up');
if (existsSync(up)) {
	const cluster = scratch(); // the server's user must reach it
	try {
		const url = execFileSync(up, [cluster], { encoding: 'utf8' }).trim();
		postgres(url);
		await move(url);
	} catch (error) {
		hold(false, `postgres: ${error.stderr || error}`);
	} finally {
		spawnSync(join(top, 'tests/postgres/down'), [cluster]);
		rmSync(cluster, { recursive: true, force: true });
	}
}

rmSync(scratchDir, { recursive: true, force: true });
console.log(`migrations: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
