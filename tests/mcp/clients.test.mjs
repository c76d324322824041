// Real clients from npm, of both eras, over HTTP and stdio.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import * as legacy from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyHttp } from
  '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport as LegacyStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import * as modern from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio';
import WebSocket from 'ws';
import { binary, origin, start, token } from './lib.mjs';

let clinic, doctor, bearer;

before(async () => {
  clinic = await start();
  doctor = clinic.client('doctor');
  bearer = await token(doctor);
});
after(async () => assert.equal(await clinic.stop(), 0));

const headers = () => ({ requestInit: { headers: { Authorization: `Bearer ${bearer}` } } });
const name = { name: 'charthouse-tests', version: '1' };
const stdio = () => ({ command: binary, args: ['mcp', '--stdio', '--data', clinic.data],
  env: { CHARTHOUSE_CLIENT_ID: doctor.client_id, CHARTHOUSE_CLIENT_SECRET: doctor.client_secret } });

// What every client must be able to do, whatever the transport.
async function exercise(client) {
  const { tools } = await client.listTools();
  assert.ok(tools.length >= 24, `${tools.length} tools`);
  for (const tool of tools) {
    const schema = JSON.stringify([tool.inputSchema, tool.outputSchema]);
    assert.doesNotMatch(schema, /\$ref|anyOf|oneOf|exclusiveM|"type":\[/, tool.name);
    assert.ok(tool.title && tool.annotations, tool.name);
  }
  const found = await client.callTool({ name: 'search_patients', arguments: { search_term: 'doe john' } });
  assert.equal(found.structuredContent.patients[0].mrn, 'MRN001');
  assert.deepEqual(JSON.parse(found.content[0].text), found.structuredContent);
  const missing = await client.callTool({ name: 'get_patient', arguments: { mrn: 'MRN-NO' } });
  assert.equal(missing.isError, true);
  for (const tool of ['get_patient', 'get_patient_record', 'get_medications', 'get_lab_results',
    'get_vital_signs', 'get_allergies', 'get_appointments']) {
    const answer = await client.callTool({ name: tool, arguments: { mrn: 'MRN001' } });
    assert.equal(answer.isError ?? false, false, tool);
    assert.equal(answer.structuredContent.status, 'success', tool);
    assert.doesNotMatch(answer.content[0].text, /ssn/, tool);
  }
  const vitals = await client.callTool({ name: 'record_vital_signs',
    arguments: { mrn: 'MRN001', heart_rate: 71, weight: 185, height: 70 } });
  assert.equal(vitals.structuredContent.vital_signs.bmi, 26.5);
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.equal(resourceTemplates.length, 2);
  const read = await client.readResource({ uri: 'patient://MRN001/summary' });
  assert.equal(JSON.parse(read.contents[0].text).patient.last_name, 'Doe');
  assert.equal((await client.listPrompts()).prompts.length, 2);
  const prompt = await client.getPrompt({ name: 'medication_review', arguments: { mrn: 'MRN001' } });
  assert.match(prompt.messages[0].content.text, /MRN001/);
  const completed = await client.complete({ ref: { type: 'ref/prompt', name: 'visit_preparation' },
    argument: { name: 'mrn', value: 'MRN00' } });
  assert.ok(completed.completion.values.includes('MRN001'));
}

test('sdk 1.x over http', async () => {
  const client = new legacy.Client(name);
  await client.connect(new LegacyHttp(new URL(`${origin}/mcp`), headers()));
  await exercise(client);
  await client.ping();
  await client.close();
});

test('sdk 1.x over stdio', async () => {
  const client = new legacy.Client(name);
  await client.connect(new LegacyStdio(stdio()));
  await exercise(client);
  await client.close();
});

for (const mode of ['legacy', 'auto', { pin: '2026-07-28' }]) {
  const label = mode.pin ?? mode;

  test(`client 2.x over http, ${label}`, async () => {
    const client = new modern.Client(name, { versionNegotiation: { mode } });
    await client.connect(new modern.StreamableHTTPClientTransport(new URL(`${origin}/mcp`), headers()));
    await exercise(client);
    await client.close();
  });

  test(`client 2.x over stdio, ${label}`, async () => {
    const client = new modern.Client(name, { versionNegotiation: { mode } });
    await client.connect(new ModernStdio(stdio()));
    await exercise(client);
    await client.close();
  });
}

test('the client credentials provider of the sdk finds its way by itself', async () => {
  const { ClientCredentialsProvider } = modern;
  const client = new modern.Client(name, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new modern.StreamableHTTPClientTransport(new URL(`${origin}/mcp`), {
    authProvider: new ClientCredentialsProvider({ clientId: doctor.client_id,
      clientSecret: doctor.client_secret, expectedIssuer: origin }) }));
  await exercise(client);
  await client.close();
});

// A whole visit, as an agent would go about it.
test('a visit from search to labs', async () => {
  const client = new legacy.Client(name);
  await client.connect(new LegacyHttp(new URL(`${origin}/mcp`), headers()));
  const call = async (tool, args, isError = false) => {
    const answer = await client.callTool({ name: tool, arguments: args });
    assert.equal(answer.isError ?? false, isError, `${tool}: ${answer.content[0].text}`);
    return answer.structuredContent;
  };
  const found = await call('search_patients', { search_term: 'doe john' });
  const { mrn } = found.patients[0];
  await call('get_patient_record', { mrn });
  const providers = await call('search_providers', { search_term: 'smith' });
  const provider_npi = providers.providers[0].npi;
  const open = await call('find_open_slots', { provider_npi, days: 30 });
  const slot = open.slots.at(-1);
  const booked = await call('schedule_appointment', { mrn, provider_npi, ...slot, reason: 'Cough' });
  const taken = await call('schedule_appointment', { mrn: 'MRN002', provider_npi, ...slot }, true);
  assert.equal(taken.next_free.length, 3);
  await call('reschedule_appointment', { appointment_id: booked.appointment.appointment_id,
    date: { $kind: 'date', value: taken.next_free[0].date }, time: taken.next_free[0].time,
    reason: 'Asked for it' });
  await call('record_vital_signs', { mrn, systolic_bp: 120, diastolic_bp: 80 });
  await call('record_vital_signs', { mrn, systolic_bp: 12, colour: 'blue' }, true);
  const drug = { mrn, medication_name: 'Penicillin V', dosage: '500 mg', frequency: 'twice daily' };
  const refused = await call('prescribe_medication', drug, true);
  assert.match(refused.message, /Penicillin/);
  const given = await call('prescribe_medication', { ...drug, refills: 1, override_reason: 'Tested' });
  await call('refill_medication', { medication_id: given.medication.medication_id });
  await call('refill_medication', { medication_id: given.medication.medication_id }, true);
  await call('discontinue_medication', { medication_id: given.medication.medication_id, reason: 'Rash' });
  await call('add_allergy', { mrn, allergen: 'Latex', severity: 'mild' });
  const lab = await call('order_lab', { mrn, test_name: 'CBC' });
  const result = await call('record_lab_result', { order_id: lab.lab_result.order_id, results: { WBC: '7.5' } });
  assert.deepEqual(result.lab_result.results, { WBC: '7.5' });
  await call('cancel_appointment', { appointment_id: booked.appointment.appointment_id, reason: 'Well again' });
  const made = await call('create_patient', { first_name: 'José', last_name: 'García', dob: '1990-01-02' });
  await call('create_patient', { first_name: 'Jose', last_name: 'Garcia', dob: '1990-01-02' }, true);
  assert.equal((await call('search_patients', { search_term: 'Jose Gar' })).patients[0].mrn, made.patient.mrn);
  await call('update_patient', { mrn: made.patient.mrn, phone: '+1-555-1' });
  await client.close();
});

function socket(credentials) {
  const ws = new WebSocket(`ws://127.0.0.1:${new URL(origin).port}/ws`, { headers: credentials });
  const waiting = [];
  ws.on('message', (data) => waiting.shift()?.(JSON.parse(data)));
  return { ws, opened: new Promise((done, fail) => { ws.on('open', done); ws.on('error', fail); }),
    ask: (message) => new Promise((done) => { waiting.push(done); ws.send(JSON.stringify(message)); }) };
}

test('over a websocket', async () => {
  const one = socket({ Authorization: `Bearer ${bearer}` });
  await one.opened;
  const hello = await one.ask({ jsonrpc: '2.0', id: 1, method: 'initialize',
    params: { protocolVersion: '2024-11-05', capabilities: {}, clientInfo: name } });
  assert.equal(hello.result.protocolVersion, '2024-11-05');
  const answer = await one.ask({ jsonrpc: '2.0', id: 2, method: 'tools/call',
    params: { name: 'get_patient', arguments: { mrn: 'MRN001' } } });
  assert.equal(answer.result.structuredContent.patient.last_name, 'Doe');
  one.ws.close();
});

test('a websocket is for real credentials only', async () => {
  for (const credentials of [{ Authorization: 'Bearer nothing' }, { 'X-API-Key': 'nothing' },
    { Authorization: `Bearer ${bearer.slice(0, -4)}AAAA` }])
    await assert.rejects(socket(credentials).opened, /401/);
});

// Pings are answered by the library itself; the answers must not pile up for somebody who
// never reads them.  What the kernels keep for both sides is a few megabytes.
test('who does not read a websocket is not listened to', async () => {
  const { port } = new URL(origin);
  const raw = connect({ host: '127.0.0.1', port });
  raw.on('error', () => {});
  raw.write(`GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
    + 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
    + `Authorization: Bearer ${bearer}\r\n\r\n`);
  const [first] = await once(raw, 'data');
  assert.match(first.toString('latin1'), /^HTTP\/1.1 101/);
  raw.pause();
  const pings = Buffer.concat(Array(500).fill(Buffer.concat([Buffer.from([0x89, 0xfd, 0, 0, 0, 0]), Buffer.alloc(125)])));
  let taken = 0;
  const most = 40 * 1024 * 1024;
  for (; taken < most; taken += pings.length)
    if (!raw.write(pings) && !await Promise.race([once(raw, 'drain'), wait(2000, false)])) break;
  raw.destroy();
  assert.ok(taken < most, `${taken} bytes of pings were taken`);
});

test('a disabled client is out on every transport with the next request', async () => {
  const nurse = clinic.client('nurse');
  const its = await token(nurse);
  const ask = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const post = () => fetch(`${origin}/mcp`, { method: 'POST', body: JSON.stringify(ask),
    headers: { Authorization: `Bearer ${its}`, 'Content-Type': 'application/json' } });
  const one = socket({ Authorization: `Bearer ${its}` });
  const local = new legacy.Client(name);
  await local.connect(new LegacyStdio({ ...stdio(), env: { CHARTHOUSE_TOKEN: its } }));
  await one.opened;
  assert.equal((await post()).status, 200);
  assert.ok((await one.ask(ask)).result);
  await local.listTools();
  clinic.run('client', 'disable', nurse.client_id);
  const refused = await post();
  assert.equal(refused.status, 401);
  assert.match(refused.headers.get('www-authenticate'), /oauth-protected-resource\/mcp/);
  const told = await one.ask(ask);
  assert.ok(told.error);
  assert.equal(told.id, ask.id);
  // Not by waiting in vain: each is told, with the id of what it asked.
  await assert.rejects(local.listTools(), (error) => !/timed out/i.test(error.message));
  one.ws.close();
  await local.close();
});
