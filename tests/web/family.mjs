// family - the pages of the family: sharing between two people in two browsers, the tree,
// cards, vaccines, tags, activity; every page in light, dark, Arabic and three widths.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import jsqr from 'jsqr';
import { Tally } from '../lib/server.mjs';
import { axe, demo, launch, signIn, visit } from './lib.mjs';

const jsQR = jsqr.default ?? jsqr;
const tally = new Tally('web family');
const web = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web');

// ---- the code: the same modules as another encoder makes (qrcode-generator 2.0.4) ----
const { build } = createRequire(join(web, 'package.json'))('esbuild');
const bundled = await build({ entryPoints: [join(web, 'src', 'pages', 'qr.ts')], bundle: true, format: 'esm', write: false });
const { qrOf } = await import(`data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].text).toString('base64')}`);
const VECTORS = [
	['HELLO', 'M', 21, 2, '28bc72b3a74e226d925fc60e'],
	['Ada Lovelace, 1815\nPenicillin · Ä ß 漢', 'M', 29, 2, '3aadc997bcd2d1d5da2370c3'],
	['x'.repeat(400), 'M', 77, 3, '9e30d50227732d7d62d4ea90'],
	['allergy; '.repeat(120), 'L', 109, 2, 'a49472df909ce8f36a99e87c'],
	['y'.repeat(2000), 'L', 149, 3, '549e867d08d4431aa45a9eee'],
];
for (const [text, c, size, mask, hash] of VECTORS) {
	const qr = qrOf(text, c, mask);
	const made = qr && createHash('sha256').update(qr.dark.flat().map(Number).join('')).digest('hex').slice(0, 24);
	tally.hold(qr?.size === size && made === hash, `a code of ${text.length} characters is right`, `${qr?.size} ${made}`);
}
tally.hold(qrOf('z'.repeat(3000), 'L') === null, 'what is too long has no code');

const server = await demo();
const browser = await launch();
const a = await visit(browser, server.base, { width: 1280, height: 900 });
const b = await visit(browser, server.base, { width: 1280, height: 900 });
await signIn(a, 'elena', server.passwords.elena);
await signIn(b, 'marcus', server.passwords.marcus);
const sees = (page, words) => page.locator('main', { hasText: words }).waitFor().then(() => true, () => false);
const yes = (page) => page.click('.dialog .button.danger');

// ---- A invites, B accepts and sees, A revokes and B loses it ----
await a.at('/people/3');
await a.page.click('.card-head button:has-text("Share")');
await a.page.click('.dialog button[type=submit]');
tally.hold(await a.page.locator('.dialog').isVisible(), 'nobody named, nothing sent');
await a.page.fill('#share-whom', 'nobody-of-this-name');
await a.page.click('.dialog button[type=submit]');
tally.hold(await a.page.locator('.dialog .notice.bad').waitFor().then(() => true, () => false), 'who is not there is told');
await a.page.fill('#share-whom', 'marcus');
await a.page.fill('#share-note', 'For the holidays');
await a.page.fill('#share-ends', '2099-01-02');
await a.page.click('.dialog button[type=submit]');
await a.page.waitForSelector('.dialog', { state: 'detached' });
await b.at('/sharing');
await b.page.locator('.pending li', { hasText: 'Elena Berg' }).waitFor();
tally.hold((await b.page.textContent('.pending')).includes('For the holidays'), 'the note arrives');
await b.page.click('.pending button:has-text("Accept")');
await b.page.locator('.got a', { hasText: 'Elena Berg' }).waitFor();
tally.hold((await b.page.textContent('.got')).includes('2099'), 'the end of the share is told');
await a.at('/sharing');
await a.page.click('.given li:has-text("Elena Berg") button:has-text("Change")');
await a.page.selectOption('#change-level', 'edit');
await a.page.click('.dialog button[type=submit]');
await a.page.locator('.given li', { hasText: 'Elena Berg' }).filter({ hasText: 'May edit' }).waitFor();
await a.page.click('.toast button:has-text("Undo")');
await a.page.locator('.given li', { hasText: 'Elena Berg' }).filter({ hasText: 'May read' }).waitFor();
tally.hold(true, 'what a share allows is changed, and changed back');
await b.page.click('.sidebar a[href$="/people"]');
const face = b.page.locator('.face').filter({ has: b.page.getByText('Elena Berg', { exact: true }) });
await face.waitFor();
await face.locator('button:has-text("Open record")').click();
await b.page.locator('.switcher', { hasText: 'Elena Berg' }).waitFor();
await b.page.click('.sidebar a[href$="/records/allergies"]');
tally.hold(await sees(b.page, 'Latex'), 'B reads the record');
await b.page.click('.sidebar a[href$="/activity"]');
tally.hold(await sees(b.page, 'Only the owner'), 'who may only read does not see the activity');
await b.page.click('.sidebar a[href$="/records/allergies"]');
await sees(b.page, 'Latex');
await a.at('/sharing');
await a.page.click('.given li:has-text("Elena Berg") button:has-text("End access")');
await yes(a.page);
await a.page.locator('.given li', { hasText: 'Elena Berg' }).waitFor({ state: 'detached' });
await b.page.click('.sidebar a[href$="/records/medications"]');
await b.page.locator('.toast', { hasText: 'no longer shared' }).waitFor();
tally.hold(!(await b.page.textContent('.switcher')).includes('Elena'), 'B has lost the record at the next step', await b.page.textContent('.switcher'));
await b.page.click('.sidebar a[href$="/records/allergies"]');
await b.page.waitForLoadState('networkidle');
tally.hold(!(await b.page.textContent('main')).includes('Latex'), 'nothing of it is left on the page');

