#!/usr/bin/env node
// people - a person's photo and colour: taken in by button and by paste, seen wherever the
// person is, changed, removed and called back; a colour by keyboard; nothing from the camera.
import { demo, launch, signIn, visit, axe } from './lib.mjs';
import { Tally } from '../lib/server.mjs';

const tally = new Tally('people');
const server = await demo();
const browser = await launch();
const elena = await visit(browser, server.base, { width: 1440, height: 900 });
const { page, at, troubles } = elena;
const loaded = (selector) => page.locator(selector).first().evaluate(async (img) => { await img.decode(); return img.naturalWidth > 0; }).catch(() => false);

// A picture of a browser's making: 1600 pixels wide, so that it has to be made small.
const picture = async (colour) => Buffer.from(await page.evaluate(async (fill) => {
	const canvas = document.createElement('canvas');
	[canvas.width, canvas.height] = [1600, 1200];
	const pen = canvas.getContext('2d');
	pen.fillStyle = fill;
	pen.fillRect(0, 0, 1600, 1200);
	pen.fillStyle = '#f6d7b8';
	pen.beginPath();
	pen.arc(800, 560, 380, 0, 7);
	pen.fill();
	return canvas.toDataURL('image/png').split(',')[1];
}, colour), 'base64');

await signIn(elena, 'elena', server.passwords.elena);
await at('/people');
await page.waitForSelector('.faces .face');
tally.hold(await page.locator('.avatar img').count() === 0, 'nobody has a photo: no picture is asked for');
await page.locator('.faces .face h2 a').first().click();
const input = page.locator('.look input[type=file]');
await input.waitFor({ state: 'attached' });
const id = new URL(page.url()).pathname.split('/').pop();

// ---- in by the button ----

const sent = page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/photo'));
await input.setInputFiles({ name: 'IMG_0001.png', mimeType: 'image/png', buffer: await picture('#3b6ea5') });
const answer = await (await sent).json();
tally.hold(await loaded('.look .avatar img'), 'the photo is on the card');

tally.hold(answer.original_name === 'photo.jpg', 'the camera’s name of it is not sent', answer.original_name);
tally.hold(answer.width === 1000 && answer.height === 750, 'it is small', JSON.stringify(answer));
tally.hold(await loaded('.hero .avatar img'), 'and beside the name');
await page.locator('.toast', { hasText: 'saved' }).waitFor().then(() => tally.hold(true, 'it is said'), () => tally.hold(false, 'it is said'));
tally.hold((await axe(page)).length === 0, 'axe-core finds nothing on a person', (await axe(page)).join('\n'));

// ---- in by paste: another one, at another address ----
const first = await page.locator('.hero .avatar img').getAttribute('src');
const pasted = [...await picture('#7a3b6e')];
await page.evaluate((list) => {
	const data = new DataTransfer();
	data.items.add(new File([new Uint8Array(list)], 'p.png', { type: 'image/png' }));
	dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }));
}, pasted);
await page.locator(`.hero .avatar img:not([src="${first}"])`).waitFor({ state: 'attached' });
tally.hold(await loaded('.hero .avatar img'), 'a pasted picture takes its place');

// ---- what cannot be read ----
await input.setInputFiles({ name: 'x.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
await page.locator('.toast', { hasText: 'cannot be read' }).waitFor().then(() => tally.hold(true, 'no picture is said to be none'), () => tally.hold(false, 'no picture is said to be none'));

// ---- a colour, by keyboard ----
const hue = () => page.locator('.hero').evaluate((e) => /hue-\d/.exec(e.className)[0]);
const before = await hue();
await page.locator('.swatch input:checked').focus();
const kept = page.waitForResponse((r) => r.url().endsWith('/look') && r.request().method() === 'PUT');
await page.keyboard.press('ArrowRight');
tally.hold((await kept).status() === 200 && await hue() !== before, 'an arrow chooses the next colour');
const chosen = await hue();
await page.reload();
await page.waitForSelector('.hero');
tally.hold(await hue() === chosen && await loaded('.hero .avatar img'), 'colour and photo are there after reload');
await at('/people');
tally.hold(await loaded('.faces .face .avatar img') && await page.locator(`.faces .face.${chosen}`).count() > 0, 'on the list of people, too');
await page.locator('.switcher button').first().click();
tally.hold(await loaded('.menu-list .avatar img'), 'and in the switcher');
await page.keyboard.press('Escape');

// ---- gone, called back, gone ----
await at(`/people/${id}`);
await page.getByRole('button', { name: 'Remove photo' }).click();
tally.hold(await page.locator('.hero .avatar img').count() === 0, 'removed at once');
tally.hold(await page.evaluate(() => document.activeElement?.matches('.look input')), 'the focus is not lost');
await page.locator('.toast button', { hasText: 'Undo' }).click();
tally.hold(await loaded('.hero .avatar img'), 'undo brings it back');
await page.getByRole('button', { name: 'Remove photo' }).click();
const dropped = page.waitForResponse((r) => r.request().method() === 'DELETE' && r.url().endsWith('/photo'));
await page.locator('.toast').getByRole('button', { name: 'Close' }).last().click();
tally.hold((await dropped).status() === 204, 'and it goes for good');

// ---- narrow, dark, from right to left ----
await page.setViewportSize({ width: 320, height: 700 });
await page.emulateMedia({ colorScheme: 'dark' });
tally.hold(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'at 320 pixels nothing runs out sideways');
tally.hold((await axe(page)).length === 0, 'axe-core finds nothing in the dark', (await axe(page)).join('\n'));
tally.hold(troubles.length === 0, 'no error, no breach of the policy', troubles.join('\n'));

await browser.close();
await server.stop();
tally.end();
