// clinic - the practice's pages: all of them looked at, then a day's work in them: a visit
// booked by key in one browser that shows in the other, moved by drag, refused where somebody
// was faster; a chart with readings, an allergy that stops a prescription, an order and its
// result; an application with its secret; an agent's proposal.
import { Tally } from '../lib/server.mjs';
import { axe, demo, launch, signIn, visit } from './lib.mjs';

const tally = new Tally('web clinic');
const server = await demo(0, ['--mcp-confirm', 'all']);
const browser = await launch();
const EVIL = '<img src=x onerror="document.title=\'owned\'">';
const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
const small = (page) => page.evaluate(() => [...document.querySelectorAll('main button, main select, main input:not([type=checkbox]), .entry')]
	.filter((e) => { const b = e.getBoundingClientRect(); return b.width > 1 && b.height > 1 && (b.width < 24 || b.height < 24); }).map((e) => e.outerHTML.slice(0, 80)));
const ask = (page, path) => page.evaluate(async (p) => (await fetch(p)).json(), path);

async function enter(name, how = {}) {
	const visitor = await visit(browser, server.base, { width: 1440, height: 900, ...how });
	await signIn(visitor, name, server.passwords[name]);
	return visitor;
}
async function come({ page, at }, path) {
	await at(path);
	await page.waitForSelector('main h1');
	await page.waitForLoadState('networkidle');
}

// A working day ahead on which nothing is booked at one provider's.
const doctor = await enter('drgrant');
const { page } = doctor;
const first = await ask(page, 'clinic/v1/calendar?days=1');
const ahead = new Date(`${first.today}T00:00:00Z`);
do ahead.setUTCDate(ahead.getUTCDate() + 1); while ([0, 6].includes(ahead.getUTCDay()));
const date = ahead.toISOString().slice(0, 10);
const grant = first.providers.find((p) => p.name.includes('Grant'));
const withLabs = (await ask(page, 'clinic/v1/lab-results?limit=1')).items[0].patient_mrn;
const day = `/clinic/appointments?view=day&date=${date}`;

// ---- every page ----
const PAGES = [day, `/clinic/appointments?view=week&date=${date}&npi=${grant.npi}`, '/clinic/patients', '/clinic/patients/new', `/clinic/patients/${withLabs}`, '/clinic/providers', '/clinic/proposals', '/clinic/activity'];
async function whole(visitor, what) {
	const faults = await axe(visitor.page);
	tally.hold(faults.length === 0, `${what} has no fault`, faults.join('\n'));
	tally.hold(!(await wide(visitor.page)), `${what} does not scroll sideways`);
	const tiny = await small(visitor.page);
	tally.hold(tiny.length === 0, `${what} has targets of 24 px`, tiny.join('\n'));
}
for (const [look, how] of [['light', {}], ['dark', { scheme: 'dark' }], ['arabic', { width: 768, locale: 'ar' }], ['phone', { width: 320, height: 640 }]]) {
	for (const [who, pages] of [['drgrant', PAGES], ['marcus', ['/clinic/applications', '/clinic/providers', day]]]) {
		const visitor = await enter(who, how);
		for (const path of pages) {
			await come(visitor, path);
			await whole(visitor, `${look} ${who} ${path}`);
		}
		tally.hold(visitor.troubles.length === 0, `${look} ${who}: nothing goes wrong`, [...new Set(visitor.troubles)].join('\n'));
		await visitor.context.close();
	}
}

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
tally.hold((await ask(page, 'clinic/v1/activity?limit=200')).items.filter((e) => e.kind === 'appointment' && e.action === 'read').length < 60, 'a page that stays open does not fill the log');

// ---- moved by drag ----
const here = page.locator('.visit', { hasText: whom }).first();
const id = await here.getAttribute('data-visit');
const box = await here.boundingBox();
await page.mouse.move(box.x + 20, box.y + 10);
await page.mouse.down();
await page.mouse.move(box.x + 25, box.y + 60, { steps: 4 });
await page.mouse.move(box.x + 20, box.y + 10 + 117, { steps: 6 });
await page.mouse.up();
await page.waitForSelector('.toast.good');
const moved = await ask(page, `clinic/v1/appointments/${id}`);
tally.hold(Number(moved.time.slice(0, 2)) * 60 + Number(moved.time.slice(3)) === Number(after.split('/')[1]) + 90, 'a visit is moved by drag', moved.time);
tally.hold(!(await page.locator('.dialog').count()), 'and the drag opens nothing');
await page.waitForTimeout(1800);

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

