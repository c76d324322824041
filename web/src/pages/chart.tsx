// chart - one value over time, drawn by uPlot: the usual range behind it, dragged over to
// zoom, and the same with keys.
import { effect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { day } from '../core/format';
import { locale, number, t } from '../core/i18n';
import { onPaper } from '../core/paper';
import { theme } from '../core/store';
import { nameOf, seconds, type Series } from './health';
import { reading } from './quick-vitals';

export interface Span {
	from: number;
	to: number;
}

const DAY = 86400;
const HEIGHT = 290;

interface Colours {
	line: string;
	second: string;
	band: string;
	grid: string;
	words: string;
	paper: string;
}

const PAPER: Colours = { line: '#0b6b66', second: '#51606d', band: '#def2e4', grid: '#dde2e7', words: '#51606d', paper: '#ffffff' };

function colours(): Colours {
	if (onPaper.value) return PAPER;
	const style = getComputedStyle(document.documentElement);
	const of = (name: string): string => style.getPropertyValue(name).trim();
	return { line: of('--accent'), second: of('--soft'), band: of('--good-soft'), grid: of('--line'), words: of('--soft'), paper: of('--card') };
}

// The band of the usual range, below all else.
function drawBand(u: uPlot, low: number | null | undefined, high: number | null | undefined, colour: string, edge: string): void {
	if ((low ?? high ?? null) === null) return;
	const { left, top, width, height } = u.bbox;
	const y = (v: number | null | undefined, otherwise: number): number => (v === null || v === undefined ? otherwise : Math.max(top, Math.min(top + height, u.valToPos(v, 'y', true))));
	const upper = y(high, top);
	const lower = y(low, top + height);
	u.ctx.save();
	u.ctx.fillStyle = colour;
	u.ctx.fillRect(left, upper, width, Math.max(0, lower - upper));
	u.ctx.strokeStyle = edge;
	u.ctx.setLineDash([2, 4]);
	u.ctx.beginPath();
	for (const [v, at] of [[high, upper], [low, lower]] as const)
		if (v !== null && v !== undefined) {
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

function optionsOf(series: Series, c: Colours, width: number, span: Span, onSpan: (span: Span) => void, onPoint: (i: number | null) => void): uPlot.Options {
	const two = series.points.some((p) => p.length > 2);
	const limits = [series.low, series.high, series.low2, series.high2].filter((v): v is number => typeof v === 'number');
	const font = '12px system-ui, sans-serif';
	const axis = { stroke: c.words, font, grid: { stroke: c.grid, width: 1 }, ticks: { stroke: c.grid, width: 1, size: 4 } };
	const line = (stroke: string, dash?: number[]): uPlot.Series => ({ stroke, width: 2, points: { show: true, size: 6, fill: c.paper, stroke, width: 2 }, spanGaps: true, ...(dash ? { dash } : {}) });
	return {
		width, height: HEIGHT, legend: { show: false }, padding: [12, 14, 0, 0],
		tzDate: (at) => uPlot.tzDate(new Date(at * 1000), 'Etc/UTC'),
		cursor: { drag: { x: true, y: false, setScale: false, dist: 6 }, points: { size: 9 }, focus: { prox: 30 } },
		scales: {
			x: { time: true, auto: false, range: () => [span.from, span.to] },
			y: {
				range: (_u, low, high) => {
					const all = [...limits, ...[low, high].filter((v) => v !== null && Number.isFinite(v))];
					if (!all.length) return [0, 1];
					const [least, most] = [Math.min(...all), Math.max(...all)];
					const room = (most - least || Math.abs(most) || 1) * 0.12;
					return [least >= 0 ? Math.max(0, least - room) : least - room, most + room];
				},
			},
		},
		series: [{}, line(c.line), ...(two ? [line(c.second, [5, 4])] : [])],
		axes: [
			{ ...axis, space: 76, values: (_u, at, _i, _space, step) => at.map(tick(step)) },
			{ ...axis, size: 52, values: (_u, at) => at.map((v) => number(v)) },
		],
		hooks: {
			drawClear: [(u) => { drawBand(u, series.low, series.high, c.band, c.grid); if (two) drawBand(u, series.low2, series.high2, c.band, c.grid); }],
			setCursor: [(u) => onPoint(u.cursor.idx ?? null)],
			setSelect: [(u) => {
				const { left, width: wide } = u.select;
				if (wide < 6) return;
				const [from, to] = [u.posToVal(left, 'x'), u.posToVal(left + wide, 'x')];
				u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
				if (to - from > DAY / 4) onSpan({ from, to });
			}],
		},
	};
}

const dataOf = (series: Series): uPlot.AlignedData => {
	const xs = series.points.map((p) => seconds(p[0]));
	const first = series.points.map((p) => p[1]);
	return series.points.some((p) => p.length > 2) ? [xs, first, series.points.map((p) => p[2] ?? null)] : [xs, first];
};

export interface ChartProps {
	series: Series;
	span: Span;
	onSpan: (span: Span) => void;
	onKey: (event: KeyboardEvent) => void;
}

export default function Chart({ series, span, onSpan, onKey }: ChartProps): JSX.Element {
	const at = useRef<HTMLDivElement>(null);
	const [point, setPoint] = useState<number | null>(null);
	const now = useRef(onSpan);
	now.current = onSpan;
	useEffect(() => {
		let u: uPlot | null = null;
		let last = 0;
		const make = (): void => {
			u?.destroy();
			const width = Math.max(200, Math.floor(at.current!.clientWidth));
			u = new uPlot(optionsOf(series, colours(), width, span, (s) => now.current(s), setPoint), dataOf(series), at.current!);
			last = width;
		};
		const watch = new ResizeObserver(() => {
			const width = Math.max(200, Math.floor(at.current?.clientWidth ?? 0));
			if (u && width !== last) u.setSize({ width: (last = width), height: HEIGHT });
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
			u?.destroy();
		};
	}, [series, span.from, span.to, locale.value]);
	const shown = point === null ? undefined : series.points[point];
	const inSight = series.points.filter((p) => seconds(p[0]) >= span.from && seconds(p[0]) <= span.to).length;
	return (
		<>
			<p class="chart-read" aria-hidden="true">{shown ? <><b>{reading(shown[1], shown[2])}</b> {series.unit} · {day(shown[0])}</> : ' '}</p>
			<div ref={at} class="chart" dir="ltr" role="group" tabIndex={0} aria-label={`${t('health.chartOf', { name: nameOf(series) })} ${t('list.count', { n: inSight })}. ${t('health.chartKeys')}`} onKeyDown={onKey} />
		</>
	);
}
