// forms - what every form and list promises: what was typed is guarded, comes back after a
// reload, is gone once saved and at sign-out; who may only look is shown nothing to change
// with; a list keeps its search in the address and is worked by keys alone.
import { Tally } from '../lib/server.mjs';
import { demo, launch, signIn, visit } from './lib.mjs';

const tally = new Tally('web forms');
const server = await demo();
const browser = await launch();
const a = await visit(browser, server.base, { width: 1280, height: 900 });
const b = await visit(browser, server.base, { width: 1280, height: 900 });
await Promise.all([signIn(a, 'elena', server.passwords.elena), signIn(b, 'marcus', server.passwords.marcus)]);
const { page, at } = a;
const apiOf = (v) => (path, body, method = body ? 'POST' : 'GET') => v.page.evaluate(async ([p, h, m]) => {
	const answer = await fetch(`api/v1${p}`, { method: m, ...(h ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(h) } : {}) });
	return answer.status === 204 ? null : answer.json();
}, [path, body, method]);
const api = apiOf(a);
const me = (await api('/people')).active_id;
const drafts = () => page.evaluate(() => Object.keys(sessionStorage).filter((k) => k.startsWith('charthouse.draft.') && !k.includes('trends.')));
// The policy of the page lets no string be run, which waitForFunction does.
async function until(who, holds, arg) {
	for (let i = 0; i < 200; i++) {
		if (await who.evaluate(holds, arg)) return true;
		await who.waitForTimeout(25);
	}
	return false;
}

