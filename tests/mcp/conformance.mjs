// The official suite through a proxy that adds the bearer header: every scenario of
// either revision that needs no fixture must pass.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { port, start, token } from './lib.mjs';

const suite = new URL('node_modules/@modelcontextprotocol/conformance/dist/index.js', import.meta.url);
// Those that call for tools, prompts or resources made for the suite, or for a stream
// that the server opens, are not here.
const scenarios = {
  '2025-11-25': ['server-initialize', 'ping', 'tools-list', 'resources-list', 'prompts-list',
    'dns-rebinding-protection'],
  '2026-07-28': ['http-header-validation', 'caching', 'tools-list', 'resources-list', 'prompts-list',
    'dns-rebinding-protection', 'sep-2164-resource-not-found',
    'input-required-result-unsupported-methods'],
};
// Of server-stateless only what has to do with fixtures may fail.
const fixtures = /test_logging_tool|test_missing_capability|test_streaming_elicitation|test_trigger|subscriptions|listChanged|diagnostic/i;

const clinic = await start();
const bearer = await token(clinic.client('doctor'));
const proxy = spawn(process.execPath, ['proxy.mjs', port + 1, port, bearer]);
const where = mkdtempSync(join(process.env.CHARTHOUSE_TMP || tmpdir(), 'conformance-'));
let failed = 0;

function check(version, scenario) {
  return new Promise((done) => execFile(process.execPath, [suite.pathname, 'server', '--url',
    `http://127.0.0.1:${port + 1}/mcp`, '--scenario', scenario, '--spec-version', version],
  { cwd: where, timeout: 60000 }, (error, out) => {
    let good = !error;
    if (error && scenario === 'server-stateless') {
      const failures = [...out.matchAll(/^\s+- .*?: .*\n\s+Error: (.*)$/gm)].map((m) => m[1]);
      good = failures.length > 0 && failures.every((text) => fixtures.test(text));
    }
    console.log(`${good ? 'ok' : 'NOT OK'} ${version} ${scenario}`);
    if (!good) {
      failed++;
      console.log(out.split('\n').filter((line) => /FAIL|Error:/.test(line)).join('\n'));
    }
    done();
  }));
}

await new Promise((done) => setTimeout(done, 300));
for (const [version, list] of Object.entries(scenarios))
  for (const scenario of list) await check(version, scenario);
await check('2026-07-28', 'server-stateless');
proxy.kill();
await clinic.stop();
rmSync(where, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
