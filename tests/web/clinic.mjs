// clinic - the practice's pages (pages.mjs looks at all of them): a day's work there: a visit
// booked by key in one browser that shows in the other, moved by drag, refused where somebody
// was faster; a chart with readings, an allergy that stops a prescription, an order and its
// result; an application with its secret; an agent's proposal.
import { Tally } from '../lib/server.mjs';
import { axe, demo, launch, signIn, visit } from './lib.mjs';

const tally = new Tally('web clinic');
const server = await demo(0, ['--mcp-confirm', 'all']);
const browser = await launch();
const EVIL = '<img src=x onerror="document.title=\'owned\'">';
const ask = (page, path) => page.evaluate(async (p) => (await fetch(p)).json(), path);

async function enter(name, how = {}) {
	const visitor = await visit(browser, server.base, { width: 1440, height: 900, ...how });
	await signIn(visitor, name, server.passwords[name]);
	return visitor;
}
async function come({ page, at }, path) {
	await at(path);
	await page.waitForSelector('main h1');
	await page.waitForSelector('main :is(.board, .patient-list, .form, .allergy-bar, .provider-cards > *, .panel > *, .log, .stack > .card, .title:only-child, .empty, .lines, h1:text-is("Not found"))');
}

// A working day ahead on which nothing is booked.
const doctor = await enter('drgrant');
const { page } = doctor;
const first = await ask(page, 'clinic/v1/calendar?days=42');
const ahead = new Date(`${first.today}T00:00:00Z`);
const taken = new Set(first.appointments.map((v) => v.date));
do ahead.setUTCDate(ahead.getUTCDate() + 1); while ([0, 6].includes(ahead.getUTCDay()) || taken.has(ahead.toISOString().slice(0, 10)));
const date = ahead.toISOString().slice(0, 10);
const grant = first.providers.find((p) => p.name.includes('Grant'));
const withLabs = (await ask(page, 'clinic/v1/lab-results?limit=1')).items[0].patient_mrn;
const day = `/clinic/appointments?view=day&date=${date}`;

// ---- who may not ----
const mother = await enter('elena');
await come(mother, '/clinic/patients');
tally.hold((await mother.page.textContent('main h1')) === 'Not found', 'who is not of the practice finds nothing there');
tally.hold(!(await mother.page.locator('.sidebar a[href*="/clinic/"]').count()), 'nor a way to it');
await mother.context.close();
tally.hold(!(await page.locator('.sidebar a[href$="/clinic/applications"]').count()), 'a doctor is shown no applications');

