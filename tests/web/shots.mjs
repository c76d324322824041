#!/usr/bin/env node
// shots - pictures of the pages, to look at:  node tests/web/shots.mjs OUTDIR [PATH...]
// Each on a desk in light and dark and on a phone; with PATHs only those.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { demo, launch, signIn, visit } from './lib.mjs';

const PAGES = ['/', '/records/medications', '/records/medications/1', '/records/medications/new', '/records/vitals', '/records/vitals/new', '/records/lab-results',
	'/records/conditions', '/records/conditions/1', '/records/lab-results/2', '/trends', '/timeline', '/records/practitioners', '/people', '/people/new', '/settings', '/more', '/nowhere'];
const LOOKS = [['desk', { width: 1440, height: 900 }], ['dark', { width: 1440, height: 900, scheme: 'dark' }], ['phone', { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }]];

const [out = '/tmp/shots', ...wanted] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const server = await demo();
const browser = await launch();
for (const [look, how] of LOOKS) {
	const visitor = await visit(browser, server.base, how);
	const { page, at, troubles } = visitor;
	if (!wanted.length) {
		await at('/');
		await page.waitForSelector('#username');
		await page.screenshot({ path: join(out, `sign-in.${look}.png`) });
	}
	await signIn(visitor, 'elena', server.passwords.elena);
	for (const path of wanted.length ? wanted : PAGES) {
		await at(path);
		await page.waitForSelector('main h1');
		await page.waitForLoadState('networkidle');
		await page.screenshot({ path: join(out, `${path.slice(1).replaceAll('/', '-') || 'home'}.${look}.png`) });
	}
	if (!wanted.length) {
		await page.keyboard.press('Control+k');
		await page.keyboard.type('me');
		await page.waitForTimeout(600);
		await page.screenshot({ path: join(out, `palette.${look}.png`) });
	}
	for (const trouble of new Set(troubles)) console.log(`${look}: ${trouble}`);
	await visitor.context.close();
}
await browser.close();
await server.stop();
