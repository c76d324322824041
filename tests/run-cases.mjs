#!/usr/bin/env node
// run-cases - plays the stories of tests/cases against a running server; the format is
// told in tests/cases/README.md.     tests/run-cases.mjs [-v] [FILE or word ...]
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Server, Tally, command, top, onlySqlite } from './lib/server.mjs';
import { parse, print, match, fill, Unlike } from './lib/pattern.mjs';
import { statements, told } from './lib/statements.mjs';

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s/;

class Names extends Map {
	get(name) {
		const day = /^day([+-]\d+)?$/.exec(name);
		if (day) return new Date(Date.now() + 86400000 * Number(day[1] ?? 0)).toISOString().slice(0, 10);
		const year = /^year([+-]\d+)?$/.exec(name);
		if (year) return new Date().getUTCFullYear() + Number(year[1] ?? 0);
		const [first, ...rest] = name.split('.');
		return rest.reduce((v, k) => v?.[k], super.get(name) ?? super.get(first));
	}
}

// Words of a line; a blank inside "..." does not part them.
const words = (line) => (line.match(/"[^"]*"|\S+/g) ?? []).map((w) => w.replace(/^"(.*)"$/, '$1'));

class Story {
	constructor(file, number) {
		this.file = file;
		this.number = number;
		this.names = new Names();
		this.shared = null;
		this.server = null;
		this.own = false;
		this.token = null;
		this.answer = null;
		this.pending = null;
		this.claims = 0;
	}

	path(text) {
		return text.replace(/\$\{?([a-z_][\w.]*(?:[+-]\d+)?)\}?/gi, (m, name) => {
			const v = this.names.get(name);
			if (v === undefined) throw new Error(`$${name} is not known yet`);
			return encodeURIComponent(v);
		});
	}

	async person(name) {
		if (this.names.get(name)) return this.names.get(name);
		if (name === 'admin') this.names.set(name, await this.server.makeAdmin());
		else this.names.set(name, await this.server.makeUser(`${name}-${this.number}`));
		return this.names.get(name);
	}

	// Sends what is pending, `times` times, and keeps the last answer.
	async send() {
		const p = this.pending;
		if (!p) return;
		this.pending = null;
		const once = () => this.server.ask(p.method, p.path, { headers: p.headers, token: p.token, body: p.body });
		for (let i = 0; i < p.times; i++) {
			this.answer = await once();
			if (i + 1 < p.times && p.each && this.answer.status !== p.each) throw new Unlike(`time ${i + 1}: status ${this.answer.status}`);
		}
	}

	request(text) {
		const m = /^(\S+)\s+(\S+)\s*([^]*)$/.exec(text);
		const headers = {};
		let body;
		if (m[3].startsWith('form ')) {
			const fields = JSON.parse(print(parse(m[3].slice(5)), this.names));
			body = new URLSearchParams(fields).toString();
			headers['Content-Type'] = 'application/x-www-form-urlencoded';
		} else if (m[3].startsWith('raw ')) {
			body = fill(JSON.parse(m[3].slice(4)), this.names);
			headers['Content-Type'] = 'application/json';
		} else if (m[3]) {
			body = print(parse(m[3]), this.names);
			headers['Content-Type'] = 'application/json';
		}
		this.pending = { method: m[1], path: this.path(m[2]), headers, body, token: this.token, times: this.times ?? 1 };
		this.times = 1;
	}

	async expect(text) {
		await this.send();
		this.claims++;
		const m = /^=>\s*(\d+|exit\s+\d+|"[^]*")\s*([^]*)$/.exec(text);
		if (!m) throw new Error('expected: => STATUS [PATTERN]');
		if (m[1].startsWith('"')) return this.settle(fill(JSON.parse(m[1]), this.names));
		if (m[1].startsWith('exit')) return this.same(m[1].split(/\s+/)[1], String(this.ran.code), this.ran.err + this.ran.out);
		this.same(Number(m[1]), this.answer.status, this.answer.text);
		if (m[2]) match(parse(m[2]), this.answer.json, this.names);
	}

	// Entries of reads are written within a second: what a store says may settle.
	async settle(want) {
		if (this.untold) return;
		for (let i = 0; this.look && this.said !== want && i < 20; i++) {
			await new Promise((go) => { setTimeout(go, 100); });
			this.said = await this.look();
		}
		this.same(want, this.said);
	}

	same(want, have, more) {
		if (want !== have) throw new Unlike(`expected ${want}, got ${have} ${more ? `\n     ${more.slice(0, 500)}` : ''}`);
	}

	async step(text) {
		if (METHODS.test(text)) { await this.send(); return this.request(text); }
		const verb = text.split(/\s/)[0];
		if (verb === '=>') return this.expect(text);
		if (verb === 'with') {
			const m = /^with\s+([\w-]+):\s*(.*)$/s.exec(text);
			if (m[1].toLowerCase() === 'authorization') this.pending.token = null;
			const basic = /^Basic \((.*)\)$/.exec(m[2]);
			this.pending.headers[m[1]] = basic ? `Basic ${Buffer.from(fill(basic[1], this.names)).toString('base64')}` : fill(m[2], this.names);
			return undefined;
		}
		await this.send();
		const step = this[`do_${verb}`];
		if (!step) throw new Error(`"${verb}" is not understood`);
		return step.call(this, text.slice(verb.length).trim());
	}

	async do_server(rest) {
		if (this.own) this.shared = null;
		this.server = await Server.start(words(rest));
		this.own = true;
	}

	async do_stop() {
		await this.server.stop();
	}

	async do_start() {
		await this.server.again();
	}

	async do_restart() {
		await this.server.stop();
		await this.server.again();
	}

	// alter STORE STATEMENT: while the server is stopped.
	async do_alter(rest) {
		const m = /^(\w+)\s+([^]*)$/.exec(fill(rest, this.names));
		await this.server.alter(m[1], process.env.CHARTHOUSE_TEST_DATABASE ? m[2].replace(/^PRAGMA [^;]*; /, '') : m[2]);
	}

	// refuses STORE STATEMENT: the store itself keeps it out; its server is stopped.
	async do_refuses(rest) {
		const m = /^(\w+)\s+([^]*)$/.exec(fill(rest, this.names));
		const before = process.env.CHARTHOUSE_TEST_DATABASE ? '' : 'PRAGMA foreign_keys = ON; ';
		const said = await this.server.alter(m[1], `${before}${m[2]}`).then(() => null, (e) => e.message);
		this.claims++;
		if (said === null) throw new Unlike(`the ${m[1]} store takes: ${m[2]}`);
		// PostgreSQL says the same in other words.
		const word = /violates (unique|foreign key|not-null|check) constraint/.exec(said)?.[1];
		this.ran = { code: 1, out: '', err: word ? `${word.replace('-', ' ').toUpperCase()} ${said}` : said };
	}

	async do_as(name) {
		if (name === 'nobody') { this.token = null; return; }
		if (name.startsWith('$')) { this.token = this.names.get(name.slice(1)); return; }
		this.token = (await this.person(name)).token;
	}

	// user NAME role=ROLE
	async do_user(rest) {
		const [name, ...more] = words(rest);
		const how = Object.fromEntries(more.map((w) => w.split('=')));
		this.names.set(name, await this.server.makeUser(`${name}-${this.number}`, how.role));
	}

	// session NAME of USER
	async do_session(rest) {
		const [name, , of] = words(rest);
		const user = await this.person(of);
		this.names.set(name, { ...user, token: await this.server.login(user.username, user.password) });
	}

	// client NAME role=ROLE scopes=LIST mrn=MRN
	async do_client(rest) {
		const [name, ...more] = words(rest);
		const how = Object.fromEntries(more.map((w) => { const i = w.indexOf('='); return [w.slice(0, i), fill(w.slice(i + 1), this.names)]; }));
		this.names.set(name, await this.server.makeClient(`${name}-${this.number}`, how));
	}

	do_let(rest) {
		const m = /^(\w+)\s*=\s*([^]*)$/.exec(rest);
		this.names.set(m[1], JSON.parse(print(parse(m[2]), this.names)));
	}

	do_times(rest) {
		this.times = Number(rest);
	}

	async do_wait(rest) {
		await new Promise((go) => { setTimeout(go, Number(rest) * 1000); });
	}

	async do_cli(rest) {
		const args = words(fill(rest, this.names)).map((w) => (w === 'EXPORT' ? join(top, 'tests/data/clinic-small.json') : w));
		this.ran = await command([...args, '--data', this.server.dir]);
		this.said = this.ran.out.trim();
		this.look = null;
		this.untold = false;
		if (this.ran.code > 1) throw new Unlike(`charthouse ${args.join(' ')} ended with ${this.ran.code}: ${this.ran.err}`);
	}

	do_says(rest) {
		this.claims++;
		match(parse(rest), this.ran.out + this.ran.err, this.names, 'the command');
	}

	// sql STORE STATEMENT
	async do_sql(rest) {
		const m = /^(\w+)\s+([^]*)$/.exec(fill(rest, this.names));
		// What only SQLite has to tell is not asked of PostgreSQL.
		this.untold = onlySqlite(m[2]);
		this.look = this.untold ? null : () => this.server.sql(m[1], m[2]);
		this.said = this.untold ? null : await this.look();
	}

	do_has(rest) {
		this.claims++;
		const m = /^([\w-]+):\s*([^]*)$/.exec(rest);
		const all = this.answer.headers[m[1].toLowerCase()];
		const have = Array.isArray(all) ? all.join('; ') : all;
		match(/^[/$_]/.test(m[2]) ? parse(m[2]) : { kind: 'text', text: m[2] }, have, this.names, m[1]);
	}

	do_lacks(rest) {
		this.claims++;
		if (this.answer.headers[rest.toLowerCase()] !== undefined) throw new Unlike(`${rest} is ${this.answer.headers[rest.toLowerCase()]}`);
	}

	do_empty() {
		this.claims++;
		if (this.answer.body.length) throw new Unlike(`the body is not empty: ${this.answer.text.slice(0, 200)}`);
	}

	do_lacking(rest) {
		this.claims++;
		const word = fill(JSON.parse(rest), this.names);
		if (this.answer.text.includes(word)) throw new Unlike(`the answer contains "${word}"`);
	}

	// What the server itself says, to its terminal and its log, does not contain the text.
	do_unsaid(rest) {
		this.claims++;
		const word = fill(JSON.parse(rest), this.names);
		if ((this.server.out + this.server.err).includes(word)) throw new Unlike(`the server says "${word}"`);
	}

	async play(shared) {
		this.shared = shared;
		for (const { text, line, under } of statements(readFileSync(this.file, 'utf8')).steps) {
			try {
				if (!this.server && !text.startsWith('server')) this.server = await shared();
				if (/^only /.test(text)) { await this.send(); this.left = text === 'only sqlite' && !!process.env.CHARTHOUSE_TEST_DATABASE; continue; }
				if (!this.left) await this.step(text);
			} catch (e) {
				if (this.own && this.server) await this.server.kill();
				if (!(e instanceof Unlike) && process.env.DEBUG) console.log(e.stack);
				throw new Error(`${relative(top, this.file)}:${line}:${told(under)} ${e.message}`);
			}
		}
		await this.send();
		if (this.own) { await this.server.stop(); this.server.remove(); }
		if (!this.claims) throw new Error(`${relative(top, this.file)}: claims nothing`);
	}
}

function find(dir) {
	return readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
		e.isDirectory() ? find(join(dir, e.name)) : e.name.endsWith('.case') ? [join(dir, e.name)] : []);
}

const asked = process.argv.slice(2).filter((w) => w !== '-v');
const verbose = process.argv.includes('-v');
const files = find(join(top, 'tests/cases')).sort().filter((f) => !asked.length || asked.some((w) => f.includes(w)));
const tally = new Tally('cases');
let one = null;
const shared = () => (one ??= Server.start().catch((e) => { console.log(e.message); process.exit(1); }));
const queue = files.map((file, i) => new Story(file, i + 1));

async function work() {
	for (let story = queue.shift(); story; story = queue.shift()) {
		const began = Date.now();
		try {
			await story.play(shared);
			tally.hold(true);
			if (verbose) console.log(`ok   ${relative(top, story.file)} (${Date.now() - began} ms)`);
		} catch (e) { tally.hold(false, e.message); }
	}
}
await Promise.all(Array.from({ length: Number(process.env.STORIES_AT_ONCE ?? 4) }, work));
if (one) {
	try {
		const server = await one;
		await server.stop();
		tally.hold(true);
		server.remove();
	} catch (e) { tally.hold(false, e.message); }
}
tally.end();
