// health - the pages of the health record: a reading in two taps, a panel by keyboard, links
// from both ends, trends with zoom, the timeline, the warning before a drug is saved; and
// each of them in both themes, in Arabic and at three widths.
import { Tally } from '../lib/server.mjs';
import { axe, demo, launch, signIn, visit } from './lib.mjs';

const tally = new Tally('web health');
const server = await demo();
const browser = await launch();
const desk = await visit(browser, server.base, { width: 1440, height: 900 });
const { page, at, troubles } = desk;
await signIn(desk, 'elena', server.passwords.elena);
const api = (path, how) => page.evaluate(async ([p, h]) => {
	const answer = await fetch(`api/v1${p}`, h && { method: h.method, headers: { 'Content-Type': 'application/json' }, body: h.body && JSON.stringify(h.body) });
	return answer.status === 204 ? null : answer.json();
}, [path, how]);
const me = (await api('/people')).active_id;
const text = (where) => page.textContent(where);
// The policy of the page lets no string be run, which waitForFunction does.
async function until(holds, arg) {
	for (let i = 0; i < 100 && !(await page.evaluate(holds, arg)); i++) await page.waitForTimeout(50);
}
const has = (where, words) => page.locator(where, { hasText: words }).first().waitFor().then(() => true, () => false);

