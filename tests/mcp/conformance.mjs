// The official suite through a proxy that adds the bearer header.  The program itself
// must pass every scenario that needs no fixture; the one with fixtures those that the
// revision requires.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { port, start, token } from './lib.mjs';

const suite = new URL('node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url);
const fixtures = process.env.CHARTHOUSE_FIXTURES;
const bare = {
  '2025-11-25': ['server-initialize', 'ping', 'tools-list', 'resources-list', 'prompts-list',
    'dns-rebinding-protection'],
  '2026-07-28': ['http-header-validation', 'caching', 'tools-list', 'resources-list', 'prompts-list',
    'dns-rebinding-protection', 'sep-2164-resource-not-found',
    'input-required-result-unsupported-methods'],
};
const where = mkdtempSync(join(process.env.CHARTHOUSE_TMP || tmpdir(), 'conformance-'));
let failed = 0;

function run(args) {
  return new Promise((done) => execFile(process.execPath, [suite.pathname, 'server', '--url',
    `http://127.0.0.1:${port + 1}/mcp`, ...args], { cwd: where, timeout: 300000, maxBuffer: 1 << 28 },
  (error, out) => done([!error, out])));
}

function report(good, words) {
  console.log(`${good ? 'ok' : 'NOT OK'} ${words}`);
  if (!good) failed++;
}

async function withServer(program, body) {
  const clinic = await start([], program);
  const proxy = spawn(process.execPath, ['proxy.mjs', port + 1, port, await token(clinic.client('doctor'))]);
  await new Promise((done) => setTimeout(done, 300));
  await body();
  proxy.kill();
  await clinic.stop();
}

await withServer(undefined, async () => {
  for (const [version, list] of Object.entries(bare))
    for (const scenario of list) {
      const [good] = await run(['--scenario', scenario, '--spec-version', version]);
      report(good, `${version} ${scenario}`);
    }
});
if (fixtures)
  await withServer(fixtures, async () => {
    for (const version of Object.keys(bare)) {
      const [, out] = await run(['--requirements', version, '--timeout', '6000']);
      const scored = out.split('\n');
      const free = new Set(scored.map((line) => line.match(/^\s+[✓✗] (\S+) \(/)?.[1]).filter(Boolean));
      const lines = scored.map((line) => line.match(/^([✓✗]) (\S+): /)).filter(Boolean);
      if (lines.length < 30) report(false, `${version}: only ${lines.length} scenarios were run`);
      for (const [, mark, scenario] of lines)
        if (!free.has(scenario))
          report(mark === '✓', `${version} ${scenario} (required)`);
    }
  });
rmSync(where, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
