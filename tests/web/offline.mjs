// offline - the copy that is read without the server: nothing is kept before somebody asks;
// what is kept is sealed; it follows what is written, opens at any address when the server is
// gone, and is taken away when it must be.  And how a new version comes into an open page,
// with and without the worker.  At the root and behind a prefix.
import { Tally } from '../lib/server.mjs';
import { axe, demo, launch, signIn, visit } from './lib.mjs';
import { proxyOf } from './proxy.mjs';

const PHRASE = 'three quiet horses';
const tally = new Tally('web offline');
const server = await demo();
const browser = await launch();
const front = await proxyOf(server.base);
const away = /net::ERR_(CONNECTION_REFUSED|FAILED|NETWORK_CHANGED|EMPTY_RESPONSE|CONNECTION_RESET)|Failed to fetch|script resource is behind a redirect|unknown error occurred when fetching the script/;
const wrong = (visitor) => visitor.troubles.filter((t) => !away.test(t));

const keeps = (page) => page.evaluate(async () => ({
	workers: (await navigator.serviceWorker.getRegistrations()).map((r) => r.scope),
	caches: await caches.keys(),
	databases: (await indexedDB.databases()).map((d) => d.name),
	local: JSON.stringify({ ...localStorage }),
}));
const isNothing = (k) => k.workers.length + k.caches.length + k.databases.length === 0 && !/copy":"\d/.test(k.local);
async function until(what, ask) {
	for (let i = 0; i < 200; i++) {
		const found = await ask().catch(() => null);
		if (found) return found;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`never: ${what}`);
}
async function keepCopy({ page, at }, everybody = false) {
	await at('/settings');
	await page.click('#tab-security');
	await page.waitForSelector('#copy-word');
	if (everybody) for (const box of await page.locator('.copies input').all()) await box.check();
	await page.fill('#copy-word', PHRASE);
	await page.click('form:has(#copy-word) button[type=submit]');
	await page.waitForSelector('.chip.good:has-text("Copy of")');
}
// What a thief of the browser's folder finds.
const raw = (page) => page.evaluate(async () => {
	const db = await new Promise((done) => { const asked = indexedDB.open('charthouse-copy'); asked.onsuccess = () => done(asked.result); });
	const row = await new Promise((done) => { const asked = db.transaction('copy').objectStore('copy').get('copy'); asked.onsuccess = () => done(asked.result); });
	db.close();
	const hex = (b) => [...new Uint8Array(b)].map((x) => x.toString(16).padStart(2, '0')).join('');
	const all = [];
	for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(request.url);
	let texts = '';
	for (const [name, value] of Object.entries(row)) texts += `${name} ${typeof value === 'object' && !Array.isArray(value) ? new TextDecoder().decode(value) : String(value)}\n`;
	return { rounds: row.rounds, iv: hex(row.sealIv), members: Object.entries(row).map(([n, v]) => `${n}:${v.constructor.name}`), texts, all, local: JSON.stringify({ ...localStorage }) };
});
async function openCopy(page, phrase = PHRASE) {
	await page.fill('#copy-word', phrase);
	await page.click('button[type=submit]');
}

// ---- caching, as a browser is told ----
const html = await fetch(front.base, { headers: { Accept: 'text/html' } });
const app = await fetch(`${front.base}assets/app-${front.made}.js`);
tally.hold(html.headers.get('cache-control') === 'no-cache' && /^"\w+"$/.test(html.headers.get('etag')), 'the document is asked for again each time', html.headers.get('cache-control'));
tally.hold(/immutable/.test(app.headers.get('cache-control')) && /max-age=31536000/.test(app.headers.get('cache-control')), 'a file with a hash is kept for a year', app.headers.get('cache-control'));
await html.text();
await app.text();
tally.hold((await fetch(front.base, { headers: { Accept: 'text/html', 'If-None-Match': html.headers.get('etag') } })).status === 304, 'the document is not sent twice');
for (const name of ['sw.js', 'app.webmanifest']) tally.hold((await fetch(front.base + name)).headers.get('cache-control') === 'no-cache', `${name} is asked for again each time`);

