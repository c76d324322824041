#!/usr/bin/env node
// adopt - the existing server's database is taken over: people sign in with their old
// passwords, see what is theirs and nothing else, and no role, path or value of it is
// believed; on SQLite and on PostgreSQL.               tests/adopt.mjs
import { database, psql, psqlFile, end } from './lib/cluster.mjs';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const { Server, Tally, command, binary, top } = await import('./lib/server.mjs');

const tally = new Tally('adopt');
const theirs = database();
psqlFile(theirs, join(top, 'tests/data/adopt/server.sql'));
const before = psql(theirs, 'SELECT count(*), max(updated_at) FROM users');

const folder = mkdtempSync(join(tmpdir(), 'charthouse-adopt-'));
const fresh = async (name, url) => {
	const server = new Server(join(folder, name), url ? ['--database', url] : []);
	server.program = binary;
	server.how = ['--data', server.dir, ...(url ? ['--database', url] : [])];
	server.look = async (sql) => {
		const r = await command(['sql', 'personal', sql, ...server.how]);
		return r.out.trim().split('\n').slice(1).join('\n') + r.err;
	};
	return server;
};

for (const [name, url] of [['SQLite', null], ['PostgreSQL', database()]]) {
	const server = await fresh(name, url);

	// ---- refused whole ----
	const slip = await command(['adopt', '--from', theirs, '--admin', 'nobody', ...server.how]);
	tally.hold(slip.code === 1 && /no user nobody/.test(slip.err), `${name}: an admin who is not there is noticed`, slip.err);
	const none = await command(['adopt', '--from', database(), ...server.how]);
	tally.hold(none.code === 1 && /no database of that server/.test(none.err), `${name}: another database is refused`, none.err);

	// ---- taken over ----
	const r = await command(['adopt', '--from', theirs, '--admin', 'anna', ...server.how]);
	tally.hold(r.code === 0, `${name}: taken over`, r.err);
	for (const words of ['carl: role administrator became user', 'drlee: role doctor became user', 'gast: role superuser became user',
		'nils: the password cannot be taken over', 'table medical_equipment: 1 rows stay behind', 'table activity_log: 2 rows stay behind',
		'column medications.medication_type', 'Ids are what they were'])
		tally.hold(r.out.includes(words), `${name}: the report says "${words}"`, r.out);
	tally.hold(!/Metformin|Hay fever|1980-02-29|sealed-token|letter\.pdf|\$2[aby]\$/.test(r.out + r.err), `${name}: the report has no health data and no secret`);
	const check = await command(['audit', 'verify', ...server.how]);
	tally.hold(/personal: audit log sound/.test(check.out), `${name}: the log is sound`, check.out + check.err);

	await server.launch();
	server.exited.then((e) => { if (e.code) console.log(server.err.slice(0, 4000)); });
	const hash = () => server.look("SELECT substr(password_hash, 1, 10) AS h FROM users WHERE username = 'anna'");
	tally.hold((await hash()).startsWith('$2b$'), `${name}: the old hash is there`, await hash());

	// ---- old passwords ----
	for (const [user, role] of [['anna', 'admin'], ['carl', 'user'], ['drlee', 'user']]) {
		const wrong = await server.form('/api/v1/auth/login', { username: user, password: `${user} had that word` });
		tally.hold(wrong.status === 401, `${name}: ${user} with a wrong password is not let in`);
		for (const time of ['first', 'second']) {
			const in_ = await server.form('/api/v1/auth/login', { username: user, password: `${user} had this word` });
			tally.hold(in_.status === 200 && in_.json.user.role === role, `${name}: ${user} signs in the ${time} time as ${role}`, in_.text);
		}
	}
	tally.hold((await hash()).startsWith('$argon2id$'), `${name}: the hash has been replaced`, await hash());
	for (const user of ['nils', 'gast'])
		for (const password of ['', '!', `${user} had this word`])
			tally.hold((await server.form('/api/v1/auth/login', { username: user, password })).status !== 200, `${name}: ${user} without a hash is not let in`);

	// ---- what is theirs ----
	const anna = await server.login('anna', 'anna had this word');
	const carl = await server.login('carl', 'carl had this word');
	const ask = async (token, path) => (await server.ask('GET', path, { token }));
	const meds = (await ask(anna, '/api/v1/medications/?patient_id=5')).json;
	tally.hold(meds.map((m) => `${m.id} ${m.medication_name} ${m.status}`).sort().join() === '11 Metformin active,12 Ibuprofen on-hold', `${name}: medications with their ids`, JSON.stringify(meds));
	tally.hold(meds.find((m) => m.id === 11).practitioner?.id === 2 || meds.find((m) => m.id === 11).practitioner_id === 2, `${name}: references hold`);
	const lab = (await ask(anna, '/api/v1/lab-results/31')).json;
	tally.hold(lab.status === 'in-progress', `${name}: a status in another spelling is brought into form`, JSON.stringify(lab));
	const vitals = (await ask(anna, '/api/v1/vitals/51')).json;
	tally.hold(vitals.temperature === 98.60000000000001 && vitals.pain_scale === null && vitals.recorded_date.startsWith('2024-03-10T02:30:00'), `${name}: numbers are exact, times are UTC`, JSON.stringify(vitals));
	tally.hold((await ask(carl, '/api/v1/medications/11')).status === 404, `${name}: carl does not see what is anna's`);
	tally.hold((await ask(carl, '/api/v1/medications/13')).status === 200, `${name}: carl sees what was shared with him`);
	tally.hold((await ask(await server.login('drlee', 'drlee had this word'), '/api/v1/medications/11')).status === 404, `${name}: the doctor of there sees nothing`);

	// ---- kept aside ----
	tally.hold(await server.look('SELECT count(*) AS n FROM import_leftovers') === '5', `${name}: five rows are kept aside`, await server.look('SELECT table_name, reason FROM import_leftovers'));
	tally.hold(await server.look("SELECT count(*) AS n FROM import_leftovers WHERE table_name = 'patient_shares'") === '1', `${name}: a share by a stranger is none`);
	tally.hold(!/passwd|uploads|\.\./.test(await server.look('SELECT file_path, file_name FROM lab_result_files') + await server.look('SELECT file_path, file_name FROM entity_files')), `${name}: no path of theirs is left`);
	tally.hold(await server.look("SELECT original FROM import_flags WHERE field = 'pain_scale'") === '12', `${name}: the original is in the flags`);
	tally.hold(await server.look('SELECT count(*) AS n FROM user_preferences WHERE paperless_api_token_encrypted IS NOT NULL OR paperless_enabled = TRUE') === '0', `${name}: what was sealed is left out`);
	const next = await server.ask('POST', '/api/v1/medications/', { token: anna, body: { patient_id: 5, medication_name: 'Aspirin' } });
	tally.hold(next.json?.id === 14, `${name}: new ids go on behind the old`, next.text);
	await server.stop();

	// ---- beside others ----
	const second = await fresh(`${name}-2`, url ? database() : null);
	await second.launch();
	await second.makeAdmin();
	await second.makeUser('carl');
	await second.stop();
	const beside = await command(['adopt', '--from', theirs, ...second.how]);
	tally.hold(beside.code === 0 && /Ids are new/.test(beside.out), `${name}: beside others ids are new`, beside.err + beside.out);
	tally.hold(await second.look("SELECT count(*) AS n FROM import_leftovers WHERE table_name = 'users'") === '1', `${name}: a name that is taken stays aside`);
	tally.hold(await second.look("SELECT count(*) AS n FROM users WHERE role = 'admin'") === '1', `${name}: nobody became an admin`);
	tally.hold(await second.look("SELECT p.first_name FROM medications m JOIN patients p ON p.id = m.patient_id WHERE m.medication_name = 'Metformin'") === 'Anna', `${name}: references follow`);
	const sound = await command(['check', ...second.how]);
	tally.hold(/personal: .*sound/.test(sound.out), `${name}: and all is sound`, sound.out + sound.err);
}

tally.hold(psql(theirs, 'SELECT count(*), max(updated_at) FROM users') === before, 'their database is as it was');
rmSync(folder, { recursive: true, force: true });
end();
tally.end();
