// clinic - what the pages of the practice share: its calls, who may do what, its forms, and
// finding a patient while one types.
import { signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ApiError, call, get, type CallOptions } from '../core/api';
import { root } from '../core/env';
import { age, day, shown } from '../core/format';
import { code, label, t, type TextKey } from '../core/i18n';
import type { Row, Value } from '../core/records';
import type { Field, RecordType } from '../core/schema';
import { user } from '../core/store';
import { Button, Notice, Skeleton } from '../ui/basics';
import { Dialog } from '../ui/dialog';
import { RecordForm } from '../ui/form';
import { Icon } from '../ui/icons';
import { complain, wordsFor } from '../ui/toast';
import { Faster, type Seen } from './faster';
import { useTyped } from './typed';

const face = { face: 'clinic/v1' };
export const read = <T,>(path: string): Promise<T> => get<T>(path, face);
export const send = <T,>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, options: CallOptions = {}): Promise<T> => call<T>(method, path, body, { ...face, ...options });
export interface Paged<T> {
	items: T[];
	next_cursor: string | null;
}

export interface Patient extends Record<string, Value> {
	id: number;
	mrn: string;
	first_name: string;
	last_name: string;
	dob: string;
	gender: string | null;
}
export const named = (p: { first_name: string; last_name: string }): string => `${p.first_name} ${p.last_name}`.trim();
export const chartPath = (mrn: string): string => `/clinic/patients/${encodeURIComponent(mrn)}`;

// ---- who may do what ----
export type Thing = 'patients' | 'providers' | 'appointments' | 'medications' | 'allergies' | 'vitals' | 'labs' | 'clients';
interface Desk {
	user_id: number;
	role: string;
	decides_proposals: boolean;
	rights: Record<Thing, string[]>;
}
const desk = signal<Desk | null>(null);
const types = signal<RecordType[]>([]);
export const can = (thing: Thing, right: 'read' | 'write' | 'delete'): boolean => desk.value?.rights[thing].includes(right) ?? false;
export const clinicType = (name: string): RecordType => types.value.find((r) => r.name === name)!;

async function ready(): Promise<void> {
	if (desk.value?.user_id !== user.value?.id) desk.value = await read<Desk>('/me');
	if (types.value.length) return;
	const response = await fetch(`${root}schema.json?face=clinic`, { cache: 'no-cache' });
	if (!response.ok) throw new ApiError(response.status, '', {});
	types.value = ((await response.json()) as { records: RecordType[] }).records;
}

// The page once it is known who may what.
export function Desk({ children }: { children: () => JSX.Element }): JSX.Element {
	const here = desk.value?.user_id === user.value?.id && types.value.length > 0;
	useEffect(() => {
		if (!here) ready().catch(complain);
	}, [here]);
	return here ? <>{children()}<Faster /></> : <Skeleton lines={6} />;
}

// ---- forms from the schema ----
const better: Record<string, string> = {
	dosage: 'Dosage', frequency: 'Frequency', onset_date: 'Onset date', recorded_date: 'Taken at', systolic_bp: 'Systolic blood pressure', diastolic_bp: 'Diastolic blood pressure',
	test_name: 'Test name', ordered_date: 'Ordered date',
};
// What the labels of the family's records do not have stands in the language files.
export function labelOf(f: Field): string {
	const own = t(`clinic.${f.name}` as TextKey) as string | undefined;
	return own ?? label(better[f.name] ?? f.label);
}
const units: Record<string, string> = { lb: 'lbs' };
export function fieldsOf(type: RecordType, names: string[]): Field[] {
	return names.flatMap((name) => {
		const f = type.fields.find((x) => x.name === name);
		if (!f) return [];
		const { help, ...rest } = f;
		const out: Field = { ...rest, label: labelOf(f) };
		if (help && (code.value === 'en' || label(help) !== help)) out.help = help;
		if (f.unit) out.unit = units[f.unit] ?? f.unit;
		if (f.choices) out.choices = f.choices.map((c) => ({ ...c, label: (t(`clinic.${c.value}` as TextKey) as string | undefined) ?? label(c.label) }));
		return [out];
	});
}