// ---- nothing before somebody asks; it can be installed ----
async function installable(visitor, base) {
	const asked = await visitor.context.newCDPSession(visitor.page);
	const { errors, data, url } = await asked.send('Page.getAppManifest');
	const manifest = JSON.parse(data);
	const here = (path) => new URL(path, url).href;
	tally.hold(errors.length === 0 && manifest.name === 'Charthouse' && here(manifest.start_url) === base && here(manifest.scope) === base && here(manifest.id) === base, `the manifest is of ${base}`, data);
	const sizes = [];
	for (const icon of manifest.icons.filter((i) => i.type === 'image/png')) {
		const png = Buffer.from(await (await fetch(here(icon.src))).arrayBuffer());
		sizes.push(`${icon.purpose} ${png.toString('latin1', 1, 4) === 'PNG' && `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}` === icon.sizes ? icon.sizes : 'wrong'}`);
	}
	tally.hold(['any 192x192', 'any 512x512', 'maskable 512x512'].every((s) => sizes.includes(s)), 'the icons are as large as they say', sizes.join());
	// A context of a test counts as a private window; that is not the page's doing.
	const { installabilityErrors } = await asked.send('Page.getInstallabilityErrors');
	const left = installabilityErrors.map((e) => e.errorId).filter((e) => e !== 'in-incognito');
	tally.hold(left.length === 0, `it can be installed at ${base}`, left.join());
	await asked.detach();
}
const outside = (await (await fetch(`${server.base}api/v1/auth/login`, { method: 'POST', body: new URLSearchParams({ username: 'elena', password: server.passwords.elena }) })).json()).access_token;
const api = async (path, method = 'GET') => {
	const answer = await fetch(`${server.base}api/v1${path}`, { method, headers: { Authorization: `Bearer ${outside}` } });
	return answer.status === 204 ? null : answer.json();
};
const reader = await visit(browser, front.base, { width: 390, height: 844 });
const { page } = reader;
await signIn(reader, 'elena', server.passwords.elena);
await reader.at('/records/medications');
await page.waitForSelector('.rows .row');
const medication = await page.locator('.rows .row a').first().textContent();
const none = await keeps(page);
tally.hold(isNothing(none) && !/Berg|elena|token/i.test(none.local), 'nothing is kept unless somebody asks', JSON.stringify(none));
await installable(reader, front.base);

// ---- a new version, without the worker ----
const plain = await visit(browser, front.base);
await signIn(plain, 'elena', server.passwords.elena);
await plain.page.evaluate(() => { window.before = true; });
front.newer = true;
let loads = 0;
plain.page.on('domcontentloaded', () => loads++);
await plain.page.click('.sidebar a[href$="/tags"]');
await plain.page.waitForSelector('.sidebar :text("Overview anew")');
await plain.page.waitForSelector('main h1:has-text("Tags")');
tally.hold(loads === 1 && !(await plain.page.evaluate(() => window.before)), 'an open page whose files are gone begins again, once', String(loads));
front.newer = false;
await plain.page.reload();
await plain.page.waitForSelector('.sidebar :text-is("Overview")');
tally.hold(true, 'the version of the server is there on reload');
await front.down();
await plain.page.click('.sidebar a[href$="/sharing"]');
await plain.page.waitForSelector('.empty :text("cannot be reached")');
tally.hold(loads === 2, 'a page out of reach does not throw away what is open', String(loads));
await front.up();
tally.hold(wrong(plain).filter((t) => !/404|dynamically imported/.test(t)).length === 0, 'a new version makes no trouble', plain.troubles.join('\n'));
await plain.context.close();

