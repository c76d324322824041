// trends - any values over time, one below the other on the same days, each with its table.
import type { ComponentType, JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { get } from '../core/api';
import { href } from '../core/env';
import { day } from '../core/format';
import { label, t } from '../core/i18n';
import { onPaper } from '../core/paper';
import { go, query } from '../core/router';
import { personId, preferences } from '../core/store';
import { Button, Card, Empty, LinkButton, Skeleton, Title } from '../ui/basics';
import { Icon } from '../ui/icons';
import { complain } from '../ui/toast';
import type { ChartProps, Span } from './chart';
import { judge, nameOf, seconds, units, type Available, type Series } from './health';
import { reading } from './quick-vitals';
import { FlagChip } from './range-bar';

const DAY = 86400;
const MOST = 24; // the server answers so many at once
const ROWS = 8;
const ranges = [['1m', 31], ['6m', 183], ['1y', 366], ['all', 0]] as const;

const rangeWords = (id: (typeof ranges)[number][0]): string => (id === '1m' ? t('health.months', { n: 1 }) : id === '6m' ? t('health.months', { n: 6 }) : id === '1y' ? t('health.oneYear') : t('health.everything'));

function whole(series: Series[]): Span {
	const all = series.flatMap((s) => [s.points[0], s.points.at(-1)]).filter((p) => p !== undefined).map((p) => seconds(p[0]));
	const now = Date.now() / 1000;
	const from = Math.min(now - 30 * DAY, ...all);
	const to = Math.max(now, ...all);
	const room = (to - from) * 0.02;
	return { from: from - room, to: to + room };
}

const pick = (of: string[]): void => void go(`/trends${of.length ? `?${of.map((x) => `of=${encodeURIComponent(x)}`).join('&')}` : ''}`, true);

function Choice({ list, picked }: { list: Available[]; picked: string[] }): JSX.Element {
	const [word, setWord] = useState('');
	const wanted = word.trim().toLocaleLowerCase();
	const fits = list.filter((s) => picked.includes(s.of) || !wanted || nameOf(s).toLocaleLowerCase().includes(wanted));
	return (
		<div class="trend-choice">
			{list.length > 12 && <input type="search" class="trend-find" aria-label={t('health.findValue')} placeholder={t('health.findValue')} value={word} onInput={(e) => setWord(e.currentTarget.value)} />}
			<div class="picks" role="group" aria-label={t('health.values')}>
				{fits.map((s) => (
					<button key={s.of} type="button" class="pick" aria-pressed={picked.includes(s.of)} disabled={!picked.includes(s.of) && picked.length >= MOST}
						onClick={() => pick(picked.includes(s.of) ? picked.filter((x) => x !== s.of) : [...picked, s.of])}>{nameOf(s)}<small>{reading(s.latest.value, s.latest.second)}{s.unit ? ` ${s.unit}` : ''}</small></button>
				))}
			</div>
		</div>
	);
}

function Values({ series, span }: { series: Series; span: Span }): JSX.Element {
	const [all, setAll] = useState(false);
	const points = useMemo(() => series.points.filter((p) => seconds(p[0]) >= span.from && seconds(p[0]) <= span.to).reverse(), [series, span]);
	const ranged = series.low !== null || series.high !== null;
	return (
		<div class="trend-values">
			<table>
				<caption class="hidden">{nameOf(series)}</caption>
				<thead><tr><th scope="col">{t('health.date')}</th><th scope="col">{series.unit || label('Value')}</th>{ranged && <th scope="col"><span class="hidden">{label('Status')}</span></th>}</tr></thead>
				<tbody>
					{points.slice(0, all || onPaper.value ? undefined : ROWS).map((p) => {
						const flags = [judge(p[1], series.low, series.high), p[2] === undefined ? null : judge(p[2], series.low2, series.high2)];
						return <tr key={p[0]}><td>{day(p[0])}</td><td><b>{reading(p[1], p[2])}</b></td>{ranged && <td><FlagChip status={flags.find((f) => f === 'high' || f === 'low') ?? 'normal'} /></td>}</tr>;
					})}
				</tbody>
			</table>
			{!points.length && <p class="quiet">{t('health.noneThen')}</p>}
			{points.length > ROWS && <Button small kind="quiet" expanded={all} onClick={() => setAll(!all)}>{all ? t('health.fewer') : t('health.showAll', { n: points.length })}</Button>}
		</div>
	);
}

function Tools({ span, full, onSpan }: { span: Span; full: Span; onSpan: (span: Span) => void }): JSX.Element {
	const now = full.to;
	const spanOf = (days: number): Span => (days ? { from: now - days * DAY, to: now } : full);
	const zoom = (by: number): void => onSpan(zoomed(span, full, by));
	return (
		<div class="trend-tools">
			<div class="ranges" role="group" aria-label={t('health.period')}>
				{ranges.map(([id, days]) => {
					const s = spanOf(days);
					return <Button key={id} small pressed={Math.abs(s.from - span.from) < DAY && Math.abs(s.to - span.to) < DAY} onClick={() => onSpan(s)}>{rangeWords(id)}</Button>;
				})}
			</div>
			<div class="ranges" role="group" aria-label={t('health.zoom')}>
				<Button small icon="left" label={t('health.back')} onClick={() => onSpan(moved(span, full, -0.5))} />
				<Button small icon="plus" label={t('health.zoomIn')} onClick={() => zoom(0.5)} />
				<Button small icon="minus" label={t('health.zoomOut')} onClick={() => zoom(2)} />
				<Button small icon="right" label={t('health.forth')} onClick={() => onSpan(moved(span, full, 0.5))} />
			</div>
		</div>
	);
}

function within(s: Span, full: Span): Span {
	const wide = Math.min(s.to - s.from, full.to - full.from);
	const from = Math.max(full.from, Math.min(s.from, full.to - wide));
	return { from, to: from + wide };
}
const zoomed = (s: Span, full: Span, by: number): Span => {
	const wide = Math.max(DAY, (s.to - s.from) * by);
	const middle = (s.from + s.to) / 2;
	return within({ from: middle - wide / 2, to: middle + wide / 2 }, full);
};
const moved = (s: Span, full: Span, by: number): Span => {
	const step = (s.to - s.from) * by;
	return within({ from: s.from + step, to: s.to + step }, full);
};

function Charts({ series }: { series: Series[] }): JSX.Element {
	const [Chart, setChart] = useState<ComponentType<ChartProps> | null>(null);
	const full = useMemo(() => whole(series), [series]);
	const [span, setSpan] = useState<Span | null>(null);
	const now = span ?? full;
	useEffect(() => {
		import('./chart').then((module) => setChart(() => module.default), complain);
	}, []);
	const key = (event: KeyboardEvent): void => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const next = event.key === '+' || event.key === '=' ? zoomed(now, full, 0.5) : event.key === '-' ? zoomed(now, full, 2)
			: event.key === 'ArrowLeft' ? moved(now, full, -0.25) : event.key === 'ArrowRight' ? moved(now, full, 0.25) : event.key === '0' ? full : null;
		if (!next) return;
		event.preventDefault();
		setSpan(next);
	};
	return (
		<>
			<Tools span={now} full={full} onSpan={setSpan} />
			{series.map((s) => (
				<Card key={s.of} title={<span dir="auto">{nameOf(s)}{s.unit && <small class="trend-unit"> {s.unit}</small>}</span>} icon="chart" tone={s.of.startsWith('lab:') ? 'lab-results' : 'vitals'}
					action={<Button small kind="quiet" icon="close" label={t('health.hide', { name: nameOf(s) })} onClick={() => pick(series.filter((x) => x.of !== s.of).map((x) => x.of))} />}>
					<div class="trend">
						<div class="trend-chart">{!s.points.length ? <p class="quiet">{t('home.none')}</p> : Chart ? <Chart series={s} span={now} onSpan={setSpan} onKey={key} /> : <Skeleton lines={4} />}</div>
						<Values series={s} span={now} />
					</div>
					{s.left_out > 0 && <p class="quiet">{t('health.leftOut', { n: s.left_out })}</p>}
				</Card>
			))}
		</>
	);
}

