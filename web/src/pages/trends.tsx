// trends - any values over time, in one picture or one below the other on the same days,
// with what is drawn in a table.
import type { ComponentType, JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { get } from '../core/api';
import { href } from '../core/env';
import { day } from '../core/format';
import { label, t } from '../core/i18n';
import { onPaper } from '../core/paper';
import { mayEdit } from '../core/rights';
import { go, query } from '../core/router';
import { personId, preferences } from '../core/store';
import { Button, Card, Empty, LinkButton, Skeleton, Title } from '../ui/basics';
import { Icon } from '../ui/icons';
import { complain } from '../ui/toast';
import type { ChartProps } from './chart';
import { flagOf, judge, nameOf, seconds, units, type Available, type Flag, type Point, type Series } from './health';
import { reading } from './quick-vitals';
import { FlagChip } from './range-bar';
import { DAY, moved, zoomed, type Span } from './span';
import { recently, remember, TrendPicker } from './trend-picker';

const MOST = 24; // the server answers so many at once
const ROWS = 9;
const ranges = [['1m', 31], ['6m', 183], ['1y', 366], ['5y', 1827], ['all', 0]] as const;

const rangeWords = (id: (typeof ranges)[number][0]): string =>
	({ '1m': t('health.months', { n: 1 }), '6m': t('health.months', { n: 6 }), '1y': t('health.oneYear'), '5y': t('people.age', { n: 5 }), all: t('health.everything') })[id];

function whole(series: Series[]): Span {
	const all = series.flatMap((s) => [s.points[0], s.points.at(-1)]).filter((p) => p !== undefined).map((p) => seconds(p[0]));
	const now = Date.now() / 1000;
	const from = Math.min(now - 30 * DAY, ...all);
	const to = Math.max(now, ...all);
	const room = (to - from) * 0.02;
	return { from: from - room, to: to + room };
}

function show(of: string[], apart: boolean): void {
	const words = [...of.map((x) => `of=${encodeURIComponent(x)}`), ...(apart ? ['view=apart'] : [])].join('&');
	void go(`/trends${words ? `?${words}` : ''}`, true);
}

const isIn = (p: Point, span: Span): boolean => seconds(p[0]) >= span.from && seconds(p[0]) <= span.to;
const flag = (s: Series, p: Point): Flag | null => {
	const found = [judge(p[1], s.low, s.high), p[2] === undefined ? null : judge(p[2], s.low2, s.high2)];
	return found.find((f) => f === 'high' || f === 'low') ?? found.find((f) => f !== null) ?? null;
};
const rangeOf = (low: number | null | undefined, high: number | null | undefined): string => ((low ?? high ?? null) === null ? '' : (low ?? null) === null ? `≤ ${reading(high!)}` : (high ?? null) === null ? `≥ ${reading(low!)}` : `${reading(low!)}–${reading(high!)}`);
const bandWords = (s: Series): string => [rangeOf(s.low, s.high), rangeOf(s.low2, s.high2)].filter(Boolean).join(' / ');

// What was measured on one day stands on one line, the newest first.
function Values({ series, span }: { series: Series[]; span: Span }): JSX.Element {
	const [all, setAll] = useState(false);
	const lines = useMemo(() => {
		const found = new Map<string, (Point | undefined)[]>();
		series.forEach((s, i) => {
			for (const p of s.points.filter((x) => isIn(x, span))) {
				const line = found.get(p[0]) ?? [];
				line[i] = p;
				found.set(p[0], line);
			}
		});
		return [...found].sort((a, b) => (a[0] < b[0] ? 1 : -1));
	}, [series, span]);
	const name = series.map(nameOf).join(', ');
	return (
		<div class="trend-values">
			<div class="trend-scroll" tabIndex={0} role="group" aria-label={name}>
				<table>
					<caption class="hidden">{name}</caption>
					<thead><tr><th scope="col">{t('health.date')}</th>{series.map((s) => <th key={s.of} scope="col" dir="auto">{series.length > 1 ? nameOf(s) : ''} <small>{s.unit || (series.length > 1 ? '' : label('Value'))}</small></th>)}</tr></thead>
					<tbody>
						{lines.slice(0, all || onPaper.value ? undefined : ROWS).map(([at, points]) => (
							<tr key={at}>
								<th scope="row">{day(at)}</th>
								{series.map((s, i) => {
									const p = points[i];
									const f = p && flagOf(flag(s, p));
									return <td key={s.of}>{p && <><b>{reading(p[1], p[2])}</b>{f?.sign && <span class={`sign ${f.tone}`} title={label(f.word)}><span aria-hidden="true"> {f.sign}</span><span class="hidden"> {label(f.word)}</span></span>}</>}</td>;
								})}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{!lines.length && <p class="quiet">{t('health.noneThen')}</p>}
			{lines.length > ROWS && <Button small kind="quiet" expanded={all} onClick={() => setAll(!all)}>{all ? t('health.fewer') : t('health.showAll', { n: lines.length })}</Button>}
		</div>
	);
}

function Tools({ span, full, onSpan }: { span: Span; full: Span; onSpan: (span: Span) => void }): JSX.Element {
	const spanOf = (days: number): Span => (days ? { from: full.to - days * DAY, to: full.to } : full);
	return (
		<>
			<div class="ranges" role="group" aria-label={t('health.period')}>
				{ranges.filter(([, days]) => days * DAY < full.to - full.from).map(([id, days]) => {
					const s = spanOf(days);
					return <Button key={id} small pressed={Math.abs(s.from - span.from) < DAY && Math.abs(s.to - span.to) < DAY} onClick={() => onSpan(s)}>{rangeWords(id)}</Button>;
				})}
			</div>
			<div class="ranges" role="group" aria-label={t('health.zoom')}>
				<Button small icon="left" label={t('health.back')} onClick={() => onSpan(moved(span, full, -0.5))} />
				<Button small icon="plus" label={t('health.zoomIn')} onClick={() => onSpan(zoomed(span, full, 0.5))} />
				<Button small icon="minus" label={t('health.zoomOut')} onClick={() => onSpan(zoomed(span, full, 2))} />
				<Button small icon="right" label={t('health.forth')} onClick={() => onSpan(moved(span, full, 0.5))} />
			</div>
		</>
	);
}

// What is drawn, each with its colour and dash: one is brought to the front, its range behind it.
function Legend({ series, from, front, point, dashes, onFront, onDrop }: { series: Series[]; from: number; front: string; point: number | null; dashes: number[][]; onFront: (of: string) => void; onDrop: (of: string) => void }): JSX.Element {
	return (
		<ul class="trend-legend">
			{series.map((s, i) => {
				const p = point === null ? s.points.at(-1) : s.points.filter((x) => seconds(x[0]) <= point + 1).at(-1);
				return (
					<li key={s.of}>
						<button type="button" class="legend-name" aria-pressed={s.of === front} onClick={() => onFront(s.of)} title={t('health.toFront', { name: nameOf(s) })}>
							<svg width="30" height="12" aria-hidden="true" focusable="false"><path class={`series-${(from + i) % 6}`} d="M1 6h28" fill="none" stroke-width="2.5" stroke-dasharray={(dashes[i] ?? []).join(' ')} /></svg>
							<span class="what"><b dir="auto">{nameOf(s)}</b><small>{p ? <><bdi dir="ltr">{reading(p[1], p[2])} {s.unit}</bdi> · <bdi>{day(p[0])}</bdi></> : t('home.none')}</small></span>
							{p && <FlagChip status={flag(s, p) === 'normal' ? null : flag(s, p)} />}
						</button>
						<Button small kind="quiet" icon="close" label={t('health.hide', { name: nameOf(s) })} onClick={() => onDrop(s.of)} />
					</li>
				);
			})}
		</ul>
	);
}

type Drawing = typeof import('./chart');

interface PictureProps {
	series: Series[];
	from: number; // the colour of the first
	span: Span;
	full: Span;
	drawing: Drawing | null;
	onSpan: (span: Span) => void;
	onKey: (event: KeyboardEvent) => void;
	onDrop: (of: string) => void;
}

function Picture({ series, from, span, full, drawing, onSpan, onKey, onDrop }: PictureProps): JSX.Element {
	const [wish, setFront] = useState('');
	const [point, setPoint] = useState<number | null>(null);
	const front = series.some((s) => s.of === wish) ? wish : series[0]!.of;
	const first = series.find((s) => s.of === front)!;
	const Chart = drawing?.default as ComponentType<ChartProps> | undefined;
	const left = series.reduce((n, s) => n + s.left_out, 0);
	const dashes = drawing && series.length > 1 ? series.map((_, i) => drawing.dashOf(i)) : [];
	return (
		<Card>
			<div class={`trend${series.length > 3 ? ' broad' : ''}`}>
				<div class="trend-chart">
					<Legend series={series} from={from} front={front} point={point} dashes={dashes} onFront={setFront} onDrop={onDrop} />
					{!series.some((s) => s.points.length) ? <p class="quiet">{t('home.none')}</p> : Chart ? <Chart series={series} front={front} span={span} full={full} onSpan={onSpan} onPoint={setPoint} onKey={onKey} /> : <Skeleton lines={4} />}
					<p class="quiet trend-notes">
						{bandWords(first) && <span>{t('health.bandOf', { name: nameOf(first) })} <bdi>{bandWords(first)} {first.unit}</bdi></span>}
						{drawing?.isCompared(series) && <span>{t('health.compared')}</span>}
						{left > 0 && <span>{t('health.leftOut', { n: left })}</span>}
					</p>
				</div>
				<Values series={series} span={span} />
			</div>
		</Card>
	);
}

function Charts({ series, apart, onDrop }: { series: Series[]; apart: boolean; onDrop: (of: string) => void }): JSX.Element {
	const [drawing, setDrawing] = useState<Drawing | null>(null);
	const full = useMemo(() => whole(series), [series]);
	const [span, setSpan] = useState<Span | null>(null);
	const now = span ?? full;
	useEffect(() => {
		import('./chart').then(setDrawing, complain);
	}, []);
	const key = (event: KeyboardEvent): void => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const next = event.key === '+' || event.key === '=' ? zoomed(now, full, 0.5) : event.key === '-' ? zoomed(now, full, 2)
			: event.key === 'ArrowLeft' ? moved(now, full, -0.25) : event.key === 'ArrowRight' ? moved(now, full, 0.25) : event.key === '0' ? full : null;
		if (!next) return;
		event.preventDefault();
		setSpan(next);
	};
	const pictures = useMemo(() => (apart ? series.map((s) => [s]) : [series]), [series, apart]);
	const of = series.map((s) => s.of);
	return (
		<>
			<div class="trend-tools">
				<Tools span={now} full={full} onSpan={setSpan} />
				{series.length > 1 && (
					<div class="ranges" role="group" aria-label={t('health.view')}>
						<Button small pressed={!apart} onClick={() => show(of, false)}>{t('health.together')}</Button>
						<Button small pressed={apart} onClick={() => show(of, true)}>{t('health.apart')}</Button>
					</div>
				)}
			</div>
			<div class="panel">{pictures.map((some) => <Picture key={apart ? some[0]!.of : 'all'} series={some} from={0} span={now} full={full} drawing={drawing} onSpan={setSpan} onKey={key} onDrop={onDrop} />)}</div>
		</>
	);
}

function Whole(): JSX.Element {
	const id = personId.value;
	const system = preferences.value.unit_system;
	const [list, setList] = useState<Available[] | null>(null);
	const [series, setSeries] = useState<Series[] | null>(null);
	const [choosing, setChoosing] = useState(false);
	const picked = query.value.getAll('of').slice(0, MOST);
	const apart = query.value.get('view') === 'apart';
	const asked = useRef(0);
	useEffect(() => {
		if (id === null) return undefined;
		setList(null);
		let here = true;
		get<{ series: Available[] }>(`/people/${id}/trends/available?${units()}`).then(({ series: found }) => {
			if (!here) return;
			setList(found);
			if (query.value.has('of') || !found[0]) return;
			const before = recently().filter((of) => found.some((s) => s.of === of)).slice(0, 2);
			show(before.length ? before : (found.filter((s) => s.count > 1)[0] ? found.filter((s) => s.count > 1) : found).slice(0, 2).map((s) => s.of), false);
		}, complain);
		return () => {
			here = false;
		};
	}, [id, system]);
	const wanted = picked.map((of) => `of=${encodeURIComponent(of)}`).join('&');
	useEffect(() => {
		const mine = ++asked.current;
		if (id === null || !wanted) setSeries([]);
		else get<{ series: Series[] }>(`/people/${id}/trends?${units()}&${wanted}`).then((answer) => { if (mine === asked.current) setSeries(answer.series); }, complain);
	}, [id, system, wanted]);
	const change = (of: string[]): void => {
		remember(of.filter((x) => !picked.includes(x)));
		show(of, apart);
	};
	const close = (): void => {
		setChoosing(false);
		setTimeout(() => document.querySelector<HTMLElement>('.trend-choose')?.focus(), 0);
	};
	if (id === null) return <><Title icon="chart">{t('health.trends')}</Title><Empty icon="person" title={t('people.none')}><LinkButton kind="main" icon="plus" href={href('/people/new')}>{t('people.add')}</LinkButton></Empty></>;
	const choose = <Button kind="main" icon="plus" class="trend-choose" popup="dialog" onClick={() => setChoosing(true)}>{t('health.choose')}</Button>;
	return (
		<div class="trends">
			<Title icon="chart" tone="vitals" aside={<><a class="button" href={href('/timeline')}><Icon name="clock" /><span>{t('health.timeline')}</span></a>{list && list.length > 0 && choose}</>}>{t('health.trends')}</Title>
			{!list || !series ? <Skeleton lines={8} /> : !list.length ? <Empty icon="chart" title={t('home.noVitals')}>{mayEdit() && <LinkButton kind="main" icon="plus" href={href('/records/vitals/new')}>{t('home.add')}</LinkButton>}</Empty>
				: series.length ? <Charts series={series} apart={apart} onDrop={(of) => { change(picked.filter((x) => x !== of)); close(); }} /> : <Empty icon="chart" title={t('health.pickValue')} />}
			{choosing && list && <TrendPicker list={list} picked={picked} most={MOST} onPick={change} onClose={close} />}
		</div>
	);
}

// Another person is another page: nothing of the one before stays on it.
export default function Trends(): JSX.Element {
	return <Whole key={personId.value ?? 0} />;
}
