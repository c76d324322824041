// chart - values over time in one picture, drawn by uPlot: the usual range of the value in
// front behind it, dragged or pinched to look closer, and the same with keys.  Values of
// two units have an axis each; those of more are drawn against their own usual range.
import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { label, locale, number, t } from '../core/i18n';
import { onPaper } from '../core/paper';
import { theme } from '../core/store';
import { nameOf, seconds, type Series } from './health';
import { DAY, within, zoomed, type Span } from './span';

// Of an axis: steps people count in; uPlot's own have 2.5, of which no pulse is.
const STEPS = Array.from({ length: 11 }, (_, i) => [1, 2, 5].map((n) => Number(`${n}e${i - 4}`))).flat();

const HEIGHT = 320;
const COLOURS = 6; // as in health.css
const DASHES = [[], [9, 4], [2, 3], [11, 3, 2, 3], [16, 5]];

// Told apart by colour and by dash: for who sees few colours, and on paper.
export const colourOf = (i: number): number => i % COLOURS;
export const dashOf = (i: number): number[] => DASHES[(i + Math.floor(i / COLOURS)) % DASHES.length]!;

interface Colours {
	lines: string[];
	band: string;
	edge: string;
	grid: string;
	words: string;
	paper: string;
}

// The style of paper is not there yet when the browser tells that it will print.
const PAPER: Colours = { lines: ['#0063a6', '#b34700', '#00735a', '#97408c', '#7a6000', '#37474f'], band: '#def2e4', edge: '#1c6b37', grid: '#dde2e7', words: '#51606d', paper: '#ffffff' };

function colours(): Colours {
	if (onPaper.value) return PAPER;
	const style = getComputedStyle(document.documentElement);
	const of = (name: string): string => style.getPropertyValue(name).trim();
	return { lines: Array.from({ length: COLOURS }, (_, i) => of(`--series-${i}`)), band: of('--good-soft'), edge: of('--good'), grid: of('--line'), words: of('--soft'), paper: of('--card') };
}

type Scale = (value: number) => number;
const asIs: Scale = (value) => value;

// The usual range is from 0 to 1; where there is none, all there is.
function against(low: number | null | undefined, high: number | null | undefined, values: number[]): Scale {
	const from = low ?? Math.min(high ?? Infinity, ...values, ...(high ? [0] : []));
	const to = high ?? Math.max(low ?? -Infinity, ...values);
	const wide = to - from || Math.abs(to) || 1;
	return (value) => (value - from) / wide;
}

interface Line {
	series: Series;
	key: string; // of its scale
	second: boolean;
	low: number | null;
	high: number | null;
	scale: Scale;
	index: number; // of the series
}

export const unitsOf = (series: Series[]): string[] => [...new Set(series.map((s) => s.unit ?? ''))];
export const isCompared = (series: Series[]): boolean => unitsOf(series).length > 2;

function linesOf(series: Series[]): Line[] {
	const all = unitsOf(series);
	const compared = isCompared(series);
	return series.flatMap((s, index) => [false, true].flatMap((second): Line[] => {
		if (second && !s.points.some((p) => p.length > 2)) return [];
		const [low, high] = second ? [s.low2 ?? null, s.high2 ?? null] : [s.low, s.high];
		const values = s.points.map((p) => (second ? p[2] : p[1])).filter((v) => v !== undefined);
		return [{ series: s, second, low, high, index, key: compared ? 'n' : `y${all.indexOf(s.unit ?? '')}`, scale: compared ? against(low, high, values) : asIs }];
	}));
}

function dataOf(lines: Line[]): uPlot.AlignedData {
	const xs = [...new Set(lines.flatMap((l) => l.series.points.map((p) => seconds(p[0]))))].sort((a, b) => a - b);
	const place = new Map(xs.map((x, i) => [x, i]));
	const ys = lines.map((l) => {
		const column = new Array<number | null>(xs.length).fill(null);
		for (const p of l.series.points) {
			const value = l.second ? p[2] : p[1];
			if (value !== undefined) column[place.get(seconds(p[0]))!] = l.scale(value);
		}
		return column;
	});
	return [xs, ...ys];
}

