// appointments - the practice's day by provider, or the week of one: free times to take by
// click, key or drag, appointments to move, and what others book as they book it.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { nowAtFacility } from '../core/format';
import { t } from '../core/i18n';
import { onPaper } from '../core/paper';
import { go, query } from '../core/router';
import { user } from '../core/store';
import { Button, Skeleton, Title } from '../ui/basics';
import { complain, tell, wordsFor } from '../ui/toast';
import { clockOf, dayName, freeOf, hoursOf, lanes, minutesOf, plusDays, STEP, timeOf, weekBegin, weekday, workday, type Days, type Provider, type Visit } from './calendar';
import { can, Desk, named, read } from './clinic';
import { useDrag } from './drag';
import { change } from './faster';
import { Booking, clash, seenOfVisit, VisitDialog, type Wish } from './visit';

const PX = 1.3; // of a minute
const LOOK = 2500; // ms between two looks at what has changed

interface Column {
	key: string;
	date: string;
	provider: Provider;
	head: string;
	under: string;
}
interface Drag {
	visit?: Visit;
	column: number;
	from: number;
	minutes: number;
}
interface Taken {
	grab: number; // minutes below its beginning
	drag: Drag;
}

// The days, and again whenever somebody has changed an appointment.
function useDays(from: string, days: number): { data: Days | null; again: () => Promise<void> } {
	const [data, setData] = useState<Days | null>(null);
	const state = useRef('');
	const span = `from=${from}&days=${days}`;
	const at = useRef(span);
	at.current = span;
	// The state first: what changes while the days are read is noticed at the next look.
	const again = async (): Promise<void> => {
		const answer = await read<{ state: string }>(`/calendar/state?${span}`);
		const found = await read<Days>(`/calendar?${span}`);
		if (at.current !== span) return;
		state.current = answer.state;
		setData(found);
	};
	useEffect(() => { again().catch(complain); }, [span]);
	useEffect(() => {
		const look = (): void => {
			if (document.hidden) return;
			read<{ state: string }>(`/calendar/state?${span}`).then((answer) => {
				if (state.current && state.current !== answer.state) again().catch(() => undefined);
			}, () => undefined);
		};
		const timer = setInterval(look, LOOK);
		document.addEventListener('visibilitychange', look);
		return () => {
			clearInterval(timer);
			document.removeEventListener('visibilitychange', look);
		};
	}, [span]);
	return { data, again };
}

const mine = (providers: Provider[]): Provider | undefined => providers.find((p) => p.email === user.value?.email) ?? providers.find((p) => p.name.includes(user.value?.full_name ?? '\n'));

function useNow(): string {
	const [now, setNow] = useState(nowAtFacility());
	useEffect(() => {
		const timer = setInterval(() => setNow(nowAtFacility()), 20000);
		return () => clearInterval(timer);
	}, []);
	return now;
}

interface BoardProps {
	columns: Column[];
	visits: Visit[];
	label: string;
	onWish: (wish: Wish) => void;
	onVisit: (visit: Visit) => void;
	onMove: (visit: Visit, to: Column, time: string) => void;
}

