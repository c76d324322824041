// banner - whoever's record is on the screen, their name is above it, however one got there.
import { Tally } from '../lib/server.mjs';
import { demo, launch, signIn, visit } from './lib.mjs';

const tally = new Tally('web banner');
const server = await demo();
const browser = await launch();
const visitor = await visit(browser, server.base);
const { page, at, troubles } = visitor;
await signIn(visitor, 'elena', server.passwords.elena);

const people = await page.evaluate(async () => (await (await fetch('api/v1/patient-management/')).json()).patients);
const elena = people.find((p) => p.first_name === 'Elena');
const others = people.filter((p) => p !== elena);
const above = () => page.textContent('.switcher .whose b');
tally.hold(await above() === 'Elena Berg', 'one begins with oneself', await above());

// A record of somebody else, by its address: looked at and changed.
for (const other of others.slice(0, 2)) {
	const [row] = await page.evaluate(async (id) => (await fetch(`api/v1/medications/?patient_id=${id}&limit=1`)).json(), other.id);
	for (const path of [`/records/medications/${row.id}`, `/records/medications/${row.id}/edit`]) {
		await page.evaluate((id) => fetch('api/v1/patient-management/switch', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ patient_id: id }) }), elena.id);
		await at(path);
		await page.locator('main h1').filter({ hasText: row.medication_name }).waitFor();
		tally.hold(await above() === `${other.first_name} ${other.last_name}`, `${path} is under its own name`, await above());
	}
}
// So is a relative of theirs.
const marcus = people.find((p) => p.first_name === 'Marcus');
const [relative] = await page.evaluate(async (id) => (await fetch(`api/v1/family-members/?patient_id=${id}`)).json(), marcus.id);
await page.evaluate((id) => fetch('api/v1/patient-management/switch', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ patient_id: id }) }), elena.id);
await at(`/family/${relative.id}`);
await page.locator('main h1').filter({ hasText: relative.name }).waitFor();
tally.hold(await above() === 'Marcus Berg', 'a relative is under the name of whose relative it is', await above());

// The page and the server agree.
const active = () => page.evaluate(async () => (await (await fetch('api/v1/patient-management/active/current')).json()).first_name);
let told = await active();
for (let i = 0; i < 40 && told !== marcus.first_name; i++) told = await active();
tally.hold(told === marcus.first_name, 'the server knows it, too', told);
tally.hold(troubles.length === 0, 'nothing goes wrong', troubles.join('\n'));

await browser.close();
await server.stop();
tally.end();
