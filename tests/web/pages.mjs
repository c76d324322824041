// pages - every page is opened, in both themes and at three widths: nothing in the console,
// nothing against the policy, no sideways scroll, nothing axe-core finds; in Arabic too.
import { Tally } from '../lib/server.mjs';
import { axe, demo, launch, signIn, visit } from './lib.mjs';

const tally = new Tally('web pages');
const server = await demo();
const browser = await launch();
const PAGES = ['/', '/records/medications', '/records/medications/1', '/records/medications/new', '/records/medications/1/edit', '/records/vitals', '/records/vitals/new',
	'/records/lab-results', '/records/insurances/new', '/records/practitioners', '/people', '/people/new', '/settings', '/more', '/nowhere'];
const schema = await (await fetch(`${server.base}schema.json?face=personal`)).json();
const lists = schema.records.filter((r) => r.route && (r.of_patient || r.shared)).map((r) => `/records/${r.route}`);

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
const small = (page) => page.evaluate(() => [...document.querySelectorAll('button, select, input:not([type=checkbox]), [role=option], .entry, .row a')]
	.filter((e) => { const b = e.getBoundingClientRect(); return b.width > 1 && b.height > 1 && (b.width < 24 || b.height < 24); }).map((e) => e.outerHTML.slice(0, 80)));

async function look(name, how, pages, after) {
	const visitor = await visit(browser, server.base, how);
	const { page, at, troubles } = visitor;
	await at('/');
	await page.waitForSelector('#username');
	const door = await axe(page);
	tally.hold(door.length === 0, `${name}: the door has no fault`, door.join('\n'));
	await signIn(visitor, 'elena', server.passwords.elena);
	for (const path of pages) {
		await at(path);
		await page.waitForSelector('main h1');
		await page.waitForLoadState('networkidle');
		await after(page, `${name} ${path}`);
	}
	tally.hold(troubles.length === 0, `${name}: nothing goes wrong`, [...new Set(troubles)].join('\n'));
	await visitor.context.close();
}

const whole = async (page, what) => {
	const faults = await axe(page);
	tally.hold(faults.length === 0, `${what} has no fault`, faults.join('\n'));
	tally.hold(!(await wide(page)), `${what} does not scroll sideways`);
	const tiny = await small(page);
	tally.hold(tiny.length === 0, `${what} has targets of 24 px`, tiny.join('\n'));
};
await look('light', { width: 1440, height: 900 }, [...new Set([...PAGES, ...lists])], whole);
await look('dark', { width: 1440, height: 900, scheme: 'dark' }, PAGES, whole);
await look('arabic', { width: 768, height: 900, locale: 'ar' }, PAGES, async (page, what) => {
	await whole(page, what);
	tally.hold(await page.evaluate(() => document.documentElement.dir === 'rtl' && document.documentElement.lang === 'ar'), `${what} runs from right to left`);
});
await look('phone', { width: 320, height: 640 }, [...new Set([...PAGES, ...lists])], async (page, what) => {
	tally.hold(!(await wide(page)), `${what} does not scroll sideways`);
});
for (const locale of ['de', 'fr', 'es', 'nl', 'it', 'pt', 'pl', 'ru', 'zh'])
	await look(locale, { width: 390, height: 800, locale, scheme: 'dark' }, ['/', '/records/medications', '/records/allergies/new', '/people', '/settings'], whole);

await browser.close();
await server.stop();
tally.end();
