#!/usr/bin/env node
// kill - what was answered is on disk: the server is killed (SIGKILL) again and again
// under write load; every id that was acknowledged must be there afterwards, the
// stores whole and the audit's chain unbroken.        tests/kill.mjs [ROUNDS]
import { Server, Tally, command, binary, top } from './lib/server.mjs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const rounds = Number(process.argv[2] ?? 50);
const release = join(top, 'build', 'charthouse');
const program = process.env.CHARTHOUSE ?? (existsSync(release) ? release : binary);
const tally = new Tally('kill');
const server = await Server.start([], { program });
const anna = await server.makeUser('anna');
const acknowledged = new Map();
let writes = 0, reads = 0, lost = 0, starting = 0;

async function write(stop) {
	while (!stop.now) {
		const pulse = 30 + (writes++ % 200);
		try {
			const r = await server.ask('POST', '/api/v1/vitals/', { token: anna.token, timeout: 5000,
				body: { patient_id: anna.patient, recorded_date: '2024-01-15T10:30:00', heart_rate: pulse } });
			if (r.status === 200) acknowledged.set(r.json.id, pulse);
			else if (r.status !== 503) tally.hold(false, `a write answered ${r.status} ${r.text}`);
		} catch { return; }
	}
}

async function read(stop) {
	while (!stop.now) {
		try {
			const r = await server.ask('GET', '/api/v1/vitals/?limit=20', { token: anna.token, timeout: 5000 });
			if (r.status === 200) reads++;
		} catch { return; }
	}
}

for (let round = 1; round <= rounds; round++) {
	const stop = { now: false };
	const load = [...Array.from({ length: 8 }, () => write(stop)), read(stop), read(stop)];
	await new Promise((go) => { setTimeout(go, 60 + Math.random() * 300); });
	await server.kill();
	stop.now = true;
	server.agent.destroy();
	await Promise.all(load);
	const then = Date.now();
	try { await server.again(); tally.hold(true); starting += Date.now() - then; } catch (e) { tally.hold(false, `round ${round}: ${e.message}`); break; }
	const rows = (await server.sql('personal', 'SELECT id, heart_rate FROM vitals')).split('\n').filter(Boolean);
	const there = new Map(rows.map((r) => r.split('|').map(Number)));
	const missing = [...acknowledged].filter(([id, pulse]) => there.get(id) !== pulse);
	lost += missing.length;
	tally.hold(!missing.length, `round ${round}: ${missing.length} of ${acknowledged.size} acknowledged rows are gone or changed`);
}
tally.hold(acknowledged.size >= rounds, `only ${acknowledged.size} writes were acknowledged`);
tally.hold(reads > 0, 'nothing was read meanwhile');
try { await server.stop(); tally.hold(true); } catch (e) { tally.hold(false, e.message); }
for (const args of [['check'], ['audit', 'verify']]) {
	const r = await command([...args, '--data', server.dir], { program });
	tally.hold(r.code === 0, `charthouse ${args.join(' ')} ended with ${r.code}`, r.out + r.err);
}
if (!process.env.CHARTHOUSE_TEST_DATABASE) {
	const integrity = await server.sql('personal', 'PRAGMA integrity_check');
	tally.hold(integrity === 'ok', `integrity_check: ${integrity}`);
}
// Every acknowledged write has its entry in the log.
const entries = Number(await server.sql('personal',
	`SELECT count(*) FROM vitals WHERE id NOT IN (SELECT entity_id FROM activity_log WHERE entity_type = 'vitals' AND action = 'created' AND entity_id IS NOT NULL)`));
tally.hold(entries === 0, `${entries} rows have no entry in the activity log`);
console.log(`kill: ${rounds} rounds, ${acknowledged.size} acknowledged writes, ${reads} reads, ${lost} lost; ${Math.round(starting / rounds)} ms to start again on average`);
server.remove();
tally.end();
