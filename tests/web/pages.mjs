// pages - every page there is, as in walk.mjs: nothing in the console, nothing against the
// policy, nothing axe-core finds, no sideways scroll at three widths in two themes, targets of
// 24 px, the focus seen at every stop and nowhere lost, a table to every chart; in English
// and in Arabic, five pages in every other language.  Dialogs are opened and looked at too.
import { Tally } from '../lib/server.mjs';
import { axe, demo, launch, visit } from './lib.mjs';
import { addresses, declared, forgotten, settled, step, walker } from './walk.mjs';

const tally = new Tally('web pages');
const server = await demo();
const browser = await launch();
const ways = await addresses(server.base);
tally.hold(declared.length > 20 && forgotten().length === 0, 'every page of index.ts is gone to', forgotten().join(' '));

const none = (list, words) => tally.hold(list.length === 0, words, [...new Set(list)].join('\n'));
// A phone as high as the page: what is fixed at its end lies over nothing.
async function sizeTo(page, width) {
	await page.setViewportSize({ width, height: 900 });
	if (width < 400) await page.setViewportSize({ width, height: 200 + await page.evaluate(() => document.documentElement.scrollHeight) });
}
const theme = (page, word) => page.evaluate((w) => { if (w) document.documentElement.dataset.theme = w; else delete document.documentElement.dataset.theme; }, word);

// What reaches over the edge, when the page scrolls sideways.
const wide = (page) => page.evaluate(() => (document.documentElement.scrollWidth <= innerWidth + 1 ? [] : [...document.querySelectorAll('main *')]
	.filter((e) => { const b = e.getBoundingClientRect(); return b.right > innerWidth + 1 || b.left < -1; }).slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).concat(`${document.documentElement.scrollWidth} > ${innerWidth}`)));
// A link in a sentence is as high as its line.
const small = (page) => page.evaluate(() => [...document.querySelectorAll('a, button, select, summary, input:not([type=checkbox]), [role=option], [role=menuitem], label:has(> input[type=checkbox])')]
	.filter((e) => getComputedStyle(e).display !== 'inline').filter((e) => { const b = e.getBoundingClientRect(); return b.width > 1 && b.height > 1 && (b.width < 24 || b.height < 24); })
	.map((e) => { const b = e.getBoundingClientRect(); return `${Math.round(b.width)}x${Math.round(b.height)} ${e.outerHTML.slice(0, 100)}`; }));
const charts = (page) => page.evaluate(() => {
	const drawn = [...document.querySelectorAll('main canvas, main svg polyline')].filter((e) => e.getBoundingClientRect().width > 1 && !e.closest('.icon'));
	const table = [...document.querySelectorAll('main table')].some((t) => t.querySelectorAll('tbody tr').length > 0);
	const elsewhere = (e) => e.closest('a')?.matches('[href*="trends?of="]') || e.closest('.card')?.querySelector('[aria-pressed]');
	return drawn.filter((e) => !(e.closest('.card, main').querySelector('tbody tr') || elsewhere(e))).map((e) => `${table} ${e.outerHTML.slice(0, 100)}`);
});

// ---- the focus ----
// Every stop in <main> by Tab: which element, and that it looks other than without the focus.
const watchFocus = (page) => page.evaluate(() => {
	if (window.stops) return;
	const looks = (e) => [e, e.parentElement, e.parentElement?.parentElement, e.firstElementChild].filter(Boolean).map((x) => {
		const s = getComputedStyle(x);
		return [s.outlineStyle === 'none' ? '' : `${s.outlineStyle}${s.outlineWidth}${s.outlineColor}`, s.boxShadow, s.borderColor, s.stroke].join();
	}).join('|');
	addEventListener('focusin', ({ target }) => {
		const stop = { e: target, with: looks(target) };
		window.stops.push(stop);
		target.addEventListener('blur', () => { requestAnimationFrame(() => { stop.without = looks(target); }); }, { once: true });
	}, true);
	window.stops = [];
});
async function tabThrough(page, what) {
	await watchFocus(page);
	const wanted = await page.evaluate(() => {
		scrollTo(0, 0);
		document.querySelector('.me .menu-button').focus();
		window.stops.length = 0;
		window.wanted = [...document.querySelectorAll('main :is(a[href], button, input, select, textarea, summary, [tabindex])')]
			.filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length && !e.closest('dialog, .row ~ .row ~ .row ~ .row') && !e.matches('[type=radio]:not(:checked)')); // of radios Tab knows the one that is chosen
		return window.wanted.length;
	});
	const place = () => page.evaluate(() => ({ inside: Boolean(document.activeElement?.closest('main')), at: window.stops.length, left: window.wanted.filter((e) => e.isConnected && !window.stops.some((s) => s.e === e)).length }));
	for (let turn = 0; turn < 40; turn++) {
		for (let i = 0; i < Math.min(8, wanted); i++) await page.keyboard.press('Tab');
		const now = await place();
		if (!now.inside || !now.left) break;
	}
	const found = await page.evaluate(() => new Promise((done) => {
		document.activeElement?.blur();
		requestAnimationFrame(() => requestAnimationFrame(() => {
			const mine = window.stops.filter((s) => s.e.closest('main'));
			const name = (e) => e.outerHTML.slice(0, 110);
			done({ unseen: mine.filter((s) => s.e.isConnected && s.without !== undefined && s.with === s.without).map((s) => name(s.e)), missed: window.wanted.filter((e) => e.isConnected && !mine.some((s) => s.e === e)).map(name) });
		}));
	}));
	none(found.unseen, `${what}: the focus is seen at every stop`);
	none(found.missed, `${what}: every stop is reached by Tab`);
}

