// list - records of a type as a table that sorts, filters, searches and selects many.
// Only the rows in sight are drawn, so that ten thousand are as quick as ten.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { href } from '../core/env';
import { text } from '../core/format';
import { code, label, said, t } from '../core/i18n';
import { onPaper } from '../core/paper';
import { hidden, hiddenKey, type Grid, type Value } from '../core/records';
import { go } from '../core/router';
import { fieldOf, type Field, type RecordType } from '../core/schema';
import { Button, Chip, Empty, LinkButton, toneOf } from './basics';
import { Icon, iconOf } from './icons';
import { refer, titleIn } from './titles';

const HEIGHT = 56; // of a row, as in list.css
const SPARE = 8; // rows drawn beyond the edge
const SLOTS = 97; // more than are ever in sight: a row that leaves lends its elements to one that comes
const COLUMNS = 5;

// The columns of a table: what tells most, in the order of the declaration.
export function columnsOf(type: RecordType): Field[] {
	const value = (f: Field): number => {
		if (f.name === type.title || f.name === 'patient_id' || f.type === 'note' || f.type === 'json' || f.type === 'list') return 0;
		if (f.type === 'choice') return /status|severity|result$/.test(f.name) ? 9 : 4.5;
		if (f.type === 'date' || f.type === 'moment') return f.required ? 8 : 6;
		if (f.required) return 7;
		if (f.type === 'reference') return 3;
		if (f.type === 'number' || f.type === 'whole') return 6;
		return f.type === 'bool' ? 2 : type.fields.indexOf(f) < 7 ? 5 : 4;
	};
	const best = [...type.fields].filter((f) => value(f) > 0).sort((a, b) => value(b) - value(a)).slice(0, COLUMNS - 1);
	return type.fields.filter((f) => best.includes(f));
}

function compare(a: Value | undefined, b: Value | undefined): number {
	if (a === b) return 0;
	if (a === null || a === undefined || a === '') return 1;
	if (b === null || b === undefined || b === '') return -1;
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	return 0;
}

interface Order {
	column: string;
	down: boolean;
}

function sorted(rows: Value[][], grid: Grid, order: Order | null): Value[][] {
	if (!order) return rows;
	const at = grid.at[order.column] ?? 0;
	const collator = new Intl.Collator(code.value, { numeric: true, sensitivity: 'base' });
	const sign = order.down ? -1 : 1;
	return [...rows].sort((x, y) => {
		const a = x[at];
		const b = y[at];
		if (typeof a === 'string' && typeof b === 'string' && a && b) return sign * (/^\d{4}-/.test(a) ? (a < b ? -1 : a > b ? 1 : 0) : collator.compare(a, b));
		const r = compare(a, b);
		return (a === null || b === null) ? r : sign * r;
	});
}

// All words of a row in one line, made when somebody searches.
const hay = new WeakMap<Value[], string>();
function words(type: RecordType, grid: Grid, row: Value[]): string {
	let found = hay.get(row);
	if (found === undefined) {
		found = grid.columns.map((c, i) => {
			const f = fieldOf(type, c);
			return f ? text(f, row[i], refer) : '';
		}).join(' ').toLocaleLowerCase();
		hay.set(row, found);
	}
	return found;
}

function Cell({ field, value }: { field: Field; value: Value | undefined }): JSX.Element {
	const words = text(field, value, refer);
	if (field.type === 'choice' && words) return <Chip tone={toneOf(value)}>{words}</Chip>;
	return <>{words}</>;
}

export interface ListProps {
	type: RecordType;
	grid: Grid;
	onRemove?: (ids: number[]) => void;
}

interface Window {
	from: number;
	to: number;
}

