// keyboard - a whole story without a mouse: signing in, the palette, a medication added,
// changed, deleted and called back, another person, the settings, out.  After every step the
// focus is on something, and what was reached by a key shows it.
import { Tally } from '../lib/server.mjs';
import { demo, launch, visit } from './lib.mjs';

// Asked again and again from outside: the policy of the page takes no code from strings.
async function until(at, is, value) {
	for (let i = 0; i < 100; i++) {
		if (await at.evaluate(is, value)) return;
		await at.waitForTimeout(100);
	}
	throw new Error(`never: ${is}`);
}

const tally = new Tally('web keyboard');
const server = await demo();
const browser = await launch();
const { page, at, troubles } = await visit(browser, server.base, { width: 1280, height: 900 });
const lost = [];
const unseen = [];
const focus = () => page.evaluate(() => {
	const e = document.activeElement;
	const style = e && getComputedStyle(e);
	return { lost: !e || e === document.body, tag: e?.tagName, text: (e?.getAttribute('aria-label') || e?.textContent || e?.id || '').trim().slice(0, 60), id: e?.id ?? '',
		seen: !e?.matches(':focus-visible') || e.matches('h1, [role=tabpanel]') || style.outlineStyle !== 'none' || style.boxShadow !== 'none' };
});
async function press(...keys) {
	for (const key of keys) {
		await page.keyboard.press(key);
		const now = await focus();
		if (key === 'Tab' && !now.seen) unseen.push(`${now.tag} ${now.text}`);
	}
}
async function held(where) {
	await page.waitForTimeout(150);
	const now = await focus();
	if (now.lost) lost.push(where);
	return now;
}
// Tab until something of that name has the focus.
async function reach(words, most = 80, key = 'Tab') {
	for (let i = 0; i < most; i++) {
		await press(key);
		const now = await focus();
		if (now.id === words || now.text.includes(words)) return true;
	}
	return tally.hold(false, `${words} is reached by ${key}`);
}
const heading = (words) => page.locator('main h1', { hasText: words }).waitFor();
async function palette(words, then) {
	await page.keyboard.press('Control+k');
	await page.waitForSelector('.palette');
	await page.keyboard.type(words);
	await page.keyboard.press('Enter');
	await page.waitForSelector('.palette', { state: 'detached' });
	await then();
	await held(`after the palette: ${words}`);
}

await at('/');
await page.waitForSelector('#username');
await reach('username');
await page.keyboard.type('elena');
await press('Tab');
await page.keyboard.type(server.passwords.elena);
await press('Enter');
await page.waitForSelector('.shell');
await page.waitForSelector('main h1');
await held('after signing in');

await palette('add medication', () => heading('Add medication'));
await reach('f-medication_name');
await page.keyboard.type('Keyboardine');
await press('Enter');
await page.waitForSelector('.view');
await heading('Keyboardine');
await held('after saving');
tally.hold(true, 'a medication is added');

await reach('Edit', 60, 'Shift+Tab');
await press('Enter');
await page.waitForSelector('.form');
await held('in the form');
await reach('f-dosage');
await page.keyboard.type('5 mg');
await press('Enter');
await page.waitForSelector('.view >> text=5 mg');
await held('after the change');
tally.hold(true, 'it is changed');

await page.waitForSelector('.toast', { state: 'detached' }); // the way back from the change
await reach('Delete', 60, 'Shift+Tab');
await press('Enter');
await page.waitForSelector('.toast');
await page.waitForSelector('.rows .row');
await held('after deleting');
tally.hold(await page.locator('.rows >> text=Keyboardine').count() === 0, 'it is deleted');
await press('Control+z');
await page.waitForSelector('.toast', { state: 'detached' });
await heading('Keyboardine');
await held('after undo');
tally.hold(true, 'it is called back');

await page.evaluate(() => scrollTo(0, 0));
const before = await page.textContent('.switcher .menu-button');
await reach('Switch person', 120, 'Shift+Tab');
await press('Enter');
await page.waitForSelector('.switcher [role=menuitem], .switcher [role=menuitemradio]');
await held('in the menu of people');
await press('ArrowDown', 'Enter');
await until(page, (was) => document.querySelector('.switcher .menu-button').textContent !== was, before);
await held('after switching');
tally.hold(true, 'another person is opened');

await press('g', 's');
await heading('Settings');
await held('in the settings');
await reach('Appearance');
await press('ArrowRight', 'ArrowRight');
await page.waitForSelector('#password-now');
tally.hold((await held('in the tabs')).text === 'Security', 'the arrows go from tab to tab');

await palette('sign out', () => page.waitForSelector('#username'));
tally.hold(lost.length === 0, 'the focus is never lost', lost.join('\n'));
tally.hold(unseen.length === 0, 'the focus is always seen', [...new Set(unseen)].join('\n'));
tally.hold(troubles.length === 0, 'nothing goes wrong', [...new Set(troubles)].join('\n'));

await browser.close();
await server.stop();
tally.end();
