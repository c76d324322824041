// lib - a browser, and a page that fails the test when anything goes wrong in it unseen:
// an error in the console, a breach of the policy, a script that throws.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { binary } from '../lib/server.mjs';

export const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const launch = () => chromium.launch({
	executablePath: ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync),
	args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
});

// A refusal the test provokes is no surprise: the browser reports every 4xx.
const EXPECTED = /Failed to load resource: the server responded with a status of (4\d\d)/;

// A page of a browser of its own at the server.  `troubles` fills with what went wrong.
export async function visit(browser, base, { width = 1280, height = 800, scheme = 'light', locale = 'en-GB', ...more } = {}) {
	const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale, timezoneId: 'Europe/Berlin', reducedMotion: 'reduce', ...more });
	const page = await context.newPage();
	const troubles = [];
	page.on('console', (m) => { if (m.type() === 'error' && !EXPECTED.test(m.text())) troubles.push(`console: ${m.text()}`); });
	page.on('pageerror', (e) => troubles.push(`error: ${e.message}`));
	page.on('response', (r) => { if (r.status() >= 500) troubles.push(`${r.status()} ${r.request().method()} ${new URL(r.url()).pathname}`); });
	await page.addInitScript(() => addEventListener('securitypolicyviolation', (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`)));
	page.setDefaultTimeout(10000);
	const at = (path) => page.goto(new URL(path.replace(/^\//, ''), base).href);
	return { page, context, troubles, at };
}

export async function signIn({ page, at }, username, password) {
	await at('/');
	await page.fill('#username', username);
	await page.fill('#password', password);
	await page.click('button[type=submit]');
	await page.waitForSelector('.shell');
}

// What axe-core finds wrong, one line each; with `rules` by those rules only.
export async function axe(page, rules) {
	if (!(await page.evaluate(() => Boolean(window.axe)))) await page.evaluate(axeSource);
	const found = await page.evaluate((only) => window.axe.run(document, {
		resultTypes: ['violations'], rules: only ? {} : { 'target-size': { enabled: true } },
		runOnly: only ? { type: 'rule', values: only } : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
	}), rules);
	return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}

// The made-up family and clinic on a server of its own; passwords by user name.
export async function demo(port = 0, more = []) {
	const dir = mkdtempSync(join(tmpdir(), 'charthouse-web-'));
	const said = execFileSync(binary, ['demo', '--data', join(dir, 'data')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
	const passwords = Object.fromEntries([...said.matchAll(/^ {2}(elena|marcus|drgrant)\s+(\S+)/gm)].map((m) => [m[1], m[2]]));
	const child = spawn(binary, ['serve', '--data', join(dir, 'data'), '--listen', `127.0.0.1:${port}`, '--rate-limit', 'off', ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
	const base = await new Promise((resolve, reject) => {
		let out = '';
		child.stdout.on('data', (d) => {
			out += d;
			const m = /open\s+(https?:\/\/\S+?:\d+)/.exec(out);
			if (m) resolve(`${m[1]}/`);
		});
		child.on('exit', () => reject(new Error(`the server ended\n${out}`)));
	});
	const stop = () => new Promise((resolve) => {
		child.removeAllListeners('exit');
		child.on('exit', () => { rmSync(dir, { recursive: true, force: true }); resolve(); });
		child.kill('SIGTERM');
	});
	return { base, passwords, stop };
}
