#!/usr/bin/env node
// races - many ask for the same thing at once; exactly one may have it.
import { Server, Tally } from './lib/server.mjs';

const tally = new Tally('races');
const server = await Server.start();
const code = server.setupCode();
const at_once = (n, ask) => Promise.all(Array.from({ length: n }, (_, i) => ask(i)));
const count = (answers, status) => answers.filter((r) => r.status === status).length;
function one(answers, won, lost, words) {
	const tell = JSON.stringify(answers.reduce((t, r) => ({ ...t, [r.status]: (t[r.status] ?? 0) + 1 }), {}));
	tally.hold(count(answers, won) === 1, `${words}: ${tell}`);
	tally.hold(count(answers, won) + count(answers, lost) === answers.length, `${words}: the others are not told so: ${tell}`);
}

// The setup code makes one admin.
one(await at_once(10, (i) => server.ask('POST', '/api/v1/setup', { body: { code, username: i ? `chief${i}` : 'chief', password: 'correct horse chief 7',
	email: `chief${i}@example.com`, full_name: 'Chief Admin' } })), 200, 409, 'one setup code');
tally.hold(await server.sql('personal', `SELECT count(*) FROM users WHERE role = 'admin'`) === '1', 'more than one admin');
const winner = await server.sql('personal', 'SELECT username FROM users');
server.admin = Promise.resolve({ token: await server.login(winner, 'correct horse chief 7') });

const admin = await server.makeAdmin();
one(await at_once(10, (i) => server.ask('POST', '/api/v1/auth/register', { token: admin.token,
	body: { username: 'Twin', password: 'correct horse twin 7', email: `twin${i}@example.com`, full_name: 'Twin One', role: 'user' } })), 200, 409, 'one user name');

const anna = await server.makeUser('anna');
const contacts = await at_once(20, (i) => server.ask('POST', '/api/v1/emergency-contacts/', { token: anna.token,
	body: { name: `Contact ${i}`, relationship: 'friend', phone_number: '5551234567', is_primary: true } }));
tally.hold(count(contacts, 200) === 20, 'a primary contact is refused');
tally.hold(await server.sql('personal', 'SELECT count(*) FROM emergency_contacts WHERE is_primary') === '1', 'not one primary contact');

const doctor = await server.makeClient('doctor', { role: 'doctor' });
const boss = await server.makeClient('boss', { role: 'admin' });
await server.ask('POST', '/clinic/v1/providers', { token: boss.token, body: { npi: '1679576722', name: 'Dr. Slot', accepting_new_patients: true } });
const patients = await at_once(50, (i) => server.ask('POST', '/clinic/v1/patients', { token: doctor.token, body: { first_name: `P${i}`, last_name: 'Racer', dob: '1980-01-01' } }));
tally.hold(new Set(patients.map((r) => r.json?.mrn)).size === 50, 'two patients have one MRN');
const date = new Date(Date.now() + 9e8).toISOString().slice(0, 10);
one(await at_once(50, (i) => server.ask('POST', '/clinic/v1/appointments', { token: doctor.token,
	body: { patient_mrn: patients[i].json.mrn, provider_npi: '1679576722', date, time: '10:00' } })), 201, 409, 'one slot');

const same = await at_once(20, () => server.ask('POST', '/clinic/v1/vital-signs', { token: doctor.token, headers: { 'Idempotency-Key': 'race' },
	body: { patient_mrn: patients[0].json.mrn, recorded_date: '2024-01-15T10:30:00Z', heart_rate: 60 } }));
tally.hold(count(same, 201) === 20 && new Set(same.map((r) => r.json.id)).size === 1, 'one idempotency key gave more than one row', same[0].text);
tally.hold(await server.sql('clinic', 'SELECT count(*) FROM vital_signs') === '1', 'one idempotency key stored more than one row');

const tag = (await server.ask('GET', `/clinic/v1/patients/${patients[0].json.mrn}`, { token: doctor.token })).headers.etag;
one(await at_once(20, (i) => server.ask('PATCH', `/clinic/v1/patients/${patients[0].json.mrn}`, { token: doctor.token, headers: { 'If-Match': tag }, body: { city: `City ${i}` } })), 200, 412, 'one If-Match');
try { await server.stop(); tally.hold(true); } catch (e) { tally.hold(false, e.message); }
server.remove();
tally.end();
