// records - a new server's first run by the page alone: set up, sign in, add a person, then
// make, find, change and delete one record of every type, with a script in every text that
// must run nowhere; drafts, the guard, undo, a wrong password, sign-out.
import { Server, Tally } from '../lib/server.mjs';
import { launch, visit } from './lib.mjs';

const tally = new Tally('web records');
const EVIL = '<img src=x onerror="document.title=\'owned\'">';
const server = await Server.start();
const base = `http://127.0.0.1:${server.port}/`;
const browser = await launch();
const { page, at, troubles } = await visit(browser, base, { width: 1280, height: 900 });
const title = () => page.textContent('main h1');
const toast = async (words) => (await page.waitForSelector('.toast')).textContent().then((t) => tally.hold(t.includes(words), `the toast says ${words}`, t));

// ---- set up ----
await at('/');
await page.waitForSelector('#code');
const account = { full_name: 'Ada First', username: 'ada', email: 'ada@example.com', password: 'short' };
await page.fill('#code', server.setupCode());
for (const [name, value] of Object.entries(account)) await page.fill(`#${name}`, value);
await page.click('button[type=submit]');
await page.waitForSelector('.notice.bad');
tally.hold(await page.isVisible('#password-error'), 'a short password is refused at its field');
await page.fill('#password', 'correct horse ada 7');
await page.click('button[type=submit]');
await page.waitForSelector('.shell');
tally.hold((await page.context().cookies()).every((c) => c.httpOnly && c.sameSite === 'Lax'), 'the session is a cookie no script sees');
tally.hold(await page.evaluate(() => ![...Object.values(localStorage), ...Object.values(sessionStorage)].some((v) => /eyJ/.test(v))), 'no token is kept in the browser');

// ---- a person ----
await at('/people/new');
await page.fill('#f-first_name', 'Ada');
await page.fill('#f-last_name', 'First');
await page.fill('#f-birth_date', '1980-05-05');
await page.click('.form button[type=submit]');
await page.waitForSelector('.hero');
tally.hold((await page.textContent('.switcher')).includes('Ada First'), 'the banner says whose record it is');

// ---- every type ----
const schema = await (await fetch(`${base}schema.json?face=personal`)).json();
const types = schema.records.filter((r) => r.route && (r.of_patient || r.shared)).sort((a, b) => Number(b.shared) - Number(a.shared));
const past = '2024-03-04';
const numbers = { systolic_bp: '120', diastolic_bp: '80', heart_rate: '60', temperature: '98.6', weight: '150', height: '70', oxygen_saturation: '97', respiratory_rate: '14', blood_glucose: '90', bmi: '22', pain_scale: '2',
	dose_number: '1', procedure_duration: '30', duration_minutes: '30', birth_year: '1950', death_year: '2010', rating: '4' };
const texts = { phone_number: '5551234567', secondary_phone: '5551234568', fax_number: '5551234569', email: 'a@example.com', website: 'https://example.com', icd10_code: 'E11.9', snomed_code: '44054006', ndc_number: '12345-678-90', test_code: '2345-7', zip_code: '12345' };

function valueFor(f) {
	if (f.type === 'date') return /expiration|end/.test(f.name) ? '2024-06-07' : past;
	if (f.type === 'moment') return '2024-03-04T10:30';
	if (f.type === 'whole' || f.type === 'number') return numbers[f.name] ?? String(f.minimum ?? 1);
	if (texts[f.name]) return texts[f.name];
	return EVIL.slice(0, f.maxLength ?? EVIL.length).padEnd(f.minLength ?? 0, 'x');
}

async function fillIn(type) {
	for (const f of type.fields.filter((x) => !x.read_only && x.name !== 'patient_id' && x.target !== 'users')) {
		const input = page.locator(`#f-${f.name}`);
		if (!(await input.count())) { tally.hold(false, `${type.route}: ${f.name} has its input`); continue; }
		if (f.type === 'bool') { if (/deceased/.test(f.name)) await input.check(); continue; }
		if (f.type === 'json') continue;
		if (f.type === 'reference') { if (await input.locator('option').count() > 1) await input.selectOption({ index: 1 }); continue; }
		if (f.type === 'choice') {
			const words = f.choices.map((c) => c.value);
			await input.selectOption(['resolved', 'completed', 'active'].find((w) => f.name === 'status' && words.includes(w)) ?? words[0]);
			continue;
		}
		if (f.type === 'list') { await input.fill('blue'); await input.press('Enter'); continue; }
		await input.fill(valueFor(f));
	}
}

