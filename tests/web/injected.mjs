// injected - words that would run if a page took them for HTML, in every text of every type
// of record of both faces, in the names of people, users, tags, applications and in messages;
// then every page, its forms, its print, the palette and the toasts: nothing runs, nothing of
// it becomes an element, and the words stand there as words.
import { personal, clinic } from '../lib/samples.mjs';
import { Tally } from '../lib/server.mjs';
import { demo, launch } from './lib.mjs';
import { addresses, settled, step, walker } from './walk.mjs';

const tally = new Tally('web injected');
const server = await demo();
const browser = await launch();
const LONG = `'"><script>window.__ran=1</script><img src=x onerror="window.__ran=1">`;
const SHORT = '<img src=x onerror=__ran=1>';
// What has a form of its own takes no such words.
const FORMED = /phone|fax|email|website|url|zip|^state$|^time$|^code$|_code$|^status$|_type$|^gender$|^route$|^username$|^app_id$|^npi$|^mrn$|_id$|^name$|^ssn$|^site$|^outcome$|^treatment_category$/;

async function token(name) {
	const r = await fetch(`${server.base}api/v1/auth/login`, { method: 'POST', body: new URLSearchParams({ username: name, password: server.passwords[name] }) });
	return (await r.json()).access_token;
}
const tokens = { elena: await token('elena'), marcus: await token('marcus'), drgrant: await token('drgrant') };
async function ask(who, method, path, body) {
	const r = await fetch(new URL(path.replace(/^\//, ''), server.base), { method, headers: { Authorization: `Bearer ${tokens[who]}`, 'Content-Type': 'application/json' }, body: body && JSON.stringify(body) });
	const text = await r.text();
	return { status: r.status, text, json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null };
}

// The words for a field of this length, told from all others by the number at their end.
let marks = 0;
function words(longest = 9999, least = 0) {
	const mark = `~${++marks}~`;
	const bare = [LONG, SHORT, '<i>'].find((text) => text.length + mark.length <= longest) ?? '';
	return (bare + mark).slice(0, longest).padEnd(least, '<');
}
function evil(f) {
	if (f.type === 'list') return [words(50).replaceAll(' ', '/')]; // a tag has no spaces
	if (f.type === 'json') return { [words()]: words() };
	return words(f.maxLength, f.minLength);
}

const refusedFields = new Set();
// As much of it as the server takes: what it refuses by name is left as the sample has it.
async function make(who, path, sample, spoiled, method = 'POST') {
	const left = { ...spoiled };
	for (let turn = 0; turn < 12; turn++) {
		const r = await ask(who, method, path, { ...sample, ...left });
		if (r.status < 300) return { row: r.json, left };
		const named = Object.keys(left).filter((name) => new RegExp(`\\b${name}\\b`).test(r.text));
		if (r.status !== 422 && r.status !== 400 || !named.length) throw new Error(`${path}: ${r.status} ${r.text.slice(0, 400)}`);
		for (const name of named) {
			delete left[name];
			refusedFields.add(name);
		}
	}
	throw new Error(`${path} takes nothing`);
}
async function fill(face, samples, who, ids, skip) {
	const schema = await (await fetch(`${server.base}schema.json?face=${face}`)).json();
	const made = [];
	for (const [table, sample] of Object.entries(samples)) {
		const type = schema.records.find((r) => r.name === table);
		const { path, body, key = 'id' } = sample(ids);
		const fields = type.fields.filter((f) => ['text', 'note', 'list', 'json'].includes(f.type) && !f.readOnly && !f.read_only && !f.choices && !skip.includes(f.name));
		const { row, left } = await make(who(table), path, body, Object.fromEntries(fields.map((f) => [f.name, evil(f)])));
		ids[table] = row[key] ?? row.client_id ?? row.id;
		made.push({ type, id: ids[table], left });
	}
	return made;
}

// ---- in ----
const patient = (await ask('elena', 'GET', '/api/v1/people')).json.active_id;
const family = await fill('personal', personal, () => 'elena', { patient, practitioners: 1 }, []);
const practice = await fill('clinic', clinic, (table) => (/patients|providers|clients/.test(table) ? 'marcus' : 'drgrant'), {}, ['mrn', 'npi', 'appointment_id', 'medication_id', 'order_id', 'time', 'results_json', 'public_key', 'patient_mrn', 'app_id']);
tally.hold([...refusedFields].every((name) => FORMED.test(name)), 'only what has a form refuses the words', [...refusedFields].join(' '));
tally.hold(marks - refusedFields.size > 120, 'a hundred fields have taken them', `${marks} ${[...refusedFields].join(' ')}`);
const orders = practice.find((r) => r.type.name === 'lab_results').id;
await make('drgrant', `/clinic/v1/lab-results/${orders}`, { status: 'final' }, { results_json: JSON.stringify([{ name: words(), test: words(), value: words(), unit: words(), flag: words(), range: words(), reference_range: words() }]) }, 'PATCH');
const called = words(100);
await make('elena', '/api/v1/users/me', {}, { full_name: called }, 'PUT');
await make('elena', '/api/v1/patients/me', {}, { first_name: words(50), last_name: words(50), address: words(200) }, 'PUT');
const nora = words(90);
await make('marcus', '/api/v1/house/users', { username: 'nora', email: 'nora@example.com', role: 'nurse' }, { full_name: nora });
await make('elena', '/api/v1/tags/create', {}, { tag: words(50) });
const child = (await ask('elena', 'POST', '/api/v1/patient-management/', { first_name: SHORT, last_name: SHORT, birth_date: '2020-02-02' })).json;
const note = words(200);
const invited = await ask('elena', 'POST', '/api/v1/patient-sharing/', { patient_id: child?.id ?? patient, shared_with_user_identifier: 'marcus', permission_level: 'view', message: note });
tally.hold(invited.status < 300, 'an invitation carries a note', invited.text);
const relative = family.find((r) => r.type.name === 'family_members').id;
const kin = await ask('elena', 'POST', `/api/v1/family-history-sharing/${relative}/shares`, { shared_with_identifier: 'marcus', permission_level: 'view', sharing_note: words(200), shared_with_user_identifier: 'marcus' });
tally.hold(kin.status < 300, 'and so does a relative', kin.text);

// ---- out ----
const clean = (page) => page.evaluate(() => ({
	ran: window.__ran,
	made: [...document.querySelectorAll('img[src="x" i], script:not([src]), [onerror]')].map((e) => e.outerHTML.slice(0, 120)),
	words: document.querySelector('.shell').textContent + [...document.querySelectorAll('input, textarea')].map((e) => e.value).join('\n'),
}));
let all = '';
async function look(visitor, what) {
	const found = await clean(visitor.page);
	tally.hold(found.ran === undefined && !found.made.length, `${what}: nothing has run`, `${found.ran} ${found.made.join('\n')}`);
	all += found.words;
	return found.words;
}
const textsOf = (left) => Object.values(left).flatMap((v) => (typeof v === 'string' ? [v] : Array.isArray(v) ? v : Object.entries(v).flat()));
const ways = await addresses(server.base);

async function throughFamily() {
	const visitor = await walker(browser, server, 'elena');
	const { page } = visitor;
	for (const address of ways.elena) {
		await step(visitor, address);
		await look(visitor, address);
	}
	for (const { type, id, left } of family.filter((r) => r.type.route)) {
		await step(visitor, `/records/${type.route}/${id}`);
		const shown = await look(visitor, `a ${type.name}`);
		await page.emulateMedia({ media: 'print' });
		await look(visitor, `a ${type.name} on paper`);
		await page.emulateMedia({ media: 'screen' });
		const missing = textsOf(left).filter((text) => !shown.toLowerCase().includes(text.toLowerCase()));
		tally.hold(missing.length === 0, `a ${type.name} says all of it as words`, missing.join('\n'));
		await step(visitor, `/records/${type.route}/${id}/edit`);
		await look(visitor, `the form of a ${type.name}`);
	}
	await step(visitor, `/family/${relative}`);
	await look(visitor, 'a relative');
	await step(visitor, `/people/${patient}`);
	await look(visitor, 'a person');
	await step(visitor, '/emergency-card');
	await page.click('.switcher .menu-button');
	await page.waitForSelector('.menu-list');
	await look(visitor, 'the switcher');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+k');
	await page.fill('.palette input', 'onerror');
	await page.waitForFunction(() => document.querySelectorAll('.palette [role=option]').length > 3);
	tally.hold((await look(visitor, 'the palette')).includes('onerror'), 'the palette finds the words');
	await page.keyboard.press('Escape');
	await step(visitor, '/records/allergies');
	await page.locator('.row', { hasText: 'onerror' }).first().locator('input').check();
	await page.click('.chosen .button.danger');
	await page.waitForSelector('.toast');
	await look(visitor, 'a toast');
	await page.click('.toast .button');
	tally.hold(visitor.troubles.length === 0, 'elena: nothing goes wrong', [...new Set(visitor.troubles)].join('\n'));
	await visitor.context.close();
}
async function throughPractice() {
	const admin = await walker(browser, server, 'marcus');
	const doctor = await walker(browser, server, 'drgrant');
	const mrn = practice.find((r) => r.type.name === 'patients').id;
	const visit = practice.find((r) => r.type.name === 'appointments');
	const day = (await ask('marcus', 'GET', `/clinic/v1/appointments/${visit.id}`)).json.date;
	for (const [visitor, list] of [[admin, ['/sharing', '/people', ...ways.marcus]],
		[doctor, [`/clinic/appointments?view=day&date=${day}`, '/clinic/patients', '/clinic/providers', '/clinic/proposals', '/clinic/activity', `/clinic/patients/${mrn}/edit`, `/clinic/patients/${mrn}`]]])
		for (const address of list) {
			await step(visitor, address);
			await look(visitor, address);
			await visitor.page.emulateMedia({ media: 'print' });
			await look(visitor, `${address} on paper`);
			await visitor.page.emulateMedia({ media: 'screen' });
		}
	const { page } = doctor;
	const chart = all;
	for (const { type, left } of practice.filter((r) => ['medications', 'allergies', 'lab_results', 'providers', 'oauth_clients'].includes(r.type.name))) {
		const title = left[type.title] ?? Object.values(left)[0];
		tally.hold(chart.includes(title), `the practice says ${type.name} as words`, title);
	}
	for (const opener of ['.patient-chart .title button', '.patient-chart .plain-row >> nth=0']) {
		if (!(await page.locator(opener).count())) continue;
		await page.click(opener);
		await page.waitForSelector('.dialog');
		await look(doctor, `${opener} opened`);
		await page.keyboard.press('Escape');
		await page.waitForSelector('.dialog', { state: 'detached' });
	}
	await step(doctor, '/clinic/patients');
	await page.fill('.search input', 'onerror');
	await settled(doctor);
	await look(doctor, 'the search for a patient');
	for (const visitor of [admin, doctor]) {
		tally.hold(visitor.troubles.length === 0, 'the practice: nothing goes wrong', [...new Set(visitor.troubles)].join('\n'));
		await visitor.context.close();
	}
}
await Promise.all([throughFamily(), throughPractice()]);
for (const [what, text] of Object.entries({ 'the name of a user': nora, 'my own name': called, 'a note': note })) tally.hold(all.toLowerCase().includes(text.toLowerCase()), `${what} stands somewhere as words`, text);

await browser.close();
await server.stop();
tally.end();
