#!/usr/bin/env node
// shots - pictures of the pages, to look at:  node tests/web/shots.mjs OUTDIR [PATH...]
// Each on a desk in light and dark and on a phone, as small WebP; with PATHs only those.
// docs/screenshots is made with it.  Pages of the administration are
// seen by marcus, those of the clinic by Dr. Grant.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demo, launch, signIn, visit } from './lib.mjs';

const PAGES = ['/', '/records/medications', '/records/medications/1', '/records/medications/new', '/records/vitals', '/records/vitals/new', '/records/lab-results',
	'/records/conditions', '/records/conditions/1', '/records/lab-results/2', '/trends', '/timeline', '/family', '/vaccines', '/insurance-cards', '/emergency-card', '/activity', '/sharing', '/tags', '/records/practitioners', '/people', '/people/new', '/settings', '/more'];
const HOUSE = ['/house/users', '/house/activity', '/house/health', '/clinic/applications'];
// Today is left free in the demo; the next working day is not.
const ahead = new Date();
do ahead.setDate(ahead.getDate() + 1); while ([0, 6].includes(ahead.getDay()));
const CLINIC = [`/clinic/appointments?date=${ahead.toISOString().slice(0, 10)}`, '/clinic/patients', '/clinic/patients/MRN100088', '/clinic/providers', '/clinic/proposals'];
const LOOKS = [['desk', { width: 1440, height: 900 }], ['dark', { width: 1440, height: 900, scheme: 'dark' }], ['phone', { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }]];

const [out = '/tmp/shots', ...wanted] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const server = await demo();
const browser = await launch();
async function shoot(visitor, name) {
	visitor.eye ??= await visitor.context.newCDPSession(visitor.page);
	const { data } = await visitor.eye.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
	writeFileSync(join(out, name), Buffer.from(data, 'base64'));
}

async function walk(visitor, look, user, paths) {
	await signIn(visitor, user, server.passwords[user]);
	for (const path of paths) {
		await visitor.at(path);
		await visitor.page.waitForSelector('main h1');
		await visitor.page.waitForLoadState('networkidle');
		await shoot(visitor, `${path.slice(1).split('?')[0].replaceAll('/', '-') || 'home'}.${look}.webp`);
	}
}

for (const [look, how] of LOOKS) {
	const visitor = await visit(browser, server.base, how);
	const { page, at, troubles } = visitor;
	if (!wanted.length) {
		await at('/');
		await page.waitForSelector('#username');
		await shoot(visitor, `sign-in.${look}.webp`);
	}
	const others = [['marcus', HOUSE], ['drgrant', CLINIC]];
	await walk(visitor, look, 'elena', wanted.length ? wanted.filter((path) => !/^\/(house|clinic)\//.test(path)) : PAGES);
	if (!wanted.length) {
		await page.keyboard.press('Control+k');
		await page.keyboard.type('me');
		await page.waitForTimeout(600);
		await shoot(visitor, `palette.${look}.webp`);
	}
	for (const trouble of new Set(troubles)) console.log(`${look}: ${trouble}`);
	await visitor.context.close();
	for (const [user, paths] of others) {
		const theirs = wanted.length ? wanted.filter((path) => paths.includes(path)) : paths;
		if (!theirs.length) continue;
		const other = await visit(browser, server.base, how);
		await walk(other, look, user, theirs);
		await other.context.close();
	}
}
await browser.close();
await server.stop();