// ---- every form ----
const lab = await api('/lab-results/', { patient_id: me, test_name: 'Drafted panel', status: 'completed', completed_date: '2026-10-01' });
const card = (name) => `.card:has(h2:text-is("${name}"))`;
const SUBMIT = '.form button[type=submit]';
const FORMS = [
	{ name: 'a new record', path: '/records/medications/new', field: '#f-medication_name', save: SUBMIT },
	{ name: 'a record', path: '/records/allergies/1/edit', field: '#f-notes', save: SUBMIT },
	{ name: 'a relative', path: '/records/family-members/new', field: '#f-name', more: () => page.selectOption('#f-relationship', { index: 2 }), save: SUBMIT },
	{ name: 'a condition of a relative', path: '/family/1/conditions/new', field: '#f-condition_name', save: SUBMIT },
	{ name: 'an insurance', path: '/records/insurances/new', field: '#f-company_name', save: SUBMIT, more: async () => {
		await page.selectOption('#f-insurance_type', { index: 1 });
		for (const [name, value] of [['member_name', 'Elena'], ['member_id', 'A1'], ['effective_date', '2024-01-01']]) await page.fill(`#f-${name}`, value);
	} },
	{ name: 'a person', path: '/people/new', field: '#f-first_name', save: SUBMIT, more: async () => { await page.fill('#f-last_name', 'Drafted'); await page.fill('#f-birth_date', '2001-01-01'); } },
	{ name: 'a practitioner', path: '/records/practitioners/new', field: '#f-name', save: SUBMIT, more: async () => { await page.fill('#f-practice', 'Drafted'); await page.fill('#f-specialty', 'Drafting'); } },
	{ name: 'a panel', path: `/records/lab-results/${lab.id}`, open: () => page.click('.lab-none button'), field: '[data-cell="0-name"]', save: '.entry-grid .button.main', more: async () => { await page.fill('[data-cell="0-value"]', '1'); await page.fill('[data-cell="0-unit"]', 'g'); } },
	{ name: 'a link', path: `/records/lab-results/${lab.id}`, open: () => page.click('.link-cards button:has-text("Link")'), field: '.link-form input', save: '.link-form button[type=submit]', more: () => page.locator('.link-form select').selectOption({ index: 1 }) },
	{ name: 'the account', path: '/settings', open: () => page.click('#tab-account'), field: '#full_name', word: 'Elena Drafted', save: '.panel button[type=submit]' },
	{ name: 'a share', path: '/sharing', open: () => page.click('.title .button.main'), field: '#share-whom', word: 'marcus', save: '.dialog button[type=submit]', over: true, more: () => page.locator('.choices').last().locator('input').first().check() },
	{ name: 'a tag', path: '/tags', open: () => page.locator('.tag-list button[aria-label^="Rename"]').first().click(), field: '#tag-name', word: 'drafted', save: '.dialog button[type=submit]', over: true },
	{ name: 'a reading', path: '/', open: () => page.click('.quick-button:has-text("Heart rate")'), field: '#quick-heart_rate', word: '61', save: '.quick-save', over: true },
];
for (const form of FORMS) {
	const word = form.word ?? 'Drafted words';
	const open = async () => {
		// A draft opens some of them by itself.
		if (form.open) await page.waitForSelector(form.field, { timeout: 500 }).catch(form.open);
		await page.waitForSelector(form.field);
	};
	await at('/more');
	await page.waitForSelector('main h1');
	await page.evaluate((to) => { const link = document.createElement('a'); link.href = to; document.body.append(link); link.click(); link.remove(); }, new URL(form.path.slice(1), server.base).href);
	await page.waitForSelector('main h1');
	await (form.open ? page.waitForLoadState('networkidle') : undefined);
	await open();
	await page.fill(form.field, word);
	// Away: by a link, or where a dialog is over all links, by the browser's own way back.
	if (form.over) await page.evaluate(() => history.back());
	else await page.click('.sidebar a[href$="/timeline"]');
	await page.locator('.dialog .button.danger').waitFor();
	await page.locator('.dialog').last().locator('button:has-text("Cancel")').click();
	tally.hold(await page.inputValue(form.field) === word, `${form.name}: who does not leave keeps it`);
	page.once('dialog', (d) => void d.accept());
	await page.reload();
	await page.waitForSelector('main h1');
	await (form.open ? page.waitForLoadState('networkidle') : undefined);
	await open();
	tally.hold(await page.inputValue(form.field) === word, `${form.name}: a draft comes back`);
	tally.hold((await drafts()).length === 1, `${form.name}: there is one draft`, (await drafts()).join(' '));
	await form.more?.();
	await page.click(form.save);
	tally.hold(await until(page, () => !Object.keys(sessionStorage).some((k) => k.startsWith('charthouse.draft.') && !k.includes('trends.'))), `${form.name}: saved, the draft is gone`, await page.locator('.notice, .error').allTextContents().then((x) => x.join(' | ')));
	await page.evaluate(() => sessionStorage.clear());
}
await at('/settings');
await page.click('#tab-security');
await page.fill('#password-now', 'half a password');
await page.click('#tab-looks');
await page.click('.dialog button:has-text("Cancel")');
tally.hold(await page.inputValue('#password-now') === 'half a password', 'a tab is not left either');
tally.hold((await drafts()).length === 0, 'a password is kept nowhere');
await page.click('#tab-looks');
await page.click('.dialog .button.danger');
await page.waitForSelector('#language');
await page.goBack();

// ---- a list ----
await at('/records/medications');
await page.waitForSelector('.rows .row');
await page.fill('main input[type=search]', 'levo');
await page.selectOption('select[aria-label="Status"]', 'completed');
await page.click('.head button:has-text("Started")');
const names = () => page.locator('.rows .name a').allTextContents();
const before = (await names()).join();
tally.hold(before === 'Levothyroxine 50 mcg,Levothyroxine 75 mcg', 'a list is searched, filtered and sorted', before);
const address = page.url();
tally.hold(/q=levo/.test(address) && /status=completed/.test(address) && /sort=/.test(address), 'all of it stands in the address', address);
await page.click('.rows .name a >> nth=0');
await page.waitForSelector('.view');
await page.goBack();
await page.waitForSelector('.rows .row');
tally.hold((await names()).join() === before && page.url() === address, 'back leads to the same list');
tally.hold(await until(page, () => document.activeElement?.closest('.row')?.textContent.includes('Levothyroxine 50 mcg')), 'and to the row one came from');
await page.reload();
await page.waitForSelector('.rows .row');
tally.hold((await names()).join() === before && await page.inputValue('main input[type=search]') === 'levo', 'and so does the address alone');
await page.click('.list-tools button:has-text("Clear filters")');
await until(page, () => document.querySelectorAll('.rows .row').length > 2);

