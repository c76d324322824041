#!/usr/bin/env node
// clinic-api - the contract of the clinic face, sections 1 to 3, sentence by sentence: what it
// says is asked of a server as a program would ask.  Section 4 is held by tests/mcp.
import { generateKeyPairSync, createHash, createVerify, sign as signWith, createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { statSync } from 'node:fs';
import { Server, Tally, command, writeFile } from './lib/server.mjs';

const tally = new Tally('clinic-api');
const server = await Server.start(['--timezone', 'America/New_York', '--rate-limit', 'on']);
const hold = (ok, words, r) => tally.hold(ok, words, r?.text !== undefined ? `${r.status} ${r.text}` : r);
const ask = (method, path, how) => server.ask(method, path, how);
const base64url = (x) => Buffer.from(typeof x === 'string' ? x : JSON.stringify(x)).toString('base64url');
const run = async (...args) => command([...args, '--data', server.dir]);
const origin = `http://127.0.0.1:${server.port}`;

// ---- 1. clients ----

const added = await run('client', 'add', '--app-id', 'copilot-studio', '--app-name', 'Copilot Studio', '--role', 'doctor',
	'--scopes', 'read:patients,write:appointments', '--json');
const client = JSON.parse(added.out);
hold(/^client_[\w-]{43}$/.test(client.client_id), 'the client id is client_ and 32 random bytes base64url', added.out);
hold(/^[\w-]{64}$/.test(client.client_secret), 'the secret is 48 random bytes base64url');
const stored = await server.sql('clinic', `SELECT client_secret_hash FROM oauth_clients WHERE client_id = '${client.client_id}'`);
hold(stored === createHash('sha256').update(client.client_secret).digest('hex'), 'the secret is stored as SHA-256 hex', stored);
hold(!(await run('client', 'list')).out.includes(client.client_secret), 'the secret is shown once');
const last_used = (c) => server.sql('clinic', `SELECT last_used IS NOT NULL FROM oauth_clients WHERE client_id = '${c.client_id}'`);
hold(await last_used(client) === '0', 'last_used is not set before a token');
const grant = (fields, how) => server.form('/oauth/token', { grant_type: 'client_credentials', ...fields }, how);
const basic = (c) => ({ headers: { Authorization: `Basic ${Buffer.from(`${c.client_id}:${c.client_secret}`).toString('base64')}` } });
let r = await grant({}, basic(client));
hold(r.status === 200 && r.json.token_type === 'Bearer' && r.json.expires_in === 3600, 'a token by HTTP Basic', r);
hold(r.json.scope.split(' ').sort().join() === 'read:patients,write:appointments', 'its scope is named', r);
hold(r.headers['cache-control'] === 'no-store', 'Cache-Control: no-store');
hold(await last_used(client) === '1', 'last_used is set when a token is issued');
const token = r.json.access_token;
hold((await grant(client)).status === 200, 'a token by client_id and client_secret in the body');
r = await grant({ ...client, scope: 'read:patients' });
hold(r.json?.scope === 'read:patients', 'a subset of the scope', r);
r = await grant({ ...client, scope: 'write:labs' });
hold(r.status === 400 && r.json.error === 'invalid_scope', 'invalid_scope is 400', r);
r = await grant({ ...client, app_id: 'copilot-studio' });
hold(r.status === 200, 'app_id that matches', r);
r = await grant({ ...client, app_id: 'another' });
hold(r.status >= 400, 'app_id must match', r);
r = await grant({ ...client, resource: `${origin}/mcp` });
hold(r.status === 200, 'resource of RFC 8707', r);
const narrow = r.json.access_token;
hold((await ask('GET', '/clinic/v1/patients', { token: narrow })).status === 401, 'a token for /mcp is none for /clinic/v1');
r = await grant({ ...client, resource: 'https://elsewhere.example/' });
hold(r.status === 400 && r.json.error === 'invalid_target', 'a foreign resource is invalid_target', r);
r = await grant({ client_id: client.client_id, client_secret: 'wrong' });
hold(r.status === 401 && r.json.error === 'invalid_client' && r.headers['www-authenticate'], 'invalid_client 401 with WWW-Authenticate', r);
r = await server.form('/oauth/token', { grant_type: 'password', ...client });
hold(r.status === 400 && r.json.error === 'unsupported_grant_type', 'unsupported_grant_type 400', r);
r = await server.form('/oauth/token', { ...client });
hold(r.status === 400 && r.json.error === 'invalid_request', 'no grant_type is invalid_request', r);
for (const path of ['/oauth/register', '/register', '/oauth/clients'])
	hold([404, 405].includes((await ask('POST', path, { body: {} })).status), `nobody registers anonymously: ${path}`);
hold((await ask('POST', '/clinic/v1/clients', { body: { app_id: 'x', app_name: 'x', role: 'admin', scopes: ['read:*'] } })).status === 401, 'nor over REST');

// ---- 1. tokens ----

const [head, claims] = token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
hold(head.alg === 'RS256' && head.typ === 'at+jwt' && head.kid, 'RS256, typ at+jwt', JSON.stringify(head));
for (const name of ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'client_id', 'scope', 'app_id', 'role'])
	hold(claims[name] !== undefined, `the token has ${name}`, JSON.stringify(claims));
