// lab-entry - a panel typed in as it stands on the paper: name, value, unit, range; Enter
// goes to the next line, lines that are pasted fill as many rows.  All new ones are saved
// by one request.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ApiError, drop, get, post, put } from '../core/api';
import { label, t } from '../core/i18n';
import type { Row } from '../core/records';
import { personId } from '../core/store';
import { Button, Notice } from '../ui/basics';
import { tell, wordsFor } from '../ui/toast';
import { useUnsaved } from '../ui/unsaved';
import { judge, rangeOf, toNumber, units, type Series } from './health';
import type { Component } from './lab-panel';
import { FlagChip } from './range-bar';

interface Entry {
	key: number;
	was: Component | null;
	name: string;
	value: string;
	unit: string;
	range: string;
}
type Cell = 'name' | 'value' | 'unit' | 'range';
const cells: Cell[] = ['name', 'value', 'unit', 'range'];
const BULK = 50; // the server takes so many at once

// What is kept as a draft.
interface Sheet {
	rows: Entry[];
	gone: number[];
}
export const draftOf = (lab: Row): string => `${personId.value}.lab.${lab.id}`;

let last = 0;
const blank = (): Entry => ({ key: ++last, was: null, name: '', value: '', unit: '', range: '' });

// Where the value stands, as it is typed.
function flagNow(e: Entry): string | null {
	const value = toNumber(e.value);
	const { low, high } = rangeOf(e.range);
	return Number.isNaN(value) ? null : judge(value, low, high);
}

function rangeWords(low: number | null, high: number | null, text: string | null): string {
	if (low !== null && high !== null) return `${low} - ${high}`;
	return high !== null ? `< ${high}` : low !== null ? `> ${low}` : text ?? '';
}

const filled = (c: Component): Entry => ({
	key: ++last, was: c, name: c.test_name, value: String(c.value), unit: c.unit, range: rangeWords(c.ref_range_min, c.ref_range_max, c.ref_range_text),
});
const isBlank = (e: Entry): boolean => cells.every((cell) => !e[cell].trim());

// A line of a table, or one as it is read aloud: "Potassium 4.3 mmol/L 3.5-5.1".
export function readLine(line: string): Pick<Entry, Cell> {
	const parts = line.trim().split(/\t|;|\||\s{2,}/).map((s) => s.trim());
	if (parts.length > 1) return { name: parts[0] ?? '', value: parts[1] ?? '', unit: parts[2] ?? '', range: parts.slice(3).join(' ').trim() };
	const said = /^(.*?\D)\s+(-?\d+(?:[.,]\d+)?)(?:\s+(\S+))?(?:\s+(.+))?$/.exec(line.trim());
	return said ? { name: said[1]!.replace(/[:,]$/, ''), value: said[2]!, unit: said[3] ?? '', range: said[4] ?? '' } : { name: line.trim(), value: '', unit: '', range: '' };
}

function wrongIn(e: Entry): Partial<Record<Cell, string>> {
	const wrong: Partial<Record<Cell, string>> = {};
	if (!e.name.trim()) wrong.name = t('form.missing');
	if (Number.isNaN(toNumber(e.value))) wrong.value = t('health.aNumber');
	if (!e.unit.trim()) wrong.unit = t('form.missing');
	return wrong;
}

// Where a range ends on one side only, what was printed is kept as well: "<" is not "≤".
function body(e: Entry): Record<string, unknown> {
	const { low, high } = rangeOf(e.range);
	const both = low !== null && high !== null;
	return { test_name: e.name.trim(), value: toNumber(e.value), unit: e.unit.trim(), ref_range_min: both ? low : null, ref_range_max: both ? high : null, ref_range_text: both ? null : e.range.trim() || null };
}

const differs = (e: Entry): boolean => {
	if (!e.was) return !isBlank(e);
	const before = filled(e.was);
	return cells.some((cell) => before[cell] !== e[cell]);
};

async function saveAll(lab: Row, rows: Entry[], gone: number[]): Promise<void> {
	const fresh = rows.filter((e) => !e.was && !isBlank(e));
	const order = Math.max(0, ...rows.map((e) => e.was?.display_order ?? 0));
	for (let i = 0; i < fresh.length; i += BULK)
		await post(`/lab-test-components/lab-result/${lab.id}/components/bulk`, { lab_result_id: lab.id, components: fresh.slice(i, i + BULK).map((e, j) => ({ ...body(e), display_order: order + i + j + 1 })) });
	for (const e of rows.filter((x) => x.was && differs(x))) {
		const now = body(e);
		const name = { test_name: now.test_name };
		const kept = filled(e.was!).range === e.range ? { value: now.value, unit: now.unit, ...name } : now;
		await put(`/lab-test-components/components/${e.was!.id}`, kept);
	}
	for (const id of gone) await drop(`/lab-test-components/components/${id}`);
}

