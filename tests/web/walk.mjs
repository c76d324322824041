// walk - all pages of web/src/pages/index.ts, each with who may see it and an address; and
// the way from one to the next without loading the program anew.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signIn, visit } from './lib.mjs';

const index = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'web', 'src', 'pages', 'index.ts'), 'utf8');
export const declared = [...index.matchAll(/^\t\{ path: '([^']+)'/gm)].map((m) => m[1]);

const ADDRESSES = {
	elena: ['/', '/trends', '/timeline', '/records/medications', '/records/medications/new', '/records/vitals/new', '/records/lab-results/new', '/records/insurances/new',
		'/records/medications/1', '/records/lab-results/2', '/records/conditions/1', '/records/medications/1/edit', '/family', '/family/1', '/family/1/conditions/1', '/family/1/conditions/new',
		'/vaccines', '/insurance-cards', '/emergency-card', '/activity', '/sharing', '/tags', '/tags?tag=allergy', '/people', '/people/new', '/people/3', '/people/3/edit', '/settings', '/more', '/nowhere'],
	drgrant: ['/clinic/appointments', '/clinic/appointments?view=week', '/clinic/patients', '/clinic/patients/new', '/clinic/patients/MRN100088', '/clinic/patients/MRN100088/edit', '/clinic/providers', '/clinic/proposals', '/clinic/activity'],
	marcus: ['/clinic/applications', '/house/users', '/house/activity', '/house/health'],
};

const fits = (pattern, address) => {
	const want = pattern.split('/');
	const have = address.split('?')[0].split('/');
	return want.length === have.length && want.every((part, i) => part.startsWith(':') || part === have[i]);
};
const pageOf = (address) => declared.find((pattern) => fits(pattern, address));

// Every address by who goes there; a list of every type of record that there is.
export async function addresses(base) {
	const schema = await (await fetch(`${base}schema.json?face=personal`)).json();
	const lists = schema.records.filter((r) => r.route && (r.of_patient || r.shared)).map((r) => `/records/${r.route}`);
	return { ...ADDRESSES, elena: [...new Set([...ADDRESSES.elena, ...lists])] };
}

// What stands in index.ts and nobody goes to.
export const forgotten = () => declared.filter((pattern) => !Object.values(ADDRESSES).flat().some((address) => pageOf(address) === pattern));

// A browser of somebody's own that counts what is still asked.
export async function walker(browser, server, name, how = {}) {
	const visitor = await visit(browser, server.base, { width: 1440, height: 900, ...how });
	visitor.asked = 0;
	visitor.page.on('request', () => { visitor.asked++; });
	for (const end of ['requestfinished', 'requestfailed']) visitor.page.on(end, () => { visitor.asked--; });
	await signIn(visitor, name, server.passwords[name]);
	await settled(visitor);
	return visitor;
}

// There is a heading, no answer is waited for, and all of it is drawn.
export async function settled(visitor) {
	const { page } = visitor;
	await page.waitForSelector('main h1');
	for (let calm = 0, turn = 0; calm < 2 && turn < 200; turn++) {
		await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 5)); }));
		calm = visitor.asked > 0 ? 0 : calm + 1;
	}
}

// By a link of the page, as people go: the program stays, the page changes.
export async function step(visitor, address) {
	await visitor.page.evaluate((to) => {
		if (new URL(to.slice(1), document.baseURI).href === location.href) return;
		const link = document.createElement('a');
		link.href = new URL(to.slice(1), document.baseURI).href;
		document.querySelector('main').append(link);
		link.focus();
		link.click();
		link.remove();
	}, address);
	await settled(visitor);
}