// Which rows are in sight, as the page scrolls.
function useWindow(n: number): [Window, { current: HTMLDivElement | null }] {
	const box = useRef<HTMLDivElement>(null);
	const [seen, setSeen] = useState<Window>({ from: 0, to: 30 });
	useLayoutEffect(() => {
		let top = 0; // measured when the page changes its form, not while it scrolls
		let height = innerHeight;
		const look = (): void => {
			const from = Math.max(0, Math.floor((scrollY - top) / HEIGHT) - SPARE);
			const to = Math.min(n, from + Math.ceil(height / HEIGHT) + 2 * SPARE);
			setSeen((was) => (was.from === from && was.to === to ? was : { from, to }));
		};
		const measure = (): void => {
			top = (box.current?.getBoundingClientRect().top ?? 0) + scrollY;
			height = innerHeight;
			look();
		};
		measure();
		const watch = new ResizeObserver(measure);
		watch.observe(document.getElementById('main') ?? document.body);
		addEventListener('scroll', look, { passive: true });
		addEventListener('resize', measure);
		return () => {
			watch.disconnect();
			removeEventListener('scroll', look);
			removeEventListener('resize', measure);
		};
	}, [n]);
	return [seen, box];
}

function Filters({ fields, picked, onPick }: { fields: Field[]; picked: Record<string, string>; onPick: (name: string, value: string) => void }): JSX.Element {
	return (
		<>
			{fields.map((f) => (
				<select key={f.name} class={picked[f.name] ? 'filter on' : 'filter'} aria-label={label(f.label)} value={picked[f.name] ?? ''} onChange={(e) => onPick(f.name, e.currentTarget.value)}>
					<option value="">{label(f.label)}</option>
					{f.choices!.map((c) => <option key={c.value} value={c.value}>{label(c.label)}</option>)}
				</select>
			))}
		</>
	);
}