// ---- booked by key here, seen there ----
const other = await enter('marcus');
await come(other, day);
await come(doctor, day);
tally.hold(!(await page.locator('.switcher').count()) && (await page.locator('.practice-name').count()) === 1, 'the bar is the practice’s');
await page.locator('.free[tabindex="0"]').focus();
const before = await page.evaluate(() => document.activeElement.dataset.slot);
for (const key of ['ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
const after = await page.evaluate(() => document.activeElement.dataset.slot);
tally.hold(before && after && before !== after && before.split('/')[0] === after.split('/')[0], 'arrows go over the free times', `${before} ${after}`);
await page.keyboard.press('Enter');
await page.waitForSelector('.dialog');
await page.keyboard.type('cal');
const picker = page.locator('.dialog input[type=search]');
await picker.focus();
await picker.fill('a');
await page.waitForSelector('.patient-picks li');
await page.keyboard.press('ArrowDown');
await page.keyboard.press('Enter');
const whom = await page.textContent('.picked b');
await page.fill('#v-reason', EVIL);
await page.keyboard.press('Enter');
const began = Date.now();
await page.waitForSelector('.dialog', { state: 'detached' });
const there = other.page.locator('.visit', { hasText: whom });
const seen = await there.first().waitFor({ timeout: 5000 }).then(() => true, () => false);
tally.hold(seen, 'a visit booked in one browser shows in the other', `${Date.now() - began} ms`);
const reads = async () => (await ask(page, 'clinic/v1/activity?limit=200')).items.filter((e) => e.kind === 'appointment' && e.action === 'read').length;
const looks = () => Promise.all([page, other.page].map((p) => p.waitForResponse((r) => r.url().includes('/calendar/state'))));
await looks();
const noted = await reads();
await looks();
tally.hold(await reads() === noted, 'a page that stays open does not fill the log', `${noted}`);

// ---- moved by drag ----
const here = page.locator('.visit', { hasText: whom }).first();
const id = await here.getAttribute('data-visit');
const box = await here.boundingBox();
await page.mouse.move(box.x + 20, box.y + 10);
await page.mouse.down();
await page.mouse.move(box.x + 25, box.y + 60, { steps: 4 });
await page.mouse.move(box.x + 20, box.y + 10 + 117, { steps: 6 });
await page.mouse.up();
await page.waitForSelector('.toast:has-text("Moved to")');
const moved = await ask(page, `clinic/v1/appointments/${id}`);
tally.hold(Number(moved.time.slice(0, 2)) * 60 + Number(moved.time.slice(3)) === Number(after.split('/')[1]) + 90, 'a visit is moved by drag', moved.time);
tally.hold(!(await page.locator('.dialog').count()), 'and the drag opens nothing');

// ---- by finger and by pen ----
const cdp = await doctor.context.newCDPSession(page);
const finger = (type, x, y) => cdp.send('Input.dispatchTouchEvent', { type: `touch${type}`, touchPoints: type === 'End' ? [] : [{ x, y }] });
const pen = (type, x, y) => cdp.send('Input.dispatchMouseEvent', { type: `mouse${type}`, x, y, button: 'left', buttons: type === 'Released' ? 0 : 1, clickCount: 1, pointerType: 'pen' });
const slide = async (move, x, y, to) => { for (let i = 1; i <= 5; i++) await move(x, y + ((to - y) * i) / 5); };
const timeNow = async () => (await ask(page, `clinic/v1/appointments/${id}`)).time;
const middle = async (at) => { await at.evaluate((e) => e.scrollIntoView({ block: 'center' })); const b = await at.boundingBox(); return [b.x + 30, b.y + 8]; };
const scrolled = () => page.evaluate(() => document.querySelector('.board').scrollTop);
const free = page.locator(`[data-slot="${grant.npi}/840"]`);
const later = (time, n) => { const m = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + n; return `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`; };
const mark = page.locator(`[data-visit="${id}"]`);
for (const [name, down, move, up] of [['finger', (x, y) => finger('Start', x, y), (x, y) => finger('Move', x, y), () => finger('End')], ['pen', (x, y) => pen('Pressed', x, y), (x, y) => pen('Moved', x, y), (x, y) => pen('Released', x, y)]]) {
	const was = await timeNow();
	const [x, y] = await middle(mark);
	const heard = page.waitForResponse((r) => r.request().method() === 'PATCH');
	await down(x, y);
	await page.waitForSelector('.ghost');
	await slide(move, x, y, y + 39);
	await up(x, y + 39);
	await heard;
	tally.hold(await timeNow() === later(was, 30), `a visit is moved by ${name}`, `${was} ${await timeNow()}`);
	tally.hold(!(await page.locator('.dialog').count()), `and the ${name} opens nothing`);
}
const kept = await timeNow();
{
	const [x, y] = await middle(mark);
	await finger('Start', x, y);
	await page.waitForSelector('.ghost');
	await slide((a, b) => finger('Move', a, b), x, y, y + 78);
	await page.keyboard.press('Escape');
	await page.waitForSelector('.ghost', { state: 'detached' });
	await finger('End');
	tally.hold(await timeNow() === kept && !(await page.locator('.dialog').count()), 'Escape gives a drag up');
}
{
	await page.evaluate(() => { document.querySelector('.board').scrollTop = 0; });
	const b = await page.locator('.board').boundingBox();
	const [x, y] = [b.x + b.width / 2, b.y + b.height / 2];
	await finger('Start', x, y);
	await slide((a, c) => finger('Move', a, c), x, y, y - 90);
	await finger('End');
	for (let before = -1; before !== await scrolled();) { // until it stands still
		before = await scrolled();
		await page.evaluate(async () => { for (let i = 0; i < 6; i++) await new Promise(requestAnimationFrame); });
	}
	tally.hold(await scrolled() > 20 && !(await page.locator('.ghost, .dialog').count()), 'a swipe scrolls and books nothing', await scrolled());
}
{
	const [x, y] = await middle(free);
	await finger('Start', x, y);
	await page.waitForSelector('.ghost');
	await slide((a, b) => finger('Move', a, b), x, y, y + 90);
	await finger('End');
	await page.waitForSelector('.dialog');
	tally.hold(await page.inputValue('#v-minutes') === '90', 'a finger over free times books longer', await page.inputValue('#v-minutes'));
	await page.keyboard.press('Escape');
}
{
	await page.evaluate(() => { document.querySelector('.board').scrollTop = 0; });
	const b = await page.locator('.board').boundingBox();
	const edge = Math.min(b.y + b.height, 900) - 10;
	const slot = page.locator(`[data-slot="${grant.npi}/600"], [data-slot="${grant.npi}/660"], [data-slot="${grant.npi}/690"]`).first();
	const at = await slot.boundingBox();
	await finger('Start', at.x + 30, at.y + 8);
	await page.waitForSelector('.ghost');
	await slide((a, c) => finger('Move', a, c), at.x + 30, at.y + 8, edge);
	const before = await scrolled();
	await page.evaluate(async () => { for (let i = 0; i < 20; i++) await new Promise(requestAnimationFrame); });
	tally.hold(await scrolled() > before, 'near the edge it scrolls by itself', `${before} ${await scrolled()}`);
	await page.keyboard.press('Escape');
	await finger('End');
}

// ---- booked by drag over three half hours ----
await page.locator(`[data-slot="${grant.npi}/900"]`).evaluate((e) => e.scrollIntoView({ block: 'center' }));
const from = await page.locator(`[data-slot="${grant.npi}/900"]`).boundingBox();
await page.mouse.move(from.x + 40, from.y + 5);
await page.mouse.down();
await page.mouse.move(from.x + 40, from.y + 90, { steps: 5 });
await page.mouse.up();
await page.waitForSelector('.dialog');
tally.hold(await page.inputValue('#v-minutes') === '90' && await page.inputValue('#v-time') === '15:00', 'a drag over free times books longer', await page.inputValue('#v-minutes'));
await page.click('.dialog-head button');

// ---- somebody was faster ----
await other.page.locator('.visit', { hasText: whom }).first().waitFor();
await page.locator(`[data-slot="${grant.npi}/840"]`).click();
await page.waitForSelector('.dialog');
await ask(page, 'clinic/v1/me');
const [one, two] = (await ask(page, 'clinic/v1/patients?q=en&limit=2')).items;
const stolen = await other.page.evaluate(async (body) => (await fetch('clinic/v1/appointments', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).status, { patient_mrn: one.mrn, provider_npi: grant.npi, date, time: '14:00', duration_minutes: 30 });
tally.hold(stolen === 201, 'the other browser takes the time', stolen);
await picker.fill(two.mrn);
await page.locator('.patient-picks li', { hasText: two.mrn }).waitFor();
await page.keyboard.press('Enter');
await page.click('.dialog button[type=submit]');
await page.waitForSelector('.dialog .notice.bad');
tally.hold((await page.textContent('.dialog .notice.bad')).includes('taken that time'), 'a taken time is said kindly');
await page.locator('.instead button').first().click();
await page.click('.dialog button[type=submit]');
await page.waitForSelector('.dialog', { state: 'detached' });
tally.hold(true, 'and a free one is a click away');

// ---- ended and cancelled, and called back ----
const visitNow = async () => ask(page, `clinic/v1/appointments/${id}`);
for (const turn of ['called back', 'in earnest']) {
	await page.locator(`[data-visit="${id}"]`).click();
	await page.click('.dialog button:has-text("Cancel the appointment")');
	if (turn === 'called back') {
		await page.click('.dialog button[type=submit]');
		tally.hold((await page.locator('.dialog .error').count()) === 1, 'a cancellation wants its reason');
		await page.fill('.dialog textarea', 'Has called');
		await page.keyboard.press('Escape');
		await page.locator(`[data-visit="${id}"]`).click();
		await page.click('.dialog button:has-text("Cancel the appointment")');
		tally.hold(await page.inputValue('.dialog textarea') === 'Has called', 'what was typed is still there');
	} else await page.fill('.dialog textarea', 'Has called');
	await page.click('.dialog button[type=submit]');
	await page.locator('summary', { hasText: 'Cancelled: 1' }).waitFor();
	const told = page.locator('.toast', { hasText: 'Cancelled' });
	if (turn === 'called back') {
		await told.locator('button', { hasText: 'Undo' }).click();
		await page.locator(`[data-visit="${id}"]`).waitFor();
		tally.hold((await visitNow()).status === 'scheduled', 'a cancellation is called back');
	} else {
		const sent = page.waitForResponse((r) => r.request().method() === 'PATCH' && r.url().includes(id));
		await told.locator('button[aria-label=Close]').click();
		tally.hold((await sent).request().headers()['if-match'] !== undefined, 'a change is sent with the tag of what was seen');
	}
}
tally.hold((await visitNow()).status === 'cancelled', 'a visit is cancelled');
await page.locator('.visit', { hasText: `${two.first_name} ${two.last_name}` }).first().click();
await page.click('.dialog button:has-text("Mark as completed")');
await page.waitForSelector('.visit.completed');
tally.hold(true, 'a visit is marked as completed');
tally.hold(await page.title() !== 'owned', 'no script of a reason has run');

// ---- a new patient, twice ----
for (const turn of [1, 2]) {
	await come(doctor, '/clinic/patients/new');
	await page.fill('#f-first_name', 'Zelda');
	await page.fill('#f-last_name', 'Zimmer');
	await page.fill('#f-dob', '1980-01-02');
	await page.click('.form button[type=submit]');
	if (turn === 2) await page.click('.dialog button:has-text("another person")');
	await page.waitForSelector('.allergy-bar');
}
tally.hold((await ask(page, 'clinic/v1/patients?q=zimmer')).items.length === 2, 'a second of the same name is made when one says so');
await come(doctor, '/clinic/patients');
await page.fill('main input[type=search]', 'zelda');
await page.locator('.patient-list li', { hasText: 'Zelda Zimmer' }).first().waitFor();
await page.keyboard.press('Enter');
await page.waitForSelector('.allergy-bar');
tally.hold((await page.textContent('.practice-mark')).includes('Zelda Zimmer'), 'the bar says whose chart is open');

// ---- the chart ----
const save = async () => {
	await page.click('.dialog .form button[type=submit]');
	await page.waitForSelector('.dialog', { state: 'detached' });
};
await page.click('button:has-text("Record vitals")');
await page.fill('#f-systolic_bp', '20');
await page.click('.dialog .form button[type=submit]');
await page.waitForSelector('.dialog .wrong');
await page.fill('#f-systolic_bp', '128');
await page.fill('#f-diastolic_bp', '81');
await save();
await page.locator('.figures', { hasText: '128/81' }).waitFor();
tally.hold(true, 'readings are refused and taken');
await page.locator('.card:has(.tile.allergies)').locator('button:has-text("Add")').click();
await page.fill('#f-allergen', 'Penicillin');
await page.selectOption('#f-severity', 'severe');
await save();
await page.locator('.allergy-bar.some', { hasText: 'Penicillin' }).waitFor();
await page.click('button:has-text("Prescribe")');
tally.hold((await page.textContent('.dialog')).includes('Penicillin'), 'the allergies stand over the prescription');
await page.fill('#f-name', 'Penicillin V');
await page.fill('#f-dosage', '250 mg');
await page.fill('#f-frequency', 'four times daily');
await page.click('.dialog .form button[type=submit]');
await page.locator('.dialog', { hasText: 'Allergy warning' }).waitFor();
await page.fill('.dialog textarea', 'Desensitised last year');
await page.click('.dialog button[type=submit]');
const line = page.locator('.lines > li', { hasText: 'Penicillin V' });
await line.waitFor();
tally.hold(true, 'an allergy stops a prescription until there is a reason');
await line.locator('button').click();
await page.fill('.dialog textarea', 'Rash');
await page.click('.dialog button[type=submit]');
await page.locator('.earlier-ones li', { hasText: 'Penicillin V' }).waitFor({ state: 'attached' });
tally.hold(true, 'a medication is discontinued');
await page.click('button:has-text("Order a test")');
await page.fill('#f-test_name', 'Hemoglobin');
await save();
await page.click('button:has-text("Enter results")');
for (const [name, value] of [['Value', '9.1'], ['Unit', 'g/dL'], ['Reference range', '11-14']]) await page.fill(`.dialog input[aria-label="${name}"]`, value);
tally.hold(await page.inputValue('.dialog .entering select') === 'low', 'the flag comes out of the range');
await page.click('.dialog button[type=submit]');
await page.locator('.lab-values', { hasText: '9.1' }).waitFor();
tally.hold((await page.textContent('.lab-values')).includes('Low'), 'a test is ordered and its result entered');
await page.click('button[aria-label="Edit: Hemoglobin"]');
await page.fill('.dialog input[aria-label="Value"]', '12.1');
await page.click('.dialog button[type=submit]');
await page.locator('.lab-values', { hasText: '12.1' }).waitFor();
const back = page.waitForResponse((r) => r.request().method() === 'PATCH' && r.url().includes('lab-results'));
await page.locator('.toast button', { hasText: 'Undo' }).last().click();
tally.hold((await back).status() === 200, 'a result is corrected, and the correction taken back');
await page.locator('.lab-values', { hasText: '9.1' }).waitFor();
const faults = await axe(page);
tally.hold(faults.length === 0, 'the filled chart has no fault', faults.join('\n'));

// ---- somebody else was faster in the chart ----
const patch = (who, path, body) => who.evaluate(async ([p, b]) => (await fetch(`clinic/v1${p}`, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(b) })).status, [path, body]);
const zelda = page.url().split('/').pop();
const allergy = (await ask(page, `clinic/v1/patients/${zelda}/allergies`)).items[0];
await page.locator('.lines .plain-row', { hasText: 'Penicillin' }).first().click();
await page.fill('#f-reaction', 'Hives');
tally.hold(await patch(page, `/allergies/${allergy.id}`, { reaction: 'Anaphylaxis', severity: 'moderate' }) === 200, 'somebody else changes the allergy');
await page.click('.dialog .form button[type=submit]');
const both = page.locator('.dialog.faster');
await both.waitFor();
const words = await both.textContent();
tally.hold(/Anaphylaxis/.test(words) && /Hives/.test(words) && /Moderate/.test(words), 'both are shown', words);
const faultsOfBoth = await axe(page);
tally.hold(faultsOfBoth.length === 0, 'the choice has no fault', faultsOfBoth.join('\n'));
await page.keyboard.press('Escape');
await both.waitFor({ state: 'detached' });
tally.hold(await page.inputValue('#f-reaction') === 'Hives', 'who chooses neither keeps what was typed');
await page.click('.dialog .form button[type=submit]');
await both.locator('button', { hasText: 'Take what is there' }).click();
await page.waitForSelector('.dialog', { state: 'detached' });
await page.locator('.lines .plain-row', { hasText: 'Anaphylaxis' }).waitFor();
tally.hold((await ask(page, `clinic/v1/allergies/${allergy.id}`)).reaction === 'Anaphylaxis', 'theirs is taken');
await come(doctor, `/clinic/patients/${zelda}/edit`);
await page.fill('#f-phone', '617-555-7777');
tally.hold(await patch(other.page, `/patients/${zelda}`, { phone: '617-555-8888', city: 'Boston' }) === 200, 'the administrator changes the address');
await page.click('.form button[type=submit]');
await both.locator('button', { hasText: 'Save mine' }).click();
await page.waitForSelector('.allergy-bar');
let stored = await ask(page, `clinic/v1/patients/${zelda}`);
tally.hold(stored.phone === '617-555-7777' && stored.city === 'Boston', 'mine is saved, and nothing else of theirs is lost', JSON.stringify([stored.phone, stored.city]));
const undone = page.waitForResponse((r) => r.request().method() === 'PATCH');
await page.locator('.toast button', { hasText: 'Undo' }).last().click();
await undone;
stored = await ask(page, `clinic/v1/patients/${zelda}`);
tally.hold(stored.phone === '617-555-8888', 'and undone: what was there until then', stored.phone);

// ---- metric where that is wished ----
await page.evaluate(async () => fetch('api/v1/users/me/preferences', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ unit_system: 'metric' }) }));
await come(doctor, `/clinic/patients/${zelda}`);
await page.click('button:has-text("Record vitals")');
for (const [name, value] of [['temperature', '60'], ['weight', '70.5'], ['height', '175']]) await page.fill(`#f-${name}`, value);
await page.click('.dialog .form button[type=submit]');
const limit = await page.textContent('#f-temperature-error');
tally.hold(/26\.67/.test(limit) && /46\.11/.test(limit), 'a limit is told in the units that are typed', limit);
await page.fill('#f-temperature', '37.2');
await save();
const figures = page.locator('.vital-figures');
await figures.locator('b', { hasText: '70.5' }).waitFor();
const read = await figures.evaluate((e) => e.innerText.replaceAll(/\s+/g, ' '));
tally.hold(/37\.2 °C/.test(read) && /70\.5 kg/.test(read) && /175 cm/.test(read), 'the chart shows metric units', read);
const kg = (await ask(page, `clinic/v1/patients/${zelda}/vital-signs?limit=1`)).items[0];
tally.hold(Math.abs(kg.temperature - 98.96) < 0.06 && Math.abs(kg.weight - 155.43) < 0.06 && Math.abs(kg.height - 68.9) < 0.06, 'the server keeps its own', JSON.stringify(kg));
const gone = page.waitForResponse((r) => r.request().method() === 'DELETE');
await page.locator('.toast button', { hasText: 'Undo' }).last().click();
await gone;
await figures.locator('b', { hasText: '70.5' }).waitFor({ state: 'detached' });
tally.hold(true, 'a reading just taken is taken back');
await page.evaluate(async () => fetch('api/v1/users/me/preferences', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ unit_system: 'imperial' }) }));

