// list - records of a type as a table that sorts, filters, searches and selects many.
// Only the rows in sight are drawn, so that ten thousand are as quick as ten.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { href } from '../core/env';
import { text } from '../core/format';
import { code, label, number, said, t } from '../core/i18n';
import { jumping, typing } from '../core/keys';
import { onPaper } from '../core/paper';
import { hidden, hiddenKey, type Grid, type Value } from '../core/records';
import { go, path, query } from '../core/router';
import { fieldOf, type Field, type RecordType } from '../core/schema';
import { Button, Chip, Empty, LinkButton, toneOf } from './basics';
import { Icon, iconOf } from './icons';
import { TagMany } from './tag-many';
import { refer, titleIn } from './titles';

const HEIGHT = 56; // of a row, as in list.css
const SPARE = 8; // rows drawn beyond the edge
const SLOTS = 97; // more than are ever in sight: a row that leaves lends its elements to one that comes
const COLUMNS = 5;

// Two numbers that are one reading: 120/80.
const second: Record<string, string> = { systolic_bp: 'diastolic_bp' };
const pairs = Object.values(second);
const headOf = (f: Field): string => label(second[f.name] ? 'Blood pressure' : f.label);
function textIn(f: Field, row: Value[], grid: Grid): string {
	const words = text(f, row[grid.at[f.name] ?? -1], refer);
	if (!second[f.name]) return words;
	const other = row[grid.at[second[f.name]!] ?? -1];
	return words.replace(/^\S+/, (n) => (typeof other === 'number' ? `${n}/${number(other)}` : n));
}

