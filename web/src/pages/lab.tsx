// lab - the values of a laboratory order: shown with their flags, entered line by line.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { today } from '../core/format';
import { label, t, toNumber } from '../core/i18n';
import type { Row, Value } from '../core/records';
import { Button, Chip, Input, Notice, toneOf } from '../ui/basics';
import { Dialog } from '../ui/dialog';
import { tell, wordsFor } from '../ui/toast';
import { seenOf } from './clinic';
import { amend, change } from './faster';
import { useTyped } from './typed';

interface Part {
	component: string;
	value: string;
	unit: string;
	reference: string;
	flag: string;
}

// Both forms the server takes: a list, or names with values.
function partsOf(json: Value | undefined): Part[] {
	if (typeof json !== 'string' || !json) return [];
	try {
		const found = JSON.parse(json) as unknown;
		const words = (v: unknown): string => (v === null || v === undefined ? '' : typeof v === 'object' ? JSON.stringify(v) : String(v as string | number | boolean));
		if (Array.isArray(found)) return found.map((x: Record<string, unknown>) => ({ component: words(x.component), value: words(x.value), unit: words(x.unit), reference: words(x.reference), flag: words(x.flag) }));
		return Object.entries(found as Record<string, unknown>).map(([component, value]) => ({ component, value: words(value), unit: '', reference: '', flag: '' }));
	} catch {
		return [];
	}
}

const flagWord = (flag: string): string => label(flag.replace(/^./, (c) => c.toUpperCase()));

export function Results({ json, name }: { json: Value | undefined; name: string }): JSX.Element | null {
	const parts = partsOf(json);
	if (!parts.length) return null;
	return (
		<table class="grid-table lab-values" aria-label={name}>
			<thead class="hidden"><tr><th scope="col">{t('clinic.component')}</th><th scope="col">{label('Value')}</th><th scope="col">{label('Reference range')}</th><th scope="col">{t('clinic.flag')}</th></tr></thead>
			<tbody>{parts.map((p, i) => <tr key={i}><th scope="row" dir="auto">{p.component}</th><td><b>{p.value}</b> {p.unit}</td><td>{p.reference}</td><td>{p.flag && !/^normal$/i.test(p.flag) && <Chip tone={toneOf(p.flag.toLowerCase())}>{flagWord(p.flag)}</Chip>}</td></tr>)}</tbody>
		</table>
	);
}

// The flag out of a range like "11-14", when both are numbers.
function flagOf(value: string, reference: string): string {
	const range = /^\s*(-?[\d.]+)\s*[-–]\s*(-?[\d.]+)\s*$/.exec(reference);
	const v = toNumber(value);
	if (!range || Number.isNaN(v)) return '';
	return v < Number(range[1]) ? 'low' : v > Number(range[2]) ? 'high' : 'normal';
}

const blank: Part = { component: '', value: '', unit: '', reference: '', flag: '' };

export function Entering({ row, onDone, onClose }: { row: Row; onDone: () => Promise<void>; onClose: () => void }): JSX.Element {
	const had = partsOf(row.results_json);
	const { v, set: setV, done, told } = useTyped(`clinic.lab.${row.id}`, { parts: had.length ? had : [{ ...blank, component: String(row.test_name) }], date: row.status === 'final' && row.resulted_date ? String(row.resulted_date) : today() });
	const { parts, date } = v;
	const setParts = (next: Part[]): void => setV({ ...v, parts: next });
	const [words, setWords] = useState('');
	const set = (i: number, change: Partial<Part>): void => setParts(parts.map((p, j) => {
		if (i !== j) return p;
		const next = { ...p, ...change };
		return 'flag' in change ? next : { ...next, flag: flagOf(next.value, next.reference) || p.flag };
	}));
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		const filled = parts.filter((p) => p.component.trim() && p.value.trim());
		if (!filled.length) return setWords(t('form.missing'));
		try {
			const seen = seenOf('lab_results', `/lab-results/${String(row.order_id)}`, row);
			const body = {
				...(row.status === 'final' ? {} : { status: 'final' }), resulted_date: date, ...(row.collected_date ? {} : { collected_date: date }),
				results_json: filled.map((p) => Object.fromEntries(Object.entries(p).map(([k, v]) => [k, v.trim()]).filter(([, v]) => v))),
			};
			// What is final once does not wait again; a correction can be taken back.
			if (row.status === 'final') await change(seen, body, onDone);
			else if (await amend(seen, body)) {
				await onDone();
				tell(t('form.saved'));
			} else await onDone();
			done();
			onClose();
		} catch (error) {
			setWords(wordsFor(error));
		}
		return undefined;
	};
	const columns: [keyof Part, string][] = [['component', t('clinic.component')], ['value', label('Value')], ['unit', label('Unit')], ['reference', label('Reference range')]];
	return (
		<Dialog title={`${t('clinic.enter')}: ${String(row.test_name)}`} onClose={onClose} class="sheet broad">
			<form class="stack" noValidate onSubmit={(e) => void submit(e)}>
				{told}
				{words && <Notice tone="bad">{words}</Notice>}
				<div class="entering">
					<div class="entering-row entering-heads" aria-hidden="true">{columns.map(([key, name]) => <span key={key}>{name}</span>)}<span>{t('clinic.flag')}</span></div>
					{parts.map((p, i) => (
						<div class="entering-row" key={i}>
							{columns.map(([key, name]) => <input key={key} aria-label={name} placeholder={name} value={p[key]} dir="auto" autocomplete="off" inputMode={key === 'value' ? 'decimal' : 'text'} onInput={(e) => set(i, { [key]: e.currentTarget.value })} />)}
							<select aria-label={t('clinic.flag')} value={p.flag} onChange={(e) => set(i, { flag: e.currentTarget.value })}>
								{['', 'normal', 'low', 'high', 'abnormal', 'critical'].map((f) => <option key={f} value={f} selected={f === p.flag}>{f ? flagWord(f) : t('form.none')}</option>)}
							</select>
						</div>
					))}
					<Button small kind="quiet" icon="plus" onClick={() => setParts([...parts, { ...blank }])}>{t('form.addPair')}</Button>
				</div>
				<Input id="lab-date" label={t('clinic.resulted_date')} type="date" value={date} onInput={(next) => setV({ ...v, date: next })} />
				<div class="buttons"><Button onClick={onClose}>{t('cancel')}</Button><Button type="submit" kind="main" icon="check">{t('save')}</Button></div>
			</form>
		</Dialog>
	);
}