// ---- one page in all looks ----
async function whole(visitor, what, english) {
	const { page } = visitor;
	const arrived = await page.evaluate(() => document.activeElement?.matches('main *'));
	if (!what.includes('?')) tally.hold(arrived, `${what}: the focus has come along`);
	none(await axe(page), `${what} has no fault`);
	none(await charts(page), `${what}: a chart has its table`);
	none([...await wide(page), ...await small(page)], `${what} fits the desk`);
	if (english) await tabThrough(page, what);
	await page.emulateMedia({ colorScheme: 'dark' });
	if (english) { // the colours are the same in Arabic
		none(await axe(page, ['color-contrast']), `${what}, dark, has no fault`);
		await theme(page, 'contrast');
		none(await axe(page, ['color-contrast']), `${what}, high contrast, has no fault`);
		await theme(page, '');
	}
	await sizeTo(page, 320);
	none(await axe(page), `${what}, phone, dark, has no fault`);
	none([...await wide(page), ...await small(page)], `${what} fits the phone`);
	await page.emulateMedia({ colorScheme: 'light' });
	await sizeTo(page, 768);
	none([...await wide(page), ...await small(page)], `${what} fits between`);
	if (!english) tally.hold(await page.evaluate(() => document.documentElement.dir === 'rtl' && document.documentElement.lang === 'ar'), `${what} runs from right to left`);
	await sizeTo(page, 1440);
}

// ---- dialogs ----
// By who opens it: where, with what (by ? without), and the sign that it is open.
const DIALOGS = {
	elena: [['/sharing', '.title button', '.dialog .choices'], ['/', '.quick-button', '.quick-dialog input'], ['/tags', 'li .button >> nth=0', '.dialog'], ['/people/3', '.card-head button', '.dialog'],
		['/more', '.find', '.palette input'], ['/more', null, '.keys'], ['/more', '.switcher .menu-button', '.menu-list'], ['/more', '.me .menu-button', '.menu-list']],
	drgrant: [['/clinic/appointments', '.free[tabindex="0"]', '.dialog input'], ['/clinic/patients/MRN100088', '.patient-chart .card-head .button:not([aria-pressed])', '.dialog']],
	marcus: [['/house/users', '.title button', '.dialog form'], ['/clinic/applications', '.title button', '.dialog .scopes'], ['/clinic/providers', '.title button', '.dialog .form']],
};
async function dialogs(visitor, who, name) {
	const { page } = visitor;
	for (const [address, opener, sign] of DIALOGS[who]) {
		await step(visitor, address);
		const many = opener ? Math.min(6, await page.locator(opener).count()) : 1;
		tally.hold(many > 0, `${name} ${address}: ${opener} is there`);
		for (let i = 0; i < (/card-head/.test(opener) ? many : 1); i++) {
			const what = `${name} ${address} ${opener ?? '?'} ${i}`;
			const at = opener && page.locator(opener).nth(i);
			if (at) await at.click();
			else await page.keyboard.press('?');
			await page.waitForSelector(sign);
			none(await axe(page), `${what} has no fault`);
			await page.emulateMedia({ colorScheme: 'dark' });
			none(await axe(page, ['color-contrast']), `${what}, dark, has no fault`);
			await sizeTo(page, 320);
			none([...await wide(page), ...await small(page)], `${what} fits the phone`);
			tally.hold(await page.locator(sign).first().isVisible(), `${what} stays open`);
			await page.emulateMedia({ colorScheme: 'light' });
			await sizeTo(page, 1440);
			await page.keyboard.press('Escape');
			await page.waitForSelector(sign, { state: 'detached' });
			tally.hold(await page.evaluate(() => document.activeElement !== document.body), `${what}: the focus comes back`);
		}
	}
}

