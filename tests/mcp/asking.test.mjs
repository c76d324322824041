// Tools that need a person ask the one at the agent, in the midst of a request of old.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as Http } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport as Stdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import WebSocket from 'ws';
import { binary, origin, start, token } from './lib.mjs';

let clinic, doctor, bearer;
const program = process.env.CHARTHOUSE_FIXTURES || binary;

before(async () => {
  process.env.FIXTURES_PATIENCE = '8';
  clinic = await start(['--mcp-confirm', 'all'], program);
  doctor = clinic.client('doctor');
  bearer = await token(doctor);
});
after(async () => assert.equal(await clinic.stop(), 0));

const name = { name: 'charthouse-tests', version: '1' };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const http = (its = bearer) => new Http(new URL(`${origin}/mcp`),
  { requestInit: { headers: { Authorization: `Bearer ${its}` } } });
const stdio = () => new Stdio({ command: binary, args: ['mcp', '--stdio', '--data', clinic.data],
  env: { CHARTHOUSE_CLIENT_ID: doctor.client_id, CHARTHOUSE_CLIENT_SECRET: doctor.client_secret } });

async function connect(transport, answer, capabilities = { elicitation: {} }) {
  const client = new Client(name, { capabilities });
  client.asked = [];
  if (capabilities.elicitation)
    client.setRequestHandler(ElicitRequestSchema, async (request) => {
      client.asked.push(request.params);
      return typeof answer === 'function' ? answer(request) : answer;
    });
  await client.connect(transport);
  return client;
}

const call = async (client, tool, args) =>
  (await client.callTool({ name: tool, arguments: args })).structuredContent;
const yes = { action: 'accept', content: { confirm: true } };
const drug = { mrn: 'MRN001', medication_name: 'Metformin', dosage: '5 mg', frequency: 'daily' };

async function prescribe(client) {
  return (await call(client, 'prescribe_medication', drug)).medication.medication_id;
}

async function statusOf(id) {
  const answer = await fetch(`${origin}/clinic/v1/medications/${id}`,
    { headers: { Authorization: `Bearer ${bearer}` } });
  return (await answer.json()).status;
}

for (const [label, open] of [['http', http], ['stdio', stdio]]) {
  test(`a person who agrees, over ${label}`, async () => {
    const client = await connect(open(), yes);
    const id = await prescribe(client);
    const done = await call(client, 'discontinue_medication', { medication_id: id, reason: 'Rash' });
    assert.equal(done.status, 'success');
    assert.equal(client.asked.length, 1);
    assert.match(client.asked[0].message, /Discontinue/);
    assert.equal(await statusOf(id), 'discontinued');
    const given = await call(client, 'prescribe_medication', { ...drug, medication_name: 'Penicillin V',
      override_reason: 'Tested' });
    assert.equal(given.status, 'success');
    assert.equal(client.asked.length, 2);
    await client.close();
  });

  for (const [how, answer] of [['declines', { action: 'decline' }], ['goes away', { action: 'cancel' }],
    ['ticks nothing', { action: 'accept', content: { confirm: false } }],
    ['cannot be asked after all', () => { throw new Error('no form here'); }]])
    test(`a person who ${how}, over ${label}`, async () => {
      const client = await connect(open(), answer);
      const id = await prescribe(client);
      const refused = await call(client, 'discontinue_medication', { medication_id: id, reason: 'Rash' });
      assert.equal(refused.status, 'error');
      assert.match(refused.message, /did not agree/);
      assert.equal(client.asked.length, 1);
      assert.equal(await statusOf(id), 'active');
      await client.close();
    });

  test(`a client that cannot ask proposes, over ${label}`, async () => {
    const client = await connect(open(), null, {});
    const id = await prescribe(client);
    const proposed = await call(client, 'discontinue_medication', { medication_id: id, reason: 'Rash' });
    assert.equal(proposed.status, 'pending_confirmation');
    assert.equal(await statusOf(id), 'active');
    await client.close();
  });
}

test('over a websocket the question is the next message', async () => {
  const ws = new WebSocket(`${origin.replace('http', 'ws')}/ws`,
    { headers: { Authorization: `Bearer ${bearer}` } });
  const inbox = [], readers = [];
  ws.on('message', (data) => (readers.shift() ?? ((m) => inbox.push(m)))(JSON.parse(data)));
  const next = () => (inbox.length ? inbox.shift() : new Promise((done) => readers.push(done)));
  const send = (message) => { ws.send(JSON.stringify({ jsonrpc: '2.0', ...message })); return next(); };
  await new Promise((done, fail) => { ws.on('open', done); ws.on('error', fail); });
  await send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25',
    capabilities: { elicitation: {} }, clientInfo: name } });
  const made = await send({ id: 2, method: 'tools/call',
    params: { name: 'prescribe_medication', arguments: drug } });
  const id = made.result.structuredContent.medication.medication_id;
  const question = await send({ id: 3, method: 'tools/call',
    params: { name: 'discontinue_medication', arguments: { medication_id: id, reason: 'x' } } });
  assert.equal(question.method, 'elicitation/create');
  assert.ok((await send({ id: 4, method: 'ping' })).result, 'others are answered meanwhile');
  const done = await send({ id: question.id, result: yes });
  assert.equal(done.id, 3);
  assert.equal(done.result.structuredContent.status, 'success');
  assert.equal(await statusOf(id), 'discontinued');
  ws.send(JSON.stringify({ jsonrpc: '2.0', id: question.id, result: yes }));
  assert.ok((await send({ id: 5, method: 'ping' })).id === 5, 'an answer counts once');
  ws.close();
});