// ---- ended and cancelled ----
await page.locator(`[data-visit="${id}"]`).click();
await page.click('.dialog button:has-text("Cancel the appointment")');
await page.click('.dialog button[type=submit]');
tally.hold((await page.locator('.dialog .error').count()) === 1, 'a cancellation wants its reason');
await page.fill('.dialog textarea', 'Has called');
await page.click('.dialog button[type=submit]');
await page.locator('summary', { hasText: 'Cancelled: 1' }).waitFor();
tally.hold((await ask(page, `clinic/v1/appointments/${id}`)).status === 'cancelled', 'a visit is cancelled');
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
await page.locator('.card', { hasText: 'No allergies recorded' }).locator('button:has-text("Add")').click();
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
const faults = await axe(page);
tally.hold(faults.length === 0, 'the filled chart has no fault', faults.join('\n'));

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

// ---- what an agent asks for ----
const mrn = page.url().split('/').pop();
const call = await fetch(`${server.base}mcp`, { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', Authorization: `Bearer ${access}` },
	body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'prescribe_medication', arguments: { mrn, medication_name: 'Penicillin G', dosage: '1', frequency: 'daily', override_reason: EVIL } } }) });
await call.text();
await come(doctor, '/clinic/proposals');
const proposal = page.locator('.card', { hasText: 'Penicillin G' });
if (tally.hold(await proposal.waitFor({ timeout: 4000 }).then(() => true, () => false), 'an agent’s proposal is shown')) {
	const faultsOfIt = await axe(page);
	tally.hold(faultsOfIt.length === 0, 'a proposal has no fault', faultsOfIt.join('\n'));
	await proposal.locator('button:has-text("Refuse")').click();
	await proposal.waitFor({ state: 'detached' });
	await page.click('[role=tab]:has-text("Refused")');
	await proposal.waitFor();
	tally.hold(true, 'and refused');
}
await card().locator('button:has-text("New secret")').click();
await other.page.click('.dialog button.danger');
await shown.nth(1).waitFor();
tally.hold((await token(secret)).status === 401 && (await token((await shown.allTextContents())[1])).status === 200, 'a new secret ends the old one');
await other.page.click('.dialog .buttons button');
await card().locator('button:has-text("Disable")').click();
await other.page.click('.dialog button.danger');
await card().locator('.chip', { hasText: 'Disabled' }).waitFor();
tally.hold((await fetch(`${server.base}clinic/v1/patients?limit=1`, { headers: { Authorization: `Bearer ${access}` } })).status === 401, 'one that is disabled is let in no more');

// ---- staff: no charts ----
const sam = await other.page.evaluate(async () => (await fetch('api/v1/house/users', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ username: 'sam', email: 'sam@practice.example.com', full_name: 'Sam Staff', role: 'staff' }) })).json());
const desk = await visit(browser, server.base, { width: 1440, height: 900 });
await desk.at('/');
await desk.page.waitForSelector('#username');
await desk.page.evaluate(async (word) => {
	await fetch('api/v1/auth/login', { method: 'POST', body: new URLSearchParams({ username: 'sam', password: word }) });
	await fetch('api/v1/auth/change-password', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ currentPassword: word, newPassword: 'correct horse sam 7' }) });
	await fetch('api/v1/auth/login', { method: 'POST', body: new URLSearchParams({ username: 'sam', password: 'correct horse sam 7' }) });
}, sam.one_time_password);
await come(desk, `/clinic/patients/${withLabs}`);
await desk.page.locator('.patient-chart').waitFor();
const titles = await desk.page.locator('.patient-chart h2').allTextContents();
tally.hold(titles.join() === 'Appointments', 'staff see appointments and no chart', titles.join());
tally.hold((await desk.page.locator('.sidebar a[href*="/clinic/"]').allTextContents()).join() === 'Appointments,Patients,Providers', 'nor what is not for them');
tally.hold(desk.troubles.length === 0, 'staff: nothing goes wrong', desk.troubles.join('\n'));

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
