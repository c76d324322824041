#!/usr/bin/env node
// adopt - the existing server's database is taken over: people sign in with their old
// passwords, see what is theirs and nothing else, and no role, path or value of it is
// believed; on SQLite and on PostgreSQL.               tests/adopt.mjs
import { database, psql, psqlFile, end } from './lib/cluster.mjs';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
const { Server, Tally, command, binary, top } = await import('./lib/server.mjs');

const tally = new Tally('adopt');
const theirs = database();
psqlFile(theirs, join(top, 'tests/data/adopt/server.sql'));

// Their folder of uploads: what is claimed honestly, and what is not.
const uploads = mkdtempSync(join(tmpdir(), 'charthouse-uploads-'));
for (const dir of ['visits', 'photos', 'files']) mkdirSync(join(uploads, dir));
writeFileSync(join(uploads, 'visits/letter.pdf'), '%PDF-1.4\nx');
writeFileSync(join(uploads, 'photos/face.jpg'), 'JPEG');
writeFileSync(join(uploads, 'files/both.pdf'), 'both');
writeFileSync(join(uploads, 'files/short.pdf'), 'short');
symlinkSync('/etc/hostname', join(uploads, 'files/link.pdf'));
const file = (id, path, size) => `(${id}, 'visit', 61, 'f${id}.pdf', '${path}', 'application/pdf', ${size}, NULL, NULL, '2024-02-02', 'local', NULL, NULL, 'synced', NULL, '2024-02-02', '2024-02-02')`;
psql(theirs, `INSERT INTO entity_files VALUES ${file(3, 'uploads/files/both.pdf', 4)}, ${file(4, '/app/uploads/files/both.pdf', 4)}, ${file(5, 'uploads/files/short.pdf', 99)}, ${file(6, 'uploads/files/link.pdf', 'NULL')}, ${file(7, 'uploads/files/../files/short.pdf', 5)}, ${file(8, '/etc/hostname', 'NULL')}, ${file(9, 'uploads/files/nowhere.pdf', 4)}`);
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

	const unfound = await command(['adopt', '--from', theirs, '--files', join(uploads, 'none'), ...server.how]);
	tally.hold(unfound.code === 1 && /--files cannot be read/.test(unfound.err), `${name}: a folder of uploads that is not there is noticed`, unfound.err);
	const late = await command(['adopt', '--from', theirs, '--admin', 'nobody', '--files', uploads, ...server.how]);
	const left = readdirSync(join(server.dir, 'files/adopted'), { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
	tally.hold(late.code === 1 && left.length === 0, `${name}: refused whole, no file is left`, `${late.code} ${left.map((f) => f.name)}`);

	// ---- taken over ----
	const r = await command(['adopt', '--from', theirs, '--admin', 'anna', '--files', uploads, ...server.how]);
	tally.hold(r.code === 0, `${name}: taken over`, r.err);
	for (const words of ['carl: role administrator became user', 'drlee: role doctor became user', 'gast: role superuser became user',
		'nils: the password cannot be taken over', 'table medical_equipment: 1 rows stay behind', 'table activity_log: 2 rows stay behind',
		'column medications.medication_type', 'Ids are what they were', '1 files were copied into', 'entity_files 3: is claimed by several', 'entity_files 4: is claimed by several',
		'entity_files 5: has another size', 'entity_files 6: is not in the folder', 'entity_files 7: is not in the folder', 'entity_files 8: is not in the folder', 'entity_files 9: is not in the folder', 'lab_result_files 1: is not in the folder'])
		tally.hold(r.out.includes(words), `${name}: the report says "${words}"`, r.out);
	tally.hold(!/Metformin|Hay fever|1980-02-29|sealed-token|letter\.pdf|\$2[aby]\$/.test(r.out + r.err), `${name}: the report has no health data and no secret`);
	const check = await command(['audit', 'verify', ...server.how]);
	tally.hold(/personal: audit log sound/.test(check.out), `${name}: the log is sound`, check.out + check.err);

	// ---- files ----
	const path = await server.look("SELECT file_path FROM entity_files WHERE sync_status = 'synced'");
	tally.hold(/^adopted\/entity_files\/[0-9a-f]{32}$/.test(path), `${name}: one file is here`, path);
	const bytes = join(server.dir, 'files', path);
	tally.hold(existsSync(bytes) && readFileSync(bytes, 'utf8') === '%PDF-1.4\nx' && (statSync(bytes).mode & 0o777) === 0o600, `${name}: its bytes are what they were, for nobody else`);
	tally.hold(readdirSync(join(server.dir, 'files/adopted'), { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).length === 1, `${name}: and no other`);
	tally.hold(await server.look("SELECT count(*) AS n FROM entity_files WHERE sync_status = 'missing'") === '7', `${name}: the others are missing`);

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
for (const one of [folder, uploads]) rmSync(one, { recursive: true, force: true });
end();
tally.end();