// ---- a list by keys ----
const focused = () => page.evaluate(() => Number(document.activeElement?.closest('.row')?.getAttribute('aria-rowindex') ?? 0) - 2);
await page.locator('main h1').focus();
for (const key of ['j', 'j', 'ArrowDown', 'k']) { await page.keyboard.press(key); await page.evaluate(() => new Promise(requestAnimationFrame)); }
tally.hold(await focused() === 1, 'j, k and the arrows go from row to row', await focused());
const here = await names();
await page.keyboard.press('x');
await page.keyboard.press('j');
await page.keyboard.press('j');
await page.keyboard.press('Shift+X');
await page.waitForSelector('.chosen:has-text("3 selected")');
tally.hold(await page.locator('.row.on').count() === 3, 'Shift and x selects a range');
await page.click('.chosen button:has-text("Tags")');
await page.fill('#tag-many', 'Keyed');
await page.keyboard.press('Enter');
await page.locator('.toast', { hasText: '3 records changed' }).waitFor();
await page.selectOption('select[aria-label="Tags"]', 'keyed');
tally.hold(await until(page, () => document.querySelectorAll('.rows .row').length === 3), 'many are tagged at once');
await page.keyboard.press('Control+z');
tally.hold(await until(page, () => !document.querySelector('select[aria-label="Tags"] option[value=keyed]')), 'and it is undone');
await page.locator('.list-tools button:has-text("Clear filters")').click().catch(() => undefined);
await page.locator('.chosen button:has-text("Clear")').click().catch(() => undefined);
await until(page, () => document.querySelectorAll('.rows .row').length > 4);
await page.locator('.rows .name a').nth(1).focus();
await page.keyboard.press('Delete');
tally.hold(await until(page, (name) => ![...document.querySelectorAll('.rows .name a')].some((x) => x.textContent === name), here[1]), 'Delete deletes');
tally.hold(await until(page, () => document.activeElement?.closest('.row') !== null), 'the next row has the focus');
await page.keyboard.press('Control+z');
tally.hold(await until(page, (n) => document.querySelectorAll('.rows .row').length === n, here.length), 'Ctrl and Z brings it back');
await page.locator('.rows .name a').nth(0).focus();
await page.keyboard.press('e');
await page.waitForSelector('.form');
tally.hold(/\/edit$/.test(page.url()), 'e edits');
await page.goBack();
await page.waitForSelector('.rows .row');
await page.keyboard.press('?');
const keys = await page.textContent('.keys');
tally.hold(['Undo the last thing', 'Down and up', 'Select up to here', 'Save', 'Zoom', 'Trends'].every((x) => keys.includes(x)), 'the help names them all', keys);
await page.keyboard.press('Escape');

// ---- tags are suggested; what names a condition stands with it ----
await at('/records/allergies/new');
await page.locator('#f-tags').focus();
tally.hold(await until(page, () => [...document.querySelectorAll('#f-tags-names option')].some((o) => o.value === 'thyroid')), 'tags in use are suggested');
const visit1 = (await api(`/encounters/?patient_id=${me}`)).find((e) => e.condition_id);
await at(`/records/conditions/${visit1.condition_id}`);
await page.locator(`${card('Encounters')} a[href$="/records/encounters/${visit1.id}"]`).waitFor();
await page.click(`${card('Procedures')} a:has-text("Add")`);
await page.waitForSelector('#f-condition_id');
tally.hold(await page.inputValue('#f-condition_id') === String(visit1.condition_id), 'a procedure is added to the condition it stands with');

// ---- a late answer is not shown under another name ----
let release;
const held = new Promise((resolve) => { release = resolve; });
const late = new RegExp(`/insurances/\\?patient_id=${me}$`);
await page.route(late, (r) => held.then(() => r.continue()));
await at('/insurance-cards');
await page.waitForSelector('main h1');
await page.click('.switcher .menu-button');
await page.click('.switcher [role^=menuitem]:has-text("Lily Berg")');
await page.locator('.switcher .menu-button', { hasText: 'Lily Berg' }).waitFor();
const arrived = page.waitForResponse(late);
release();
await arrived;
await page.waitForLoadState('networkidle');
tally.hold(!(await page.textContent('main')).includes('BCH4471902-02'), 'a late answer about one person is not shown of another');
await page.unroute(late);
await api('/patient-management/switch', { patient_id: me });