// ---- applications: seen once ----
await come(other, '/clinic/applications');
await other.page.click('button:has-text("New application")');
await other.page.fill('#a-app_name', 'Helper');
await other.page.fill('#a-app_id', 'helper');
for (const scope of ['Read: Everything', 'Write: Medications', 'Write: Appointments']) await other.page.check(`input[aria-label="${scope}"]`);
await other.page.click('.dialog button[type=submit]');
const shown = other.page.locator('.secrets code');
await shown.nth(1).waitFor();
const [client, secret] = await shown.allTextContents();
const faultsOfSecrets = await axe(other.page);
tally.hold(faultsOfSecrets.length === 0, 'the secrets have no fault', faultsOfSecrets.join('\n'));
await other.page.click('.dialog .buttons button');
const token = async (word) => fetch(`${server.base}oauth/token`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Authorization: `Basic ${Buffer.from(`${client}:${word}`).toString('base64')}` }, body: 'grant_type=client_credentials' });
const granted = await token(secret);
tally.hold(granted.status === 200, 'the secret works', granted.status);
const access = (await granted.json()).access_token;
const card = () => other.page.locator('.card', { hasText: 'Helper' });
await card().locator('button:has-text("New API key")').click();
await shown.first().waitFor();
tally.hold((await shown.first().textContent()).startsWith('key_'), 'an API key is made');
await other.page.click('.dialog .buttons button');