// ---- the overview, out of one answer ----
await page.waitForLoadState('networkidle');
const asked = [];
page.on('request', (r) => asked.push(new URL(r.url()).pathname.replace(/^.*\/api\/v1/, '')));
await at('/');
await page.waitForSelector('.spark');
tally.hold(asked.filter((p) => p.endsWith('/dashboard')).length === 1, 'the overview asks once', asked.join(' '));
tally.hold(!asked.some((p) => /\/records\//.test(p)), 'and reads no list', asked.join(' '));
const overview = await api(`/people/${me}/dashboard?units=imperial`);
for (const m of overview.medications.slice(0, 3)) tally.hold((await text('.cards')).includes(m.medication_name), `the overview shows ${m.medication_name}`);
tally.hold(await page.locator('.count-link').count() === Object.keys(overview.counts).length, 'it counts the records of every type');

// ---- a reading in two taps ----
async function quick(name, numbers) {
	await page.click(`.quick-button:has-text("${name}")`);
	await page.waitForSelector('.quick-dialog input');
	tally.hold(await page.evaluate(() => document.activeElement?.classList.contains('quick-number')), `${name}: the number is next`);
	await page.keyboard.type(numbers);
	const saved = page.waitForResponse((r) => r.request().method() === 'POST' && /\/vitals\/$/.test(new URL(r.url()).pathname));
	await page.click('.quick-save');
	return (await saved).json();
}
const pressure = await quick('Blood pressure', '12879');
tally.hold(pressure.systolic_bp === 128 && pressure.diastolic_bp === 79, 'the second number follows the first', JSON.stringify(pressure));
tally.hold(await has('.figures', '128/79'), 'the overview shows what was measured');
await page.click('.toast button:has-text("Undo")');
await page.locator('.figures', { hasText: '128/79' }).waitFor({ state: 'detached' }).catch(() => undefined);
tally.hold((await api(`/vitals/patient/${me}?limit=200`)).every((v) => v.id !== pressure.id), 'a reading is taken back');
await at('/records/vitals');
await page.waitForSelector('.quick-button');
const weight = await quick('Weight', '151,5');
tally.hold(weight.weight === 151.5, 'a comma is a point', JSON.stringify(weight));
await page.click('.quick-button:has-text("Weight")');
await page.keyboard.type('15000');
await page.click('.quick-save');
tally.hold(await page.isVisible('#quick-weight-error'), 'an impossible weight is refused');
await page.keyboard.press('Escape');
await page.click('.dialog .button.danger');
await page.waitForSelector('.quick-dialog', { state: 'detached' });

// ---- a panel by keyboard ----
const lab = await api('/lab-results/', { method: 'POST', body: { patient_id: me, test_name: 'Kidney panel', status: 'completed', completed_date: '2026-10-01', ordered_date: '2026-09-30' } });
await at(`/records/lab-results/${lab.id}`);
await page.click('.lab-none button');
await page.waitForSelector('[data-cell="0-name"]:focus');
const row = async (...cells) => {
	for (const cell of cells) {
		await page.keyboard.type(cell);
		await page.keyboard.press('Enter');
	}
};
await row('Sodium', '128', 'mmol/L', '135-145');
await row('Urate', '5,1', 'mg/dL', '< 7.0');
await page.waitForSelector('[data-cell="2-name"]:focus');
tally.hold((await page.locator('.entry-row .entry-flag').allTextContents()).slice(0, 2).join() === '↓Low,Normal', 'a value is judged while it is typed', (await page.locator('.entry-flag').allTextContents()).join());
await page.evaluate(() => {
	const data = new DataTransfer();
	data.setData('text/plain', 'Made-up enzyme\t41\tU/L\t10 - 40\nOther enzyme: 12 U/L 10-40\nThird <b>enzyme</b>;9;U/L;10-40');
	document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
});
await page.waitForSelector('[data-cell="5-name"]:focus');
tally.hold(await page.inputValue('[data-cell="3-name"]') === 'Other enzyme' && await page.inputValue('[data-cell="3-range"]') === '10-40', 'a line as it is read aloud is taken apart');
const sent = [];
page.on('request', (r) => { if (r.method() === 'POST' && /lab-test-components/.test(r.url())) sent.push(r.url()); });
await page.keyboard.type('Without a value');
await page.keyboard.press('Control+Enter');
await page.waitForSelector('.entry-row .wrong');
tally.hold(sent.length === 0 && await page.locator('.entry-row [aria-invalid]').count() === 2, 'half a row is not sent');
await page.fill('[data-cell="5-name"]', '');
await page.locator('[data-cell="5-name"]').press('Control+Enter');
await page.waitForSelector('.lab-table');
tally.hold(sent.length === 1 && /\/bulk$/.test(sent[0]), 'five values are one request', sent.join(' '));
const words = await page.locator('.lab-table tbody tr').evaluateAll((rows) => rows.map((r) => r.querySelector('.lab-flag').textContent.replace(/[^a-z]/gi, '')));
tally.hold(words.join() === 'Low,Normal,High,Normal,Low', 'each value says where it stands', words.join());
tally.hold(await page.locator('.lab-table .range-bar').count() === 5, 'each has its bar');
tally.hold((await text('.lab-table')).includes('<b>enzyme</b>'), 'a name is shown as it was typed');
await page.click('#lab-edit button');
await page.waitForSelector('[data-cell="0-value"]');
await page.fill('[data-cell="0-value"]', '140');
await page.locator('.entry-row').nth(5).locator('button').click();
await page.waitForSelector('[data-cell="3-name"]:focus');
await page.keyboard.press('Control+Enter');
await page.waitForSelector('.lab-table');
tally.hold(await page.locator('.lab-table tbody tr').count() === 4 && /Normal/.test(await page.locator('.lab-table tbody tr').first().textContent()), 'a value is changed, another taken away');
await page.click('#lab-edit button');
await page.fill('[data-cell="0-value"]', '1');
await page.click('.sidebar a[href$="/settings"]');
await page.click('.dialog button:has-text("Cancel")');
tally.hold(await page.isVisible('.entry-grid'), 'values not yet saved are guarded');
await page.click('.entry-grid button:has-text("Cancel")');
await page.click('.dialog button:has-text("Leave")');
await page.waitForSelector('.lab-table');

// ---- links, from both ends ----
const condition = overview.conditions[0];
async function link(card, index, note) {
	await page.click(`.card:has(h2:text-is("${card}")) button:has-text("Link")`);
	await page.locator('.link-form select').selectOption({ index });
	if (note) await page.fill('.link-form input', note);
	await page.click('.link-form button[type=submit]');
	await page.waitForSelector('.link-form', { state: 'detached' });
}
await at(`/records/lab-results/${lab.id}`);
await page.waitForSelector('.link-cards .card');
await page.waitForLoadState('networkidle');
await page.click('.link-cards button:has-text("Link")');
await page.locator('.link-form select').selectOption(String(condition.id));
await page.fill('.link-form input', 'Watched because of it');
await page.click('.link-form button[type=submit]');
tally.hold(await has('.link-cards .lines', 'Watched because of it'), 'a lab is linked to a condition');
await at(`/records/conditions/${condition.id}`);
tally.hold(await has('.link-cards .lines', 'Kidney panel'), 'the condition shows the lab');
await page.waitForLoadState('networkidle');
const before = await page.locator('.card:has(h2:text-is("Medications")) .lines > li').count();
await link('Medications', 1, 'For it');
await page.locator('.card:has(h2:text-is("Medications")) .lines > li').nth(before).waitFor();
const to = await page.locator('.card:has(h2:text-is("Medications")) .lines > li').nth(before).locator('a').getAttribute('href');
await page.goto(new URL(to, server.base).href);
tally.hold(await has('.link-cards .lines', 'For it'), 'the medication shows the condition');
await page.locator('.link-cards li', { hasText: 'For it' }).locator('button').click();
await page.waitForSelector('.toast');
await page.locator('.link-cards li', { hasText: 'For it' }).waitFor({ state: 'detached' });
await page.click('.toast button:has-text("Undo")');
tally.hold(await has('.link-cards .lines', 'For it'), 'a link that was taken away comes back');

// ---- the warning before a drug is saved ----
const allergy = overview.allergies[0] ?? await api('/allergies/', { method: 'POST', body: { patient_id: me, allergen: 'Penicillin', severity: 'severe', status: 'active' } });
await at('/records/medications/new');
await page.fill('#f-medication_name', allergy.allergen);
await page.click('.form button[type=submit]');
await page.waitForSelector('.caution.bad');
tally.hold((await text('.cautions')).includes(allergy.allergen), 'an allergy is named before the drug is saved');
await page.click('.caution-dialog button:has-text("Cancel")');
await page.waitForSelector('.notice.bad');
tally.hold(await page.isVisible('.form'), 'who goes back has saved nothing');
await page.click('.form button[type=submit]');
await page.click('.caution-dialog .danger');
await page.waitForSelector('.view');
tally.hold(true, 'who wants it all the same may');
await at('/records/medications/new');
await page.fill('#f-medication_name', 'Zzyzxol');
await page.click('.form button[type=submit]');
await page.waitForSelector('.view');
tally.hold(await page.locator('.caution-dialog').count() === 0, 'a drug nothing speaks against is saved at once');

// ---- trends ----
const names = ['blood_pressure', 'weight'];
await at(`/trends?${names.map((n) => `of=${n}`).join('&')}`);
await page.waitForSelector('.chart canvas');
tally.hold(await page.locator('.chart').count() === 1 && await page.locator('.trend-values thead th').count() === 3 && await page.locator('.trend-legend li').count() === 2, 'two values in one chart, and in one table');
tally.hold((await page.locator('.legend-name path').evaluateAll((all) => new Set(all.map((e) => getComputedStyle(e).stroke + e.getAttribute('stroke-dasharray'))).size)) === 2, 'told apart by colour and dash');
await page.locator('.legend-name').nth(1).focus();
await page.keyboard.press('Enter');
tally.hold(await page.locator('.legend-name').nth(1).getAttribute('aria-pressed') === 'true', 'a value is brought to the front by keyboard');
await page.locator('.legend-name').nth(0).click();
tally.hold((await text('.trend-notes')).includes('Usual range of Blood pressure: 90–120 / 60–80'), 'its range is told', await text('.trend-notes'));
await page.click('.ranges button:has-text("One by one")');
await page.locator('.chart').nth(1).waitFor();
tally.hold(await page.locator('.chart').count() === 2 && await page.locator('.trend-values table').count() === 2, 'or each by itself with its table');
await page.click('.ranges button:has-text("Together")');
await page.locator('.chart').nth(1).waitFor({ state: 'detached' });
const inSight = () => page.locator('.chart').first().getAttribute('aria-label');
const full = await inSight();
await page.click('.ranges button:has-text("1 month")');
const month = await inSight();
tally.hold(month !== full, 'a month shows less than all', month);
await page.locator('.chart').first().focus();
await page.keyboard.press('0');
tally.hold(await inSight() === full, 'the key 0 shows all again');
await page.keyboard.press('+');
await page.keyboard.press('+');
tally.hold(await inSight() !== full && await page.evaluate(() => document.activeElement?.classList.contains('chart')), 'the key + looks closer, and the chart keeps the focus');
await page.click('.ranges button:has-text("All")');
await page.waitForTimeout(300);
await page.locator('.chart .u-over').first().scrollIntoViewIfNeeded();
const box = await page.locator('.chart .u-over').first().boundingBox();
await page.mouse.move(box.x + box.width * 0.7, box.y + 50);
await page.mouse.down();
await page.mouse.move(box.x + box.width * 0.9, box.y + 60, { steps: 5 });
await page.mouse.up();
tally.hold(await inSight() !== full, 'dragging over the chart looks closer');
const eye = await desk.context.newCDPSession(page);
const touch = (type, ...points) => eye.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, id]) => ({ x: box.x + x * box.width, y: box.y + 90, id })) });
await page.locator('.chart').first().focus();
await page.keyboard.press('0');
await until((words) => document.querySelector('.chart').getAttribute('aria-label') === words, full);
await touch('touchStart', [0.45, 1], [0.55, 2]);
for (const d of [0.1, 0.2, 0.3]) await touch('touchMove', [0.45 - d, 1], [0.55 + d, 2]);
await touch('touchEnd');
tally.hold(await inSight() !== full, 'two fingers look closer');
await page.click('.trend-choose');
await page.keyboard.type('heart');
await page.waitForSelector('.picker-line');
tally.hold(await page.locator('.picker-line').count() === 1, 'the picker searches');
await page.keyboard.press('Enter');
await page.locator('.trend-legend li').nth(2).waitFor();
await page.fill('.picker input[type=search]', '');
await page.locator('.picker legend', { hasText: 'Lab Results' }).waitFor();
await page.keyboard.press('ArrowDown');
tally.hold(await page.evaluate(() => document.activeElement?.type === 'checkbox'), 'and is walked by arrows');
await page.keyboard.press('Escape');
await page.waitForSelector('.picker', { state: 'detached' });
tally.hold((await page.evaluate(() => location.search)).includes('heart_rate'), 'a value more is in the address');
tally.hold((await text('.trend-notes')).includes('its own usual range') && await page.locator('.trend-values thead th').count() === 4, 'three units are drawn against their ranges');
await page.click('.trend-legend li:has-text("Weight") button[aria-label^="Hide"]');
await page.locator('.trend-legend li').nth(2).waitFor({ state: 'detached' });
tally.hold(await page.evaluate(() => document.activeElement?.classList.contains('trend-choose')), 'a value is taken away, the focus stays');
const first = await page.evaluate(() => performance.getEntriesByType('resource').filter((r) => /\.js$/.test(r.name)).map((r) => [r.name, r.decodedBodySize]));
tally.hold(first.filter(([name]) => /chunk-/.test(name)).some(([, size]) => size > 40000) && first.find(([name]) => /app-/.test(name))[1] < 120000, 'the chart library is a file of its own', JSON.stringify(first));