// ---- refuse, withdraw, several at once, single relatives ----
const invite = async (...names) => {
	await a.at('/sharing');
	await a.page.click('.title button:has-text("Share")');
	await a.page.fill('#share-whom', 'marcus');
	for (const name of names) await a.page.locator('.choices label', { hasText: name }).locator('input').check();
	await a.page.click('.dialog button[type=submit]');
	await a.page.waitForSelector('.dialog', { state: 'detached' });
};
await invite('Elena Berg');
await b.at('/sharing');
await b.page.click('.pending button:has-text("Refuse")');
await b.page.locator('.toast', { hasText: 'Refused' }).waitFor();
await invite('Elena Berg');
await a.page.locator('.sent li', { hasText: 'Waiting' }).locator('button:has-text("Withdraw")').click();
await a.page.locator('.sent li', { hasText: 'Withdrawn' }).first().waitFor();
tally.hold((await a.page.textContent('.sent')).includes('Refused'), 'A sees what was refused and withdrawn');
await invite('Carla Santos', 'Ines Santos');
await b.at('/sharing');
await b.page.click('.pending button:has-text("Accept")');
await b.page.locator('.got a', { hasText: 'Carla Santos' }).waitFor();
await b.page.click('.got a:has-text("Carla Santos")');
tally.hold(await sees(b.page, 'Breast cancer'), 'a single relative is shared with her conditions');
await b.at('/sharing');
await b.page.click('.got li:has-text("Ines Santos") button:has-text("Leave")');
await yes(b.page);
await b.page.locator('.got li', { hasText: 'Ines Santos' }).waitFor({ state: 'detached' });
await a.at('/sharing');
await a.page.click('.given li:has-text("Carla Santos") button:has-text("End access")');
await yes(a.page);
await a.page.locator('.given li', { hasText: 'Carla Santos' }).waitFor({ state: 'detached' });
tally.hold(true, 'relatives are left and ended');

// ---- the tree, by keyboard ----
await a.at('/family');
await a.page.locator('.tree .spot[role=link]').first().waitFor();
tally.hold(await a.page.locator('.plain-table tbody tr').count() === 3, 'the table says the same');
await a.page.waitForLoadState('networkidle');
const paulo = a.page.locator('.spot[aria-label^="Paulo"]');
await paulo.focus();
tally.hold(await paulo.evaluate((e) => e === document.activeElement), 'a relative takes the focus');
tally.hold(/2016.*Myocardial/.test(await paulo.getAttribute('aria-label')), 'a relative says all that is drawn');
await a.page.keyboard.press('Enter');
await a.page.locator('h1', { hasText: 'Paulo Santos' }).waitFor();
await a.page.click('a:has-text("Add family condition")');
await a.page.fill('#f-condition_name', '<img src=x onerror=document.title="owned">');
await a.page.fill('#f-diagnosis_age', '55');
await a.page.click('.form button[type=submit]');
tally.hold(await sees(a.page, 'onerror'), 'a condition of a relative is added');
await a.page.click('button[aria-label^="Delete: <img"]');
await a.page.locator('.lines li', { hasText: 'onerror' }).waitFor({ state: 'detached' });
await a.page.click('.toast button:has-text("Undo")');
await a.page.locator('.lines li', { hasText: 'onerror' }).waitFor();
await a.page.click('button[aria-label^="Delete: <img"]');
await a.page.click('.toast button[aria-label="Close"]');
await a.page.locator('.lines li', { hasText: 'onerror' }).waitFor({ state: 'detached' });
tally.hold(await a.page.title() !== 'owned', 'and runs nowhere');