const row = () => page.locator('.rows .row').first();
for (const type of types) {
	const what = type.route;
	await at(`/records/${what}/new`);
	await page.waitForSelector('.form');
	await page.waitForLoadState('networkidle');
	if (type.fields.some((f) => f.required && f.name !== 'patient_id' && f.type === 'text')) {
		await page.click('.form button[type=submit]');
		tally.hold(await page.locator('.wrong').count() > 0, `${what}: an empty form is not sent`);
	}
	await fillIn(type);
	await page.click('.form button[type=submit]');
	const made = await page.waitForSelector('.view', { timeout: 5000 }).catch(() => null);
	if (!tally.hold(made, `${what}: is made`, await page.locator('.notice, .wrong').allTextContents().then((t) => t.join(' | ')))) {
		await page.evaluate(() => sessionStorage.clear());
		continue;
	}
	const url = page.url();
	tally.hold(/\/\d+$/.test(url), `${what}: the new one has its address`);
	for (const f of type.fields.filter((x) => ['text', 'note'].includes(x.type) && !texts[x.name]).slice(0, 2))
		tally.hold((await page.textContent('main')).includes('<img src'), `${what}: ${f.name} is shown as it was typed`);
	await page.click('a[href$="/edit"]');
	await page.waitForSelector('.form');
	const note = type.fields.find((f) => f.type === 'note') ?? type.fields.find((f) => f.type === 'text' && f.name !== type.title && !texts[f.name]);
	await page.fill(`#f-${note.name}`, 'Changed words');
	await page.click('.form button[type=submit]');
	await page.waitForSelector('.view');
	await page.locator('.view', { hasText: 'Changed words' }).waitFor();
	tally.hold(true, `${what}: is changed`);
	await at(`/records/${what}`);
	await row().waitFor();
	await page.fill('main input[type=search]', 'zzzz nothing zzzz');
	await page.waitForSelector('.none');
	await page.fill('main input[type=search]', '');
	await row().waitFor();
	await row().locator('input[type=checkbox]').check();
	await page.click('.chosen .danger');
	await page.waitForSelector('.empty');
	await page.click('.toast button:has-text("Undo")');
	await row().waitFor();
	tally.hold(true, `${what}: a deletion is undone`);
}

// ---- deleted in earnest ----
const gone = types.filter((t) => t.of_patient);
for (const type of [...gone].reverse()) {
	await at(`/records/${type.route}`);
	if (!(await row().waitFor({ timeout: 3000 }).then(() => true, () => false))) continue;
	await row().locator('a').click();
	await page.waitForSelector('.view');
	await page.click('main button[aria-label="Delete"]');
	await page.waitForSelector('.empty');
	const kept = page.waitForResponse((r) => r.request().method() === 'DELETE');
	await page.click('.toast button[aria-label="Close"]');
	const answer = await kept.catch(() => null);
	tally.hold(answer?.status() === 200, `${type.route}: is deleted when the time is up`, answer?.status());
}

// ---- a draft, and the guard ----
await at('/records/medications/new');
await page.fill('#f-medication_name', 'Half typed');
await page.click('.sidebar a[href$="/settings"]');
await page.waitForSelector('.dialog');
await page.click('.dialog button:has-text("Cancel")');
tally.hold((await title()).startsWith('Add'), 'who does not leave stays');
await page.reload().catch(() => undefined);
await page.waitForSelector('.draft');
tally.hold(await page.inputValue('#f-medication_name') === 'Half typed', 'a draft is still there');
await page.click('.draft button');

// ---- units ----
await at('/settings');
await Promise.all([
	page.waitForResponse((r) => r.request().method() === 'PUT' && r.url().includes('preferences')),
	page.selectOption('#units', 'metric'),
]);
await at('/records/vitals/new');
await page.fill('#f-weight', '70');
await page.click('.form button[type=submit]');
await page.waitForSelector('.view');
tally.hold((await page.textContent('.view')).includes('70 kg'), '70 kg typed is 70 kg shown', await page.textContent('.view'));

// ---- keys ----
await page.keyboard.press('g');
await page.keyboard.press('m');
await page.locator('main h1', { hasText: 'Medications' }).waitFor();
await page.keyboard.press('?');
await page.waitForSelector('.keys');
await page.keyboard.press('Escape');
await page.waitForSelector('.keys', { state: 'detached' });
await page.keyboard.press('Control+k');
await page.keyboard.type('add all');
await page.keyboard.press('Enter');
await page.locator('main h1', { hasText: 'Add allergy' }).waitFor();
tally.hold(true, 'the palette leads to the form');

// ---- out ----
await at('/');
await page.click('.me .menu-button');
await page.click('[role=menuitem]:has-text("Sign out")');
await page.waitForSelector('#username');
tally.hold(await page.evaluate(() => Object.keys(sessionStorage).length) === 0, 'no draft is left behind');
await page.fill('#username', 'ada');
await page.fill('#password', 'not the password');
await page.click('button[type=submit]');
await page.waitForSelector('.notice.bad');
tally.hold(await page.title() !== 'owned', 'no script of a record has run');
tally.hold(troubles.length === 0, 'nothing goes wrong', [...new Set(troubles)].join('\n'));

await browser.close();
const end = await server.stop();
tally.hold(end?.code === 0 || end === undefined, 'the server stops in peace');
tally.end();