hold(claims.exp - claims.iat === 3600 && claims.iss === origin && claims.role === 'doctor', 'iss, exp and role are right', JSON.stringify(claims));
r = await ask('GET', '/.well-known/jwks.json');
const jwk = r.json.keys.find((key) => key.kid === head.kid);
hold(jwk?.kty === 'RSA' && !jwk.d, 'jwks.json has the public key, and no private part', r);
const verifies = (text, key) => createVerify('RSA-SHA256').update(text.split('.').slice(0, 2).join('.'))
	.verify(createPublicKey({ key, format: 'jwk' }), Buffer.from(text.split('.')[2], 'base64url'));
hold(verifies(token, jwk), 'the signature is of that key');
hold((statSync(join(server.dir, 'keys/oauth.pem')).mode & 0o777) === 0o600, 'the key is kept with mode 0600');
await run('keys', 'rotate');
hold((await ask('GET', '/clinic/v1/patients', { token })).status === 200, 'rotation ends no token');
const later = (await grant(client)).json.access_token;
hold(JSON.parse(Buffer.from(later.split('.')[0], 'base64url')).kid !== head.kid, 'new tokens have the new key');
r = await ask('GET', '/.well-known/jwks.json');
hold(r.json.keys.length >= 2 && r.json.keys.some((key) => verifies(later, key)), 'both keys are published', r);
for (const [what, forged] of [['alg none', `${base64url({ alg: 'none', typ: 'at+jwt' })}.${base64url(claims)}.`],
	['another type', `${base64url({ ...head, typ: 'JWT' })}.${token.split('.').slice(1).join('.')}`],
	['a role of its own', `${token.split('.')[0]}.${base64url({ ...claims, role: 'admin' })}.${token.split('.')[2]}`]])
	hold((await ask('GET', '/clinic/v1/patients', { token: forged })).status === 401, `a forged token is refused: ${what}`);

r = await server.form('/oauth/introspect', { token, ...client });
hold(r.json?.active === true && r.json.client_id === client.client_id && r.json.scope && r.json.exp, 'introspection of a good token', r);
r = await server.form('/oauth/introspect', { token: 'nonsense', ...client });
hold(r.status === 200 && r.json.active === false && Object.keys(r.json).length === 1, 'introspection of a bad one tells nothing', r);
hold((await server.form('/oauth/introspect', { token })).status === 401, 'introspection takes credentials');
const gone = (await grant(client)).json.access_token;
hold((await server.form('/oauth/revoke', { token: gone, ...client })).status === 200, 'revocation');
hold((await ask('GET', '/clinic/v1/patients', { token: gone })).status === 401, 'a revoked token is worth nothing');
hold((await server.form('/oauth/revoke', { token: 'nonsense', ...client })).status === 200, 'revoking nonsense is 200 (RFC 7009)');
r = await ask('GET', '/.well-known/oauth-authorization-server');
hold(r.json.issuer === origin && r.json.token_endpoint === `${origin}/oauth/token` && r.json.jwks_uri && r.json.introspection_endpoint
	&& r.json.revocation_endpoint && r.json.grant_types_supported.includes('client_credentials')
	&& ['client_secret_basic', 'client_secret_post', 'private_key_jwt'].every((m) => r.json.token_endpoint_auth_methods_supported.includes(m))
	&& ['RS384', 'ES384'].every((a) => r.json.token_endpoint_auth_signing_alg_values_supported.includes(a)), 'RFC 8414 metadata', r);
