#!/usr/bin/env node
// photo - a patient's picture: every kind that may come, what is refused, who may do what,
// and that nothing of it is left behind, in the file as on the disk.  Run on both databases.
import { existsSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, crc32 as zlibCrc } from 'node:zlib';
import { Server, Tally } from './lib/server.mjs';

const tally = new Tally('photo');
const server = await Server.start();
const [anna, viewer, stranger] = [await server.makeUser('anna'), await server.makeUser('viewer'), await server.makeUser('stranger')];

// ---- pictures, made here: red on the left, blue on the right ----
const red = [220, 20, 20], blue = [20, 20, 220];
const at = (x, width) => (x < width / 2 ? red : blue);

function crc(bytes) {
	if (zlibCrc) return zlibCrc(bytes);
	let c = ~0;
	for (const b of bytes) {
		c ^= b;
		for (let i = 0; i < 8; i++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
	}
	return ~c >>> 0;
}
function chunk(name, data) {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const out = Buffer.alloc(body.length + 8);
	out.writeUInt32BE(data.length);
	body.copy(out, 4);
	out.writeUInt32BE(crc(body), body.length + 4);
	return out;
}
function png(width, height, { data, alpha = 255, colour = 6 } = {}) {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, colour, 0, 0, 0], 8);
	const row = Buffer.from([0, ...Array.from({ length: width }, (_, x) => [...at(x, width), alpha]).flat()]);
	const rows = data ?? deflateSync(Buffer.concat(Array(height).fill(row)));
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}
function bmp(width, height) {
	const stride = Math.ceil(width * 3 / 4) * 4;
	const out = Buffer.alloc(54 + stride * height);
	out.write('BM');
	out.writeUInt32LE(54, 10);
	out.writeUInt32LE(40, 14);
	out.writeInt32LE(width, 18);
	out.writeInt32LE(height, 22);
	out.writeUInt16LE(1, 26);
	out.writeUInt16LE(24, 28);
	for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out.set([...at(x, width)].reverse(), 54 + y * stride + x * 3);
	return out;
}
// Codes of nine bits, cleared before the table grows: LZW without its point.
function gif(width, height) {
	const codes = [];
	for (let i = 0; i < width * height; i++) {
		if (i % 200 === 0) codes.push(256);
		codes.push(i % width < width / 2 ? 0 : 1);
	}
	codes.push(257);
	const bytes = Buffer.alloc(Math.ceil(codes.length * 9 / 8));
	codes.forEach((code, i) => { for (let b = 0; b < 9; b++) if (code >> b & 1) bytes[(i * 9 + b) >> 3] |= 1 << ((i * 9 + b) & 7); });
	const blocks = [];
	for (let i = 0; i < bytes.length; i += 255) blocks.push(Buffer.from([Math.min(255, bytes.length - i)]), bytes.subarray(i, i + 255));
	const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0', 'latin1');
	head.writeUInt16LE(width, 6);
	head.writeUInt16LE(height, 8);
	const image = Buffer.alloc(10);
	image[0] = 0x2c;
	image.writeUInt16LE(width, 5);
	image.writeUInt16LE(height, 7);
	return Buffer.concat([head, Buffer.from([...red, ...blue]), image, Buffer.from([8]), ...blocks, Buffer.from([0, 0x3b])]);
}
// Where a camera was held: an APP1 segment behind the start of a JPEG, with a place in it.
function held(jpeg, orientation) {
	const tiff = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1');
	tiff.writeUInt16BE(orientation, 18);
	const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('N 50 06 E 8 40')]);
	const head = Buffer.from([0xff, 0xe1, 0, 0]);
	head.writeUInt16BE(body.length + 2, 2);
	return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
const size = (jpeg) => {
	for (let i = 2; i < jpeg.length;) {
		if (jpeg[i + 1] >= 0xc0 && jpeg[i + 1] <= 0xc2) return `${jpeg.readUInt16BE(i + 7)}x${jpeg.readUInt16BE(i + 5)}`;
		i += 2 + jpeg.readUInt16BE(i + 2);
	}
	return 'none';
};