export function LabEntry({ lab, list, onEnd }: { lab: Row; list: Component[]; onEnd: (saved: boolean) => void }): JSX.Element {
	const first = useMemo((): Sheet => ({ rows: [...list.map(filled), blank(), blank(), blank()], gone: [] }), []);
	const sheet = useUnsaved<Sheet>(draftOf(lab), first, (now) => !now.gone.length && !now.rows.some(differs));
	const { rows, gone } = sheet.typed;
	const setRows = (change: Entry[] | ((was: Entry[]) => Entry[])): void => sheet.set((was) => ({ ...was, rows: typeof change === 'function' ? change(was.rows) : change }));
	const [shown, setShown] = useState(false); // what is wrong
	const [words, setWords] = useState('');
	const [busy, setBusy] = useState(false);
	const [names, setNames] = useState<string[]>([]);
	const [wanted, setWanted] = useState<[number, Cell] | null>(null);
	const at = useRef<HTMLDivElement>(null);

	useEffect(() => {
		get<string[]>('/lab-test-components/suggestions/test-names?limit=100').then(setNames, () => undefined);
		last = Math.max(last, ...rows.map((e) => e.key)); // of a draft
		setWanted([Math.max(0, rows.findIndex(isBlank)), 'name']);
	}, []);
	const cellAt = (i: number, cell: Cell): HTMLElement | null | undefined => at.current?.querySelector<HTMLElement>(`[data-cell="${i}-${cell}"]`);
	// Before the next key, or the next letter falls into the field that was left.
	const goTo = (i: number, cell: Cell): void => {
		const there = cellAt(i, cell);
		if (there) there.focus();
		else setWanted([i, cell]);
	};
	useLayoutEffect(() => {
		if (!wanted) return;
		cellAt(...wanted)?.focus();
		setWanted(null);
	}, [wanted]);

	const change = (i: number, more: Partial<Entry>): void => setRows((was) => was.map((e, j) => (i === j ? { ...e, ...more } : e)));
	// Unit and range as they were the last time.
	const recall = async (i: number): Promise<void> => {
		const e = rows[i]!;
		if (!e.name.trim() || e.unit || e.range || !names.some((n) => n.toLocaleLowerCase() === e.name.trim().toLocaleLowerCase())) return;
		const found = await get<{ series: Series[] }>(`/people/${personId.value}/trends?${units()}&of=${encodeURIComponent(`lab:${e.name.trim()}`)}`).catch(() => null);
		const series = found?.series[0];
		// Not under the hand of who is typing there already.
		if (/-(unit|range)$/.test((document.activeElement as HTMLElement | null)?.dataset.cell ?? '')) return;
		if (series?.points.length) setRows((was) => was.map((x) => (x.key === e.key && !x.unit && !x.range ? { ...x, unit: series.unit ?? '', range: rangeWords(series.low, series.high, null) } : x)));
	};
	const next = (i: number): void => {
		if (i + 1 >= rows.length) setRows([...rows, blank()]);
		goTo(i + 1, 'name');
	};
	const paste = (event: ClipboardEvent, i: number): void => {
		const text = event.clipboardData?.getData('text/plain') ?? '';
		const lines = text.split(/\r?\n/).filter((line) => line.trim());
		if (lines.length < 2 && !/\t/.test(text)) return;
		event.preventDefault();
		const read = lines.map((line) => ({ ...blank(), ...readLine(line) }));
		setRows((was) => {
			const free = isBlank(was[i]!);
			const rest = was.slice(i + 1);
			return [...was.slice(0, free ? i : i + 1), ...read, ...(rest.length ? rest : [blank()])];
		});
		setWanted([i + read.length, 'name']);
	};
	const submit = async (): Promise<void> => {
		if (busy) return;
		setShown(true);
		const wrongRow = rows.findIndex((e) => !isBlank(e) && Object.keys(wrongIn(e)).length);
		if (wrongRow >= 0) {
			setWanted([wrongRow, Object.keys(wrongIn(rows[wrongRow]!))[0] as Cell]);
			return;
		}
		const emptied = rows.flatMap((e) => (e.was && isBlank(e) ? [e.was.id] : []));
		setBusy(true);
		setWords('');
		sheet.pause();
		try {
			await saveAll(lab, rows.filter((e) => !isBlank(e)), [...gone, ...emptied]);
			sheet.saved();
			tell(t('form.saved'));
			onEnd(true);
		} catch (error) {
			sheet.resume();
			setWords(error instanceof ApiError && Object.keys(error.fields).length ? Object.values(error.fields).join(' ') : wordsFor(error));
			setBusy(false);
		}
	};
	const key = (event: KeyboardEvent, i: number): void => {
		if (event.key !== 'Enter') return;
		event.preventDefault();
		if (event.ctrlKey || event.metaKey) {
			void submit();
			return;
		}
		// On to what is still to be filled in; after the range, or when that is all, to the next row.
		const from = cells.indexOf((event.target as HTMLElement).dataset.cell?.split('-')[1] as Cell);
		const to = isBlank(rows[i]!) ? undefined : cells.slice(from + 1).find((cell) => !rows[i]![cell].trim());
		if (to && from >= 0) goTo(i, to);
		else next(i);
	};
	const leave = async (): Promise<void> => {
		if (await sheet.leave()) onEnd(false);
	};
	const heads: Record<Cell, string> = { name: label('Test name'), value: label('Value'), unit: label('Unit'), range: label('Reference range') };
	return (
		<div ref={at} class="entry-grid">
			<p class="quiet" id="entry-help">{t('health.enterHelp')}</p>
			{sheet.restored && <div class="notice draft"><span>{t('form.draft')}</span><Button small kind="quiet" onClick={sheet.discard}>{t('form.discard')}</Button></div>}
			{words && <Notice tone="bad">{words}</Notice>}
			<datalist id="test-names">{names.map((name) => <option key={name} value={name} />)}</datalist>
			<div class="entry-row entry-heads" aria-hidden="true">{cells.map((cell) => <span key={cell}>{heads[cell]}</span>)}</div>
			{rows.map((e, i) => {
				const wrong = shown && !isBlank(e) ? wrongIn(e) : {};
				return (
					<div class="entry-row" role="group" aria-label={e.name || t('health.row', { n: i + 1 })} key={e.key} onKeyDown={(event) => key(event, i)}>
						{cells.map((cell) => (
							<span key={cell} class={wrong[cell] ? 'wrong' : undefined}>
								<input data-cell={`${i}-${cell}`} aria-label={heads[cell]} placeholder={heads[cell]} value={e[cell]} dir="auto" autocomplete="off" list={cell === 'name' ? 'test-names' : undefined} inputMode={cell === 'value' ? 'decimal' : undefined} enterKeyHint="next"
									maxLength={cell === 'name' ? 200 : cell === 'unit' ? 50 : 100} aria-invalid={wrong[cell] ? true : undefined} aria-describedby={wrong[cell] ? `wrong-${e.key}-${cell}` : cell === 'value' ? `flag-${e.key}` : 'entry-help'}
									onInput={(event) => change(i, { [cell]: event.currentTarget.value })} onBlur={cell === 'name' ? () => void recall(i) : undefined} onPaste={(event) => paste(event, i)} />
								{wrong[cell] && <small class="error" id={`wrong-${e.key}-${cell}`}>{wrong[cell]}</small>}
							</span>
						))}
						<span class="entry-flag" id={`flag-${e.key}`}><FlagChip status={flagNow(e)} /></span>
						<Button small kind="quiet" icon="close" label={t('health.removeRow', { name: e.name || String(i + 1) })} onClick={() => {
							sheet.set({ rows: rows.length > 1 ? rows.filter((x) => x.key !== e.key) : [blank()], gone: e.was ? [...gone, e.was.id] : gone });
							setWanted([Math.max(0, i - 1), 'name']);
						}} />
					</div>
				);
			})}
			<div class="buttons">
				<Button icon="plus" kind="quiet" onClick={() => next(rows.length - 1)}>{t('health.addRow')}</Button>
				<Button onClick={() => void leave()}>{t('cancel')}</Button>
				<Button kind="main" icon="check" busy={busy} onClick={() => void submit()}>{t('save')}</Button>
			</div>
		</div>
	);
}