// The band of the usual range, below all else.
function drawBand(u: uPlot, line: Line, c: Colours): void {
	const { low, high, key, scale } = line;
	if ((low ?? high) === null) return;
	const { left, top, width, height } = u.bbox;
	const y = (v: number | null, otherwise: number): number => (v === null ? otherwise : Math.max(top, Math.min(top + height, u.valToPos(scale(v), key, true))));
	const upper = y(high, top);
	const lower = y(low, top + height);
	u.ctx.save();
	u.ctx.fillStyle = c.band;
	u.ctx.fillRect(left, upper, width, Math.max(0, lower - upper));
	u.ctx.strokeStyle = c.edge;
	u.ctx.globalAlpha = 0.55;
	u.ctx.setLineDash([2, 4]);
	u.ctx.beginPath();
	for (const [v, at] of [[high, upper], [low, lower]] as const)
		if (v !== null) {
			u.ctx.moveTo(left, at);
			u.ctx.lineTo(left + width, at);
		}
	u.ctx.stroke();
	u.ctx.restore();
}

function tick(step: number): (at: number) => string {
	const how: Intl.DateTimeFormatOptions = step >= 365 * DAY ? { year: 'numeric' } : step >= 28 * DAY ? { month: 'short', year: '2-digit' } : step >= DAY ? { day: 'numeric', month: 'short' } : { hour: 'numeric', minute: '2-digit' };
	const format = new Intl.DateTimeFormat(locale.value, { ...how, timeZone: 'UTC' });
	return (at) => format.format(new Date(at * 1000));
}

const rangeWith = (limits: number[]): uPlot.Range.Function => (_u, low, high) => {
	const all = [...limits, ...[low, high].filter((v) => v !== null && Number.isFinite(v))];
	if (!all.length) return [0, 1];
	const [least, most] = [Math.min(...all), Math.max(...all)];
	const room = (most - least || Math.abs(most) || 1) * 0.12;
	return [least >= 0 ? Math.max(0, least - room) : least - room, most + room];
};

interface Told {
	onSpan: (span: Span) => void;
	onPoint: (at: number | null) => void;
}

function optionsOf(lines: Line[], front: string, c: Colours, width: number, span: Span, told: Told): uPlot.Options {
	const compared = lines.some((l) => l.key === 'n');
	const keys = [...new Set(lines.map((l) => l.key))];
	const before = lines.filter((l) => l.series.of === front);
	const limits = (key: string): number[] => [...(key === 'n' ? [0, 1] : []), ...before.filter((l) => l.key === key).flatMap((l) => [l.low, l.high]).filter((v): v is number => v !== null)];
	const axis = { stroke: c.words, font: '12px system-ui, sans-serif', labelFont: '12px system-ui, sans-serif', ticks: { stroke: c.grid, width: 1, size: 4 } };
	return {
		width, height: HEIGHT, legend: { show: false }, padding: [12, keys.length > 1 ? 0 : 14, 0, 0],
		tzDate: (at) => uPlot.tzDate(new Date(at * 1000), 'Etc/UTC'),
		cursor: { drag: { x: true, y: false, setScale: false, dist: 6 }, points: { size: 9 } },
		scales: {
			x: { time: true, auto: false, min: span.from, max: span.to },
			...Object.fromEntries(keys.map((key) => [key, { range: key === 'n' ? ((_u, low, high) => [Math.min(-0.25, low ?? 0), Math.max(1.25, high ?? 1)]) as uPlot.Range.Function : rangeWith(limits(key)) }])),
		},
		series: [{}, ...lines.map((l): uPlot.Series => {
			const stroke = c.lines[colourOf(l.index)]!;
			const inFront = l.series.of === front;
			return { stroke, scale: l.key, width: inFront ? 2.6 : 1.6, dash: lines.length > 1 ? dashOf(l.index) : [], spanGaps: true, points: { show: (u, _series, i0, i1) => (i1 - i0) * 10 < u.over.clientWidth, size: inFront ? 7 : 5, fill: l.second ? stroke : c.paper, stroke, width: 1.8 } };
		})],
		axes: [
			{ ...axis, grid: { stroke: c.grid, width: 1 }, space: 76, values: (_u, at, _i, _space, step) => at.map(tick(step)) },
			...keys.map((key, i): uPlot.Axis => ({
				...axis, incrs: STEPS, scale: key, side: i ? 1 : 3, size: compared ? 64 : 52, grid: { show: i === 0, stroke: c.grid, width: 1 },
				...(keys.length > 1 ? { label: lines.find((l) => l.key === key)!.series.unit ?? '', labelSize: 20 } : {}),
				...(compared ? { splits: () => [0, 1], values: (_u: uPlot, at: number[]) => at.map((v) => label(v ? 'High' : 'Low')) } : { values: (_u: uPlot, at: number[]) => at.map((v) => number(v)) }),
			})),
		],
		hooks: {
			drawClear: [(u) => before.forEach((l) => drawBand(u, l, c))],
			setCursor: [(u) => told.onPoint(u.cursor.idx === null || u.cursor.idx === undefined || (u.cursor.left ?? -1) < 0 ? null : u.data[0][u.cursor.idx] ?? null)],
			setSelect: [(u) => {
				const { left, width: wide } = u.select;
				if (wide < 6) return;
				const [from, to] = [u.posToVal(left, 'x'), u.posToVal(left + wide, 'x')];
				u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
				if (to - from > DAY / 4) told.onSpan({ from, to });
			}],
		},
	};
}

