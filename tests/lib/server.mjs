// server - a Charthouse of the tests' own: a fresh data folder, a free port, an admin.
import { spawn, execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import http from 'node:http';

export const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const binary = process.env.CHARTHOUSE
	|| ['build-asan', 'build'].map((d) => join(top, d, 'charthouse')).find(existsSync)
	|| join(top, 'build', 'charthouse');

process.env.ASAN_OPTIONS ||= 'detect_leaks=1:abort_on_error=0:exitcode=99';
process.env.UBSAN_OPTIONS ||= 'print_stacktrace=1:halt_on_error=1:exitcode=99';
process.env.TSAN_OPTIONS ||= 'halt_on_error=0:exitcode=99';

const REPORT = /AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:|Assertion .* failed|abort/;

// With CHARTHOUSE_TEST_DATABASE (tests/postgres/up prints one) every data folder gets a
// database of its own in that cluster.
const cluster = process.env.CHARTHOUSE_TEST_DATABASE;
const databases = new Map();
let made = 0;

export function databaseOf(dir) {
	if (!cluster || !dir) return null;
	if (!databases.has(dir)) {
		const name = `t_${process.pid}_${made++}`;
		execFileSync('psql', ['-qX', '-d', cluster, '-c', `CREATE DATABASE ${name}`]);
		databases.set(dir, cluster.replace(/\/[^/]*$/, `/${name}`));
	}
	return databases.get(dir);
}

function dropDatabase(dir) {
	const url = databases.get(dir);
	if (!url) return;
	databases.delete(dir);
	execFileSync('psql', ['-qX', '-d', cluster, '-c', `DROP DATABASE IF EXISTS ${url.replace(/.*\//, '')} WITH (FORCE)`]);
}

// The stories ask in SQLite's words; what they use of them, in PostgreSQL's.
function inPostgres(sql) {
	const said = sql.replace(/PRAGMA foreign_keys = ON;\s*/gi, '')
		.replace(/group_concat\((\w+)\)/g, "string_agg(CAST($1 AS TEXT), ',')")
		.replace(/group_concat\((\w+), ('[^']*')\)/g, 'string_agg(CAST($1 AS TEXT), $2)')
		.replace(/json_extract\((\w+), '\$\[(\d+)\]\.(\w+)'\)/g, "($1 -> $2 ->> '$3')")
		.replace(/json_array_length\(/g, 'jsonb_array_length(')
		.replace(/hex\(zeroblob\((\d+)\)\)/g, "repeat('00', $1)")
		.replace(/\b(is_\w+) = ([01])\b/g, (all, name, bit) => `${name} = ${bit === '1'}`)
		.replace(/json_type\((\w+)\)/g, 'jsonb_typeof($1)')
		.replace(/sum\((is_\w+)\)/gi, 'sum(CAST($1 AS INTEGER))');
	return /\bFROM \(SELECT[^]*\)\s*$/.test(said) ? `${said} AS asked` : said;
}

// And what it refuses, in SQLite's.
function inSqlite(refusal) {
	const column = /column "(\w+)"|Key \((\w+)/.exec(refusal);
	const words = [[/not-null/, 'NOT NULL'], [/duplicate key/, 'UNIQUE'], [/foreign key/, 'FOREIGN KEY'], [/check constraint|too long for type|invalid input syntax/, 'CHECK']];
	const kind = words.find(([is]) => is.test(refusal));
	return kind ? `${kind[1]} constraint failed: ${column?.[1] ?? column?.[2] ?? ''}: ${refusal}` : refusal;
}

// What only SQLite can be asked: its own tables.
export const onlySqlite = (sql) => Boolean(cluster) && /\bpragma_\w+\(|\bsqlite_\w+/.test(sql);

const environment = (dir) => {
	const url = databaseOf(dir);
	return url ? { ...process.env, CHARTHOUSE_DATABASE: url } : process.env;
};

export function scratch() {
	return mkdtempSync(join(tmpdir(), 'charthouse-test-'));
}

// Runs one command of the program; resolves to {code, out, err}.
export function command(args, { input, program = binary } = {}) {
	const at = args.indexOf('--data');
	return new Promise((resolve) => {
		const child = execFile(program, args, { maxBuffer: 1 << 26, timeout: 120000,
			env: environment(at < 0 ? null : args[at + 1]) }, (error, out, err) =>
			resolve({ code: error ? error.code ?? 1 : 0, out, err }));
		if (input !== undefined) child.stdin.end(input);
	});
}

export class Server {
	constructor(dir, options = []) {
		this.dir = dir;
		this.options = options;
		this.out = '';
		this.err = '';
		this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
	}

	static async start(options = [], { dir = scratch(), program = binary } = {}) {
		const server = new Server(join(dir, 'data'), options);
		server.folder = dir;
		server.program = program;
		await server.launch();
		return server;
	}

	launch() {
		const limits = this.options.some((o) => o.startsWith('--rate-limit')) ? [] : ['--rate-limit', 'off'];
		// TZ=Pacific/Kiritimati among the options: a machine that is not in UTC.
		const zone = Object.fromEntries(this.options.filter((o) => o.startsWith('TZ=')).map((o) => o.split('=')));
		const options = this.options.filter((o) => !o.startsWith('TZ='));
		this.child = spawn(this.program, ['serve', '--data', this.dir, '--listen', '127.0.0.1:0', ...limits, ...options],
			{ stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment(this.dir), ...zone } });
		this.exited = new Promise((resolve) => {
			this.child.on('exit', (code, signal) => { this.gone = { code, signal }; resolve(this.gone); });
			this.child.on('error', (e) => { this.gone = { code: e.message, signal: null }; resolve(this.gone); });
		});
		return new Promise((resolve, reject) => {
			const late = setTimeout(() => reject(new Error(`the server did not start in 20 s\n${this.out}${this.err}`)), 20000);
			this.child.stderr.on('data', (d) => { this.err += d; });
			this.child.stdout.on('data', (d) => {
				this.out += d;
				const m = /open\s+(https?:\/\/\S+?):(\d+)/.exec(this.out);
				if (!m || !/Ctrl-C/.test(this.out)) return;
				this.port = Number(m[2]);
				clearTimeout(late);
				resolve(this);
			});
			this.exited.then(({ code, signal }) => {
				clearTimeout(late);
				reject(new Error(`the server ended (${code ?? signal})\n${this.out}${this.err}`));
			});
		});
	}

	// One request; resolves to {status, headers, body (Buffer), text, json}.
	ask(method, path, { headers = {}, body, token, timeout = 60000 } = {}) {
		const all = { ...headers };
		if (token && !all.Authorization) all.Authorization = `Bearer ${token}`;
		if (body !== undefined && !Buffer.isBuffer(body) && typeof body !== 'string') {
			body = JSON.stringify(body);
			all['Content-Type'] ??= 'application/json';
		}
		if (body !== undefined) all['Content-Length'] = Buffer.byteLength(body);
		return new Promise((resolve, reject) => {
			const request = http.request({ host: '127.0.0.1', port: this.port, method, path, headers: all, agent: this.agent, timeout }, (answer) => {
				const parts = [];
				answer.on('data', (d) => parts.push(d));
				answer.on('error', reject);
				answer.on('end', () => {
					const raw = Buffer.concat(parts);
					const text = raw.toString('utf8');
					let json;
					try { json = JSON.parse(text); } catch { json = undefined; }
					resolve({ status: answer.statusCode, headers: answer.headers, body: raw, text, json });
				});
			});
			request.on('timeout', () => request.destroy(new Error(`${method} ${path}: no answer in ${timeout} ms`)));
			request.on('error', reject);
			request.end(body);
		});
	}

	form(path, fields, how = {}) {
		return this.ask('POST', path, { ...how, body: new URLSearchParams(fields).toString(),
			headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...how.headers } });
	}

	setupCode() {
		return readFileSync(join(this.dir, 'setup-code'), 'utf8').trim();
	}

	async login(username, password) {
		const r = await this.form('/api/v1/auth/login', { username, password });
		if (r.status !== 200) throw new Error(`login of ${username}: ${r.status} ${r.text}`);
		return r.json.access_token;
	}

	async makeAdmin() {
		if (this.admin) return this.admin;
		this.admin = (async () => {
			const admin = { username: 'chief', password: 'correct horse chief 7', email: 'chief@example.com', full_name: 'Chief Admin' };
			const r = await this.ask('POST', '/api/v1/setup', { body: { code: this.setupCode(), ...admin } });
			if (r.status !== 200) throw new Error(`setup: ${r.status} ${r.text}`);
			const token = await this.login(admin.username, admin.password);
			return { ...admin, name: admin.username, id: r.json.id, token };
		})();
		return this.admin;
	}

	// A person with an account, a self record and a session.
	async makeUser(name, role = 'user') {
		const admin = await this.makeAdmin();
		const user = { username: name, password: `correct horse ${name} 7`, email: `${name}@example.com`,
			full_name: `${name.replace(/[^a-z]/gi, '')} Tester`, role };
		const r = await this.ask('POST', '/api/v1/auth/register', { token: admin.token, body: user });
		if (r.status !== 200) throw new Error(`register ${name}: ${r.status} ${r.text}`);
		const token = await this.login(name, user.password);
		const active = await this.ask('GET', '/api/v1/patient-management/active/current', { token });
		return { ...user, name, id: r.json.id, token, patient: active.json?.id ?? null };
	}

	// A client of the clinic face with a token of all its scopes.
	async makeClient(name, { role = 'doctor', scopes = 'read:*,write:*', mrn } = {}) {
		const made = await command(['client', 'add', '--app-id', name, '--app-name', name, '--role', role, '--scopes', scopes,
			...(mrn ? ['--mrn', mrn] : []), '--rate-limit', '0', '--json', '--data', this.dir], { program: this.program });
		if (made.code) throw new Error(`client add ${name}: ${made.code} ${made.err}${made.out}`);
		const { client_id, client_secret } = JSON.parse(made.out);
		const r = await this.form('/oauth/token', { grant_type: 'client_credentials', client_id, client_secret });
		if (r.status !== 200) throw new Error(`token of ${name}: ${r.status} ${r.text}`);
		return { name, app_id: name, client_id, client_secret, token: r.json.access_token };
	}

	// The database's own shell.
	shell(store, statement, reading) {
		const url = databaseOf(this.dir);
		if (url) return ['psql', ['-qXAt', '-d', url, '-c', `SET search_path = ${store}, pg_catalog; SET timezone = UTC; ${inPostgres(statement)}`]];
		const file = join(this.dir, `${store}.db`);
		return ['sqlite3', reading ? ['-readonly', '-cmd', '.timeout 5000', file, statement] : [file, statement]];
	}

	// A read-only look into a store, row by row, columns split by |.
	async sql(store, statement) {
		const r = await new Promise((resolve) => execFile(...this.shell(store, statement, true),
			(error, out, err) => resolve({ error, out, err })));
		if (r.error) throw new Error(r.err || String(r.error));
		// Truth is t and f in PostgreSQL, 1 and 0 in SQLite.
		const plain = (cell) => (cell === 't' ? '1' : cell === 'f' ? '0' : cell);
		const rows = r.out.trimEnd();
		return cluster ? rows.split('\n').map((row) => row.split('|').map(plain).join('|')).join('\n') : rows;
	}

	// Changes a store behind the back of a stopped server, to set time back.
	async alter(store, statement) {
		const r = await new Promise((resolve) => execFile(...this.shell(store, statement, false),
			(error, out, err) => resolve({ error, out, err })));
		if (r.error) throw new Error(cluster ? inSqlite(r.err) : r.err || String(r.error));
	}

	// Starts a stopped server on the data it had.
	again() {
		this.agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
		this.gone = null;
		this.out = '';
		this.err = '';
		return this.launch();
	}

	// SIGTERM and wait.  Throws when the end was not orderly or a sanitizer spoke.
	async stop() {
		this.agent.destroy();
		if (!this.gone) this.child.kill('SIGTERM');
		const late = setTimeout(() => this.child.kill('SIGKILL'), 30000);
		const { code, signal } = await this.exited;
		clearTimeout(late);
		if (code !== 0) throw new Error(`the server ended with ${code ?? signal}\n${this.err.slice(0, 6000)}`);
		if (REPORT.test(this.err)) throw new Error(`standard error has a report:\n${this.err.slice(0, 6000)}`);
	}

	kill() {
		this.child.kill('SIGKILL');
		return this.exited;
	}

	remove() {
		dropDatabase(this.dir);
		rmSync(this.folder, { recursive: true, force: true });
	}
}

// Counts claims and tells those that do not hold.
export class Tally {
	constructor(name) {
		this.name = name;
		this.passed = 0;
		this.failed = 0;
		this.began = Date.now();
	}

	hold(ok, words, more = '') {
		if (ok) this.passed++;
		else {
			this.failed++;
			if (this.failed <= 200) console.log(`FAIL ${words}${more ? `\n     ${String(more).slice(0, 600)}` : ''}`);
		}
		return ok;
	}

	end() {
		console.log(`${this.name}: ${this.passed} passed, ${this.failed} failed (${((Date.now() - this.began) / 1000).toFixed(1)} s)`);
		process.exitCode = this.failed || !this.passed ? 1 : 0;
	}
}

export function writeFile(path, text) {
	writeFileSync(path, text);
}
