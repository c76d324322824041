#!/usr/bin/env node
// postgres - what a database that goes away and comes back does to a running server: clear
// answers, nothing lost, no restart of ours.    tests/postgres.mjs
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { scratch, top } from './lib/server.mjs';

const folder = scratch();
const sh = (...args) => execFileSync(args[0], args.slice(1), { encoding: 'utf8', cwd: '/' }).trim();
const cluster = sh(join(top, 'tests/postgres/up'), folder, '--durable');
process.env.CHARTHOUSE_TEST_DATABASE = cluster;
const { Server, Tally, command, databaseOf } = await import('./lib/server.mjs?own');

const tally = new Tally('postgres');
const as = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
const bin = sh('bash', '-c', 'ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1');
const control = (...args) => sh(...as, `${bin}/pg_ctl`, '-D', join(folder, 'data'), '-s', '-w', '-l', join(folder, 'log'), ...args);
const psql = (url, sql) => sh('psql', '-qXAt', '-d', url, '-c', sql);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function stories(options, mark) {
	const server = await Server.start(options);
	const url = databaseOf(server.dir);
	const anna = await server.makeUser('anna');
	const made = new Set();
	let n = 0;
	const tell = async () => {
		const name = `${mark} drug ${++n}`;
		let r;
		try {
			r = await server.ask('POST', '/api/v1/medications/', { token: anna.token, body: { patient_id: anna.patient, medication_name: name } });
		} catch (e) {
			return { status: 0, text: String(e) };
		}
		if (r.status < 300) made.add(name);
		return r;
	};
	const look = () => server.ask('GET', '/api/v1/medications/', { token: anna.token });
	const kill = () => psql(cluster, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${url.replace(/.*\//, '')}' AND pid <> pg_backend_pid()`);
	const kept = () => new Set(psql(url, 'SELECT medication_name FROM personal.medications').split('\n').filter(Boolean));

	// Idle connections cut: nobody notices.
	tally.hold((await tell()).status === 200, `${mark}: a first write`);
	kill();
	const after = [await look(), await tell(), await look()];
	tally.hold(after.every((r) => r.status === 200), `${mark}: idle connections cut`, after.map((r) => r.status).join(' '));

	// Connections cut under load: every answer is a success that holds, or says "later".
	const answers = [];
	let busy = true;
	const writers = Array.from({ length: 16 }, async () => { while (busy) answers.push(await tell()); });
	const readers = Array.from({ length: 4 }, async () => { while (busy) answers.push(await look()); });
	for (let i = 0; i < 10; i++) { await sleep(100); kill(); }
	busy = false;
	await Promise.all([...writers, ...readers]);
	const odd = answers.filter((r) => r.status !== 200 && !(r.status === 503 && r.headers?.['retry-after']));
	tally.hold(odd.length === 0, `${mark}: cut under load: 200, or 503 with Retry-After`, odd.slice(0, 3).map((r) => `${r.status} ${r.text}`).join('; '));
	tally.hold(answers.some((r) => r.status === 200), `${mark}: work goes on under cuts`);
	const rows = kept();
	tally.hold([...made].every((name) => rows.has(name)), `${mark}: what was answered is there after cuts`);
	console.log(`${mark}: ${answers.length} answers under cuts, ${answers.filter((r) => r.status === 503).length} of them 503`);

	// Commits that were done although nobody heard so: they wait for a standby there is not.
	const configure = (sql) => { psql(cluster, sql); psql(cluster, 'SELECT pg_reload_conf()'); };
	configure("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
	await sleep(1000);
	const unheard = Array.from({ length: 8 }, tell);
	await sleep(1000);
	kill();
	configure('ALTER SYSTEM RESET synchronous_standby_names');
	const heard = await Promise.all(unheard);
	tally.hold(heard.some((r) => r.status === 503) && heard.every((r) => r.status === 200 || (r.status === 503 && r.headers['retry-after'])), `${mark}: a commit nobody heard of is 503`, heard.map((r) => `${r.status} ${r.text}`).join('; '));
	const next = [];
	for (let i = 0; i < 8; i++) next.push(await tell());
	tally.hold(next.every((r) => r.status === 200), `${mark}: and work goes on`, next.map((r) => `${r.status} ${r.text}`).join('; '));

	// The database gone and back.
	control('stop', '-m', 'fast');
	const away = [await look(), await tell(), await look(), await tell()];
	tally.hold(away.every((r) => r.status === 503 && Number(r.headers['retry-after']) > 0), `${mark}: without a database 503 with Retry-After`, away.map((r) => `${r.status} ${r.text}`).join('; '));
	const health = await server.ask('GET', '/health');
	tally.hold(health.status < 500 || health.status === 503, `${mark}: /health answers without a database`, health.text);
	control('start');
	await sleep(2500);
	const back = [await look(), await tell(), await look()];
	tally.hold(back.every((r) => r.status === 200), `${mark}: all is well when it is back`, back.map((r) => `${r.status} ${r.text}`).join('; '));
	const all = kept();
	tally.hold([...made].every((name) => all.has(name)), `${mark}: nothing lost`);

	// Stopped the hard way.
	control('stop', '-m', 'immediate');
	await tell();
	control('start');
	await sleep(2500);
	tally.hold((await tell()).status === 200, `${mark}: back after a crash of the database`);
	const crashed = kept();
	tally.hold([...made].every((name) => crashed.has(name)), `${mark}: nothing lost by a crash of the database`);

	// Two at once decide one thing once.
	const both = await Promise.all(Array.from({ length: 8 }, (_, i) => server.ask('POST', '/api/v1/emergency-contacts/', { token: anna.token,
		body: { patient_id: anna.patient, name: `Contact ${i}`, relationship: 'friend', phone_number: '5551234567', is_primary: true } })));
	tally.hold(both.every((r) => r.status === 200), `${mark}: eight primaries at once`, both.map((r) => `${r.status} ${r.text}`).join('; '));
	tally.hold(psql(url, 'SELECT count(*) FROM personal.emergency_contacts WHERE is_primary') === '1', `${mark}: one primary is left`);

	try { await server.stop(); tally.hold(true); } catch (e) { tally.hold(false, `${mark}: ${e.message}`); }
	const audit = await command(['audit', 'verify', '--data', server.dir]);
	tally.hold(audit.code === 0, `${mark}: charthouse audit verify`, audit.out + audit.err);
	const check = await command(['check', '--data', server.dir]);
	tally.hold(check.code === 0, `${mark}: charthouse check`, check.out + check.err);
	server.remove();
}

try {
	await stories([], 'direct');
	await stories(['--database-pooled'], 'pooled');
} finally {
	sh(join(top, 'tests/postgres/down'), folder);
}
tally.end();