function Board({ columns, visits, label, onWish, onVisit, onMove }: BoardProps): JSX.Element {
	const now = useNow();
	const write = can('appointments', 'write');
	const box = useRef<HTMLDivElement>(null);
	const [cursor, setCursor] = useState('');
	const [drag, setDrag] = useState<Drag | null>(null);
	const [first, last] = hoursOf(visits);
	const of = columns.map((c) => visits.filter((v) => v.date === c.date && v.provider_npi === c.provider.npi));
	const free = columns.map((c, i) => (write ? freeOf(of[i]!, c.date, now) : []));
	const top = (minutes: number): string => `${(minutes - first * 60) * PX}px`;
	const keyOf = (column: number, minutes: number): string => `${columns[column]!.key}/${minutes}`;
	const start = useMemo(() => free.flatMap((list, i) => list.slice(0, 1).map((m) => keyOf(i, m)))[0] ?? '', [columns, visits, now]);
	const stop = free.some((list, i) => list.some((m) => keyOf(i, m) === cursor)) ? cursor : start;

	const onKey = (e: KeyboardEvent, column: number, minutes: number): void => {
		const rtl = document.documentElement.dir === 'rtl' ? -1 : 1;
		const side = { ArrowRight: rtl, ArrowLeft: -rtl }[e.key] ?? 0;
		let to: [number, number] | undefined;
		const list = free[column]!;
		if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
			const m = list[list.indexOf(minutes) + (e.key === 'ArrowDown' ? 1 : -1)];
			if (m !== undefined) to = [column, m];
		} else if (e.key === 'Home' || e.key === 'End') to = [column, e.key === 'Home' ? list[0]! : list[list.length - 1]!];
		else if (side)
			for (let i = column + side; i >= 0 && i < columns.length && !to; i += side)
				if (free[i]!.length) to = [i, free[i]!.reduce((best, m) => (Math.abs(m - minutes) < Math.abs(best - minutes) ? m : best))];
		if (!to && !side && !/^Arrow|^Home|^End/.test(e.key)) return;
		e.preventDefault();
		if (!to) return;
		const key = keyOf(to[0], to[1]);
		setCursor(key);
		const next = box.current?.querySelector<HTMLElement>(`[data-slot="${CSS.escape(key)}"]`);
		next?.focus();
		next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
	};

	// Where a point is: which column, how many minutes down.
	const under = (x: number, y: number): { column: number; minutes: number } | null => {
		const found = document.elementsFromPoint(x, y).find((el) => el instanceof HTMLElement && el.dataset.column !== undefined) as HTMLElement | undefined;
		return found ? { column: Number(found.dataset.column), minutes: first * 60 + (y - found.getBoundingClientRect().top) / PX } : null;
	};
	const { press, after } = useDrag<Taken>(box, {
		over: (what, x, y) => {
			const place = under(x, y);
			if (!place) return;
			if (what.drag.visit) what.drag = { ...what.drag, column: place.column, from: Math.max(0, Math.min(24 * 60 - 15, Math.round((place.minutes - what.grab) / 15) * 15)) };
			else {
				// As far as it is free.
				let minutes = STEP;
				while (what.drag.from + minutes < place.minutes && free[what.drag.column]?.includes(what.drag.from + minutes)) minutes += STEP;
				what.drag = { ...what.drag, minutes };
			}
			setDrag(what.drag);
		},
		drop: ({ drag: { visit, column: i, from, minutes } }) => {
			const column = columns[i];
			if (column && visit) onMove(visit, column, timeOf(from));
			else if (column) onWish({ npi: column.provider.npi, date: column.date, time: timeOf(from), minutes });
		},
		end: () => setDrag(null),
	});
	const take = (e: PointerEvent, column: number, from: number, visit?: Visit): void => {
		if (!write || (visit && visit.status !== 'scheduled')) return;
		const place = under(e.clientX, e.clientY);
		press(e, { grab: place ? place.minutes - from : 0, drag: { ...(visit ? { visit } : {}), column, from, minutes: visit?.duration_minutes ?? STEP } });
	};
	const clicked = (act: () => void) => (): void => { if (!after()) act(); };

	return (
		<div class={`board${drag ? ' dragging' : ''}`} ref={box} role="region" aria-label={label} tabIndex={0}>
			<div class="board-in" style={{ '--n': columns.length, '--hour': `${60 * PX}px` }}>
				<div class="board-corner" />
				{columns.map((c) => <div key={c.key} class={`board-head${c.date === now.slice(0, 10) ? ' now' : ''}`}><b>{c.head}</b><small>{c.under}</small></div>)}
				<div class="board-hours" aria-hidden="true">{Array.from({ length: last - first }, (_, i) => <span key={i}>{clockOf(timeOf((first + i) * 60))}</span>)}</div>
				{columns.map((c, i) => (
					<div key={c.key} class="board-column" data-column={i} role="group" aria-label={`${c.head}, ${c.under}`} style={{ height: `${(last - first) * 60 * PX}px` }}>
						{free[i]!.map((m) => (
							<button key={m} type="button" class="free" data-slot={keyOf(i, m)} tabIndex={keyOf(i, m) === stop ? 0 : -1} style={{ top: top(m), height: `${STEP * PX}px` }}
								aria-label={t('clinic.slot', { time: clockOf(timeOf(m)), who: c.provider.name, day: dayName(c.date) })}
								onClick={clicked(() => onWish({ npi: c.provider.npi, date: c.date, time: timeOf(m), minutes: STEP }))}
								onFocus={() => setCursor(keyOf(i, m))} onKeyDown={(e) => onKey(e, i, m)} onPointerDown={(e) => take(e, i, m)}><span>{clockOf(timeOf(m))}</span></button>
						))}
						{lanes(of[i]!).map(({ visit, lane, of: n }) => (
							<button key={visit.id} type="button" class={`visit ${visit.status}${drag?.visit?.id === visit.id ? ' away' : ''}`} data-visit={visit.appointment_id}
								style={{ top: top(minutesOf(visit.time)), height: `${Math.max(24, visit.duration_minutes * PX - 2)}px`, insetInlineStart: `${(lane / n) * 100}%`, width: `calc(${100 / n}% - 4px)` }}
								onClick={clicked(() => onVisit(visit))} onPointerDown={(e) => take(e, i, minutesOf(visit.time), visit)}>
								<b>{named(visit)}</b><small>{clockOf(visit.time)}{visit.reason && <> · <bdi>{visit.reason}</bdi></>}</small>
							</button>
						))}
						{drag?.column === i && <div class="ghost" aria-hidden="true" style={{ top: top(drag.from), height: `${drag.minutes * PX - 2}px` }}>{clockOf(timeOf(drag.from))} – {clockOf(timeOf((drag.from + drag.minutes) % 1440))}</div>}
						{c.date === now.slice(0, 10) && minutesOf(now.slice(11, 16)) >= first * 60 && minutesOf(now.slice(11, 16)) <= last * 60 && <div class="now-line" aria-hidden="true" style={{ top: top(minutesOf(now.slice(11, 16))) }} />}
					</div>
				))}
			</div>
		</div>
	);
}

