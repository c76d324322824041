// statements - the lines of a story, and which of them hold which rule. "# rule: WORDS" and
// "# defect: D07 WORDS" are headings: what follows holds that rule, until the next heading or
// "# besides: WORDS". Headings that stand together share their steps.
const HEADING = /^# (rule|defect|besides):(.*)$/;
const CLAIM = /^(=>|(refuses|says|has|lacks|empty|lacking|unsaid)\b)/;

class Headings {
	constructor() {
		this.all = [];
		this.now = [];
		this.open = false;
	}

	line(text, line) {
		const m = HEADING.exec(text);
		if (!m) return;
		if (!this.open) this.now = [];
		this.open = true;
		if (m[1] === 'besides') return;
		const one = { kind: m[1], words: m[2].trim(), line, claims: 0 };
		this.all.push(one);
		this.now = [...this.now, one];
	}

	step(text) {
		this.open = false;
		if (CLAIM.test(text)) for (const one of this.now) one.claims++;
		return this.now;
	}
}

// Lines that belong together: until every bracket outside of texts is closed.
export function statements(source) {
	const out = [];
	const headings = new Headings();
	let text = '', line = 0;
	const take = () => { out.push({ text, line, under: headings.step(text) }); text = ''; };
	source.split('\n').forEach((l, i) => {
		if (!text && (/^\s*(#|$)/.test(l))) { headings.line(l, i + 1); return; }
		if (!text) line = i + 1;
		text += (text ? '\n' : '') + l.trim();
		const bare = text.replace(/"(?:\\.|[^"\\])*"/gs, '').replace(/:\s*\/(?:\\.|[^/\\\n])+\//g, '');
		const open = (bare.match(/[{[]/g) ?? []).length - (bare.match(/[}\]]/g) ?? []).length;
		if (open <= 0) take();
	});
	if (text) take();
	return { steps: out, headings: headings.all };
}

export const told = (under) => under.map((one) => ` [${one.kind}: ${one.words}]`).join('');
