// The pages of docs/howto about agents, followed to the letter: their own commands,
// configurations and requests, on a server that was set up by them.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { databaseOf } from '../lib/server.mjs';
import { binary, origin, port } from './lib.mjs';

const page = (name) => readFileSync(new URL(`../../docs/howto/${name}.md`, import.meta.url), 'utf8');
const blocks = (text, kind) =>
  [...text.matchAll(new RegExp(`^ *\`\`\`${kind}\\n([^]*?)^ *\`\`\``, 'gm'))].map((found) => found[1]);

// A machine of its own: a folder, the program in the path, at most one server.
class Machine {
  constructor() {
    this.home = mkdtempSync(join(process.env.CHARTHOUSE_TMP || tmpdir(), 'charthouse-howto-'));
    this.data = join(this.home, 'data');
    mkdirSync(join(this.home, 'bin'));
    symlinkSync(binary, join(this.home, 'bin', 'charthouse'));
    copyFileSync(process.env.CHARTHOUSE_EXPORT, join(this.home, 'clinic-export.json'));
    this.env = { ...process.env, PATH: `${join(this.home, 'bin')}:${process.env.PATH}`,
      CHARTHOUSE_LISTEN: `127.0.0.1:${port}` };
    const url = databaseOf(this.data);
    if (url) this.env.CHARTHOUSE_DATABASE = url;
  }

  // As the page says it, but for the folder and the port.
  own(text) {
    return text.replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`)
      .replaceAll('/var/lib/charthouse', this.data);
  }

  shell(script, more = {}) {
    return execFileSync('bash', ['-euo', 'pipefail', '-c', this.own(script)],
      { cwd: this.home, encoding: 'utf8', env: { ...this.env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async serve(line) {
    this.server = spawn('bash', ['-c', `exec ${this.own(line)}`], { cwd: this.home, env: this.env, stdio: 'ignore' });
    this.ended = new Promise((done) => this.server.on('exit', done));
    for (let i = 0; ; i++) {
      try {
        if ((await fetch(`${origin}/health`)).ok) return;
      } catch (error) {
        if (i > 100) throw error;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  async close() {
    this.server?.kill('SIGTERM');
    const code = this.server ? await this.ended : 0;
    rmSync(this.home, { recursive: true, force: true });
    return code;
  }
}

let machine;
afterEach(async () => assert.equal(await machine.close(), 0));

// What `charthouse client add` says.
const found = (text) => ({ CLIENT_ID: /client_[\w-]{40,}/.exec(text)?.[0],
  CLIENT_SECRET: /^.*secret\W+([\w-]{64})\s*$/im.exec(text)?.[1] });

test('curl.md', async () => {
  machine = new Machine();
  const text = page('curl'), [begin, add, token, ...requests] = blocks(text, 'sh');
  const [load, serve] = begin.trim().split('\n');
  machine.shell(load);
  await machine.serve(serve);
  const made = found(machine.shell(add));
  assert.ok(made.CLIENT_ID && made.CLIENT_SECRET, 'the id and the secret are shown');
  // every request of the page tells its status beside its answer
  const seen = 'curl() { command curl -w "%{stderr}%{http_code}\\n" "$@" 2>>codes; }\n';
  const TOKEN = machine.shell(`${seen}${token}\nprintf %s "$TOKEN"`, made);
  assert.match(TOKEN, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  const answers = requests.map((block) => machine.shell(seen + block, { ...made, TOKEN }));
  const codes = machine.shell('cat codes').trim().split('\n');
  assert.deepEqual(codes, ['200', '200', '200', '201', '200', '200']);
  assert.match(answers[0], /"mrn":"MRN001"/);
  assert.match(answers[1], /"structuredContent":\{"status":"success"/);
  assert.match(answers[2], /"resultType":"complete"/);
  const said = [...text.matchAll(/`(charthouse [^`\n]+)`/g)].map((one) => one[1]);
  assert.ok(said.length >= 3, said.join('; '));
  for (const line of said) machine.shell(line.replace('CLIENT_ID', made.CLIENT_ID));
  const off = machine.shell(`${seen}${requests[1]}`, { ...made, TOKEN });
  assert.match(off, /"error"/, 'client disable is the last but one of them');
  assert.match(machine.shell('tail -n 1 codes'), /401/);
});

async function exercise(client) {
  const { tools } = await client.listTools();
  assert.ok(tools.some((tool) => tool.name === 'get_patient'));
  const answer = await client.callTool({ name: 'get_patient', arguments: { mrn: 'MRN001' } });
  assert.equal(answer.structuredContent.status, 'success');
}

const who = { name: 'claude', version: '1' };

