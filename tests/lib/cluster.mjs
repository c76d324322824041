// cluster - PostgreSQL for tests that need it besides SQLite: the one that
// CHARTHOUSE_TEST_DATABASE names, or a private one in a temporary folder.
// Import it before server.mjs, which would give every folder a database otherwise.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const scripts = join(dirname(fileURLToPath(import.meta.url)), '..', 'postgres');
let url = process.env.CHARTHOUSE_TEST_DATABASE;
let folder = null;
let made = 0;
delete process.env.CHARTHOUSE_TEST_DATABASE;
delete process.env.CHARTHOUSE_DATABASE;

if (!url) {
	folder = mkdtempSync(join(tmpdir(), 'charthouse-pg-'));
	chmodSync(folder, 0o755);
	url = execFileSync(join(scripts, 'up'), [join(folder, 'c')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

const names = [];

// A new, empty database; its URL.
export function database() {
	const name = `c_${process.pid}_${made++}`;
	psql(url, `CREATE DATABASE ${name}`);
	names.push(name);
	return url.replace(/\/[^/]*$/, `/${name}`);
}

export function psql(at, sql) {
	return execFileSync('psql', ['-qXAt', '-v', 'ON_ERROR_STOP=1', '-d', at], { input: `SET client_min_messages = warning; ${sql}`, encoding: 'utf8', maxBuffer: 1 << 28 }).trim();
}

export function psqlFile(at, file) {
	execFileSync('psql', ['-qX', '-v', 'ON_ERROR_STOP=1', '-d', at, '-f', file], { stdio: ['ignore', 'ignore', 'inherit'] });
}

export function end() {
	if (folder) {
		execFileSync(join(scripts, 'down'), [join(folder, 'c')]);
		rmSync(folder, { recursive: true, force: true });
		return;
	}
	for (const name of names) psql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}
