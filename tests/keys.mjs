#!/usr/bin/env node
// keys - the folder of the keys may be elsewhere (--key-dir, the environment, the file), and a
// data folder is never served with other keys than its own.
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server, Tally, command, databaseOf, scratch } from './lib/server.mjs';

const tally = new Tally('keys');
const folder = scratch();
const apart = join(folder, 'apart');
const data = join(folder, 'data');
const server = await Server.start(['--key-dir', apart], { dir: folder });
const anna = await server.makeUser('anna');
const doctor = await server.makeClient('doc'); // through the running server

const names = readdirSync(apart).sort();
tally.hold(['audit', 'jwt', 'oauth.pem'].every((name) => names.includes(name)), 'all keys are in the folder named', names);
tally.hold((statSync(apart).mode & 0o777) === 0o700 && names.every((name) => (statSync(join(apart, name)).mode & 0o777) === 0o600), 'for nobody else to read');
tally.hold(!existsSync(join(data, 'keys')), 'and none are in the data folder');
const rotated = await command(['keys', 'rotate', '--data', data]);
tally.hold(rotated.code === 0 && existsSync(join(apart, 'oauth-former.pem')) && !existsSync(join(data, 'keys')), 'a new key comes there, too', rotated.err);
await server.stop();

const verify = (...more) => command(['audit', 'verify', '--data', data, ...more]);
tally.hold((await verify('--key-dir', apart)).code === 0, 'the audit log verifies with its keys');

// Without its keys nothing is opened, and none are made.
server.options = [];
const refused = await server.again().then(() => null, (e) => e.message);
tally.hold(/keys of .* are not in .*--key-dir/s.test(refused ?? ''), 'the folder is not served without its keys', refused);
const added = await command(['client', 'list', '--data', data]);
tally.hold(added.code !== 0 && /--key-dir/.test(added.err), 'nor written to by a command', added.err);
tally.hold(!existsSync(join(data, 'keys')), 'and no others are made');
server.options = ['--key-dir', join(folder, 'wrong')];
tally.hold(await server.again().then(() => false, () => true), 'nor with the keys of another folder');

// Named in the environment, then in the file.
process.env.CHARTHOUSE_KEY_DIR = apart;
server.options = [];
await server.again();
const me = await server.ask('GET', '/api/v1/users/me', { token: anna.token });
tally.hold(me.status === 200, 'named in the environment, sessions go on', me.text);
await server.stop();
delete process.env.CHARTHOUSE_KEY_DIR;
writeFileSync(join(data, 'charthouse.conf'), `key-dir = ${apart}\n`);
await server.again();
tally.hold((await server.ask('GET', '/api/v1/users/me', { token: anna.token })).status === 200, 'named in the file as well');
await server.stop();

// What looks at keys finds them.
const doctorSays = await command(['doctor', '--data', data]);
tally.hold(doctorSays.out.includes(`${names.length + 1} keys`), 'the doctor looks at them there', doctorSays.out);
if (!databaseOf(data)) {
	const copy = join(folder, 'copy');
	const copied = await command(['copy', '--from', data, '--to', copy, '--key-dir', apart, '--data', data]);
	tally.hold(copied.code === 0 && !existsSync(join(copy, 'keys')) && copied.out.includes(`--key-dir ${apart}`), 'a copy keeps to the keys', copied.out + copied.err);
	tally.hold((await command(['audit', 'verify', '--data', copy, '--key-dir', apart])).code === 0, 'and verifies with them');
}

// Moved by hand, they are found where they are by default.
writeFileSync(join(data, 'charthouse.conf'), '');
renameSync(apart, join(data, 'keys'));
await server.again();
tally.hold((await server.ask('GET', '/api/v1/users/me', { token: anna.token })).status === 200, 'moved into the data folder they are found there');
await server.stop();
mkdirSync(apart);
tally.hold((await verify()).code === 0 && doctor.token.length > 0, 'and the log verifies to its end');
server.remove();
tally.end();