for (const [path, resource] of [['', origin], ['/mcp', `${origin}/mcp`]]) {
	r = await ask('GET', `/.well-known/oauth-protected-resource${path}`);
	hold(r.json?.resource?.replace(/\/$/, '') === resource && r.json.authorization_servers.includes(origin), `RFC 9728 metadata ${path}`, r);
}

r = await ask('POST', '/authenticate', { body: { ...client, app_id: 'copilot-studio' } });
hold(r.status === 200 && r.json.expires_in === 3600 && JSON.stringify(Object.keys(r.json.client_info).sort())
	=== '["app_id","app_name","client_id","role"]', '/authenticate as of old', r);
r = await ask('POST', '/authenticate', { body: { ...client, app_id: 'copilot-studio', client_secret: 'wrong' } });
hold(r.status === 401 && r.text === '{"detail":"Invalid client credentials"}', '/authenticate 401', r);
r = await ask('POST', '/authenticate', { body: { client_id: client.client_id } });
hold(r.status === 400, '/authenticate 400', r);

// private_key_jwt
for (const [alg, make, hash, options] of [['RS384', () => generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha384', {}],
	['ES384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' }), 'sha384', { dsaEncoding: 'ieee-p1363' }]]) {
	const { publicKey, privateKey } = make();
	const file = join(server.folder, `${alg}.pem`);
	writeFile(file, publicKey.export({ type: 'spki', format: 'pem' }));
	const keyed = JSON.parse((await run('client', 'add', '--app-id', alg, '--app-name', alg, '--role', 'nurse', '--scopes', 'read:*',
		'--key', file, '--json')).out);
	const now = Math.floor(Date.now() / 1000);
	let n = 0;
	const assertion = (change = {}) => {
		const body = { iss: keyed.client_id, sub: keyed.client_id, aud: `${origin}/oauth/token`, exp: now + 200, jti: `${alg}-${n++}`, ...change };
		const text = `${base64url({ alg, typ: 'JWT' })}.${base64url(body)}`;
		return `${text}.${signWith(hash, Buffer.from(text), { key: privateKey, ...options }).toString('base64url')}`;
	};
	const by = (jwt) => grant({ client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: jwt });
	const good = assertion();
	r = await by(good);
	hold(r.status === 200, `private_key_jwt ${alg}`, r);
	hold((await by(good)).status === 401, `${alg}: jti is used once`);
	hold((await by(assertion({ exp: now + 400 }))).status === 401, `${alg}: exp at most 5 minutes ahead`);
	hold((await by(assertion({ exp: now - 100 }))).status === 401, `${alg}: not an expired one`);
	hold((await by(assertion({ aud: 'https://elsewhere.example/oauth/token' }))).status === 401, `${alg}: aud is the token URL`);
	hold((await by(assertion({ sub: client.client_id, iss: client.client_id }))).status === 401, `${alg}: sub is who has the key`);
}

// API keys, limits, switching off
const key = JSON.parse((await run('client', 'key', client.client_id, '--json')).out).api_key;
hold((await ask('GET', '/clinic/v1/patients', { headers: { 'X-API-Key': key } })).status === 200, 'an API key opens');
hold((await ask('GET', '/clinic/v1/lab-results', { headers: { 'X-API-Key': `${key}x` } })).status === 401, 'a wrong one does not');
hold(!(await server.sql('clinic', 'SELECT api_key_hash FROM oauth_clients WHERE api_key_hash IS NOT NULL')).includes(key), 'the key is stored hashed');
hold((await ask('GET', '/clinic/v1/medications', { headers: { 'X-API-Key': key } })).status === 403, 'the key has the same scopes');
const slow = JSON.parse((await run('client', 'add', '--app-id', 'slow', '--app-name', 'slow', '--role', 'nurse', '--scopes', 'read:*', '--rate-limit', '5', '--json')).out);
const its = (await grant(slow)).json.access_token;
const slow_key = { headers: { 'X-API-Key': JSON.parse((await run('client', 'key', slow.client_id, '--json')).out).api_key } };
for (let i = 0; i < 8; i++) r = await ask('GET', '/clinic/v1/providers', { token: its });
hold(r.status === 429 && Number(r.headers['retry-after']) > 0 && r.headers['ratelimit-limit'] === '5'
	&& r.headers['ratelimit-remaining'] === '0', '429 with Retry-After and RateLimit-*', `${r.status} ${JSON.stringify(r.headers)}`);
