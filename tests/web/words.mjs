// words - whoever reads German or Arabic finds no English word of ours on any page, and days,
// times, numbers and weeks as they are written where they live; "37,5" is taken for a number.
import { readFileSync } from 'node:fs';
import { Tally } from '../lib/server.mjs';
import { demo, launch, signIn, visit } from './lib.mjs';

const tally = new Tally('web words');
const server = await demo();
const browser = await launch();

// Our English: the labels of the records and the texts of the page, without those of which
// the language has made no other word, or which are names.
const schema = (await (await fetch(`${server.base}schema.json?face=personal`)).json()).records;
const pairs = (text) => [...text.matchAll(/^\t'((?:[^'\\]|\\.)*)': '((?:[^'\\]|\\.)*)',$/gm)].map((m) => [m[1], m[2]].map((x) => x.replace(/\\(.)/g, '$1')));
const file = (code) => readFileSync(new URL(`../../web/src/lang/${code}.ts`, import.meta.url), 'utf8').split(/^const labels\b/m);
const labels = schema.flatMap((r) => [r.one, r.many, r.summary, ...r.fields.flatMap((f) => [f.label, f.help, ...(f.choices ?? []).map((c) => c.label)])]).filter(Boolean);
function ours(code) {
	const [texts, words] = file(code).map((part) => new Map(pairs(part)));
	const english = pairs(file('en')[0]).filter(([key, text]) => !text.includes('{') && texts.get(key) !== text).map(([, text]) => text);
	// The demo's people write these, too.
	const stored = new Set(['Diabetes', 'Cardiology', 'Endocrinology', 'Pulmonology']);
	const own = new Set([...texts.values(), ...words.values()]);
	return [...new Set([...english, ...labels.filter((l) => words.get(l) !== l)])].filter((w) => w.length > 2 && !/^(A|B|AB|O)[+-]$/.test(w) && !own.has(w) && !stored.has(w));
}
// What stands on the page and is read out.  What the demo's people have written themselves is
// none of our words.
const shown = (page) => page.evaluate(async () => {
	await new Promise((quiet) => { // nothing has changed for a while
		let timer = setTimeout(quiet, 200);
		new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(quiet, 200); }).observe(document.body, { childList: true, subtree: true, characterData: true });
	});
	const found = [];
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walk.nextNode(); node; node = walk.nextNode()) if (!node.parentElement.closest('body [lang], bdi, script, style, noscript')) found.push(node.data.trim());
	for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
		for (const name of ['aria-label', 'title', 'placeholder', 'alt']) if (e.hasAttribute(name)) found.push(e.getAttribute(name).trim());
	return [...found, document.title.split(' · ')[0]].filter(Boolean);
});
const FAMILY = ['/', '/records/lab-results/new', '/records/vitals', '/records/insurances/new', '/family', '/settings', '/trends', '/activity'];
const PRACTICE = ['/clinic/patients/MRN100012', '/clinic/activity'];

async function read(locale, who, pages) {
	const words = new Set(ours(locale.split('-')[0]));
	const visitor = await visit(browser, server.base, { locale, width: 1440, height: 1000 });
	await signIn(visitor, who, server.passwords[who]);
	for (const path of pages) {
		await visitor.at(path);
		await visitor.page.waitForSelector('main h1');
		const english = (await shown(visitor.page)).filter((text) => words.has(text) || words.has(text.replace(/[:*]$/, '').trim()));
		tally.hold(english.length === 0, `${locale} ${path} says nothing in English`, [...new Set(english)].join(' | '));
	}
	return visitor;
}

// The page's own functions, in a page of that language.
const ask = (page, code) => page.evaluate(async (source) => {
	const app = await import(document.querySelector('script[src*="assets/app-"]').src);
	const of = {
		numbers: [app.number(1234.5), app.number(37.5), app.typedNumber(37.5)],
		typed: ['37,5', '37.5', ' 120 ', '٣٧٫٥', '-0,4', '1.234,5', 'viel', ''].map((x) => app.toNumber(x)),
		moment: app.instant('2026-02-03T14:05:00'),
		day: app.day('2026-02-03'),
		week: app.weekStart.value,
		since: app.since(new Date(Date.now() - 2 * 86400000 - 60000).toISOString().slice(0, 19)),
	};
	return { ...of, source };
}, code);
const WANTED = {
	'de-DE': { number: '37,5', big: '1.234,5', day: '03.02.2026', time: /, 15:05$/, week: 0, since: 'vorgestern' },
	'en-US': { number: '37.5', big: '1,234.5', day: 'Feb 3, 2026', time: /, 3:05\sPM$/, week: 6, since: '2 days ago' },
	'ar-EG': { number: '37.5', big: '1,234.5', day: /^[\d/\u200f]+$/, time: /، 3:05\sم$/, week: 5, since: /قبل يومين|أول أمس/ },
	'zh-CN': { number: '37.5', big: '1,234.5', day: '2026年2月3日', time: / 15:05$/, week: 0, since: '前天' },
};
const fits = (is, want) => (want instanceof RegExp ? want.test(is) : is === want);
function check(locale, got) {
	const want = WANTED[locale];
	tally.hold(fits(got.numbers[0], want.big) && fits(got.numbers[1], want.number) && fits(got.numbers[2], want.number), `${locale}: numbers`, got.numbers.join(' '));
	tally.hold(fits(got.day, want.day) && fits(got.moment, want.time), `${locale}: a day and its time`, `${got.day} ${got.moment}`);
	tally.hold(got.week === want.week, `${locale}: the first day of the week`, String(got.week));
	tally.hold(fits(got.since, want.since), `${locale}: how long ago`, got.since);
	tally.hold(JSON.stringify(got.typed) === '[37.5,37.5,120,37.5,-0.4,null,null,null]', `${locale}: what is typed`, JSON.stringify(got.typed));
}

const german = await read('de-DE', 'marcus', FAMILY);
check('de-DE', await ask(german.page));
// A German writes a comma, and finds it again.
await german.at('/records/vitals/new');
await german.page.waitForSelector('form');
await german.page.locator('form [name=weight]').fill('81,5');
await german.page.locator('form button[type=submit]').click();
await german.page.waitForURL(/\/records\/vitals\/\d+$/);
await german.page.waitForSelector('.view');
tally.hold((await german.page.textContent('.view')).includes('81,5'), 'a decimal comma is taken and shown', (await german.page.textContent('.view')).slice(0, 200));
await german.at(`${new URL(german.page.url()).pathname}/edit`);
tally.hold(await german.page.locator('form [name=weight]').inputValue() === '81,5', 'a form shows the comma, too');
await german.context.close();
const arab = await read('ar-EG', 'marcus', FAMILY);
check('ar-EG', await ask(arab.page));
tally.hold(!/[٠-٩]/.test(await arab.page.textContent('body')), 'Arabic has one kind of digits');
await arab.context.close();
for (const locale of ['de-DE', 'ar-EG']) {
	const doctor = await read(locale, 'drgrant', PRACTICE);
	tally.hold(doctor.troubles.length === 0, `${locale}: nothing goes wrong`, doctor.troubles.join('\n'));
	await doctor.context.close();
}
for (const locale of ['en-US', 'zh-CN']) {
	const door = await visit(browser, server.base, { locale });
	await door.at('/');
	await door.page.waitForSelector('#username');
	check(locale, await ask(door.page));
	await door.context.close();
}

await browser.close();
await server.stop();
tally.end();