// ---- warnings of a drug, and a row that goes ----
async function warned({ page }, sign, what) {
	await page.waitForSelector(sign);
	none(await axe(page), `${what} has no fault`);
	await page.emulateMedia({ colorScheme: 'dark' });
	none(await axe(page, ['color-contrast']), `${what}, dark, has no fault`);
	await page.emulateMedia({ colorScheme: 'light' });
	await page.keyboard.press('Escape');
	await page.waitForSelector(sign, { state: 'detached' });
}
const DEEDS = {
	async elena(visitor, locale) {
		const { page } = visitor;
		await step(visitor, '/records/medications/new');
		await page.fill('#f-medication_name', 'Latex');
		await page.click('.form button[type=submit]');
		await warned(visitor, '.caution-dialog', `${locale}: the warning before a drug is saved`);
		await page.fill('#f-medication_name', '');
		await step(visitor, '/records/encounters');
		await page.locator('.row input[type=checkbox]').first().check();
		await page.click('.chosen .danger');
		await page.waitForSelector('.toast');
		tally.hold(await page.evaluate(() => document.activeElement !== document.body), `${locale}: the focus stays in the list whose row goes`);
		await page.keyboard.press('Control+z');
	},
	async drgrant(visitor, locale) {
		const { page } = visitor;
		await page.evaluate(() => fetch('clinic/v1/allergies', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ patient_mrn: 'MRN100088', allergen: 'Penicillin', severity: 'severe' }) }));
		await step(visitor, '/clinic/providers');
		await step(visitor, '/clinic/patients/MRN100088');
		await page.locator('.card-head button:has(.icon):not([aria-pressed])').nth(1).click();
		await page.fill('#f-name', 'Penicillin V');
		await page.fill('#f-dosage', '250 mg');
		await page.fill('#f-frequency', 'daily');
		await page.click('.dialog .form button[type=submit]');
		await warned(visitor, '.dialog:not(:has(.form)) textarea', `${locale}: the warning before a prescription`);
	},
};

async function walk(locale) {
	for (const [who, list] of Object.entries(ways)) {
		const visitor = await walker(browser, server, who, { locale });
		for (const address of list) {
			await step(visitor, address);
			await whole(visitor, `${locale} ${address}`, locale !== 'ar');
		}
		await dialogs(visitor, who, locale);
		await DEEDS[who]?.(visitor, locale);
		none(visitor.troubles, `${locale} ${who}: nothing goes wrong`);
		await visitor.context.close();
	}
}

async function others() {
	const door = await visit(browser, server.base, { width: 320, height: 640, scheme: 'dark' });
	await door.at('/');
	await door.page.waitForSelector('#username');
	none([...await axe(door.page), ...await wide(door.page), ...await small(door.page)], 'the door has no fault');
	await door.context.close();
	const visitor = await walker(browser, server, 'marcus', { width: 390 });
	for (const [i, code] of ['de', 'fr', 'es', 'nl', 'it', 'pt', 'pl', 'ru', 'zh'].entries()) {
		await visitor.page.evaluate((c) => localStorage.setItem('charthouse.language', c), code);
		await visitor.page.emulateMedia({ colorScheme: i % 2 ? 'light' : 'dark' });
		await visitor.at('/');
		await settled(visitor);
		tally.hold(await visitor.page.evaluate(() => document.documentElement.lang) === code, `the page speaks ${code}`);
		for (const address of ['/', '/records/medications', '/records/allergies/new', '/settings', '/clinic/patients/MRN100088']) {
			await step(visitor, address);
			none([...await axe(visitor.page), ...await wide(visitor.page), ...await small(visitor.page)], `${code} ${address} has no fault`);
		}
	}
	none(visitor.troubles, 'the other languages: nothing goes wrong');
	await visitor.context.close();
}

await Promise.all([walk('en-GB'), (async () => { await walk('ar'); await others(); })()]);
await browser.close();
await server.stop();
tally.end();