test('claude.md', async () => {
  machine = new Machine();
  const text = page('claude'), [add, remote, decide] = blocks(text, 'sh');
  machine.shell(`charthouse import clinic clinic-export.json --data ${machine.data}`);
  const made = found(machine.shell(add));
  const { charthouse } = JSON.parse(machine.own(blocks(text, 'json')[0])).mcpServers;
  const env = { CHARTHOUSE_CLIENT_ID: made.CLIENT_ID, CHARTHOUSE_CLIENT_SECRET: made.CLIENT_SECRET };
  assert.deepEqual(Object.keys(charthouse.env).sort(), Object.keys(env).sort());
  const local = async () => {
    const client = new Client(who);
    await client.connect(new StdioClientTransport({ ...charthouse, cwd: machine.home,
      env: { ...env, PATH: machine.env.PATH, CHARTHOUSE_DATABASE: machine.env.CHARTHOUSE_DATABASE ?? '' } }));
    await exercise(client);
    await client.close();
  };
  if (!machine.env.CHARTHOUSE_DATABASE) await local(); // without a server
  await machine.serve(`${/`(charthouse serve [^`]+)`/.exec(text)[1]} --data ${machine.data}`);
  await local(); // beside one
  const key = /key_[\w-]{20,}/.exec(machine.shell(`charthouse client key ${made.CLIENT_ID} --data ${machine.data}`))[0];
  const [, url] = /--transport http \w+ (\S+)/.exec(remote), [, header] = /--header "([\w-]+): /.exec(remote);
  const client = new Client(who);
  await client.connect(new StreamableHTTPClientTransport(new URL(new URL(url).pathname, origin),
    { requestInit: { headers: { [header]: key } } }));
  await exercise(client);
  // what the page says of proposals
  const tool = async (name, args) => (await client.callTool({ name, arguments: args })).structuredContent;
  const npi = (await tool('search_providers', { search_term: 'smith' })).providers[0].npi;
  const { slots } = await tool('find_open_slots', { provider_npi: npi, days: 60 });
  const booked = await tool('schedule_appointment', { mrn: 'MRN001', provider_npi: npi, ...slots.at(-1) });
  const { appointment_id } = booked.appointment;
  const proposed = await tool('cancel_appointment', { appointment_id, reason: 'Well again' });
  assert.equal(proposed.status, 'pending_confirmation');
  const [list, accept] = decide.trim().split('\n');
  assert.match(machine.shell(`${list} --data ${machine.data}`), /cancel_appointment/);
  machine.shell(`${accept.replace(/\d+/, proposed.proposal_id)} --data ${machine.data}`);
  const left = await tool('get_appointments', { mrn: 'MRN001' });
  assert.equal(left.appointments.find((one) => one.appointment_id === appointment_id).status, 'cancelled');
  await client.close();
});

// A request under the name that the proxy passes on.
function ask(host, method, path, headers, body) {
  return new Promise((done, fail) => {
    const request = http.request({ port, host: '127.0.0.1', method, path, headers: { ...headers, Host: host,
      'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.7' } }, (answer) => {
      let text = '';
      answer.on('data', (piece) => { text += piece; });
      answer.on('end', () => done({ status: answer.statusCode, text, json: () => JSON.parse(text) }));
    });
    request.on('error', fail);
    request.end(body && JSON.stringify(body));
  });
}

test('copilot-studio.md', async () => {
  machine = new Machine();
  const text = page('copilot-studio'), [serve, keys] = blocks(text, 'sh');
  machine.shell(`charthouse import clinic clinic-export.json --data ${machine.data}`);
  await machine.serve(serve.replaceAll('\\\n', ' '));
  const [add, key] = keys.split(/\n(?= *charthouse client key)/);
  const made = found(machine.shell(`${add.trimEnd()} --data ${machine.data}`));
  const secret = /key_[\w-]{20,}/.exec(machine.shell(
    `${key.trim().replace('client_...', made.CLIENT_ID)} --data ${machine.data}`))[0];
  // the custom connector says where and how
  const connector = blocks(text, 'yaml')[0], said = (pattern) => pattern.exec(connector)[1];
  const host = said(/^host: (\S+)$/m), path = said(/^ {2}(\/\S+):$/m), name = said(/in: header, name: ([\w-]+)/);
  assert.equal(said(/x-ms-agentic-protocol: (\S+)/), 'mcp-streamable-1.0');
  const headers = { [name]: secret, 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' };
  const rpc = (message) => ask(host, 'POST', path, headers, { jsonrpc: '2.0', ...message });
  // as it was seen on the wire
  const hello = await rpc({ id: '1', method: 'initialize', params: { protocolVersion: '2024-11-05', capabilities: {},
    clientInfo: { name: 'mcs', version: '1.0.0', agentName: 'x', appId: 'y', cdsBotId: 'z', channelId: 'c' },
    sessionContext: {} } });
  assert.equal(hello.json().id, '1');
  assert.equal(hello.json().result.protocolVersion, '2024-11-05');
  const noted = await rpc({ method: 'notifications/initialized' });
  assert.deepEqual([noted.status, noted.text], [202, '']);
  assert.equal((await ask(host, 'GET', path, headers)).status, 405);
  assert.deepEqual((await rpc({ id: '2', method: 'ping' })).json().result, {});
  const { tools } = (await rpc({ id: '3', method: 'tools/list' })).json().result;
  assert.ok(tools.length >= 15 && tools.length <= 30);
  const answer = await rpc({ id: '4', method: 'tools/call', params: { name: 'get_appointments', arguments: { mrn: 'MRN001' } } });
  assert.equal(answer.json().result.structuredContent.status, 'success');
  assert.equal((await ask('elsewhere.example', 'POST', path, headers, {})).status, 403);
  assert.equal((await ask(host, 'POST', path, { ...headers, [name]: 'key_wrong' }, { jsonrpc: '2.0', id: 1, method: 'ping' })).status, 401);
});