// ---- what agents ask for: an override refused and another agreed to, an end agreed to ----
const propose = async (name, args) => {
	const answer = await fetch(`${server.base}mcp`, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', Authorization: `Bearer ${access}` },
		body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } }) });
	return answer.text();
};
await propose('prescribe_medication', { mrn: zelda, medication_name: 'Penicillin G', dosage: '1', frequency: 'daily', override_reason: EVIL });
await propose('prescribe_medication', { mrn: zelda, medication_name: 'Penicillin VK', dosage: '2', frequency: 'daily', override_reason: 'Tolerated in May' });
const drugs = async () => (await ask(page, `clinic/v1/patients/${zelda}/medications`)).items.map((m) => `${m.name} ${m.status}`).join();
tally.hold(!/Penicillin (G|VK)/.test(await drugs()), 'nothing is done before somebody agrees', await drugs());
await come(doctor, '/clinic/proposals');
const proposal = (word) => page.locator('.panel .card', { hasText: word });
await proposal('Penicillin VK').waitFor();
const faultsOfIt = await axe(page);
tally.hold(faultsOfIt.length === 0, 'a proposal has no fault', faultsOfIt.join('\n'));
tally.hold((await proposal('Penicillin VK').textContent()).includes('Tolerated in May'), 'the reason is read before one agrees');
await proposal('Penicillin G').locator('button:has-text("Refuse")').click();
await proposal('Penicillin G').waitFor({ state: 'detached' });
await proposal('Penicillin VK').locator('button:has-text("Accept")').click();
await proposal('Penicillin VK').waitFor({ state: 'detached' });
tally.hold(/Penicillin VK active/.test(await drugs()) && !/Penicillin G/.test(await drugs()), 'what is agreed to is done, what is refused is not', await drugs());
const drug = (await ask(page, `clinic/v1/patients/${zelda}/medications`)).items.find((m) => m.name === 'Penicillin VK');
await propose('discontinue_medication', { medication_id: drug.medication_id, reason: 'Course is over' });
await come(doctor, `/clinic/patients/${zelda}`);
await page.locator('.lines > li', { hasText: 'Penicillin VK' }).locator('button:has-text("Discontinue")').waitFor();
await come(doctor, '/clinic/proposals');
await proposal('Course is over').locator('h2', { hasText: 'Discontinue: Penicillin VK' }).waitFor();
tally.hold((await proposal('Course is over').textContent()).includes('Zelda Zimmer'), 'a proposal names whom and what it is about');
await proposal('Course is over').locator('button:has-text("Accept")').click();
await proposal('Course is over').waitFor({ state: 'detached' });
await page.click('[role=tab]:has-text("Accepted")');
await proposal('Course is over').waitFor();
tally.hold((await proposal('Penicillin VK').textContent()).includes('drgrant'), 'who agreed is written down');
await page.click('[role=tab]:has-text("Refused")');
await proposal('Penicillin G').waitFor();
await come(doctor, `/clinic/patients/${zelda}`);
await page.locator('.earlier-ones li', { hasText: 'Penicillin VK' }).waitFor({ state: 'attached' });
tally.hold(!(await page.locator('.patient-chart', { hasText: 'Penicillin G' }).count()), 'the chart shows what came of it');
await card().locator('button:has-text("New secret")').click();
await other.page.click('.dialog button.danger');
await shown.nth(1).waitFor();
tally.hold((await token(secret)).status === 401 && (await token((await shown.allTextContents())[1])).status === 200, 'a new secret ends the old one');
await other.page.click('.dialog .buttons button');
await card().locator('button:has-text("Disable")').click();
await other.page.click('.dialog button.danger');
await card().locator('.chip', { hasText: 'Disabled' }).waitFor();
tally.hold((await fetch(`${server.base}clinic/v1/patients?limit=1`, { headers: { Authorization: `Bearer ${access}` } })).status === 401, 'one that is disabled is let in no more');