// ---- kept: sealed, and nothing but files in the cache ----
await keepCopy(reader, true);
const first = await raw(page);
const base = front.base.replace(/[.?*+^$()[\]{}|\\]/g, '\\$&');
tally.hold(first.all.length > 10 && first.all.every((u) => new RegExp(`^${base}(assets/[\\w-]+\\.js|icon[\\w-]*\\.(svg|png)|app\\.webmanifest|)$`).test(u)), 'the cache holds files of the page only', first.all.join(' '));
tally.hold(first.rounds >= 600000 && !/CryptoKey/.test(first.members.join()), 'the key is in the head only', first.members.join());
tally.hold(!/medication_|allerg|Berg|dosage|horses/i.test(first.texts + first.local) && !first.texts.includes(medication), 'what is kept is sealed', first.texts.slice(0, 300));

// ---- it follows what is written ----
await reader.at('/records/allergies/new');
await page.fill('[name=allergen]', 'Brazil nuts of the test');
const severity = page.locator('select[name=severity]');
if (await severity.count()) await severity.selectOption({ index: 1 });
await page.click('form button[type=submit]');
const second = await until('the copy renewed', async () => { const now = await raw(page); return now.iv !== first.iv && now; });
tally.hold(second.all.length === first.all.length, 'a renewed copy adds nothing to the cache');

// ---- a new version, with the worker ----
front.newer = true;
await page.reload();
await page.waitForSelector(':text("Overview anew") >> nth=0', { state: 'attached' });
const moved = await until('the cache of the new version', async () => { const names = (await keeps(page)).caches; return names.length === 1 && names[0].endsWith(front.next) && names; });
tally.hold(moved.length === 1, 'the worker keeps the new version, and only that', moved.join());
front.newer = false;
await page.reload();
await until('the cache of the old version', async () => (await keeps(page)).caches.join() === `charthouse-${front.made}`);

// ---- the server is gone ----
await front.down();
await reader.at('/records/allergies/1');
await page.waitForSelector('#copy-word');
tally.hold(/cannot be reached/.test(await page.textContent('main')), 'a deep address opens without the server and says why it asks');
const door = await axe(page);
tally.hold(door.length === 0, 'the door of the copy has no fault', door.join('\n'));
await openCopy(page, 'not the phrase at all');
await page.waitForSelector('.notice.bad');
tally.hold(await page.evaluate(() => document.activeElement?.id === 'copy-word' && document.activeElement.value === ''), 'another passphrase does not open it, and may be typed again');
await openCopy(page);
await page.waitForSelector('.copy-record');
const shown = await page.textContent('.copy');
tally.hold(shown.includes(medication) && shown.includes('Brazil nuts of the test'), 'without the server the record can be read, the last change too');
tally.hold(await page.evaluate(() => document.querySelector('.copy-record[open]').textContent.includes('Brazil nuts')), 'it opens where the address points');
tally.hold(/Nothing can be changed/.test(shown) && await page.locator('.copy :is(input, select, textarea, form, a[href])').count() === 0, 'nothing can be changed, and that is said');
let types = 0;
for (const person of (await api('/people')).people) {
	await page.click(`.copy [role=tab]:has-text("${person.first_name}")`);
	await page.waitForSelector(`.copy h1:has-text("${person.first_name}")`);
	const { records } = await api(`/people/${person.id}/chart`);
	const words = await page.textContent('.copy');
	for (const [route, rows] of Object.entries(records)) {
		const key = { 'lab-test-components': 'test_name', vitals: 'device_used', insurances: 'company_name', medications: 'medication_name', conditions: 'diagnosis', 'lab-results': 'test_name', allergies: 'allergen', immunizations: 'vaccine_name', procedures: 'procedure_name', treatments: 'treatment_name', encounters: 'reason', 'emergency-contacts': 'phone_number', 'family-members': 'name' }[route];
		const lacking = rows.filter((r) => r[key] && !words.includes(r[key]));
		if (rows.length) types++;
		tally.hold(key && lacking.length === 0, `all ${route} of ${person.first_name} are in it`, lacking.map((r) => r[key]).join());
		for (const relative of route === 'family-members' ? rows : []) tally.hold(relative.family_conditions.every((c) => words.includes(c.condition_name)), `the conditions of ${relative.name} are in it`);
	}
}
tally.hold(types >= 12, 'the family has records of most types', String(types));
const faults = await axe(page);
tally.hold(faults.length === 0, 'the copy has no fault', faults.join('\n'));
tally.hold(!(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)), 'the copy does not scroll sideways');