// ---- the timeline ----
await at('/timeline');
await page.waitForSelector('.month li');
const count = () => page.locator('.month li').count();
const some = await count();
await page.click('.more button');
await until((n) => document.querySelectorAll('.month li').length > n, some);
tally.hold(some === 50 && await count() > some, 'the timeline goes on', some);
await page.click('.pick:has-text("Immunizations")');
await until(() => [...document.querySelectorAll('.month li .tile')].every((e) => e.classList.contains('immunizations')) && document.querySelector('.month li'));
tally.hold(await count() > 0, 'of one type only');
const year = overview.immunizations[0].date_administered.slice(0, 4);
await page.selectOption('#year', year);
await until((y) => [...document.querySelectorAll('.month h2')].every((e) => e.textContent.includes(y)) && document.querySelector('.month li'), year);
tally.hold((await page.evaluate(() => location.search)).includes(`year=${year}`), 'and of one year');
tally.hold(troubles.length === 0, 'nothing goes wrong', [...new Set(troubles)].join('\n'));
await desk.context.close();

// ---- how they look: what pages.mjs does not come by ----
const PAGES = [`/records/lab-results/${lab.id}`, `/records/conditions/${condition.id}`, '/trends?of=blood_pressure&of=weight', '/trends?of=blood_pressure&of=weight&of=heart_rate', '/trends?of=blood_pressure&of=weight&view=apart', '/timeline?type=vitals&year=2025'];
const wide = (where) => where.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
const small = (where) => where.evaluate(() => [...document.querySelectorAll('button, select, input:not([type=checkbox]), .count-link, .pick, .picker-line, .legend-name, .lab-table a')]
	.filter((e) => { const b = e.getBoundingClientRect(); return b.width > 1 && b.height > 1 && (b.width < 24 || b.height < 24); }).map((e) => e.outerHTML.slice(0, 80)));