// ---- vaccines, cards ----
await a.at('/vaccines');
tally.hold(await sees(a.page, '4 doses'), 'doses are counted by vaccine');
await a.at('/insurance-cards');
await a.page.locator('.front').first().waitFor();
tally.hold(await a.page.locator('.front').count() === 2 && (await a.page.textContent('.front')).includes('BCH4471902-02'), 'insurance is drawn as cards');
await a.at('/emergency-card');
await a.page.locator('.qr').waitFor();
tally.hold(!(await a.page.textContent('.emergency-card')).includes('Latex'), 'nothing is on the card that was not chosen');
await a.page.check('input[name=allergies]');
tally.hold((await a.page.textContent('.emergency-card')).includes('Latex'), 'what is chosen is on it');
// Read by a decoder that knows nothing of ours, from what is painted.
await a.page.click('.no-print .card-head button');
await a.page.locator('.emergency-card .medications').waitFor();
const painted = await a.page.locator('.qr').evaluate(async (svg) => {
	const size = 900;
	const image = new Image();
	const copy = svg.cloneNode(true);
	copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	copy.setAttribute('width', size);
	copy.setAttribute('height', size);
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(copy.outerHTML)}`;
	await image.decode();
	const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
	const ink = canvas.getContext('2d');
	ink.drawImage(image, 0, 0);
	return { size, pixels: [...ink.getImageData(0, 0, size, size).data] };
});
const read = jsQR(new Uint8ClampedArray(painted.pixels), painted.size, painted.size)?.data ?? '';
const said = (await a.page.locator('.emergency-card h2, .emergency-card li, .emergency-card dd > span').allTextContents()).filter((x) => !read.includes(x));
tally.hold(read.includes('Latex') && said.length === 0, 'another decoder reads all of it', `${read}\n-- not: ${said.join('; ')}`);
for (const format of ['A6', 'A4']) {
	const pdf = await a.page.pdf({ format, margin: { top: '8mm', bottom: '8mm', left: '8mm', right: '8mm' } });
	const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length;
	tally.hold(sheets === 1, `the card is one sheet of ${format}`, sheets);
}
await a.page.emulateMedia({ media: 'print' });
tally.hold(await a.page.locator('.emergency-card').isVisible() && !(await a.page.locator('.no-print').isVisible()), 'the card alone is printed');
await a.page.emulateMedia({ media: 'screen' });

// ---- tags ----
await a.at('/tags');
await a.page.click('.tag-name:has-text("asthma")');
await a.page.locator('main', { hasText: 'Fluticasone' }).waitFor();
await a.page.click('button[aria-label="Rename asthma"]');
await a.page.fill('#tag-name', 'lungs');
await a.page.click('.dialog button[type=submit]');
await a.page.locator('.tag-name', { hasText: 'lungs' }).waitFor();
tally.hold(await a.page.locator('.tag-name', { hasText: 'asthma' }).count() === 0, 'a tag is renamed');
await a.page.click('button[aria-label="Rename thyroid"]');
await a.page.selectOption('#tag-other', 'lungs');
await a.page.click('.dialog button[type=submit]');
await a.page.locator('.tag-name', { hasText: '9 records' }).waitFor();
await a.page.click('button[aria-label="Delete: lungs"]');
await yes(a.page);
await a.page.locator('.tag-name', { hasText: 'lungs' }).waitFor({ state: 'detached' });
tally.hold(true, 'tags are put together and deleted');

// ---- activity ----
await a.at('/activity');
tally.hold(await a.page.locator('.activity li', { hasText: 'Marcus Berg' }).first().waitFor().then(() => true, () => false), 'A sees that B has looked');
await a.page.selectOption('#action', 'deleted');
tally.hold(await sees(a.page, 'Deleted'), 'the activity is filtered');
for (const [who, v] of [['A', a], ['B', b]]) {
	tally.hold(v.troubles.length === 0, `${who}: nothing goes wrong`, [...new Set(v.troubles)].join('\n'));
	await v.context.close();
}

// ---- how they look: what pages.mjs does not come by ----
for (const [name, how] of [['light', { width: 1440 }], ['dark', { width: 768, scheme: 'dark' }], ['arabic', { width: 320, locale: 'ar' }]]) {
	const v = await visit(browser, server.base, { height: 900, ...how });
	await signIn(v, 'elena', server.passwords.elena);
	const check = async (what) => {
		const faults = await axe(v.page);
		tally.hold(faults.length === 0, `${name}: ${what} has no fault`, faults.join('\n'));
		tally.hold(await v.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), `${name}: ${what} does not scroll sideways`);
	};
	for (const path of ['/people/3/edit', '/family/1/conditions/1', '/emergency-card', '/tags?tag=allergy']) {
		await v.at(path);
		await v.page.waitForSelector('main h1');
		await v.page.waitForLoadState('networkidle');
		await check(path);
	}
	await v.at('/sharing');
	await v.page.click('.title button');
	await v.page.waitForSelector('.dialog .choices');
	await check('the form to share');
	await v.at('/sharing');
	await v.page.locator('.given .button').first().click();
	await v.page.waitForSelector('#change-level');
	await check('the form to change a share');
	tally.hold(v.troubles.length === 0, `${name}: nothing goes wrong`, [...new Set(v.troubles)].join('\n'));
	await v.context.close();
}
await browser.close();
await server.stop();
tally.end();