export function RecordList({ type, grid, onRemove }: ListProps): JSX.Element {
	const [typed, setTyped] = useState('');
	const [order, setOrder] = useState<Order | null>(null);
	const [picked, setPicked] = useState<Record<string, string>>({});
	const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
	const columns = useMemo(() => columnsOf(type), [type]);
	const filters = useMemo(() => type.fields.filter((f) => f.type === 'choice' && (f.choices?.length ?? 0) > 1 && grid.at[f.name] !== undefined).slice(0, 3), [type, grid]);
	const here = hidden.value;
	const rows = useMemo(() => grid.rows.filter((row) => !here.has(hiddenKey(type.name, row[0] as number))), [grid, here]);
	const found = useMemo(() => {
		const needles = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
		const wanted = Object.entries(picked).filter(([, v]) => v);
		const some = rows.filter((row) => wanted.every(([name, v]) => row[grid.at[name] ?? -1] === v) && needles.every((n) => words(type, grid, row).includes(n)));
		return sorted(some, grid, order);
	}, [rows, grid, typed, picked, order]);
	const [sight, box] = useWindow(found.length);
	const whole = onPaper.value; // on paper nobody can scroll
	const seen = whole ? { from: 0, to: found.length } : sight;
	useEffect(() => setChosen(new Set()), [type]);

	// On a phone one value stands beside the name and one below it.
	const lead = columns.find((f) => /status|severity|result$/.test(f.name)) ?? columns[0];
	const under = columns.find((f) => f !== lead && (f.type === 'date' || f.type === 'moment')) ?? columns.find((f) => f !== lead);
	const title = type.title ? fieldOf(type, type.title) : undefined;
	const heads: { name: string; label: string }[] = [{ name: title?.name ?? 'id', label: title?.label ?? type.one }, ...columns];
	const toggle = (name: string): void => setOrder((o) => (o?.column !== name ? { column: name, down: false } : o.down ? null : { column: name, down: true }));
	const choose = (id: number, on: boolean): void => setChosen((was) => {
		const next = new Set(was);
		if (on) next.add(id);
		else next.delete(id);
		return next;
	});
	const removeChosen = (): void => {
		onRemove?.([...chosen]);
		setChosen(new Set());
	};
	const onKey = (event: KeyboardEvent): void => {
		const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
		const link = (event.target as HTMLElement).closest('.row')?.getAttribute('aria-rowindex');
		if (!step || !link) return;
		event.preventDefault();
		const to = document.querySelector<HTMLElement>(`.rows [aria-rowindex="${Number(link) + step}"] a`);
		to?.focus();
		to?.scrollIntoView({ block: 'nearest' });
	};

	if (!rows.length)
		return (
			<Empty icon={iconOf(type.route)} title={t('list.empty', { what: label(type.many) })}>
				<p>{label(type.summary)}</p>
				<LinkButton kind="main" icon="plus" href={href(`/records/${type.route}/new`)}>{t('record.add', { what: said(type.one) })}</LinkButton>
			</Empty>
		);
	return (
		<div class="list">
			<div class="list-tools">
				<div class="search">
					<Icon name="search" size={18} />
					<input type="search" aria-label={t('list.search', { what: said(type.many) })} placeholder={t('list.search', { what: said(type.many) })} value={typed} onInput={(e) => setTyped(e.currentTarget.value)} />
				</div>
				<Filters fields={filters} picked={picked} onPick={(name, value) => setPicked({ ...picked, [name]: value })} />
				<span class="count" role="status">{t('list.count', { n: found.length })}</span>
			</div>
			{chosen.size > 0 && (
				<div class="chosen" role="region" aria-label={t('list.chosen', { n: chosen.size })}>
					<span>{t('list.chosen', { n: chosen.size })}</span>
					<Button small icon="trash" kind="danger" onClick={removeChosen}>{t('delete')}</Button>
					<Button small kind="quiet" onClick={() => setChosen(new Set(found.map((r) => r[0] as number)))}>{t('list.all')}</Button>
					<Button small kind="quiet" onClick={() => setChosen(new Set())}>{t('list.clear')}</Button>
				</div>
			)}
			{!found.length && <p class="none">{t('list.none')}</p>}
			<div class={`table cols-${heads.length}`} role="table" aria-label={label(type.many)} aria-rowcount={found.length + 1} onKeyDown={onKey}>
				<div role="rowgroup" class="heads">
					<div role="row" class="head" aria-rowindex={1}>
						<span role="columnheader" class="check"><span class="hidden">{t('list.choose')}</span></span>
						{heads.map((h) => (
							<span role="columnheader" key={h.name} aria-sort={order?.column === h.name ? (order.down ? 'descending' : 'ascending') : 'none'}>
								<button type="button" onClick={() => toggle(h.name)}>{label(h.label)}{order?.column === h.name && <Icon name={order.down ? 'down' : 'up'} size={14} />}</button>
							</span>
						))}
					</div>
				</div>
				<div role="rowgroup" class="rows" ref={box} style={{ height: `${found.length * HEIGHT}px` }}>
					{found.slice(seen.from, seen.to).map((row, i) => {
						const id = row[0] as number;
						const name = titleIn(type, grid, row);
						return (
							<div role="row" class={chosen.has(id) ? 'row on' : 'row'} key={whole ? `${id}` : (seen.from + i) % SLOTS} aria-rowindex={seen.from + i + 2} style={{ transform: `translateY(${(seen.from + i) * HEIGHT}px)` }}
								onClick={(e) => { if (!(e.target as Element).closest('a, input, label')) void go(`/records/${type.route}/${id}`); }}>
								<span role="cell"><label class="check"><input type="checkbox" aria-label={t('list.chooseOne', { name })} checked={chosen.has(id)} onChange={(e) => choose(id, e.currentTarget.checked)} /></label></span>
								<span role="cell" class="name"><a href={href(`/records/${type.route}/${id}`)} dir="auto">{name}</a>{under && <small dir="auto">{text(under, row[grid.at[under.name] ?? -1], refer)}</small>}</span>
								{columns.map((f) => <span role="cell" key={f.name} class={`cell ${f.type}${f === lead ? ' lead' : ''}`} dir="auto"><Cell field={f} value={row[grid.at[f.name] ?? -1]} /></span>)}
							</div>
						);
					})}
				</div>
			</div>
		</div>
	);
}