// ---- by hand ----

const json = (its, more = {}) => ({ Authorization: `Bearer ${its}`, 'Content-Type': 'application/json',
  Accept: 'application/json, text/event-stream', ...more });

async function begin(its) {
  const answer = await fetch(`${origin}/mcp`, { method: 'POST', headers: json(its),
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {
      protocolVersion: '2025-11-25', capabilities: { elicitation: {} }, clientInfo: name } }) });
  await answer.text();
  return answer.headers.get('mcp-session-id');
}

// A call that asks; its stream as a reader of messages.
async function open(its, session, id, signal, more = {}) {
  const answer = await fetch(`${origin}/mcp`, { method: 'POST', signal,
    headers: json(its, { 'Mcp-Session-Id': session, ...more }),
    body: JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call',
      params: { name: 'discontinue_medication', arguments: { medication_id: 'MED-NO', reason: 'x' } } }) });
  if (!answer.headers.get('content-type').startsWith('text/event-stream'))
    return { status: answer.status, whole: await answer.json() };
  const reader = answer.body.getReader();
  let text = '';
  const next = async () => {
    for (;;) {
      const at = text.indexOf('\n\n');
      if (at >= 0) {
        const data = text.slice(0, at).split('\n').find((line) => line.startsWith('data: '));
        text = text.slice(at + 2);
        if (data) return JSON.parse(data.slice(6));
        continue;
      }
      const { done, value } = await reader.read();
      if (done) return null;
      text += Buffer.from(value).toString();
    }
  };
  return { status: answer.status, answer, next };
}

const post = (its, message, more) => fetch(`${origin}/mcp`, { method: 'POST', headers: json(its, more),
  body: JSON.stringify({ jsonrpc: '2.0', ...message }) });

test('a session is its client\'s own, and a foreign answer is none', async () => {
  const other = await token(clinic.client('doctor'));
  const session = await begin(bearer);
  assert.match(session, /^e\.[\w-]{22}\.[\w-]{43}$/);
  assert.equal((await post(other, { id: 1, method: 'ping' }, { 'Mcp-Session-Id': session })).status, 404);
  assert.equal((await post(bearer, { id: 1, method: 'ping' }, { 'Mcp-Session-Id': `s${session}` })).status, 404);
  assert.equal((await post(bearer, { id: 1, method: 'ping' })).status, 200);
  const stream = await open(bearer, session, 7);
  assert.equal(stream.answer.headers.get('x-accel-buffering'), 'no');
  const question = await stream.next();
  assert.equal(question.method, 'elicitation/create');
  assert.equal((await post(other, { id: question.id, result: yes })).status, 202);
  const theirs = stream.next();
  assert.equal(await Promise.race([theirs, pause(1500).then(() => 'nothing')]), 'nothing');
  assert.equal((await post(bearer, { id: question.id, result: yes })).status, 202);
  const last = await theirs;
  assert.equal(last.id, 7);
  assert.equal(last.result.isError, true); // there is no such medication
  assert.equal(await stream.next(), null);
});

test('without a taste for streams the call is proposed or refused at once', async () => {
  const session = await begin(bearer);
  const answer = await open(bearer, session, 7, undefined, { Accept: 'application/json' });
  assert.match(answer.whole.result.structuredContent.message, /no such/i);
});

test('switching the client off ends what waits', async () => {
  const nurse = clinic.client('doctor');
  const its = await token(nurse);
  const stream = await open(its, await begin(its), 7);
  const question = await stream.next();
  clinic.run('client', 'disable', nurse.client_id);
  const off = Date.now();
  assert.equal((await post(its, { id: question.id, result: yes })).status, 401);
  const last = await stream.next();
  assert.ok(last.error, JSON.stringify(last));
  assert.equal(await stream.next(), null);
  assert.ok(Date.now() - off < 3000);
});

test('a request can be taken back', async () => {
  const session = await begin(bearer);
  const stream = await open(bearer, session, 'seven');
  await stream.next();
  await post(bearer, { method: 'notifications/cancelled', params: { requestId: 'seven' } },
    { 'Mcp-Session-Id': session });
  assert.match((await stream.next()).result.structuredContent.message, /taken back/);
});

test('places are few, and come free when their clients leave', async () => {
  const session = await begin(bearer);
  const left = new AbortController();
  const streams = [];
  for (let i = 0; i < 16; i++) {
    streams.push(await open(bearer, session, i, left.signal));
    await streams.at(-1).next();
  }
  const more = await open(bearer, session, 17);
  assert.ok(more.whole, 'the seventeenth is not asked');
  left.abort();
  await pause(3000);
  const again = await open(bearer, session, 18);
  const question = await again.next();
  await post(bearer, { id: question.id, result: { action: 'decline' } });
  assert.match((await again.next()).result.structuredContent.message, /did not agree/);
});

test('who does not answer is not waited for', { skip: !process.env.CHARTHOUSE_FIXTURES }, async () => {
  const stream = await open(bearer, await begin(bearer), 7);
  await stream.next();
  const asked = Date.now();
  assert.match((await stream.next()).result.structuredContent.message, /in time/);
  assert.ok(Date.now() - asked > 6000 && Date.now() - asked < 14000);
});

test('an orderly stop does not wait for people', async () => {
  const stream = await open(bearer, await begin(bearer), 7);
  await stream.next();
  const asked = Date.now();
  const ended = clinic.stop();
  assert.ok((await stream.next()).error);
  assert.equal(await ended, 0);
  assert.ok(Date.now() - asked < 4000);
  clinic = await start(['--mcp-confirm', 'all'], program);
});
