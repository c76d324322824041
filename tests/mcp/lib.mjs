// A Charthouse of our own for the tests: a folder, the reference's charts, clients.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseOf } from '../lib/server.mjs';

export const binary = process.env.CHARTHOUSE;
export const port = Number(process.env.CHARTHOUSE_PORT || 8151);
export const origin = `http://127.0.0.1:${port}`;

// In a database of its own where CHARTHOUSE_TEST_DATABASE names a cluster; the demo is
// always in files.
const demos = new Set();
const environment = (data) => {
  const url = demos.has(data) ? null : databaseOf(data);
  return url ? { ...process.env, CHARTHOUSE_DATABASE: url } : process.env;
};

export function run(data, args, env = {}) {
  return execFileSync(binary, [...args, '--data', data],
    { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', env: { ...environment(data), ...env } });
}

// A clinic of a few made-up patients, unless told otherwise.
export async function start(options = [], program = binary, { demo = false, from = process.env.CHARTHOUSE_EXPORT } = {}) {
  const data = mkdtempSync(join(process.env.CHARTHOUSE_TMP || tmpdir(), 'charthouse-mcp-'));
  if (demo) {
    demos.add(data);
    run(data, ['demo']);
  } else
    run(data, ['import', 'clinic', from]);
  const server = spawn(program, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, ...options],
    { stdio: ['ignore', 'ignore', process.env.CHARTHOUSE_LOG ? 'inherit' : 'ignore'], env: environment(data) });
  let gone = false;
  server.on('exit', () => { gone = true; });
  for (let i = 0; ; i++) {
    if (gone) throw new Error('the server ended');
    try {
      if ((await fetch(`${origin}/health`)).ok) break;
    } catch (error) {
      if (i > 100) throw error;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  return {
    data,
    run: (...args) => run(data, args),
    client: (role, scopes = 'read:*,write:*', extra = []) => JSON.parse(run(data, ['client', 'add',
      '--app-id', role, '--app-name', role, '--role', role, '--scopes', scopes,
      '--rate-limit', '0', '--json', ...extra])),
    stop: async () => {
      if (gone) throw new Error('the server has ended before');
      const ended = new Promise((done) => server.on('exit', done));
      server.kill('SIGTERM');
      const code = await ended;
      rmSync(data, { recursive: true, force: true });
      return code;
    },
  };
}

export async function token(client, extra = {}) {
  const answer = await fetch(`${origin}/oauth/token`, { method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client.client_id,
      client_secret: client.client_secret, ...extra }) });
  if (!answer.ok) throw new Error(`token: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).access_token;
}
