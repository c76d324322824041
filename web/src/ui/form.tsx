// form - a record's fields to fill in, drawn from the schema.  What is typed is kept as a
// draft with the tab; what the server refuses is shown at its field.
import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { ApiError } from '../core/api';
import { atFacility, nowAtFacility, shown, stored, today, unitOf } from '../core/format';
import { label, t, toNumber, typedNumber } from '../core/i18n';
import { gridOf, type Row, type Value } from '../core/records';
import { inputs, typeOf, type Field, type RecordType } from '../core/schema';
import { personId } from '../core/store';
import { Button, described, Line, Notice } from './basics';
import { knownTags, readTags } from './tag-names';
import { titleIn } from './titles';
import { wordsFor } from './toast';
import { same, useUnsaved } from './unsaved';

// As typed: text, or a flag, or what has no text.
export type Typed = Record<string, string | boolean | string[] | [string, string][]>;

function fill(f: Field, value: Value | undefined): Typed[string] {
	switch (f.type) {
	case 'bool': return value === true;
	case 'list': return (value as string[] | null) ?? [];
	case 'json': return Object.entries((value as Record<string, unknown> | null) ?? {}).map(([k, v]) => [k, typeof v === 'object' ? JSON.stringify(v) : String(v)]);
	case 'moment': return value ? atFacility(String(value)).slice(0, 16) : '';
	case 'number': return value === null || value === undefined ? '' : typedNumber(shown(f, Number(value)));
	default: return value === null || value === undefined ? '' : String(value);
	}
}

function begin(f: Field): Typed[string] {
	if (f.initial !== undefined && f.initial !== '') return fill(f, f.initial as Value);
	if (f.type === 'moment' && f.required) return nowAtFacility().slice(0, 16);
	if (f.type === 'date' && f.required && f.past && f.name !== 'birth_date') return today();
	return fill(f, null);
}