export default function Trends(): JSX.Element {
	const id = personId.value;
	const system = preferences.value.unit_system;
	const [list, setList] = useState<Available[] | null>(null);
	const [series, setSeries] = useState<Series[] | null>(null);
	const picked = query.value.getAll('of').slice(0, MOST);
	const asked = useRef(0);
	useEffect(() => {
		if (id === null) return;
		setList(null);
		get<{ series: Available[] }>(`/people/${id}/trends/available?${units()}`).then(({ series: found }) => {
			setList(found);
			if (!query.value.has('of') && found[0]) pick(found.filter((s) => s.count > 1).slice(0, 2).map((s) => s.of));
		}, complain);
	}, [id, system]);
	const wanted = picked.map((of) => `of=${encodeURIComponent(of)}`).join('&');
	useEffect(() => {
		const mine = ++asked.current;
		if (id === null || !wanted) setSeries([]);
		else get<{ series: Series[] }>(`/people/${id}/trends?${units()}&${wanted}`).then((answer) => { if (mine === asked.current) setSeries(answer.series); }, complain);
	}, [id, system, wanted]);
	if (id === null) return <><Title icon="chart">{t('health.trends')}</Title><Empty icon="person" title={t('people.none')}><LinkButton kind="main" icon="plus" href={href('/people/new')}>{t('people.add')}</LinkButton></Empty></>;
	return (
		<div class="trends">
			<Title icon="chart" tone="vitals" aside={<a class="button" href={href('/timeline')}><Icon name="clock" /><span>{t('health.timeline')}</span></a>}>{t('health.trends')}</Title>
			{!list || !series ? <Skeleton lines={8} /> : !list.length ? <Empty icon="chart" title={t('home.noVitals')}><LinkButton kind="main" icon="plus" href={href('/records/vitals/new')}>{t('home.add')}</LinkButton></Empty> : (
				<><Choice list={list} picked={picked} />{series.length ? <Charts series={series} /> : <Empty icon="chart" title={t('health.pickValue')} />}</>
			)}
		</div>
	);
}
