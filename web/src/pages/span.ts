// span - a stretch of time on a chart, and looking closer or further along.
export interface Span {
	from: number; // seconds
	to: number;
}

export const DAY = 86400;

export function within(s: Span, full: Span): Span {
	const wide = Math.min(s.to - s.from, full.to - full.from);
	const from = Math.max(full.from, Math.min(s.from, full.to - wide));
	return { from, to: from + wide };
}

// `at`: what stays where it is, the middle unless told otherwise.
export function zoomed(s: Span, full: Span, by: number, at = (s.from + s.to) / 2): Span {
	const wide = Math.max(DAY, (s.to - s.from) * by);
	const share = (at - s.from) / (s.to - s.from || 1);
	return within({ from: at - wide * share, to: at + wide * (1 - share) }, full);
}

export function moved(s: Span, full: Span, by: number): Span {
	const step = (s.to - s.from) * by;
	return within({ from: s.from + step, to: s.to + step }, full);
}