// ---- and is there again ----
await front.up();
await page.evaluate(() => dispatchEvent(new Event('online')));
await page.click('.notice.good button');
await page.waitForSelector('.shell main h1');
tally.hold(new URL(page.url()).pathname === '/records/allergies/1' && await page.locator('.copy').count() === 0, 'when the server is back, so are the records, at the same address');

// ---- taken away: by who keeps it, by who ended the session, by another user, at sign-out ----
await reader.at('/settings');
await page.click('#tab-security');
await page.click('form:has(#copy-word) button:not([type=submit])');
await until('removed', async () => isNothing(await keeps(page)));
tally.hold(true, 'removed, nothing is left');
await keepCopy(reader);
for (const session of await api('/users/me/sessions')) if (!session.current) await api(`/users/me/sessions/${session.id}`, 'DELETE');
await reader.at('/');
await page.waitForSelector('#username');
tally.hold(isNothing(await keeps(page)), 'a session ended elsewhere takes the copy with it', JSON.stringify(await keeps(page)));
await signIn(reader, 'elena', server.passwords.elena);
await keepCopy(reader);
await reader.context.clearCookies();
await reader.at('/');
await page.waitForSelector('#username');
tally.hold(await page.locator('.door-links button:has-text("offline copy")').count() === 1, 'a session that only ran out does not');
await page.fill('#username', 'marcus');
await page.fill('#password', server.passwords.marcus);
await page.click('button[type=submit]');
await page.waitForSelector('.shell');
tally.hold(isNothing(await keeps(page)), 'another user does not come upon it', JSON.stringify(await keeps(page)));
await keepCopy(reader);
await page.click('#leave');
await page.waitForSelector('#username');
tally.hold(isNothing(await keeps(page)), 'who signs out leaves nothing behind', JSON.stringify(await keeps(page)));
tally.hold(wrong(reader).length === 0, 'the copy makes no trouble', wrong(reader).join('\n'));
await reader.context.close();

// ---- behind a prefix ----
const deep = await proxyOf(server.base, '/family/records');
const guest = await visit(browser, deep.base);
await signIn(guest, 'marcus', server.passwords.marcus);
await installable(guest, deep.base);
await keepCopy(guest);
const kept = { ...(await keeps(guest.page)), all: (await raw(guest.page)).all };
tally.hold(kept.workers.join() === deep.base && kept.all.every((u) => u.startsWith(deep.base)), 'behind a prefix nothing beside it is kept', kept.workers.join());
await deep.down();
await guest.at('/records/medications/1/edit');
await guest.page.waitForSelector('#copy-word');
await openCopy(guest.page);
await guest.page.waitForSelector('.copy-record');
tally.hold(/Marcus/.test(await guest.page.textContent('.copy h1')), 'behind a prefix a deep address opens without the server');
await deep.up();
await guest.page.reload();
await guest.page.waitForSelector('.shell');
tally.hold(deep.strays.filter((s) => s !== '/favicon.ico').length === 0, 'nothing is asked for beside the prefix', deep.strays.join(' '));
tally.hold(wrong(guest).length === 0, 'behind a prefix nothing goes wrong', wrong(guest).join('\n'));

await browser.close();
await deep.down();
await front.down();
await server.stop();
tally.end();
