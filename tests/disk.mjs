#!/usr/bin/env node
// disk - a full disk under a running server, of SQLite and of PostgreSQL: clear answers, nothing
// lost, and work goes on when there is room again, without a restart of ours.    tests/disk.mjs
// It mounts small file systems of its own; where that is not permitted, it says so and is left out.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, rmdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const cluster = process.env.CHARTHOUSE_TEST_DATABASE;
delete process.env.CHARTHOUSE_TEST_DATABASE;
delete process.env.CHARTHOUSE_DATABASE;
const onFiles = await import('./lib/server.mjs');
const { scratch, top } = onFiles;
const tally = new onFiles.Tally('disk');
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const sh = (...args) => execFileSync(args[0], args.slice(1), { encoding: 'utf8', cwd: '/' }).trim();
const folder = scratch();
const mounted = [];

function mount(name, megabytes) {
	const at = join(folder, name);
	mkdirSync(at);
	const r = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', at], { encoding: 'utf8' });
	if (r.status !== 0) { rmdirSync(at); return null; }
	mounted.push(at);
	return at;
}

// Takes all the room there is.
function fill(at) {
	const file = openSync(join(at, 'filler'), 'w');
	for (let size = 1 << 20; size >= 1; size >>= 2)
		try { for (;;) writeSync(file, Buffer.alloc(size)); } catch (e) { if (e.code !== 'ENOSPC') throw e; }
	closeSync(file);
}

// lib: server.mjs; kept: the names in the store; full: called when the disk is; revive: while
// there is no success.
async function story(mark, { lib, at, dir, kept, full = () => {}, revive = () => {}, statuses }) {
	const server = await lib.Server.start([], { dir });
	const anna = await server.makeUser('anna');
	const made = new Set();
	let n = 0;
	const ask = async (...args) => {
		try { return await server.ask(...args); } catch (e) { return { status: 0, text: String(e), headers: {} }; }
	};
	const write = async () => {
		const name = `${mark} ${++n}`;
		const r = await ask('POST', '/api/v1/medications/', { token: anna.token, body: { patient_id: anna.patient, medication_name: name, notes: 'n'.repeat(4000) } });
		if (r.status < 300) made.add(name);
		return r;
	};
	const read = () => ask('GET', '/api/v1/medications/?limit=5', { token: anna.token });
	const clear = (r) => r.status === 200 || (statuses.includes(r.status) && Number(r.headers['retry-after']) > 0);

	const first = [];
	for (let i = 0; i < 20; i++) first.push(await write(), await read());
	tally.hold(first.every((r) => r.status === 200), `${mark}: all is well while there is room`, first.map((r) => r.status).join(' '));

	fill(at);
	full(server);
	const answers = [];
	for (let i = 0; i < 60 && answers.filter((r) => r.status !== 200).length < 40; i++)
		answers.push(...await Promise.all(Array.from({ length: 16 }, (_, k) => (k % 4 ? write() : read()))));
	const odd = answers.filter((r) => !clear(r));
	tally.hold(odd.length === 0, `${mark}: a full disk is told by ${statuses.join(' or ')} with Retry-After`, odd.slice(0, 2).map((r) => `${r.status} ${r.text.slice(0, 80)}`).join('; ') + server.err);
	tally.hold(answers.some((r) => statuses.includes(r.status)), `${mark}: the disk was full`);
	tally.hold(server.gone === undefined, `${mark}: the server lives on`, server.err);
	const health = await ask('GET', '/health');
	tally.hold(health.status === 200 || health.status === 503, `${mark}: /health answers`, health.text);

	rmSync(join(at, 'filler'));
	let back;
	for (let i = 0; i < 120 && back?.status !== 200; i++) {
		await sleep(500);
		revive();
		back = await write();
	}
	tally.hold(back.status === 200, `${mark}: writes go on when there is room again`, `${back.status} ${back.text}`);
	let seen;
	for (let i = 0; i < 20 && seen?.status !== 200; i++) { seen = await read(); await sleep(300); }
	tally.hold(seen.status === 200, `${mark}: so do reads`, `${seen.status} ${seen.text}`);
	const rows = kept(server);
	tally.hold([...made].every((name) => rows.has(name)), `${mark}: nothing that was answered is lost`);
	console.log(`${mark}: ${answers.length} answers on a full disk, ${answers.filter((r) => r.status !== 200).length} refused; ${made.size} rows made, ${rows.size} there`);

	try { await server.stop(); tally.hold(true); } catch (e) { tally.hold(false, `${mark}: ${e.message}`); }
	for (const words of [['audit', 'verify'], ['check']]) {
		const r = await lib.command([...words, '--data', server.dir]);
		tally.hold(r.code === 0, `${mark}: charthouse ${words.join(' ')}`, r.out + r.err);
	}
	server.remove();
}

async function sqlite(at) {
	const dir = join(at, 'home');
	mkdirSync(dir);
	await story('sqlite', { lib: onFiles, at, dir, statuses: [503, 507],
		kept: (server) => new Set(sh('sqlite3', join(server.dir, 'personal.db'), 'SELECT medication_name FROM medications').split('\n')) });
}

// The whole cluster on the small disk, or its log alone: without room for that the server of
// PostgreSQL ends itself, and its owner starts it again when there is some.
async function postgres(mark, at, onlyLog) {
	const scripts = join(top, 'tests/postgres');
	const own = join(onlyLog ? folder : at, 'cluster');
	process.env.CHARTHOUSE_TEST_DATABASE = sh(join(scripts, 'up'), own, '--durable');
	const lib = await import(`./lib/server.mjs?${onlyLog ? 'log' : 'own'}`);
	const bin = sh('bash', '-c', 'ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1');
	const control = (...args) => spawnSync('runuser', ['-u', 'postgres', '--', `${bin}/pg_ctl`, '-D', join(own, 'data'), '-s', '-w', ...args], { cwd: '/', stdio: 'ignore' }).status;
	const start = () => control('-l', join(own, 'log'), 'start');
	try {
		if (onlyLog) {
			control('stop', '-m', 'fast');
			sh('chown', 'postgres', at);
			sh('mv', join(own, 'data/pg_wal'), at);
			sh('ln', '-s', join(at, 'pg_wal'), join(own, 'data/pg_wal'));
			start();
		}
		await story(mark, { lib, at, dir: scratch(), statuses: [503],
			full: (server) => { if (onlyLog) spawnSync('psql', ['-qXAt', '-d', lib.databaseOf(server.dir), '-c', 'CREATE TEMP TABLE t AS SELECT 1; SELECT pg_switch_wal()'], { stdio: 'ignore' }); },
			revive: () => { if (control('status') !== 0) start(); },
			kept: (server) => new Set(sh('psql', '-qXAt', '-d', lib.databaseOf(server.dir), '-c', 'SELECT medication_name FROM personal.medications').split('\n')) });
	} finally {
		spawnSync(join(scripts, 'down'), [own], { stdio: 'inherit' });
	}
}

try {
	const small = process.getuid() === 0 ? mount('sqlite', 24) : null;
	if (small) {
		sh('chmod', '755', folder);
		await sqlite(small);
		await postgres('postgres', mount('postgres', 320), false);
		await postgres('postgres log', mount('log', 80), true);
	} else {
		console.log('disk: LEFT OUT, no file system may be mounted here');
		tally.hold(true);
	}
} finally {
	for (const at of mounted) spawnSync('umount', ['-l', at]);
	rmSync(folder, { recursive: true, force: true });
	if (cluster) process.env.CHARTHOUSE_TEST_DATABASE = cluster;
}
tally.end();
