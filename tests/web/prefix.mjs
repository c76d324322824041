// prefix - behind a proxy that takes a prefix away the page needs no setting: opened at its
// root and at a deep address, signed in to, walked through and reloaded.
import http from 'node:http';
import { Tally } from '../lib/server.mjs';
import { demo, launch, signIn, visit } from './lib.mjs';

const PREFIX = '/family/records';
const tally = new Tally('web prefix');
const server = await demo();
const behind = new URL(server.base);
const strays = [];
const proxy = http.createServer((request, answer) => {
	if (!request.url.startsWith(`${PREFIX}/`)) {
		strays.push(request.url);
		answer.writeHead(404).end();
		return;
	}
	const onward = http.request({ host: behind.hostname, port: behind.port, method: request.method, path: request.url.slice(PREFIX.length), headers: request.headers }, (got) => {
		answer.writeHead(got.statusCode, got.headers);
		got.pipe(answer);
	});
	onward.on('error', () => answer.destroy());
	request.pipe(onward);
});
await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));

const browser = await launch();
const visitor = await visit(browser, `http://127.0.0.1:${proxy.address().port}${PREFIX}/`);
const { page, at, troubles } = visitor;
await signIn(visitor, 'elena', server.passwords.elena);
tally.hold(new URL(page.url()).pathname === `${PREFIX}/`, 'signing in stays behind the prefix', page.url());
await page.click('.sidebar a[href$="/records/medications"]');
await page.locator('.rows .row a').first().click();
await page.locator('.view').waitFor();
tally.hold(/^\/family\/records\/records\/medications\/\d+$/.test(new URL(page.url()).pathname), 'addresses have the prefix', page.url());
await page.reload();
await page.locator('.view').waitFor();
await page.goBack();
await page.locator('.rows .row').first().waitFor();
tally.hold(true, 'a deep address is reloaded, and back goes back');
await at('/settings');
await page.locator('.tabs').waitFor();
tally.hold(strays.filter((s) => s !== '/favicon.ico').length === 0, 'nothing is asked for beside the prefix', strays.join(' '));
tally.hold(troubles.length === 0, 'nothing goes wrong', troubles.join('\n'));

await browser.close();
proxy.closeAllConnections();
proxy.close();
await server.stop();
tally.end();