// A row as it was read, for who changes it.
export const seenOf = (type: string, path: string, row: object, words?: Record<string, string>): Seen => ({ path, row: row as Row, fields: fieldsOf(clinicType(type), clinicType(type).fields.map((f) => f.name)), ...(words ? { words } : {}) });
// Takes back what was made just now, for who may.
export const unmake = (thing: Thing, path: string, after: () => unknown): (() => void) | undefined => (can(thing, 'delete') ? () => void send('DELETE', path).then(after, complain) : undefined);

// The server takes its own units; a limit is told in those that are typed in.
function checkLimits(fields: Field[], body: Record<string, unknown>): void {
	const wrong: Record<string, string> = {};
	for (const f of fields) {
		const n = body[f.name];
		if (typeof n === 'number' && f.minimum !== undefined && f.maximum !== undefined && (n < f.minimum - 1e-6 || n > f.maximum + 1e-6)) wrong[f.name] = t('health.between', { low: shown(f, f.minimum), high: shown(f, f.maximum) });
	}
	if (Object.keys(wrong).length) throw new ApiError(422, '', wrong);
}

interface SheetProps {
	title: string;
	type: string;
	names: string[];
	row?: Row | null;
	preset?: Record<string, Value>;
	draft: string;
	onSave: (body: Record<string, unknown>) => Promise<unknown>;
	onClose: () => void;
	children?: ComponentChildren;
}
// Some fields of a record, in a dialog.
export const Sheet = ({ title, type, names, row = null, preset, draft, onSave, onClose, children }: SheetProps): JSX.Element => (
	<Dialog title={title} onClose={onClose} class="sheet">
		{children}
		<RecordForm type={clinicType(type)} row={row} fields={fieldsOf(clinicType(type), names)} preset={preset ?? {}} draft={`clinic.${draft}`}
			onSave={async (body) => { checkLimits(fieldsOf(clinicType(type), names), body); await onSave(body); onClose(); }} onCancel={onClose} />
	</Dialog>
);

// A reason that has to be given.
interface WhyProps {
	title: string;
	text?: string;
	yes: string;
	field: string;
	draft: string;
	onYes: (why: string) => Promise<unknown>;
	onClose: () => void;
}
export function Why({ title, text, yes, field, draft, onYes, onClose }: WhyProps): JSX.Element {
	const { v: why, set: setWhy, done, told } = useTyped(`clinic.why.${draft}`, '');
	const [words, setWords] = useState('');
	const id = useId();
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		if (!why.trim()) return setWords(t('form.missing'));
		try {
			await onYes(why.trim());
			done();
			onClose();
		} catch (error) {
			setWords(wordsFor(error));
		}
		return undefined;
	};
	return (
		<Dialog title={title} onClose={onClose}>
			<form class="stack" onSubmit={(e) => void submit(e)} noValidate>
				{told}
				{text && <Notice tone="bad">{text}</Notice>}
				<div class={`line${words ? ' wrong' : ''}`}>
					<label for={id}>{field}<span class="required"> *</span></label>
					<textarea id={id} rows={3} dir="auto" required value={why} aria-invalid={words ? true : undefined} aria-describedby={words ? `${id}-error` : undefined} onInput={(e) => setWhy(e.currentTarget.value)} />
					{words && <p class="error" id={`${id}-error`} role="alert">{words}</p>}
				</div>
				<div class="buttons"><Button onClick={onClose}>{t('cancel')}</Button><Button type="submit" kind="danger">{yes}</Button></div>
			</form>
		</Dialog>
	);
}