hold(r.headers['content-type'].startsWith('application/problem+json'), '429 is a problem');
await run('client', 'disable', client.client_id);
hold((await ask('GET', '/clinic/v1/patients', { token })).status === 401, 'is_active = false ends existing tokens at once');
hold((await ask('GET', '/clinic/v1/patients', { headers: { 'X-API-Key': key } })).status === 401, 'and keys');
hold((await grant(client)).status === 401, 'and new tokens');
await run('client', 'enable', client.client_id);
hold((await ask('GET', '/clinic/v1/patients', { token })).status === 200, 'client enable');
const second = JSON.parse((await run('client', 'add', '--app-id', 'second', '--app-name', 'second', '--role', 'nurse', '--scopes', 'read:*,write:appointments', '--json')).out);
const rotated = JSON.parse((await run('client', 'rotate', second.client_id, '--json')).out);
hold((await grant(rotated)).status === 200 && (await grant(second)).status === 401, 'client rotate: only the new secret', rotated);
for (let i = 0; i < 12; i++) r = await grant({ ...second, client_secret: 'guess' });
hold(r.status === 429 && Number(r.headers['retry-after']) > 0, 'failed authentications are throttled', r);

// ---- roles and denial ----

const doctor = await server.makeClient('doctor');
const admin = await server.makeClient('boss', { role: 'admin' });
const third = await server.makeClient('third', { scopes: 'read:patients,write:appointments' });
r = await ask('POST', '/clinic/v1/clients', { token: admin.token, body: { app_id: 'rest', app_name: 'REST', role: 'nurse', scopes: ['read:patients'] } });
hold(r.status === 201 && /^[\w-]{64}$/.test(r.json.client_secret) && r.headers.location === `/clinic/v1/clients/${r.json.client_id ?? r.json.id}`,
	'clients over REST for role admin', `${r.text} ${r.headers.location}`);
hold(!(await ask('GET', r.headers.location, { token: admin.token })).text.includes('client_secret'), 'no secret and no hash is ever shown again');
const path = `/clinic/v1/clients/${r.json.client_id}`, made = r.json;
const over_rest = (method, where, body) => ask(method, path + where, { token: admin.token, body });
const fresh = (await over_rest('POST', '/rotate')).json;
hold((await grant(made)).status === 401 && (await grant(fresh)).status === 200, 'rotate over REST', JSON.stringify(fresh));
const api_key = { headers: { 'X-API-Key': (await over_rest('POST', '/key')).json.api_key } };
hold((await ask('GET', '/clinic/v1/patients', api_key)).status === 200, 'a key over REST');
hold((await over_rest('PATCH', '', { is_active: false })).status === 200 && (await ask('GET', '/clinic/v1/patients', api_key)).status === 401, 'disable over REST');
hold((await over_rest('PATCH', '', { is_active: true })).status === 200 && (await ask('GET', '/clinic/v1/patients', api_key)).status === 200, 'enable over REST');
hold((await ask('POST', `${path}/rotate`, { token: doctor.token })).status === 403, 'for role admin only');
r = await ask('GET', '/clinic/v1/patients', { token: (await grant({ client_id: third.client_id, client_secret: third.client_secret, scope: 'write:appointments' })).json.access_token });
hold(r.status === 403 && /insufficient_scope/.test(r.headers['www-authenticate'] ?? '') && r.text.includes('read:patients'), '403 insufficient_scope names the scope', `${r.text} ${r.headers['www-authenticate']}`);
const make = (path, body, how = {}) => ask('POST', `/clinic/v1/${path}`, { token: doctor.token, body, ...how });
const person = { first_name: 'José', last_name: 'García', dob: '1980-02-03' };
const jose = await make('patients', person);
hold(jose.status === 201 && /^MRN[A-Z0-9]{6,}$/.test(jose.json.mrn) && jose.json.mrn.length <= 20, 'MRN and 6 or more of A-Z 0-9', jose);
hold(jose.headers.location === `/clinic/v1/patients/${jose.json.mrn}`, '201 and Location', jose.headers.location);
const { mrn } = jose.json;
const mary = (await make('patients', { first_name: 'Mary', last_name: 'Smith', dob: '1970-01-01', ssn: '123-45-6789' })).json.mrn;
const patient = await server.makeClient('own', { role: 'patient', mrn });
hold((await ask('GET', `/clinic/v1/patients/${mrn}`, { token: patient.token })).status === 200, 'a patient reads the own chart');
const [foreign, missing] = [await ask('GET', `/clinic/v1/patients/${mary}`, { token: patient.token }), await ask('GET', '/clinic/v1/patients/MRNZZZZZZ', { token: patient.token })];
hold(foreign.status === 404 && foreign.text.replaceAll(mary, 'X') === missing.text.replaceAll('MRNZZZZZZ', 'X'), 'another chart is as if it did not exist', foreign);
hold((await ask('GET', '/clinic/v1/patients', { token: patient.token })).json.items.length === 1, 'a patient lists the own row only');
const before = Number(await server.sql('clinic', `SELECT count(*) FROM activity_log WHERE action = 'read'`));
await ask('GET', `/clinic/v1/patients/${mary}/record`, { token: doctor.token });
await new Promise((done) => setTimeout(done, 1200));
hold(Number(await server.sql('clinic', `SELECT count(*) FROM activity_log WHERE action = 'read'`)) > before, 'every read leaves an entry');