// The board has no room for words: on paper the appointments stand in a table.
const OnPaper = ({ visits }: { visits: Visit[] }): JSX.Element => (!visits.length ? <p>{t('health.nothingPlanned')}</p> :
	<table class="grid-table visits-on-paper"><tbody>
		{[...visits].sort((a, b) => `${a.date} ${a.time}`.localeCompare(`${b.date} ${b.time}`)).map((v) => (
			<tr key={v.id}><td class="nowrap">{dayName(v.date)}, {clockOf(v.time)}</td><td><b>{named(v)}</b> {v.patient_mrn}</td><td>{v.reason}</td><td>{v.provider_name}</td></tr>
		))}
	</tbody></table>
);

function Page(): JSX.Element {
	const q = query.value;
	const week = q.get('view') === 'week';
	const today = nowAtFacility().slice(0, 10);
	const date = /^\d{4}-\d{2}-\d{2}$/.test(q.get('date') ?? '') ? q.get('date')! : workday(today);
	const from = week ? weekBegin(date) : date;
	const { data, again } = useDays(from, week ? 7 : 1);
	const [wish, setWish] = useState<Wish | null>(null);
	const [open, setOpen] = useState<Visit | null>(null);
	const [turned, setTurned] = useState<Record<number, Visit>>({}); // as they will be when the server agrees
	const turn = (visit: Visit, to: Visit | null): void => setTurned(({ [visit.id]: _was, ...rest }) => (to ? { ...rest, [visit.id]: to } : rest));
	const set = (change: Record<string, string>): void => {
		const next = new URLSearchParams({ view: week ? 'week' : 'day', date, ...(q.get('npi') !== null ? { npi: q.get('npi')! } : {}), ...change });
		void go(`/clinic/appointments?${next}`, true);
	};
	const providers = data?.providers ?? [];
	const narrow = matchMedia('(max-width: 56rem)').matches;
	const asked = q.get('npi') ?? (week || narrow ? mine(providers)?.npi ?? providers[0]?.npi ?? '' : '');
	const one = providers.find((p) => p.npi === asked) ?? (week ? providers[0] : undefined);
	const fits = data && data.from === from; // else the days before are still shown
	const visits = useMemo(() => (data?.appointments ?? []).map((v) => turned[v.id] ?? v), [data, turned]);
	const columns: Column[] = useMemo(() => {
		if (week) return one ? Array.from({ length: 7 }, (_, i) => plusDays(from, i)).filter((d) => weekday(d) < 5 || d === today || visits.some((v) => v.date === d && v.provider_npi === one.npi)).map((d) => ({ key: d, date: d, provider: one, head: dayName(d), under: d === today ? t('clinic.today') : one.name })) : [];
		return (one ? [one] : providers).map((p) => ({ key: p.npi, date, provider: p, head: p.name, under: p.specialty ?? '' }));
	}, [data, week, from, asked]);
	const move = async (visit: Visit, to: { date: string; provider: Provider }, time: string): Promise<void> => {
		if (visit.date === to.date && visit.time === time && visit.provider_npi === to.provider.npi) return;
		turn(visit, { ...visit, date: to.date, time, provider_npi: to.provider.npi, provider_name: to.provider.name });
		try {
			await change(seenOfVisit(visit, to.provider.name), { date: to.date, time, provider_npi: to.provider.npi }, again, t('clinic.moved', { when: `${dayName(to.date)}, ${clockOf(time)}` }));
		} catch (error) {
			tell(clash(error) ?? wordsFor(error), undefined, 'bad');
			await again().catch(() => undefined);
		}
		turn(visit, null);
	};
	const shownVisits = visits.filter((v) => columns.some((c) => c.date === v.date && c.provider.npi === v.provider_npi));
	const gone = shownVisits.filter((v) => v.status === 'cancelled');
	const name = week ? `${dayName(from)} – ${dayName(plusDays(from, 6))}` : dayName(date, true);
	const step = week ? 7 : 1;
	return (
		<div class="calendar">
			<Title icon="calendar" under={name} aside={can('appointments', 'write') && <Button kind="main" icon="plus" onClick={() => setWish({ npi: one?.npi ?? mine(providers)?.npi ?? providers[0]?.npi ?? '', date: date < today ? today : date, time: '09:00', minutes: STEP })}>{t('clinic.book')}</Button>}>{t('clinic.appointments')}</Title>
			<div class="calendar-tools">
				<div class="view-switch" role="group" aria-label={t('clinic.view')}>
					<Button small pressed={!week} onClick={() => set({ view: 'day' })}>{t('clinic.day')}</Button>
					<Button small pressed={week} onClick={() => set({ view: 'week', npi: asked || mine(providers)?.npi || providers[0]?.npi || '' })}>{t('clinic.week')}</Button>
				</div>
				<Button small class="flip" icon="left" label={t('clinic.earlier')} onClick={() => set({ date: plusDays(date, -step) })} />
				<Button small onClick={() => set({ date: today })}>{t('clinic.today')}</Button>
				<Button small class="flip" icon="right" label={t('clinic.later')} onClick={() => set({ date: plusDays(date, step) })} />
				<input class="filter" type="date" aria-label={t('clinic.date')} value={date} onChange={(e) => { if (e.currentTarget.value) set({ date: e.currentTarget.value }); }} />
				<select class="filter" aria-label={t('clinic.provider')} value={one?.npi ?? ''} onChange={(e) => set({ npi: e.currentTarget.value })}>
					{!week && <option value="" selected={!one}>{t('clinic.everyone')}</option>}
					{providers.map((p) => <option key={p.npi} value={p.npi} selected={one?.npi === p.npi}>{p.name}</option>)}
				</select>
			</div>
			{!fits || !columns.length ? <Skeleton lines={10} /> : <Board columns={columns} visits={shownVisits} label={name} onWish={setWish} onVisit={setOpen} onMove={(v, to, time) => void move(v, to, time)} />}
			{onPaper.value && <OnPaper visits={shownVisits.filter((v) => v.status !== 'cancelled')} />}
			<p class="quiet calendar-hint">{t('clinic.hint')}</p>
			{can('appointments', 'write') && <p class="quiet calendar-hint by-touch">{t('clinic.hintTouch')}</p>}
			{gone.length > 0 && (
				<details class="card"><summary>{t('clinic.cancelledOnes', { n: gone.length })}</summary>
					<ul class="lines">{gone.map((v) => <li key={v.id}><button type="button" class="plain-row" onClick={() => setOpen(v)}><span class="what"><b>{named(v)}</b><small>{dayName(v.date)}, {clockOf(v.time)} · <bdi>{v.provider_name}</bdi></small></span></button></li>)}</ul>
				</details>
			)}
			{wish && <Booking first={wish} providers={providers} onDone={() => void again().catch(complain)} onClose={() => setWish(null)} />}
			{open && <VisitDialog visit={open} providers={providers} onTurn={turn} onDone={() => again().catch(complain)} onClose={() => setOpen(null)} />}
		</div>
	);
}

export default (): JSX.Element => <Desk>{() => <Page />}</Desk>;
