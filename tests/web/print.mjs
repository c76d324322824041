// print - every page on paper: nothing to press, whose record it is and when it was printed,
// dark words on white whatever the theme, nothing cut off, lists whole.
import { Tally } from '../lib/server.mjs';
import { demo, launch } from './lib.mjs';
import { addresses, step, walker } from './walk.mjs';

const tally = new Tally('web print');
const server = await demo();
const browser = await launch();
const ways = await addresses(server.base);
const A4 = 703; // px between the margins

// What is wrong with the sheet, one line each.
const faults = (page) => page.evaluate(() => {
	const found = [];
	const name = (e) => e.outerHTML.slice(0, 110);
	const seen = (e) => e.getClientRects().length && e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest('.hidden');
	const press = '.button, .menu-button, .sidebar, .top, .bottom, .toasts, .palette, dialog, nav, [role=tab], [role=menu], input[type=search], input[type=submit], button:not(.plain-row, .tag-name, .legend-name, .heads button)';
	for (const e of document.querySelectorAll(press)) if (seen(e)) found.push(`to press: ${name(e)}`);
	const shade = (colour) => {
		const at = new OffscreenCanvas(1, 1).getContext('2d');
		at.fillStyle = colour;
		at.fillRect(0, 0, 1, 1);
		const [r, g, b, a] = at.getImageData(0, 0, 1, 1).data;
		return { light: (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255, a };
	};
	const known = new Map();
	const light = (colour) => known.get(colour) ?? known.set(colour, shade(colour)).get(colour);
	const words = document.createTreeWalker(document.querySelector('.shell'), NodeFilter.SHOW_TEXT);
	while (words.nextNode()) {
		const e = words.currentNode.parentElement;
		if (!words.currentNode.data.trim() || !seen(e) || e.closest('svg')) continue;
		let under = e;
		while (under && !(getComputedStyle(under).printColorAdjust === 'exact' && (light(getComputedStyle(under).backgroundColor).a > 200 || getComputedStyle(under).backgroundImage !== 'none'))) under = under.parentElement;
		if (!under && light(getComputedStyle(e).color).light > 0.45) found.push(`pale: ${getComputedStyle(e).color} ${name(e)}`);
	}
	for (const e of document.querySelectorAll('main *')) {
		if (!seen(e) || e.closest('svg, select, .uplot')) continue;
		const style = getComputedStyle(e);
		if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
		if (e.scrollHeight > e.clientHeight + 1 || (e.scrollWidth > e.clientWidth + 1 && e.tagName !== 'INPUT')) found.push(`cut off: ${e.scrollWidth}x${e.scrollHeight} in ${e.clientWidth}x${e.clientHeight} ${name(e)}`);
	}
	const paper = light(getComputedStyle(document.documentElement).backgroundColor);
	if (paper.a > 0 && paper.light < 0.99) found.push('the paper is not white');
	if (document.documentElement.scrollWidth > innerWidth + 1) {
		found.push(`wider than the sheet: ${document.documentElement.scrollWidth}`);
		for (const e of [...document.querySelectorAll('main *')].filter((x) => x.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)) found.push(`  ${name(e)}`);
	}
	return [...new Set(found)];
});

for (const [who, list] of Object.entries(ways)) {
	const visitor = await walker(browser, server, who, { scheme: 'dark', width: A4, height: 1000 });
	const { page } = visitor;
	for (const address of list) {
		await page.emulateMedia({ media: 'screen' });
		await step(visitor, address);
		await page.emulateMedia({ media: 'print' });
		await page.waitForSelector('.sheet-head');
		const wrong = await faults(page);
		tally.hold(wrong.length === 0, `${address} is good on paper`, wrong.join('\n'));
		const { banner, whose, when } = await page.evaluate(() => ({ banner: document.querySelector('.top .whose b')?.textContent, whose: document.querySelector('.sheet-head b').textContent, when: document.querySelector('.sheet-head span').textContent }));
		const general = who === 'marcus' || /^\/(settings|more|sharing|tags|people$)/.test(address);
		tally.hold(when.includes(String(new Date().getFullYear())) && (general ? whose !== '' : !banner ? address.startsWith('/clinic/') && !address.includes('MRN') : whose.includes(banner)), `${address} says whose it is and when it was printed`, `${banner}: ${whose} ${when}`);
	}
	tally.hold(visitor.troubles.length === 0, `${who}: nothing goes wrong`, visitor.troubles.join('\n'));
	await visitor.context.close();
}

// ---- a list longer than the window, and the same as a file ----
const visitor = await walker(browser, server, 'elena', { height: 500 });
const { page } = visitor;
await page.evaluate(async () => {
	const { active_id: patient_id } = await (await fetch('api/v1/people')).json();
	for (let i = 0; i < 60; i++) await fetch('api/v1/allergies/', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ patient_id, allergen: `Pollen ${i}`, severity: 'mild' }) });
});
await step(visitor, '/records/allergies');
const rows = Number(await page.getAttribute('.table', 'aria-rowcount')) - 1;
const drawn = await page.locator('.rows .row').count();
await page.emulateMedia({ media: 'print' });
await page.waitForSelector('.sheet-head');
const whole = await page.locator('.rows .row').count();
tally.hold(whole > drawn && whole === rows, 'a list is whole on paper', `${drawn} ${whole} ${rows}`);
await page.emulateMedia({ media: 'screen' });
await page.waitForSelector('.sheet-head', { state: 'detached' });
tally.hold(await page.locator('.rows .row').count() === drawn && !(await page.locator('.sheet-head').count()), 'and on the screen again as it was');
await page.emulateMedia({ media: null });
const sheets = ((await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
tally.hold(sheets > 1, 'a long list takes several sheets', sheets);
await browser.close();
await server.stop();
tally.end();