// ---- 2. REST ----

const RESOURCES = ['patients', 'providers', 'appointments', 'medications', 'allergies', 'vital-signs', 'lab-results', 'clients'];
for (const name of RESOURCES) {
	const its_token = name === 'clients' ? admin.token : doctor.token;
	r = await ask('GET', `/clinic/v1/${name}`, { token: its_token });
	hold(r.status === 200 && Array.isArray(r.json.items) && 'next_cursor' in r.json, `GET /${name} is {items, next_cursor}`, r);
	for (const limit of ['0', '201', 'x'])
		hold([400, 422].includes((await ask('GET', `/clinic/v1/${name}?limit=${limit}`, { token: its_token })).status), `${name}: limit=${limit} is refused`);
	hold([400, 422].includes((await ask('GET', `/clinic/v1/${name}?cursor=nonsense`, { token: its_token })).status), `${name}: a cursor of nobody's is refused`);
	r = await ask('GET', `/clinic/v1/${name}/NOSUCH`, { token: its_token });
	hold(r.status === 404 && r.headers['content-type'].startsWith('application/problem+json') && r.json.title && r.json.status === 404, `${name}: a missing one is a problem of RFC 9457`, r);
	hold((await ask('GET', `/clinic/v1/${name}`)).status === 401, `${name}: nobody gets 401`);
}
r = await make('patients', { first_name: '', dob: '2999-01-01', email: 'nonsense', gender: 'x'.repeat(500) });
hold(r.status === 422 && ['first_name', 'last_name', 'dob', 'email'].every((f) => r.json.errors.some((e) => e.field === f && e.message)), 'problems all at once, each with its field', r);
hold((await make('patients', { ...person, dob: '1879-12-31' })).status === 422, 'dates of birth not before 1880');
r = await make('patients', person);
hold(r.status === 409, 'likely duplicates 409', r);
hold((await make('patients', { ...person, confirm_new: true })).status === 201, 'unless confirm_new');
const one = await ask('GET', `/clinic/v1/patients/${mrn}`, { token: doctor.token });
hold(one.headers.etag, 'ETag on single rows');
r = await ask('PATCH', `/clinic/v1/patients/${mrn}`, { token: doctor.token, body: { phone: '+1-555-1' }, headers: { 'If-Match': one.headers.etag } });
hold(r.status === 200 && r.json.phone === '+1-555-1' && r.json.first_name === 'José', 'PATCH merges', r);
r = await ask('PATCH', `/clinic/v1/patients/${mrn}`, { token: doctor.token, body: { phone: '+1-555-2' }, headers: { 'If-Match': one.headers.etag } });
hold(r.status === 412, '412 when somebody was faster', r);
r = await ask('PATCH', `/clinic/v1/patients/${mrn}`, { token: doctor.token, body: { phone: null } });
hold(r.status === 200 && r.json.phone === null, 'null takes away', r);
const keyed = { headers: { 'Idempotency-Key': 'one' } };
const first = await make('allergies', { patient_mrn: mrn, allergen: 'Penicillin' }, keyed);
const again = await make('allergies', { patient_mrn: mrn, allergen: 'Penicillin' }, keyed);
hold(first.status === 201 && again.json?.id === first.json.id, 'Idempotency-Key on POST', again);
r = await make('allergies', { patient_mrn: mrn, allergen: 'Latex' }, keyed);
hold([409, 422].includes(r.status), 'the same key with another body is refused', r);
for (const q of ['Jose Gar', 'garcia josé', 'GARCÍA', '1980-02-03', mrn.toLowerCase()])
	hold((await ask('GET', `/clinic/v1/patients?q=${encodeURIComponent(q)}`, { token: doctor.token })).json.items.some((p) => p.mrn === mrn), `search finds by "${q}"`);
