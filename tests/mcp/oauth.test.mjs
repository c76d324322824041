// oauth4webapi from npm gets and uses a token from discovery alone.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { origin, start } from './lib.mjs';

let clinic, server;
const insecure = { [oauth.allowInsecureRequests]: true };

before(async () => {
  clinic = await start();
  const issuer = new URL(origin);
  server = await oauth.processDiscoveryResponse(issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }));
});
after(async () => assert.equal(await clinic.stop(), 0));

async function get(client, auth, parameters = { resource: `${origin}/mcp` }) {
  return oauth.processClientCredentialsResponse(server, client,
    await oauth.clientCredentialsGrantRequest(server, client, auth, parameters, insecure));
}

async function use({ access_token }) {
  const answer = await oauth.protectedResourceRequest(access_token, 'POST', new URL(`${origin}/mcp`),
    new Headers({ 'Content-Type': 'application/json' }),
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }), insecure);
  assert.equal(answer.status, 200);
}

for (const [way, auth] of [['basic', oauth.ClientSecretBasic], ['post', oauth.ClientSecretPost]])
  test(`by secret, ${way}`, async () => {
    const { client_id, client_secret } = clinic.client('doctor');
    await use(await get({ client_id }, auth(client_secret)));
  });

for (const [label, kind, options] of [['RS384', 'rsa', { modulusLength: 2048 }],
  ['ES384', 'ec', { namedCurve: 'P-384' }]])
  for (const form of ['pem', 'jwk'])
    test(`by private_key_jwt, ${label}, key as ${form}`, async () => {
      const pair = generateKeyPairSync(kind, options);
      const file = join(clinic.data, `${label}.${form}`);
      writeFileSync(file, form === 'pem' ? pair.publicKey.export({ type: 'spki', format: 'pem' })
        : JSON.stringify(pair.publicKey.export({ format: 'jwk' })));
      const { client_id } = clinic.client('doctor', 'read:*', ['--key', file]);
      const key = await crypto.subtle.importKey('pkcs8',
        pair.privateKey.export({ type: 'pkcs8', format: 'der' }),
        kind === 'rsa' ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' } : { name: 'ECDSA', namedCurve: 'P-384' },
        false, ['sign']);
      await use(await get({ client_id }, oauth.PrivateKeyJwt(key)));
      let payload;
      const fixed = oauth.PrivateKeyJwt(key, { [oauth.modifyAssertion]: (_, claims) => {
        if (payload) Object.assign(claims, payload);
        payload = { ...claims };
      } });
      await get({ client_id }, fixed);
      await assert.rejects(get({ client_id }, fixed), 'a jti is good for one token');
      await assert.rejects(get({ client_id }, oauth.PrivateKeyJwt(key, {
        [oauth.modifyAssertion]: (_, claims) => { claims.exp += 3600; } })), 'for five minutes at most');
    });

test('a token for another resource is refused there', async () => {
  const { client_id, client_secret } = clinic.client('doctor');
  const { access_token } = await get({ client_id }, oauth.ClientSecretBasic(client_secret));
  const answer = await fetch(`${origin}/clinic/v1/patients`, { headers: { Authorization: `Bearer ${access_token}` } });
  assert.equal(answer.status, 401);
});

test('keys rotate and no token ends', async () => {
  const { client_id, client_secret } = clinic.client('doctor');
  const old = await get({ client_id }, oauth.ClientSecretBasic(client_secret));
  clinic.run('keys', 'rotate');
  await use(old);
  await use(await get({ client_id }, oauth.ClientSecretBasic(client_secret)));
  const { keys } = await (await fetch(server.jwks_uri)).json();
  assert.equal(keys.length, 2);
});

test('an api key is enough', async () => {
  const { client_id } = clinic.client('doctor');
  const { api_key } = JSON.parse(clinic.run('client', 'key', client_id, '--json'));
  const answer = await fetch(`${origin}/mcp`, { method: 'POST', headers: { 'X-API-Key': api_key },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }) });
  assert.equal(answer.status, 200);
});