// ---- asking ----
const path = (patient) => `/api/v1/patients/${patient}/photo`;
const ask = (method, who, more = '', how = {}) => server.ask(method, `${path(anna.patient)}${more}`, { token: who?.token, ...how });
async function send(who, bytes, { type = 'image/png', name = 'me.png', field = 'file', patient = anna.patient } = {}) {
	const head = `--b7\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
	const how = { token: who?.token, body: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b7--\r\n')]), headers: { 'Content-Type': 'multipart/form-data; boundary=b7' } };
	return server.ask('POST', path(patient), how);
}
const folder = join(server.dir, 'files', 'photos');
const files = () => (existsSync(folder) ? readdirSync(folder) : []);
const refused = (r, status, words, what) => tally.hold(r.status === status && r.text.includes(words), what, `${r.status} ${r.text}`);

// ---- none yet ----
let r = await ask('GET', anna, '/info');
tally.hold(r.status === 200 && r.json === null, 'no photo is null', r.text);
refused(await ask('GET', anna), 404, 'No photo found for this patient', 'no photo is 404');
refused(await ask('DELETE', anna), 404, 'No photo found for this patient', 'none cannot be deleted');

// ---- each kind ----
for (const [type, bytes, want] of [['image/png', png(40, 20), '40x20'], ['image/png', png(1600, 400), '1000x250'], ['image/bmp', bmp(30, 60), '30x60'],
	['image/gif', gif(50, 30), '50x30'], ['image/bmp', bmp(7, 1300), '5x1000']]) {
	r = await send(anna, bytes, { type });
	const got = (await ask('GET', anna)).body;
	tally.hold(r.status === 200 && `${r.json?.width}x${r.json?.height}` === want && size(got) === want, `${type} becomes a JPEG of ${want}`, `${r.status} ${r.text} ${size(got)}`);
	tally.hold(r.json?.file_size === got.length && r.json.mime_type === 'image/jpeg' && r.json.patient_id === anna.patient && r.json.uploaded_by === anna.id
		&& /^patient_\d+_\d{8}_\d{6}\.jpg$/.test(r.json.file_name) && r.json.original_name === 'me.png' && Object.keys(r.json).sort().join() === 'file_name,file_path,file_size,height,id,mime_type,original_name,patient_id,updated_at,uploaded_at,uploaded_by,width' && r.json.uploaded_at && r.json.updated_at, `${type}: the answer is a Photo`, r.text);
	tally.hold(files().length === 1, `${type}: the old file is gone`, files().join());
}

// ---- JPEG, and which way up ----
await send(anna, png(60, 20));
const upright = (await ask('GET', anna)).body;
for (const [orientation, want] of [[1, '60x20'], [3, '60x20'], [6, '20x60'], [8, '20x60']]) {
	r = await send(anna, held(upright, orientation), { type: 'image/jpeg', name: 'C:\\pictures\\cam.jpg' });
	const got = (await ask('GET', anna)).body;
	tally.hold(r.status === 200 && size(got) === want, `orientation ${orientation} gives ${want}`, `${r.text} ${size(got)}`);
	tally.hold(!got.includes('N 50 06') && !got.includes('Exif'), `orientation ${orientation}: nothing of the camera is left`);
	tally.hold(r.json?.original_name === 'cam.jpg', 'folders of the sender are not kept', r.json?.original_name);
}
r = await ask('GET', anna);
tally.hold(r.headers['content-type'] === 'image/jpeg' && r.headers['cache-control'] === 'private, no-cache' && r.headers.etag, 'the photo may be kept, and is asked about', JSON.stringify(r.headers));
const again = await ask('GET', anna, '', { headers: { 'If-None-Match': r.headers.etag } });
tally.hold(again.status === 304 && again.body.length === 0, 'who has it gets 304', again.status);

// ---- on the disk ----
const stored = readFileSync(join(folder, files()[0]));
tally.hold(!stored.includes(r.body.subarray(0, 16)) && !stored.includes('JFIF'), 'what lies on the disk is sealed');

// ---- what is refused, and changes nothing ----
const before = files().join();
refused(await send(anna, Buffer.from('%PDF'), { type: 'application/pdf' }), 400, 'Invalid file type: application/pdf. Please upload a JPEG, PNG, GIF, BMP, or HEIC image', 'a PDF is refused');
refused(await send(anna, Buffer.from('<svg onload=alert(1)>')), 400, 'Unable to process image:', 'what is no picture is refused');
refused(await send(anna, Buffer.alloc(0)), 400, 'Unable to process image:', 'an empty file is refused');
refused(await send(anna, png(50000, 50000, { data: deflateSync(Buffer.alloc(1000)) })), 400, 'Unable to process image:', 'a bomb is refused by its header');
refused(await send(anna, png(9000, 9000, { data: deflateSync(Buffer.alloc(1000)) })), 400, 'Unable to process image:', '81 million pixels are refused');
refused(await send(anna, png(40, 20).subarray(0, 60)), 400, 'Unable to process image:', 'half a PNG is refused');
refused(await send(anna, upright.subarray(0, 100), { type: 'image/jpeg' }), 400, 'Unable to process image:', 'the head of a JPEG is refused');
refused(await send(anna, bmp(30, 60).subarray(0, 500), { type: 'image/bmp' }), 400, 'Unable to process image:', 'half a BMP is refused');
refused(await send(anna, Buffer.alloc((15 << 20) + 1)), 400, 'Photo must be less than 15MB', 'more than 15 MB are refused');
refused(await send(anna, png(4, 4), { field: 'photo' }), 400, 'The form cannot be read', 'a file of another name is refused');
refused(await ask('POST', anna, '', { body: {} }), 422, 'file', 'no file is said to be missing');
tally.hold(files().join() === before && (await ask('GET', anna)).body.equals(r.body), 'what was refused changed nothing');

// ---- who may ----
const photo = r.body;
for (const [method, more] of [['GET', ''], ['GET', '/info'], ['DELETE', '']]) refused(await ask(method, stranger, more), 404, 'Patient not found', `a stranger: ${method} ${more}`);
refused(await send(stranger, png(4, 4)), 404, 'Patient not found', 'a stranger: POST');
tally.hold((await send(null, png(4, 4))).status === 401 && (await ask('GET', null)).status === 401, 'nobody is asked to sign in');
const offer = await server.ask('POST', '/api/v1/patient-sharing/', { token: anna.token, body: { patient_id: anna.patient, shared_with_user_identifier: 'viewer', permission_level: 'view' } });
await server.ask('POST', `/api/v1/invitations/${offer.json.invitation_id}/respond`, { token: viewer.token, body: { response: 'accepted' } });
tally.hold((await ask('GET', viewer)).body.equals(photo), 'who it is shared with sees it');
refused(await ask('DELETE', viewer), 403, 'Only the patient owner can delete the photo', 'who it is shared with cannot delete it');
r = await send(viewer, png(12, 12));
tally.hold(r.status === 200 && r.json.uploaded_by === viewer.id, 'any share may send another (personal-api 2.4)', r.text);

// ---- how people look ----
const looks = async (who) => (await server.ask('GET', '/api/v1/page/start', { token: who.token })).json.looks;
const colour = (who, hue) => server.ask('PUT', `/api/v1/people/${anna.patient}/look`, { token: who.token, body: { hue } });
const mine = (await looks(anna)).find((l) => l.patient_id === anna.patient);
tally.hold(mine?.hue === null && r.json.file_path.includes(mine.photo) && mine.photo.length === 16, 'the page is told which photo there is', JSON.stringify(mine));
tally.hold((await looks(stranger)).length === 0, 'a stranger is not');
tally.hold((await colour(anna, 3)).status === 200 && (await colour(anna, 5)).json?.hue === 5, 'a colour is chosen, and another');
tally.hold((await looks(anna))[0].hue === 5 && (await looks(viewer))[0].hue === null, 'for one pair of eyes');
for (const hue of [8, -1, 'red', 1.5]) refused(await colour(anna, hue), 422, 'hue', `${hue} is no colour`);
refused(await colour(stranger, 1), 404, 'Patient not found', 'a stranger gives no colour');
tally.hold((await colour(anna, null)).json?.hue === null && (await looks(anna))[0].hue === null, 'and none again');

// ---- several at once: one photo in the end ----
const rush = await Promise.all(Array.from({ length: 6 }, () => send(anna, png(16, 16))));
tally.hold(rush.every(({ status, headers }) => status === 200 || (status === 503 && headers['retry-after'])) && rush.some(({ status }) => status === 200), 'those who come at once are taken or told to wait', rush.map((x) => x.status).join());
tally.hold(await server.sql('personal', 'SELECT count(*) FROM patient_photos') === '1' && files().length === 1, 'one photo is left', files().join());

// ---- what is written down ----
const log = await server.sql('personal', "SELECT DISTINCT action || ' ' || description FROM activity_log WHERE description LIKE '%Photo%' ORDER BY 1");
tally.hold(/created Created Photo of Patient \d+/.test(log) && /read Read Photo/.test(log), 'it is in the log', log);
r = await ask('DELETE', anna);
tally.hold(r.status === 204 && r.body.length === 0 && files().length === 0, 'the owner deletes it, and the file goes', `${r.status} ${files().join()}`);

// ---- with the patient, and with the user ----
const child = (await server.ask('POST', '/api/v1/patient-management/', { token: anna.token, body: { first_name: 'Kid', last_name: 'Tester', birth_date: '2015-01-01' } })).json.id;
await send(anna, png(8, 8), { patient: child });
await server.ask('PUT', `/api/v1/people/${child}/look`, { token: anna.token, body: { hue: 2 } });
tally.hold(files().length === 1, 'the child has a photo', files().join());
r = await server.ask('DELETE', `/api/v1/patient-management/${child}`, { token: anna.token });
tally.hold(r.status === 200 && files().length === 0 && await server.sql('personal', 'SELECT count(*) FROM patient_photos') === '0', 'it goes with the child', `${r.status} ${files().join()}`);
await send(stranger, png(8, 8), { patient: stranger.patient });
r = await server.ask('DELETE', `/api/v1/house/users/${stranger.id}`, { token: (await server.makeAdmin()).token });
tally.hold(r.status < 300 && files().length === 0, 'it goes with the user', `${r.status} ${r.text} ${files().join()}`);

// ---- what a crash leaves ----
await send(anna, png(8, 8));
const [named] = files();
for (const name of ['0'.repeat(32), `${'1'.repeat(32)}.new`, '2'.repeat(32)]) writeFileSync(join(folder, name), 'left');
const earlier = new Date(Date.now() - 2 * 86400000);
for (const name of [named, '0'.repeat(32), `${'1'.repeat(32)}.new`]) utimesSync(join(folder, name), earlier, earlier);
await server.stop();
await server.again();
tally.hold(files().sort().join() === [named, '2'.repeat(32)].sort().join(), 'files that no row names go at the next start, but not those of today', files().join());

await server.stop();
server.remove();
tally.end();