for (const q of ['%', '_', '%%'])
	hold((await ask('GET', `/clinic/v1/patients?q=${encodeURIComponent(q)}`, { token: doctor.token })).json.items.length === 0, `${q} is a letter`);
let pages = [], cursor = '';
do {
	r = await ask('GET', `/clinic/v1/patients?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { token: doctor.token });
	pages.push(...r.json.items.map((p) => p.mrn));
	cursor = r.json.next_cursor;
} while (cursor && pages.length < 50);
hold(new Set(pages).size === 3 && pages.length === 3, 'pages by cursor show each once', pages.join());

// appointments
const npi = '1679576722';
r = await ask('POST', '/clinic/v1/providers', { token: admin.token, body: { npi, name: 'Dr. Open', specialty: 'Family medicine', accepting_new_patients: true } });
hold(r.status === 201, 'a provider by admin', r);
await ask('POST', '/clinic/v1/providers', { token: admin.token, body: { npi: '1245319599', name: 'Dr. Closed', accepting_new_patients: false } });
const day = new Date(Date.now() + 9e8).toISOString().slice(0, 10);
const book = (time, more = {}) => make('appointments', { patient_mrn: mrn, provider_npi: npi, date: day, time, ...more });
const booked = await book('2:30 PM', { duration_minutes: 30 });
hold(booked.status === 201 && booked.json.time === '14:30' && /^APT[A-Z0-9]{6,}$/.test(booked.json.appointment_id), '2:30 PM is 14:30', booked);
hold((await book('25:00')).status === 422 && (await book('soon')).status === 422, 'nonsense is refused');
hold((await book('10:00', { duration_minutes: 4 })).status === 422 && (await book('10:00', { duration_minutes: 481 })).status === 422, 'duration 5-480');
r = await book('09:00', { date: '2020-01-01' });
hold([409, 422].includes(r.status), 'not in the past', r);
r = await book('14:45', { patient_mrn: mary });
hold(r.status === 409, 'no overlap for the provider', r);
await ask('POST', '/clinic/v1/providers', { token: admin.token, body: { npi: '1881692002', name: 'Dr. Other', accepting_new_patients: true } });
hold((await book('14:45', { provider_npi: '1881692002' })).status === 409, 'nor for the patient');
hold((await book('15:00', { patient_mrn: mary })).status === 201, 'one ends where another begins');
r = await book('16:00', { provider_npi: '1245319599' });
hold(r.status === 409, 'not accepting new patients', r);
const apt = `/clinic/v1/appointments/${booked.json.appointment_id}`;
r = await ask('PATCH', apt, { token: doctor.token, body: { time: '11:00', reason: 'Asked' } });
hold(r.status === 200 && r.json.time === '11:00', 'reschedule is a change', r);
r = await ask('GET', '/clinic/v1/appointments?upcoming=true', { token: doctor.token });
hold(r.json.items.length === 2 && r.json.items[0].time === '11:00' && /García/.test(JSON.stringify(r.json.items[0])) && /Dr. Open/.test(JSON.stringify(r.json.items[0])), 'upcoming: names, by date and time', r);
r = await ask('DELETE', `/clinic/v1/providers/${npi}`, { token: admin.token });
hold(r.status === 409 && /2/.test(r.json.detail), 'deleting a provider with appointments is refused and says how many', r);
r = await ask('PATCH', apt, { token: doctor.token, body: { status: 'cancelled', cancellation_reason: 'Well again' } });
hold(r.status === 200 && r.json.status === 'cancelled', 'cancel is a change', r);
r = await ask('PATCH', apt, { token: doctor.token, body: { status: 'scheduled' } });
hold([409, 422].includes(r.status), 'and final', r);
hold((await book('11:00', { patient_mrn: mary })).status === 201, 'a cancelled one takes no room');

// medications
const drug = { patient_mrn: mrn, name: 'penicillin v potassium', dosage: '500 mg', frequency: 'twice daily', prescribed_date: '2026-01-05' };
r = await make('medications', drug);
hold(r.status === 409 && /Penicillin/.test(r.text), 'an active allergy is named', r);
const overridden = await make('medications', { ...drug, override_reason: 'Tested negative' });
hold(overridden.status === 201 && /^MED[A-Z0-9]{6,}$/.test(overridden.json.medication_id), 'unless override_reason', overridden);
hold(await server.sql('clinic', `SELECT count(*) FROM clinical_notes WHERE text = 'Tested negative'`) === '1', 'which is kept in clinical_notes');
hold(await server.sql('clinic', `SELECT count(*) FROM activity_log WHERE description LIKE '%Tested%' OR CAST(event_metadata AS TEXT) LIKE '%Tested%'`) === '0', 'and never in the audit');
r = await make('medications', { ...drug, override_reason: 'Tested negative' });
hold(r.status === 201 && /already|second|active/i.test(JSON.stringify(r.json.warning ?? r.json.warnings ?? '')), 'a second active prescription is a warning', r);
for (const refills of [-1, 1.5, 'two'])
	hold((await make('medications', { ...drug, name: 'Other', refills_remaining: refills })).status === 422, `refills ${refills} is refused`);
const med = `/clinic/v1/medications/${overridden.json.medication_id}`;
hold((await ask('PATCH', med, { token: doctor.token, body: { status: 'discontinued' } })).json.status === 'discontinued', 'active to discontinued');
r = await ask('PATCH', med, { token: doctor.token, body: { status: 'active' } });
hold([409, 422].includes(r.status), 'and not back', r);
r = await ask('GET', '/clinic/v1/medications?status=active', { token: doctor.token });
hold(r.json.items.length === 1 && /García/.test(r.text), 'medications?status=active with patient names', r);

// vital signs
const vital = (body) => make('vital-signs', { patient_mrn: mrn, recorded_date: '2026-01-15T10:30:00-05:00', ...body });
hold((await vital({})).status === 422, 'at least one measurement');
for (const [field, low, high] of [['systolic_bp', 50, 300], ['diastolic_bp', 20, 200], ['heart_rate', 20, 300], ['temperature', 80, 115],
	['respiratory_rate', 4, 80], ['oxygen_saturation', 50, 100], ['weight', 0.5, 1500], ['height', 5, 108]]) {
	const extra = field === 'diastolic_bp' ? { systolic_bp: 300 } : {};
	for (const value of [low, high])
		hold((await vital({ ...extra, [field]: value })).status === 201 || (field === 'diastolic_bp' && value >= 300), `${field} ${value} is taken`);
	for (const value of [low - (low > 1 ? 1 : 0.1), high + 1])
		hold((await vital({ ...extra, [field]: value })).status === 422, `${field} ${value} is refused`);
}
hold((await vital({ systolic_bp: 80, diastolic_bp: 90 })).status === 422, 'diastolic is below systolic');
hold((await vital({ oxygen_saturation: 97.5 })).status === 422, 'oxygen_saturation is whole');
r = await vital({ weight: 185, height: 70 });
hold(r.json?.bmi === 26.5, 'bmi is 703 lb / in2, one decimal', r);
hold(new Date(r.json.recorded_date).toISOString() === '2026-01-15T15:30:00.000Z', 'recorded_date is kept in UTC', r);
hold((await vital({ heart_rate: 60, recorded_date: new Date(Date.now() + 864e5).toISOString() })).status === 422, 'not in the future');
r = await vital({ heart_rate: 60, recorded_date: '2026-01-15T10:30:00' });
hold(r.status === 201 && new Date(r.json.recorded_date).toISOString() === '2026-01-15T15:30:00.000Z', 'without its zone, as agents of old send it, it is the practice\'s', r);

// lab results
const lab = (body) => make('lab-results', { patient_mrn: mrn, test_name: 'CBC', ordered_date: '2026-01-10', ...body });
r = await lab({});
hold(r.status === 201 && r.json.status === 'pending' && /^LAB[A-Z0-9]{6,}$/.test(r.json.order_id), 'a lab is ordered', r);
const order = `/clinic/v1/lab-results/${r.json.order_id}`;
hold((await ask('PATCH', order, { token: doctor.token, body: { status: 'in_progress' } })).status === 200, 'pending to in_progress');
r = await ask('PATCH', order, { token: doctor.token, body: { status: 'pending' } });
hold([409, 422].includes(r.status), 'no way back to pending', r);
r = await ask('PATCH', order, { token: doctor.token, body: { status: 'final', collected_date: '2026-01-11', resulted_date: '2026-01-12', results_json: { WBC: '7.50' } } });
hold(r.status === 200 && /7\.50/.test(r.text), 'the object form; values keep their text', r);
r = await lab({ results_json: [{ component: 'WBC', value: '7.50', unit: 'K/uL', reference: '4-11', flag: 'N' }] });
hold(r.status === 201 && /7\.50/.test(r.text), 'the list form', r);
for (const bad of ['text', 7, [1], { WBC: { deep: { er: 1 } } }])
	hold((await lab({ results_json: bad })).status === 422, `other JSON is refused: ${JSON.stringify(bad)}`);
hold((await lab({ collected_date: '2026-01-09' })).status === 422, 'ordered <= collected');
hold((await lab({ collected_date: '2026-01-11', resulted_date: '2026-01-10' })).status === 422, 'collected <= resulted');

// under the patient
for (const name of ['appointments', 'medications', 'allergies', 'vital-signs', 'lab-results']) {
	r = await ask('GET', `/clinic/v1/patients/${mrn}/${name}`, { token: doctor.token });
	hold(r.status === 200 && r.json.items.length > 0, `children live under the patient: ${name}`, r);
}
r = await ask('GET', `/clinic/v1/patients/${mrn}/record`, { token: doctor.token });
hold(['appointments', 'medications', 'allergies', 'vital_signs', 'lab_results'].every((k) => Array.isArray(r.json[k])) && /Dr\. Open/.test(r.text) && /Family medicine/.test(r.text),
	'the record is complete, with provider name and specialty', r);
r = await ask('GET', `/clinic/v1/patients/${mrn}/summary`, { token: doctor.token });
hold(['appointment_count', 'medication_count', 'allergy_count', 'vital_sign_count', 'lab_result_count'].every((k) => Number.isInteger(r.json[k])), 'the summary has the five counts', r);
hold((await ask('DELETE', `/clinic/v1/patients/${mrn}`, { token: doctor.token })).status === 403, 'a doctor deletes no patient');
hold((await ask('DELETE', `/clinic/v1/patients/${mrn}`, { token: admin.token })).status === 204, 'an admin does');
for (const table of ['appointments', 'medications', 'allergies', 'vital_signs', 'lab_results'])
	hold(await server.sql('clinic', `SELECT count(*) FROM ${table} t LEFT JOIN patients p ON p.id = t.patient_id WHERE p.id IS NULL`) === '0', `and with the patient its ${table}`);

// people
const nora = await server.makeUser('nora');
hold((await ask('GET', '/clinic/v1/patients', { token: nora.token })).status === 403, 'a plain user has no way in');
for (const [role, charts] of [['doctor', 200], ['nurse', 200], ['staff', 403]]) {
	const its_session = (await server.makeUser(`p${role}`, role)).token;
	const told = await ask('GET', '/clinic/v1/medications', { token: its_session });
	hold(told.status === charts, `${role}: charts ${charts}`, told);
	hold((await ask('GET', '/clinic/v1/patients', { token: its_session })).status === 200, `${role}: demographics`);
}

// limits outlive a restart
await server.stop();
await server.again();
r = await ask('GET', '/clinic/v1/providers', slow_key);
hold(r.status === 429, 'limits of the hour survive a restart', r);
try { await server.stop(); tally.hold(true); } catch (e) { tally.hold(false, e.message); }
server.remove();
tally.end();