const pairValue = (text: string): unknown => (/^(-?\d+(\.\d+)?|true|false|null|[[{].*)$/s.test(text) ? safely(text) : text);
function safely(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

// For the request.
function send(f: Field, typed: Typed[string]): unknown {
	switch (f.type) {
	case 'bool': return typed;
	case 'list': return typed;
	case 'json': {
		const pairs = (typed as [string, string][]).filter(([k]) => k.trim());
		return pairs.length ? Object.fromEntries(pairs.map(([k, v]) => [k.trim(), pairValue(v)])) : null;
	}
	default: {
		const text = (typed as string).trim();
		if (!text) return null;
		if (f.type === 'reference' || f.type === 'whole') return Number.isNaN(toNumber(text)) ? text : toNumber(text);
		if (f.type === 'number') return Number.isNaN(toNumber(text)) ? text : stored(f, toNumber(text));
		return text;
	}
	}
}

interface PieceProps {
	f: Field;
	id: string;
	value: Typed[string];
	error?: string | undefined;
	onValue: (value: Typed[string]) => void;
}

function Tags({ id, value, onValue, error }: PieceProps): JSX.Element {
	const tags = value as string[];
	const [typed, setTyped] = useState('');
	const names = knownTags.value.filter((name) => !tags.includes(name));
	const add = (): void => {
		const next = typed.split(',').map((s) => s.trim()).filter((s) => s && !tags.includes(s));
		if (next.length) onValue([...tags, ...next]);
		setTyped('');
	};
	return (
		<div class="tags">
			{tags.map((tag) => (
				<span class="chip" key={tag}><span dir="auto">{tag}</span><button type="button" aria-label={t('form.removeTag', { name: tag })} onClick={() => onValue(tags.filter((x) => x !== tag))}>×</button></span>
			))}
			<input id={id} value={typed} autocomplete="off" aria-invalid={error ? true : undefined} placeholder={t('form.addTag')} list={names.length ? `${id}-names` : undefined} onFocus={readTags} onInput={(e) => setTyped(e.currentTarget.value)} onBlur={add}
				onKeyDown={(e) => { if ((e.key === 'Enter' || e.key === ',') && typed.trim()) { e.preventDefault(); add(); } }} />
			<datalist id={`${id}-names`}>{names.map((name) => <option key={name} value={name} />)}</datalist>
		</div>
	);
}

function Pairs({ id, value, onValue }: PieceProps): JSX.Element {
	const pairs = value as [string, string][];
	const set = (i: number, pair: [string, string]): void => onValue(pairs.map((p, j) => (i === j ? pair : p)));
	return (
		<div class="pairs">
			{pairs.map((pair, i) => (
				<div class="pair" key={i}>
					<input aria-label={t('form.pairName')} value={pair[0]} onInput={(e) => set(i, [e.currentTarget.value, pair[1]])} />
					<input aria-label={t('form.pairValue')} value={pair[1]} onInput={(e) => set(i, [pair[0], e.currentTarget.value])} />
					<Button small kind="quiet" icon="close" label={t('delete')} onClick={() => onValue(pairs.filter((_, j) => j !== i))} />
				</div>
			))}
			<button id={id} type="button" class="button quiet small" onClick={() => onValue([...pairs, ['', '']])}>{t('form.addPair')}</button>
		</div>
	);
}

function Reference({ f, id, value, error, onValue }: PieceProps): JSX.Element {
	const type = typeOf(f.target ?? '');
	const grid = type?.route ? gridOf(type, personId.value).value.grid : null;
	const options = useMemo(() => (grid && type ? grid.rows.map((row): [string, string] => [String(row[0]), titleIn(type, grid, row)]).sort((a, b) => a[1].localeCompare(b[1])) : []), [grid]);
	return (
		<select id={id} value={value as string} required={f.required} aria-invalid={error ? true : undefined} aria-describedby={described(id, f.help, error)} onChange={(e) => onValue(e.currentTarget.value)}>
			<option value="">{t('form.none')}</option>
			{value && !options.some(([k]) => k === value) && <option value={value as string} selected>{`#${String(value)}`}</option>}
			{options.map(([key, name]) => <option key={key} value={key} selected={key === value}>{name}</option>)}
		</select>
	);
}

function Piece(props: PieceProps): JSX.Element {
	const { f, id, value, error, onValue } = props;
	const common = { id, name: f.name, required: f.required, 'aria-invalid': error ? true : undefined, 'aria-describedby': described(id, f.help, error) };
	switch (f.type) {
	case 'note': return <textarea {...common} rows={4} dir="auto" value={value as string} onInput={(e) => onValue(e.currentTarget.value)} />;
	case 'choice': return (
		<select {...common} value={value as string} onChange={(e) => onValue(e.currentTarget.value)}>
			{(!f.required || !value) && <option value="">{t('form.none')}</option>}
			{f.choices!.map((c) => <option key={c.value} value={c.value} selected={c.value === value}>{label(c.label)}</option>)}
		</select>
	);
	case 'reference': return <Reference {...props} />;
	case 'list': return <Tags {...props} />;
	case 'json': return <Pairs {...props} />;
	case 'whole':
	case 'number': return (
		<div class="unit">
			<input {...common} type="text" inputMode={f.type === 'whole' ? 'numeric' : 'decimal'} autocomplete="off" value={value as string} onInput={(e) => onValue(e.currentTarget.value)} />
			{unitOf(f) && <span aria-hidden="true">{unitOf(f)}</span>}
		</div>
	);
	case 'date': return <input {...common} type="date" max={f.past ? today() : '9999-12-31'} value={value as string} onInput={(e) => onValue(e.currentTarget.value)} />;
	case 'moment': return <input {...common} type="datetime-local" value={value as string} onInput={(e) => onValue(e.currentTarget.value)} />;
	default: return <input {...common} type={/email/.test(f.name) ? 'email' : /phone|fax/.test(f.name) ? 'tel' : /website/.test(f.name) ? 'url' : 'text'} maxLength={f.maxLength} dir="auto" autocomplete="off" value={value as string} onInput={(e) => onValue(e.currentTarget.value)} />;
	}
}

export interface FormProps {
	type: RecordType;
	row: Row | null; // null: a new one
	fields?: Field[]; // inputs(type) unless told otherwise
	preset?: Record<string, Value>;
	draft: string; // the draft's name
	onSave: (body: Record<string, unknown>) => Promise<unknown>; // of what differs, or all of a new one
	onCancel: () => void;
}

export function RecordForm({ type, row, fields, preset, draft, onSave, onCancel }: FormProps): JSX.Element {
	const list = fields ?? inputs(type).filter((f) => !(row && f.create_only));
	const first = useMemo(() => Object.fromEntries(list.map((f) => [f.name, row ? fill(f, row[f.name]) : preset?.[f.name] !== undefined ? fill(f, preset[f.name]) : begin(f)])) as Typed, []);
	const { typed: now, set: setTyped, restored, discard, pause, resume, saved } = useUnsaved<Typed>(draft, first);
	// A draft may be older than a field.
	const typed: Typed = { ...first, ...now };
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [words, setWords] = useState('');
	const [busy, setBusy] = useState(false);
	const form = useRef<HTMLFormElement>(null);

	const set = (name: string, value: Typed[string]): void => {
		setTyped((was) => ({ ...was, [name]: value }));
		if (errors[name]) setErrors(({ [name]: _gone, ...rest }) => rest);
	};
	const toFirstError = (): void => setTimeout(() => form.current?.querySelector<HTMLElement>('.wrong input, .wrong select, .wrong textarea, [role=alert]')?.focus(), 0) as unknown as void;
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		if (busy) return;
		const body: Record<string, unknown> = {};
		const missing: Record<string, string> = {};
		for (const f of list) {
			const value = send(f, typed[f.name]!);
			if (f.required && (value === null || value === '')) missing[f.name] = t('form.missing');
			else if (row ? !same(typed[f.name], first[f.name]) : value !== null) body[f.name] = value;
		}
		setErrors(missing);
		setWords('');
		if (Object.keys(missing).length) return toFirstError();
		setBusy(true);
		// Leaving is fine while it is being saved.
		pause();
		try {
			await onSave(body);
			saved();
		} catch (error) {
			resume();
			const wrong = error instanceof ApiError ? error.fields : {};
			const known = Object.fromEntries(Object.entries(wrong).filter(([name]) => list.some((f) => f.name === name)));
			const rest = Object.entries(wrong).filter(([name]) => !(name in known)).map(([, text]) => text);
			setErrors(known);
			setWords(rest.length ? rest.join(' ') : Object.keys(known).length ? t('form.wrong', { n: Object.keys(known).length }) : wordsFor(error));
			toFirstError();
		} finally {
			setBusy(false);
		}
	};
	return (
		<form class="form" ref={form} noValidate onSubmit={(e) => void submit(e)} onKeyDown={(e) => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) void submit(e); }}>
			{restored && (
				<div class="notice draft"><span>{t('form.draft')}</span><Button small kind="quiet" onClick={discard}>{t('form.discard')}</Button></div>
			)}
			{words && <Notice tone="bad">{words}</Notice>}
			<div class="fields">
				{list.map((f) => {
					const id = `f-${f.name}`;
					const error = errors[f.name];
					if (f.type === 'bool')
						return (
							<div class={`line flag${error ? ' wrong' : ''}`} key={f.name}>
								<label><input type="checkbox" role="switch" id={id} name={f.name} checked={typed[f.name] as boolean} aria-describedby={described(id, f.help, error)} onChange={(e) => set(f.name, e.currentTarget.checked)} /> {label(f.label)}</label>
								{f.help && <p class="help" id={`${id}-help`}>{label(f.help)}</p>}
								{error && <p class="error" id={`${id}-error`}>{error}</p>}
							</div>
						);
					return (
						<Line key={f.name} id={id} label={label(f.label)} help={f.help && label(f.help)} error={error} required={f.required} wide={f.type === 'note' || f.type === 'json' || f.type === 'list'}>
							<Piece f={f} id={id} value={typed[f.name]!} error={error} onValue={(value) => set(f.name, value)} />
						</Line>
					);
				})}
			</div>
			<div class="buttons sticky">
				<Button onClick={onCancel}>{t('cancel')}</Button>
				<Button type="submit" kind="main" busy={busy} icon="check">{t('save')}</Button>
			</div>
		</form>
	);
}
