// subscriptions/listen of 2026-07-28: what has changed is said, to who may know.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { binary, origin, start, token } from './lib.mjs';

let clinic, doctor, bearer;
before(async () => {
  clinic = await start();
  doctor = clinic.client('doctor');
  bearer = await token(doctor);
});
after(async () => assert.equal(await clinic.stop(), 0));

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const modern = { versionNegotiation: { mode: { pin: '2026-07-28' } } };

async function connect(its) {
  const client = new Client({ name: 'charthouse-tests', version: '1' }, modern);
  client.heard = [];
  for (const method of ['notifications/resources/updated', 'notifications/tools/list_changed'])
    client.setNotificationHandler(method, (said) => client.heard.push(said.params?.uri ?? said.method));
  await client.connect(new StreamableHTTPClientTransport(new URL(`${origin}/mcp`),
    { requestInit: { headers: { Authorization: `Bearer ${its}` } } }));
  return client;
}

async function heard(client, wanted) {
  for (let i = 0; i < 50 && !client.heard.includes(wanted); i++) await pause(100);
  return client.heard.includes(wanted);
}

const record = (mrn) => `patient://${mrn}/record`;
const weigh = (client, mrn) =>
  client.callTool({ name: 'record_vital_signs', arguments: { mrn, heart_rate: 70 } });

test('a change of a chart is heard, one of another chart is not', async () => {
  const client = await connect(bearer);
  assert.equal(client.getServerCapabilities().resources.subscribe, true);
  const uris = [record('MRN001'), 'patient://MRN002/summary'];
  const stream = await client.listen({ resourceSubscriptions: [...uris, record('MRN-NO'), 'nonsense'],
    toolsListChanged: true, promptsListChanged: true });
  assert.deepEqual(stream.honoredFilter, { toolsListChanged: true, resourceSubscriptions: uris });
  await pause(1500);
  assert.deepEqual(client.heard, [], 'nothing has happened yet');
  await weigh(client, 'MRN001');
  assert.ok(await heard(client, uris[0]));
  await client.callTool({ name: 'get_patient_record', arguments: { mrn: 'MRN002' } });
  await weigh(client, 'MRN003');
  await pause(1500);
  assert.deepEqual(client.heard, [uris[0]], 'reading is no change, and another chart is another');
  await fetch(`${origin}/clinic/v1/patients/MRN002`, { method: 'PATCH', body: '{"phone":"+1-555-9"}',
    headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' } });
  assert.ok(await heard(client, uris[1]), 'over REST as well');
  await stream.close();
  assert.equal(await stream.closed, 'local');
  await client.close();
});

test('another chart than one\'s own is as one that is not there', async () => {
  const patient = clinic.client('patient', 'read:*', ['--mrn', 'MRN001']);
  const client = await connect(await token(patient));
  const stream = await client.listen({ resourceSubscriptions:
    [record('MRN001'), record('MRN002'), record('MRN-NO')] });
  assert.deepEqual(stream.honoredFilter, { resourceSubscriptions: [record('MRN001')] });
  await client.close();
});

test('who may read demographics only hears nothing of a chart', async () => {
  const client = await connect(await token(clinic.client('admin')));
  const stream = await client.listen({ resourceSubscriptions: [record('MRN001')] });
  assert.deepEqual(stream.honoredFilter, {});
  await client.close();
});

test('a patient who is deleted is heard of once', async () => {
  const client = await connect(bearer), admin = await connect(await token(clinic.client('admin')));
  const made = await client.callTool({ name: 'create_patient',
    arguments: { first_name: 'Gone', last_name: 'Soon', dob: '1991-02-03' } });
  const { mrn } = made.structuredContent.patient;
  await client.listen({ resourceSubscriptions: [record(mrn)] });
  const gone = await fetch(`${origin}/clinic/v1/patients/${mrn}`, { method: 'DELETE',
    headers: { Authorization: `Bearer ${await token(clinic.client('admin'))}` } });
  assert.equal(gone.status, 204);
  assert.ok(await heard(client, record(mrn)));
  await pause(2500);
  assert.equal(client.heard.length, 1);
  await client.close();
  await admin.close();
});

test('scopes that change change the list of tools', async () => {
  const nurse = clinic.client('nurse');
  const client = await connect(await token(nurse));
  await client.listen({ toolsListChanged: true });
  const admin = await token(clinic.client('admin'));
  const changed = await fetch(`${origin}/clinic/v1/clients/${nurse.client_id}`, { method: 'PATCH',
    body: JSON.stringify({ scopes: 'read:patients' }),
    headers: { Authorization: `Bearer ${admin}`, 'Content-Type': 'application/json' } });
  assert.equal(changed.status, 200, await changed.text());
  assert.ok(await heard(client, 'notifications/tools/list_changed'));
  await client.close();
});

test('switching the client off ends its stream', async () => {
  const nurse = clinic.client('nurse');
  const client = await connect(await token(nurse));
  const stream = await client.listen({ resourceSubscriptions: [record('MRN001')] });
  clinic.run('client', 'disable', nurse.client_id);
  const off = Date.now();
  await stream.closed;
  assert.ok(Date.now() - off < 3000);
  await client.close();
});

test('a token that is taken back ends its stream', async () => {
  const nurse = clinic.client('nurse');
  const its = await token(nurse);
  const client = await connect(its);
  const stream = await client.listen({ resourceSubscriptions: [record('MRN001')] });
  const revoked = await fetch(`${origin}/oauth/revoke`, { method: 'POST', body: new URLSearchParams({
    token: its, client_id: nurse.client_id, client_secret: nurse.client_secret }) });
  assert.equal(revoked.status, 200);
  await stream.closed;
  await client.close();
});

test('streams of one client are few', async () => {
  const crowd = await connect(await token(clinic.client('nurse')));
  for (let i = 0; i < 16; i++) await crowd.listen({ toolsListChanged: true });
  await assert.rejects(crowd.listen({ toolsListChanged: true }), /too many streams/);
  await crowd.close();
});

test('over stdio nothing is listened to', async () => {
  const client = new Client({ name: 'charthouse-tests', version: '1' }, modern);
  await client.connect(new StdioClientTransport({ command: binary,
    args: ['mcp', '--stdio', '--data', clinic.data],
    env: { CHARTHOUSE_CLIENT_ID: doctor.client_id, CHARTHOUSE_CLIENT_SECRET: doctor.client_secret } }));
  assert.equal(client.getServerCapabilities().resources.subscribe, undefined);
  await client.close();
});

test('an orderly stop ends streams in good order', async () => {
  const client = await connect(bearer);
  const stream = await client.listen({ resourceSubscriptions: [record('MRN001')] });
  assert.equal(await clinic.stop(), 0);
  assert.equal(await stream.closed, 'graceful');
  clinic = await start();
});