// One finger moves along, two look closer; so does a pinch on a touch pad.
function fingers(over: HTMLElement, now: () => { span: Span; full: Span }, onSpan: (span: Span) => void): void {
	const down = new Map<number, number>(); // where each finger is, across
	let start: { span: Span; xs: number[] } | null = null;
	const begin = (): void => {
		start = down.size ? { span: now().span, xs: [...down.values()] } : null;
	};
	over.addEventListener('pointerdown', (e) => {
		if (e.pointerType === 'mouse') return;
		down.set(e.pointerId, e.clientX);
		begin();
	});
	over.addEventListener('pointermove', (e) => {
		if (!down.has(e.pointerId) || !start) return;
		down.set(e.pointerId, e.clientX);
		const { left, width } = over.getBoundingClientRect();
		const xs = [...down.values()];
		const middle = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
		const wide = start.span.to - start.span.from;
		const apart = Math.abs((xs[1] ?? 0) - (xs[0] ?? 0));
		const by = xs.length > 1 && apart > 8 ? Math.abs(start.xs[1]! - start.xs[0]!) / apart : 1;
		const at = start.span.from + ((middle(start.xs) - left) / width) * wide;
		const next = zoomed(start.span, now().full, by, at);
		const along = ((middle(xs) - middle(start.xs)) / width) * (next.to - next.from);
		onSpan(within({ from: next.from - along, to: next.to - along }, now().full));
	});
	for (const end of ['pointerup', 'pointercancel', 'pointerleave'])
		over.addEventListener(end, (e) => {
			down.delete((e as PointerEvent).pointerId);
			begin();
		});
	over.addEventListener('wheel', (e) => {
		if (!e.ctrlKey) return;
		e.preventDefault();
		const { left, width } = over.getBoundingClientRect();
		const { span, full } = now();
		onSpan(zoomed(span, full, Math.exp(e.deltaY / 200), span.from + ((e.clientX - left) / width) * (span.to - span.from)));
	}, { passive: false });
}

export interface ChartProps extends Told {
	series: Series[];
	front: string;
	span: Span;
	full: Span;
	onKey: (event: KeyboardEvent) => void;
}

export default function Chart(props: ChartProps): JSX.Element {
	const { series, front, span, onKey } = props;
	const at = useRef<HTMLDivElement>(null);
	const plot = useRef<uPlot | null>(null);
	const now = useRef(props);
	now.current = props;
	useEffect(() => {
		let last = 0;
		const lines = linesOf(series);
		const data = dataOf(lines);
		const told: Told = { onSpan: (s) => now.current.onSpan(s), onPoint: (x) => now.current.onPoint(x) };
		const make = (): void => {
			plot.current?.destroy();
			last = Math.max(200, Math.floor(at.current!.clientWidth));
			plot.current = new uPlot(optionsOf(lines, front, colours(), last, now.current.span, told), data, at.current!);
			fingers(plot.current.over, () => now.current, told.onSpan);
		};
		const watch = new ResizeObserver(() => {
			const width = Math.max(200, Math.floor(at.current?.clientWidth ?? 0));
			if (plot.current && width !== last) plot.current.setSize({ width: (last = width), height: HEIGHT });
		});
		const dark = matchMedia('(prefers-color-scheme: dark)');
		// The colours are those of the theme, or of paper.
		const themed = effect(() => { void theme.value; make(); });
		dark.addEventListener('change', make);
		watch.observe(at.current!);
		return () => {
			themed();
			dark.removeEventListener('change', make);
			watch.disconnect();
			plot.current?.destroy();
			plot.current = null;
		};
	}, [series, front, locale.value]);
	useEffect(() => {
		plot.current?.setScale('x', { min: span.from, max: span.to });
	}, [span.from, span.to]);
	const inSight = new Set(series.flatMap((s) => s.points.map((p) => p[0]).filter((x) => seconds(x) >= span.from && seconds(x) <= span.to))).size;
	const name = series.map(nameOf).join(', ');
	return <div ref={at} class="chart" dir="ltr" role="group" tabIndex={0} aria-label={`${t('health.chartOf', { name })} ${t('list.count', { n: inSight })}. ${t('health.chartKeys')}`} onKeyDown={onKey} />;
}