// ---- finding a patient ----
// Answers come as one types; one that comes late is thrown away.
export function usePatients(words: string): { found: Paged<Patient> | null; more: () => void } {
	const [found, setFound] = useState<Paged<Patient> | null>(null);
	const turn = useRef(0);
	const ask = (cursor = ''): Promise<Paged<Patient>> => read<Paged<Patient>>(`/patients?limit=50&q=${encodeURIComponent(words.trim())}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
	useEffect(() => {
		const mine = ++turn.current;
		const timer = setTimeout(() => ask().then((answer) => { if (mine === turn.current) setFound(answer); }, complain), words ? 120 : 0);
		return () => clearTimeout(timer);
	}, [words]);
	const more = (): void => {
		const mine = turn.current;
		if (found?.next_cursor) ask(found.next_cursor).then((next) => { if (mine === turn.current) setFound({ items: [...found.items, ...next.items], next_cursor: next.next_cursor }); }, complain);
	};
	return { found, more };
}

export const About = ({ p }: { p: Patient }): JSX.Element => <small><bdi>{p.mrn}</bdi> · <bdi>{day(p.dob)}</bdi> · <bdi>{t('people.age', { n: age(p.dob) })}</bdi></small>;

// One field: typing lists patients below, arrows and Enter take one.
export function PatientPicker({ value, onPick, error }: { value: Patient | null; onPick: (p: Patient | null) => void; error?: string | undefined }): JSX.Element {
	const [words, setWords] = useState('');
	const [at, setAt] = useState(0);
	const { found } = usePatients(words);
	const id = useId();
	const list = words.trim() ? (found?.items ?? []).slice(0, 6) : [];
	const box = useRef<HTMLInputElement>(null);
	if (value)
		return (
			<div class="line wide">
				<span class="picked-label">{t('clinic.patient')}</span>
				<div class="picked"><span class="what"><b>{named(value)}</b><About p={value} /></span><Button small kind="quiet" icon="close" label={t('clinic.otherPatient')} onClick={() => { onPick(null); setTimeout(() => box.current?.focus(), 0); }} /></div>
			</div>
		);
	const onKey = (e: KeyboardEvent): void => {
		if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
			e.preventDefault();
			setAt((i) => (i + (e.key === 'ArrowDown' ? 1 : -1) + list.length) % Math.max(list.length, 1));
		} else if (e.key === 'Enter' && list[at]) {
			e.preventDefault();
			onPick(list[at]);
		} else if (e.key === 'Escape' && words) {
			e.preventDefault();
			e.stopPropagation();
			setWords('');
		}
	};
	return (
		<div class={`line wide picker${error ? ' wrong' : ''}`}>
			<label for={id}>{t('clinic.patient')}<span class="required"> *</span></label>
			<div class="search wide"><Icon name="search" size={18} />
				<input id={id} ref={box} type="search" role="combobox" aria-expanded={list.length > 0} aria-controls={`${id}-list`} aria-autocomplete="list" aria-activedescendant={list[at] ? `${id}-${at}` : undefined} autocomplete="off" placeholder={t('clinic.find')}
					value={words} aria-invalid={error ? true : undefined} aria-describedby={error ? `${id}-error` : undefined} onInput={(e) => { setWords(e.currentTarget.value); setAt(0); }} onKeyDown={onKey} />
			</div>
			<ul id={`${id}-list`} role="listbox" aria-label={t('clinic.patients')} class={list.length ? 'patient-picks' : 'hidden'}>
				{list.map((p, i) => (
					<li key={p.mrn} id={`${id}-${i}`} role="option" aria-selected={i === at} onPointerDown={(e) => { e.preventDefault(); onPick(p); }}><b>{named(p)}</b><About p={p} /></li>
				))}
			</ul>
			{words.trim() && found && !list.length && <p class="help" role="status">{t('list.none')}</p>}
			{error && <p class="error" id={`${id}-error`}>{error}</p>}
		</div>
	);
}