// ---- who may only look ----
async function share(level) {
	await api('/patient-sharing/', { patient_id: me, shared_with_user_identifier: 'marcus', permission_level: level, expires_hours: 24 });
	const theirs = apiOf(b);
	const found = (await theirs('/invitations/pending')).find((i) => i.invitation_type === 'patient_share' && i.context_data.permission_level === level);
	await theirs(`/invitations/${found.id}/respond`, { response: 'accepted' });
	await theirs('/patient-management/switch', { patient_id: me });
}
for (const i of await api('/invitations/sent')) if (i.status === 'pending') await api(`/invitations/${i.id}`, undefined, 'DELETE');
await share('view');
const condition = (await api(`/people/${me}/dashboard?units=metric`)).conditions[0].id;
const PAGES = ['/', '/records/medications', '/records/medications/1', '/records/vitals', '/records/treatments', `/records/conditions/${condition}`, `/records/lab-results/${lab.id}`, '/family', '/family/1', '/insurance-cards', '/vaccines', '/trends'];
const TO_CHANGE = 'main a[href*="/new"], main a[href*="/edit"], main [data-key=n], main button[aria-label^="Delete"], main .row input, main .quick-button, main #lab-edit button, main .lab-none button, main .link-cards button, main button:text-is("Make primary"), main button:text-is("Share"), main button:text-is("Link")';
const changers = async (path) => {
	await b.at(path);
	await b.page.waitForSelector('main h1');
	await b.page.waitForLoadState('networkidle');
	return b.page.locator(TO_CHANGE).evaluateAll((found) => found.map((e) => e.outerHTML.slice(0, 120)));
};
for (const path of PAGES) {
	const found = await changers(path);
	tally.hold(found.length === 0, `${path} offers nothing to who may only look`, found.join('\n'));
}
for (const path of ['/records/medications/new', '/records/medications/1/edit', '/family/1/conditions/new']) {
	await b.at(path);
	await b.page.locator('main h1', { hasText: 'To read only' }).waitFor();
}
tally.hold(await b.page.locator('.form').count() === 0, 'a form says that one may only look');
await b.at('/records/medications');
await b.page.waitForSelector('.rows .row');
await b.page.locator('.rows .name a').first().focus();
for (const key of ['x', 'e', 'Delete']) await b.page.keyboard.press(key);
tally.hold(/\/records\/medications$/.test(b.page.url()) && await b.page.locator('.toast, .chosen').count() === 0, 'nor do keys');
await b.page.keyboard.press('Control+k');
await b.page.keyboard.type('add');
await b.page.waitForSelector('.palette li');
tally.hold((await b.page.locator('.palette li').allTextContents()).every((x) => !/Add (medication|allergy|vitals)/.test(x)), 'nor does the palette');
await b.page.keyboard.press('Escape');
await api('/patient-sharing/revoke', { patient_id: me, shared_with_user_id: (await apiOf(b)('/users/me')).id }, 'DELETE');
await share('edit');
for (const path of PAGES.filter((p) => !['/trends'].includes(p))) tally.hold((await changers(path)).length > 0, `${path} lets who may edit edit`);

// ---- out ----
await at('/records/medications/new');
await page.fill('#f-medication_name', 'Left behind');
await until(page, () => Object.keys(sessionStorage).some((k) => k.startsWith('charthouse.draft.')));
await page.click('.me .menu-button');
await page.click('[role=menuitem]:has-text("Sign out")');
await page.click('.dialog .button.danger');
await page.waitForSelector('#username');
tally.hold(await page.evaluate(() => sessionStorage.length) === 0, 'nothing is left in the tab');
for (const [who, v] of [['A', a], ['B', b]]) tally.hold(v.troubles.length === 0, `${who}: nothing goes wrong`, [...new Set(v.troubles)].join('\n'));

await browser.close();
await server.stop();
tally.end();
