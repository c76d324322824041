// pattern - JSON with a little more: what a case sends, and what it expects.
//
//   {"a": 1, b: 2}   keys need no quotes; an expected object is a subset ...
//   {= a: 1}         ... unless it begins with =: then it has exactly these members
//   [x, y]           exactly these;  [x, ...] begins so;  [..., x, ...] has x somewhere
//   $name            in what is sent: the value; expected: equal when known, else captured
//   _                anything at all;  absent: the member is not there
//   /regex/          a text that matches
//   "x"              ${name} inside is replaced
export class Unlike extends Error {}

export function parse(source) {
	let at = 0;
	const fail = (why) => { throw new Error(`${why} at "${source.slice(at, at + 30)}"`); };
	const blank = () => { while (/\s/.test(source[at] ?? '')) at++; };
	function word(re) {
		re.lastIndex = at;
		const m = re.exec(source);
		if (!m) return null;
		at = re.lastIndex;
		return m[0];
	}
	function text() {
		const t = word(/"(?:\\.|[^"\\])*"/ys) ?? fail('a text is not ended');
		return JSON.parse(t.replace(/\n/g, '\\n'));
	}
	function object() {
		const out = { kind: 'object', members: [], exact: false };
		at++; blank();
		if (source[at] === '=') { out.exact = true; at++; blank(); }
		while (source[at] !== '}') {
			const key = source[at] === '"' ? text() : word(/[\w-]+/y) ?? fail('a key is wanted');
			blank();
			if (source[at++] !== ':') fail('a colon is wanted');
			out.members.push([key, value()]);
			blank();
			if (source[at] === ',') { at++; blank(); } else if (source[at] !== '}') fail('a comma or } is wanted');
		}
		at++;
		return out;
	}
	function array() {
		const out = { kind: 'array', items: [], before: false, after: false };
		at++; blank();
		while (source[at] !== ']') {
			if (source.startsWith('...', at)) {
				at += 3;
				if (out.items.length) out.after = true; else out.before = true;
			} else out.items.push(value());
			blank();
			if (source[at] === ',') { at++; blank(); } else if (source[at] !== ']') fail('a comma or ] is wanted');
		}
		at++;
		return out;
	}
	function value() {
		blank();
		const c = source[at];
		if (c === '{') return object();
		if (c === '[') return array();
		if (c === '"') return { kind: 'text', text: text() };
		if (c === '$') return { kind: 'name', name: word(/\$[\w.]+(?:[+-]\d+)?/y).slice(1) };
		if (c === '/') { const r = word(/\/(?:\\.|[^/\\])+\//y) ?? fail('a pattern is not ended'); return { kind: 'regex', regex: new RegExp(r.slice(1, -1), 'u') }; }
		const n = word(/-?\d[\d.eE+-]*/y);
		if (n) return { kind: 'number', raw: n, value: Number(n) };
		const w = word(/\w+/y) ?? fail('a value is wanted');
		const words = { true: true, false: false, null: null };
		if (w in words) return { kind: 'plain', value: words[w] };
		if (w === '_') return { kind: 'any' };
		if (w === 'absent') return { kind: 'absent' };
		return fail(`"${w}" is no value`);
	}
	const found = value();
	blank();
	if (at < source.length) fail('too much');
	return found;
}

export function fill(text, names) {
	return text.replace(/\$\{([\w.]+(?:[+-]\d+)?)\}/g, (m, name) => {
		const v = names.get(name);
		if (v === undefined) throw new Error(`$${name} is not known yet`);
		return v;
	});
}

// As JSON text, so that numbers travel as they were typed.
export function print(p, names) {
	switch (p.kind) {
	case 'object': return `{${p.members.map(([k, v]) => `${JSON.stringify(k)}:${print(v, names)}`).join(',')}}`;
	case 'array': return `[${p.items.map((v) => print(v, names)).join(',')}]`;
	case 'text': return JSON.stringify(fill(p.text, names));
	case 'number': return p.raw;
	case 'plain': return String(p.value);
	case 'name': return JSON.stringify(names.get(p.name) ?? (() => { throw new Error(`$${p.name} is not known yet`); })());
	default: throw new Error(`${p.kind} cannot be sent`);
	}
}

const show = (v) => (v === undefined ? 'nothing' : JSON.stringify(v).slice(0, 300));

export function match(p, have, names, where = '') {
	const unlike = (want) => { throw new Unlike(`${where || 'the answer'}: expected ${want}, got ${show(have)}`); };
	switch (p.kind) {
	case 'any': if (have === undefined) unlike('anything'); return;
	case 'absent': if (have !== undefined) unlike('no such member'); return;
	case 'plain': case 'number': if (have !== p.value) unlike(p.value); return;
	case 'text': { const t = fill(p.text, names); if (have !== t) unlike(JSON.stringify(t)); return; }
	case 'regex': if (typeof have !== 'string' || !p.regex.test(have)) unlike(p.regex); return;
	case 'name': {
		const known = names.get(p.name);
		if (have === undefined) unlike(`$${p.name}`);
		if (known === undefined) names.set(p.name, have);
		else if (known !== have) unlike(`$${p.name} = ${show(known)}`);
		return;
	}
	case 'array': return matchArray(p, have, names, where, unlike);
	case 'object':
		if (!have || typeof have !== 'object' || Array.isArray(have)) unlike('an object');
		for (const [k, v] of p.members) match(v, have[k], names, where ? `${where}.${k}` : k);
		if (p.exact) {
			const more = Object.keys(have).filter((k) => !p.members.some(([m]) => m === k));
			if (more.length) throw new Unlike(`${where || 'the answer'}: also has ${more.join(', ')}`);
		}
		return;
	default: throw new Error(p.kind);
	}
}

function matchArray(p, have, names, where, unlike) {
	if (!Array.isArray(have)) unlike('an array');
	if (p.before) {
		for (const item of p.items) {
			const some = have.some((h) => {
				try { match(item, h, names, where); return true; } catch (e) { if (e instanceof Unlike) return false; throw e; }
			});
			if (!some) unlike('an item that is not among them');
		}
		return;
	}
	if (p.after ? have.length < p.items.length : have.length !== p.items.length) unlike(`${p.items.length} items`);
	p.items.forEach((item, i) => match(item, have[i], names, `${where}[${i}]`));
}
