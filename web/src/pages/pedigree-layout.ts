// pedigree-layout - where everybody stands in the drawing of a family.  Generations come
// from the words for the relations; who cannot be joined by a line for sure (aunts,
// cousins: of which side is not said) stands beside, without one.
import type { Relative } from './shares';

export interface Spot { x: number; y: number; who: Relative | null; me?: boolean; sex: 'male' | 'female' | 'other' }
export interface Drawing { spots: Spot[]; lines: string[]; width: number; height: number }

const SLOT = 132;
const ROW = 158;
const HALF = 22; // of a symbol
const sexOf: Record<string, Spot['sex']> = { father: 'male', brother: 'male', paternal_grandfather: 'male', maternal_grandfather: 'male', uncle: 'male', mother: 'female', sister: 'female', paternal_grandmother: 'female', maternal_grandmother: 'female', aunt: 'female' };
const sex = (r: Relative): Spot['sex'] => (r.gender === 'male' || r.gender === 'female' ? r.gender : r.gender === 'other' ? 'other' : sexOf[r.relationship] ?? 'other');

export function layOut(relatives: Relative[], me: Spot['sex']): Drawing {
	const by = (...words: string[]): Relative[] => relatives.filter((r) => words.includes(r.relationship));
	const first = (word: string): Relative | null => by(word)[0] ?? null;
	const spots: Spot[] = [];
	const lines: string[] = [];
	const pairs = { father: [first('paternal_grandfather'), first('paternal_grandmother')], mother: [first('maternal_grandfather'), first('maternal_grandmother')] } as const;
	const above = { father: pairs.father.some(Boolean), mother: pairs.mother.some(Boolean) };
	const top = above.father || above.mother ? ROW : 0;
	const parents = top > 0 || by('father', 'mother', 'brother', 'sister').length > 0;
	const y1 = top + 40;
	const y2 = y1 + (parents || by('uncle', 'aunt').length ? ROW : 0);

	const brothers = by('brother', 'sister').sort((a, b) => (a.birth_year ?? 9999) - (b.birth_year ?? 9999));
	const children: (Relative | null)[] = [...brothers, null];
	const gap = above.father && above.mother ? 2 * SLOT : 1.5 * SLOT;
	const reach = Math.max((children.length - 1) * SLOT / 2, parents ? gap / 2 + (top ? SLOT / 2 : 0) : 0);
	const middle = reach + SLOT / 2;
	children.forEach((r, i) => {
		const x = middle + (i - (children.length - 1) / 2) * SLOT;
		spots.push(r ? { x, y: y2, who: r, sex: sex(r) } : { x, y: y2, who: null, me: true, sex: me });
		if (parents) lines.push(`M${x} ${y2 - HALF}V${y2 - 56}`);
	});
	if (parents) {
		const left = middle - (children.length - 1) * SLOT / 2;
		lines.push(`M${left} ${y2 - 56}H${left + (children.length - 1) * SLOT}`, `M${middle} ${y1}V${y2 - 56}`, `M${middle - gap / 2 + HALF} ${y1}H${middle + gap / 2 - HALF}`);
		for (const [word, x] of [['father', middle - gap / 2], ['mother', middle + gap / 2]] as const) {
			const r = first(word);
			spots.push({ x, y: y1, who: r, sex: r ? sex(r) : sexOf[word]! });
			if (!above[word]) continue;
			pairs[word].forEach((g, i) => spots.push({ x: x + (i - 0.5) * SLOT, y: 40, who: g, sex: i ? 'female' : 'male' }));
			lines.push(`M${x - SLOT / 2 + HALF} 40H${x + SLOT / 2 - HALF}`, `M${x} 40V${y1 - HALF}`);
		}
	}
	const placed = new Set(spots.map((s) => s.who));
	const aside = (words: string[], y: number, from: number): number => {
		const rest = relatives.filter((r) => words.includes(r.relationship) && !placed.has(r));
		rest.forEach((r, i) => spots.push({ x: from + i * SLOT, y, who: r, sex: sex(r) }));
		return from + rest.length * SLOT;
	};
	const rightmost = (y: number): number => Math.max(0, ...spots.filter((s) => s.y === y).map((s) => s.x));
	const ends = [
		aside(['paternal_grandfather', 'paternal_grandmother', 'maternal_grandfather', 'maternal_grandmother'], 40, rightmost(40) + SLOT),
		aside(['father', 'mother', 'uncle', 'aunt'], y1, rightmost(y1) + SLOT * 1.15),
		aside(['cousin'], y2, rightmost(y2) + SLOT * 1.15),
	];
	const others = by('other');
	const last = others.length ? aside(['other'], y2 + ROW, SLOT / 2) : 0;
	return { spots, lines, width: Math.max(rightmost(y1), rightmost(y2), rightmost(40), ...ends.map((e) => e - SLOT), last - SLOT) + SLOT / 2 + 8, height: y2 + (others.length ? ROW : 0) + 112 };
}