// ---- a nurse, staff: no dead buttons ----
const colleague = async (name, role) => {
	const made = await other.page.evaluate(async (body) => (await fetch('api/v1/house/users', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json(), { username: name, email: `${name}@practice.example.com`, full_name: `${name} ${role}`, role });
	const visitor = await visit(browser, server.base, { width: 1440, height: 900 });
	visitor.refused = [];
	await visitor.at('/');
	await visitor.page.waitForSelector('#username');
	await visitor.page.evaluate(async ([who, word]) => {
		const enter = (password) => fetch('api/v1/auth/login', { method: 'POST', body: new URLSearchParams({ username: who, password }) });
		await enter(word);
		await fetch('api/v1/auth/change-password', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ currentPassword: word, newPassword: `correct horse ${who} 7` }) });
		await enter(`correct horse ${who} 7`);
	}, [name, made.one_time_password]);
	visitor.page.on('response', (r) => { if ([401, 403].includes(r.status())) visitor.refused.push(`${r.status()} ${r.request().method()} ${new URL(r.url()).pathname}`); });
	return visitor;
};
const buttons = ({ page: at }, where = 'main') => at.locator(`${where} :is(button, a.button):not(.free, .visit, .plain-row, .calendar-tools *)`).evaluateAll((all) => [...new Set(all.map((e) => e.textContent || e.getAttribute('aria-label').replace(/: .*/, '')))].sort().join(', '));
const MAY = {
	nurse: { chart: 'Add, Book an appointment, Edit, Enter results, Order a test, Particulars, Record vitals, Table', ways: 'Appointments,Patients,Providers' },
	staff: { chart: 'Book an appointment, Particulars', ways: 'Appointments,Patients,Providers' },
};
for (const role of ['nurse', 'staff']) {
	const who = await colleague(role === 'nurse' ? 'nina' : 'sam', role);
	for (const [path, expected] of [[day, 'Book an appointment'], ['/clinic/patients', 'New patient'], ['/clinic/providers', 'Week'], ['/clinic/patients/new', 'Cancel, Save']]) {
		await come(who, path);
		const have = await buttons(who, 'main');
		tally.hold(expected.split(', ').every((b) => have.includes(b)) && !/Edit|New provider/.test(have), `${role}: ${path.split('?')[0]} has what is theirs`, have);
	}
	await come(who, `/clinic/patients/${withLabs}`);
	await who.page.locator('.card-head button', { hasText: 'Book' }).waitFor();
	tally.hold((await buttons(who)).replace('Enter results, ', '') === MAY[role].chart.replace('Enter results, ', ''), `${role}: the chart has what is theirs`, await buttons(who));
	tally.hold((await who.page.locator('.sidebar a[href*="/clinic/"]').allTextContents()).join() === MAY[role].ways, `${role}: the ways are theirs`);
	for (const name of MAY[role].chart.split(', ').filter((b) => !/Table|Enter|Edit/.test(b))) {
		await who.page.locator('main button', { hasText: name }).first().click();
		await who.page.waitForSelector('.dialog');
		await who.page.keyboard.press('Escape');
		await who.page.waitForSelector('.dialog', { state: 'detached' });
	}
	if (role === 'nurse') {
		await who.page.click('button:has-text("Record vitals")');
		await who.page.fill('#f-heart_rate', '71');
		await who.page.click('.dialog .form button[type=submit]');
	} else {
		await who.page.click('button:has-text("Particulars")');
		await who.page.click('.dialog a.button:has-text("Edit")');
		await who.page.fill('#f-phone', '617-555-4242');
		await who.page.click('.form button[type=submit]');
	}
	await who.page.waitForSelector('.toast:has-text("Saved")');
	await who.page.locator('.patient-chart').waitFor();
	if (role === 'staff') tally.hold((await who.page.locator('.patient-chart h2').allTextContents()).join() === 'Appointments', 'staff see appointments and no chart');
	await come(who, '/clinic/applications');
	tally.hold(await who.page.textContent('main h1') === 'Not found', `${role}: no applications`);
	tally.hold(who.refused.length === 0, `${role}: nothing that is offered is refused`, who.refused.join('\n'));
	tally.hold(who.troubles.length === 0, `${role}: nothing goes wrong`, who.troubles.join('\n'));
	await who.context.close();
}

// ---- providers ----
await come(other, '/clinic/providers');
await other.page.click('button:has-text("New provider")');
await other.page.fill('#f-npi', '1234567893');
await other.page.fill('#f-name', 'Dr. Nova Test');
await other.page.click('.dialog .form button[type=submit]');
await other.page.locator('.card', { hasText: 'Dr. Nova Test' }).waitFor();
tally.hold(true, 'a provider is added');

for (const [who, visitor] of [['doctor', doctor], ['administrator', other]]) tally.hold(visitor.troubles.length === 0, `${who}: nothing goes wrong`, [...new Set(visitor.troubles)].join('\n'));
tally.hold(await page.title() !== 'owned', 'no script has run');
await browser.close();
await server.stop();
tally.end();