async function look(name, how) {
	const visitor = await visit(browser, server.base, how);
	await signIn(visitor, 'elena', server.passwords.elena);
	const check = async (what) => {
		const found = [...await axe(visitor.page), ...await small(visitor.page), ...(await wide(visitor.page) ? ['it scrolls sideways'] : [])];
		tally.hold(found.length === 0, `${name} ${what} has no fault`, found.join('\n'));
	};
	const open = async (path, where, key, sign, what) => {
		await visitor.at(path);
		await visitor.page.locator(where).first().waitFor();
		if (key) await visitor.page.locator(where).first().press(key);
		else await visitor.page.locator(where).first().click();
		await visitor.page.waitForSelector(sign);
		await check(what);
	};
	for (const path of PAGES) {
		await visitor.at(path);
		await visitor.page.waitForSelector('main h1');
		await visitor.page.waitForLoadState('networkidle');
		await check(path);
	}
	await open(PAGES[0], '#lab-edit button', '', '[data-cell="0-name"]', 'panel entry');
	await open('/trends', '.trend-choose', '', '.picker-line', 'the picker');
	await open('/records/medications', '.rows .name a', 'x', '.chosen', 'a list with something selected');
	await visitor.page.locator('.chosen .button').first().click();
	await visitor.page.waitForSelector('#tag-many');
	await check('tags of many');
	tally.hold(visitor.troubles.length === 0, `${name}: nothing goes wrong`, [...new Set(visitor.troubles)].join('\n'));
	await visitor.context.close();
}
await look('light', { width: 1440, height: 900 });
await look('dark', { width: 768, height: 900, scheme: 'dark' });
await look('arabic', { width: 320, height: 640, locale: 'ar' });

await browser.close();
await server.stop();
tally.end();