// The columns of a table: what tells most, in the order of the declaration.
export function columnsOf(type: RecordType, grid?: Grid): Field[] {
	const isEmpty = (f: Field): boolean => grid !== undefined && grid.rows.every((row) => (row[grid.at[f.name] ?? -1] ?? '') === '');
	const value = (f: Field): number => {
		if (f.name === type.title || pairs.includes(f.name) || f.name === 'patient_id' || f.type === 'note' || f.type === 'json' || f.type === 'list') return 0;
		if (f.type === 'choice') return /status|severity|result$/.test(f.name) ? 9 : 4.5;
		if (f.type === 'date' || f.type === 'moment') return f.required ? 8 : 6;
		if (f.required) return 7;
		if (f.type === 'reference') return 3;
		if (f.type === 'number' || f.type === 'whole') return 6;
		return f.type === 'bool' ? 2 : type.fields.indexOf(f) < 7 ? 5 : 4;
	};
	const some = type.fields.filter((f) => value(f) > 0);
	const kept = some.filter((f) => !isEmpty(f));
	const best = (kept.length > 1 ? kept : some).sort((a, b) => value(b) - value(a)).slice(0, COLUMNS - 1);
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

// What is searched, filtered and sorted stands in the address: it can be sent, and back
// leads to it.
const orderOf = (type: RecordType): Order | null => {
	const sort = query.value.get('sort') ?? '';
	const column = sort.replace(/^-/, '');
	return fieldOf(type, column) ? { column, down: sort.startsWith('-') } : null;
};
function address(change: Record<string, string | null>): void {
	const next = new URLSearchParams(query.value);
	for (const [name, value] of Object.entries(change)) {
		if (value) next.set(name, value);
		else next.delete(name);
	}
	const words = next.toString();
	go(path.value + (words ? `?${words}` : ''), true).catch(() => undefined); // Safari counts how often
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

function Cell({ field, row, grid }: { field: Field; row: Value[]; grid: Grid }): JSX.Element {
	const value = row[grid.at[field.name] ?? -1];
	const words = textIn(field, row, grid);
	if (field.type === 'choice' && words) return <Chip tone={toneOf(value)}>{words}</Chip>;
	return <>{words}</>;
}

export interface ListProps {
	type: RecordType;
	grid: Grid;
	edit?: boolean; // false: look only
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

interface Filter {
	name: string;
	label: string;
	options: [string, string][];
	fits: (row: Value[], value: string) => boolean;
}

function filtersOf(type: RecordType, grid: Grid): Filter[] {
	const choices = type.fields.filter((f) => f.type === 'choice' && (f.choices?.length ?? 0) > 1 && grid.at[f.name] !== undefined).slice(0, 3)
		.map((f): Filter => ({ name: f.name, label: label(f.label), options: f.choices!.map((c) => [c.value, label(c.label)]), fits: (row, value) => row[grid.at[f.name]!] === value }));
	const tags = type.fields.find((f) => f.type === 'list' && grid.at[f.name] !== undefined);
	const of = (row: Value[]): string[] => (row[grid.at[tags!.name]!] as string[] | null) ?? [];
	const names = tags ? [...new Set(grid.rows.flatMap(of))].sort((a, b) => a.localeCompare(b)) : [];
	return names.length ? [...choices, { name: tags!.name, label: label(tags!.label), options: names.map((n) => [n, n]), fits: (row, value) => of(row).includes(value) }] : choices;
}

const Filters = ({ filters }: { filters: Filter[] }): JSX.Element => (
	<>
		{filters.map((f) => {
			const picked = query.value.get(f.name) ?? '';
			return (
				<select key={f.name} class={picked ? 'filter on' : 'filter'} aria-label={f.label} value={picked} onChange={(e) => address({ [f.name]: e.currentTarget.value })}>
					<option value="">{f.label}</option>
					{f.options.map(([value, name]) => <option key={value} value={value} selected={value === picked}>{name}</option>)}
				</select>
			);
		})}
	</>
);

// The row takes the focus, when it is drawn.
function focusRow(i: number, tries = 10): void {
	const link = document.querySelector<HTMLElement>(`.rows [aria-rowindex="${i + 2}"] a`);
	if (link) {
		link.focus({ preventScroll: true });
		link.closest('.row')!.scrollIntoView({ block: 'nearest' });
		return;
	}
	const top = (document.querySelector('.rows')?.getBoundingClientRect().top ?? 0) + scrollY + i * HEIGHT;
	if (tries === 10 && Math.abs(top - scrollY) > innerHeight) scrollTo(0, top - innerHeight / 2);
	if (tries > 0) requestAnimationFrame(() => focusRow(i, tries - 1));
	else document.querySelector<HTMLElement>('main h1')?.focus();
}

// Which row of a list was opened last: who comes back stands on it again.
const opened = new Map<string, number>();

export function RecordList({ type, grid, edit = true, onRemove }: ListProps): JSX.Element {
	const typed = query.value.get('q') ?? '';
	const order = orderOf(type);
	const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
	const [tagging, setTagging] = useState(false);
	const last = useRef(0); // the row chosen last: a range begins there
	const columns = useMemo(() => columnsOf(type, grid), [type, grid]);
	const filters = useMemo(() => filtersOf(type, grid), [type, grid, code.value]);
	const picked = filters.filter((f) => query.value.get(f.name)).map((f) => [f.name, query.value.get(f.name)!] as const);
	const here = hidden.value;
	const rows = useMemo(() => grid.rows.filter((row) => !here.has(hiddenKey(type.name, row[0] as number))), [grid, here]);
	const found = useMemo(() => {
		const needles = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
		const wanted = picked.map(([name, value]) => ({ fits: filters.find((f) => f.name === name)!.fits, value }));
		const some = rows.filter((row) => wanted.every((w) => w.fits(row, w.value)) && needles.every((n) => words(type, grid, row).includes(n)));
		return sorted(some, grid, order);
	}, [rows, grid, typed, picked.join(), order?.column, order?.down]);
	const [sight, box] = useWindow(found.length);
	const whole = onPaper.value; // on paper nobody can scroll
	const seen = whole ? { from: 0, to: found.length } : sight;
	useEffect(() => setChosen(new Set()), [type]);

	// On a phone one value stands beside the name and one below it.
	const lead = columns.find((f) => /status|severity|result$/.test(f.name)) ?? columns[0];
	const under = columns.find((f) => f !== lead && (f.type === 'date' || f.type === 'moment')) ?? columns.find((f) => f !== lead);
	const title = type.title ? fieldOf(type, type.title) : undefined;
	const heads: { name: string; label: string }[] = [{ name: title?.name ?? 'id', label: label(title?.label ?? type.one) }, ...columns.map((f) => ({ name: f.name, label: headOf(f) }))];
	const toggle = (name: string): void => address({ sort: order?.column !== name ? name : order.down ? null : `-${name}` });
	const choose = (i: number, on: boolean, range = false): void => {
		const [from, to] = range ? [Math.min(last.current, i), Math.max(last.current, i)] : [i, i];
		setChosen((was) => {
			const next = new Set(was);
			for (const row of found.slice(from, to + 1)) {
				if (on) next.add(row[0] as number);
				else next.delete(row[0] as number);
			}
			return next;
		});
		last.current = i;
	};
	const removeSome = (ids: number[], i: number): void => {
		onRemove?.(ids);
		setChosen(new Set());
		requestAnimationFrame(() => focusRow(Math.max(0, Math.min(i, found.length - ids.length - 1))));
	};
	const removeChosen = (): void => removeSome([...chosen], found.findIndex((row) => chosen.has(row[0] as number)));
	const onKey = (event: KeyboardEvent): void => {
		const index = (event.target as HTMLElement).closest('.row')?.getAttribute('aria-rowindex');
		if (!index || event.ctrlKey || event.metaKey || event.altKey || jumping()) return;
		const i = Number(index) - 2;
		const id = found[i]?.[0] as number;
		const steps: Record<string, number> = { ArrowDown: i + 1, ArrowUp: i - 1, j: i + 1, k: i - 1, Home: 0, End: found.length - 1 };
		const to = steps[event.key];
		if (to !== undefined) {
			if (found[to]) focusRow(to);
		} else if (edit && (event.key === 'x' || event.key === 'X')) choose(i, event.shiftKey || !chosen.has(id), event.shiftKey);
		else if (edit && event.key === 'e') void go(`/records/${type.route}/${id}/edit`);
		else if (edit && event.key === 'Delete') removeSome(chosen.size ? [...chosen] : [id], i);
		else if (event.key === 'Escape' && chosen.size) setChosen(new Set());
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	useEffect(() => {
		const i = found.findIndex((row) => row[0] === opened.get(type.name));
		opened.delete(type.name);
		if (i >= 0 && document.activeElement?.matches('body, h1')) focusRow(i);
		return () => {
			const id = /^\/records\/[^/]+\/(\d+)$/.exec(path.value)?.[1];
			if (id) opened.set(type.name, Number(id));
		};
	}, []);
	// From anywhere on the page j goes into the list.
	useEffect(() => {
		const enter = (event: KeyboardEvent): void => {
			if (!/^[jk]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || jumping() || typing(event.target) || document.querySelector('dialog[open]') || (event.target as Element).closest?.('.rows')) return;
			event.preventDefault();
			const top = document.querySelector('.rows')?.getBoundingClientRect().top ?? 0;
			focusRow(Math.max(0, Math.ceil((100 - top) / HEIGHT)));
		};
		document.addEventListener('keydown', enter);
		return () => document.removeEventListener('keydown', enter);
	}, []);

	if (!rows.length)
		return (
			<Empty icon={iconOf(type.route)} title={t('list.empty', { what: label(type.many) })}>
				<p>{label(type.summary)}</p>
				{edit && <LinkButton kind="main" icon="plus" href={href(`/records/${type.route}/new`)}>{t('record.add', { what: said(type.one) })}</LinkButton>}
			</Empty>
		);
	return (
		<div class="list">
			<div class="list-tools">
				<div class="search">
					<Icon name="search" size={18} />
					<input type="search" aria-label={t('list.search', { what: said(type.many) })} placeholder={t('list.search', { what: said(type.many) })} value={typed} onInput={(e) => address({ q: e.currentTarget.value })} />
				</div>
				<Filters filters={filters} />
				{(typed || picked.length > 0) && <Button small kind="quiet" onClick={() => { address({ q: null, ...Object.fromEntries(picked.map(([name]) => [name, null])) }); document.querySelector<HTMLElement>('.list-tools input')?.focus(); }}>{t('list.unfilter')}</Button>}
				<span class="count" role="status">{t('list.count', { n: found.length })}</span>
			</div>
			{chosen.size > 0 && (
				<div class="chosen" role="region" aria-label={t('list.chosen', { n: chosen.size })}>
					<span>{t('list.chosen', { n: chosen.size })}</span>
					{type.fields.some((f) => f.name === 'tags' && f.type === 'list') && <Button small icon="tag" popup="dialog" onClick={() => setTagging(true)}>{label('Tags')}</Button>}
					<Button small icon="trash" kind="danger" onClick={removeChosen}>{t('delete')}</Button>
					<Button small kind="quiet" onClick={() => setChosen(new Set(found.map((r) => r[0] as number)))}>{t('list.all')}</Button>
					<Button small kind="quiet" onClick={() => setChosen(new Set())}>{t('list.clear')}</Button>
				</div>
			)}
			{tagging && <TagMany type={type} grid={grid} ids={[...chosen]} onClose={() => setTagging(false)} />}
			{!found.length && <p class="none">{t('list.none')}</p>}
			<div class={`table cols-${heads.length}${edit ? '' : ' plain'}`} role="table" aria-label={label(type.many)} aria-rowcount={found.length + 1} onKeyDown={onKey}>
				<div role="rowgroup" class="heads">
					<div role="row" class="head" aria-rowindex={1}>
						{edit && <span role="columnheader" class="check"><label class="check"><input type="checkbox" aria-label={t('list.all')} checked={chosen.size > 0 && chosen.size >= found.length} onChange={(e) => setChosen(new Set(e.currentTarget.checked ? found.map((r) => r[0] as number) : []))} /></label></span>}
						{heads.map((h) => (
							<span role="columnheader" key={h.name} aria-sort={order?.column === h.name ? (order.down ? 'descending' : 'ascending') : 'none'}>
								<button type="button" onClick={() => toggle(h.name)}>{h.label}{order?.column === h.name && <Icon name={order.down ? 'down' : 'up'} size={14} />}</button>
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
								{edit && <span role="cell"><label class="check"><input type="checkbox" aria-label={t('list.chooseOne', { name })} checked={chosen.has(id)} onClick={(e) => choose(seen.from + i, e.currentTarget.checked, e.shiftKey)} /></label></span>}
								<span role="cell" class="name"><a href={href(`/records/${type.route}/${id}`)} dir="auto">{name}</a>{under && <small dir="auto">{textIn(under, row, grid)}</small>}</span>
								{columns.map((f) => <span role="cell" key={f.name} class={`cell ${f.type}${f === lead ? ' lead' : ''}`} dir="auto"><Cell field={f} row={row} grid={grid} /></span>)}
							</div>
						);
					})}
				</div>
			</div>
		</div>
	);
}
