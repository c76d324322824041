// quick-vitals - a reading in two taps: what was measured, the number, saved.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { ApiError } from '../core/api';
import { nowAtFacility, shown, stored, unitOf } from '../core/format';
import { label, number, t } from '../core/i18n';
import { remove, save } from '../core/records';
import { mayEdit } from '../core/rights';
import { fieldOf, typeOf, type RecordType } from '../core/schema';
import { personId } from '../core/store';
import { Button, Line, Notice } from '../ui/basics';
import { Dialog } from '../ui/dialog';
import { Icon, type IconName } from '../ui/icons';
import { complain, tell, wordsFor } from '../ui/toast';
import { useUnsaved } from '../ui/unsaved';
import { toNumber } from './health';

interface Measure {
	name: string;
	icon: IconName;
	fields: string[];
}
const measures: Measure[] = [
	{ name: 'Blood pressure', icon: 'heart', fields: ['systolic_bp', 'diastolic_bp'] },
	{ name: 'Heart rate', icon: 'pulse', fields: ['heart_rate'] },
	{ name: 'Weight', icon: 'person', fields: ['weight'] },
	{ name: 'Temperature', icon: 'sun', fields: ['temperature'] },
	{ name: 'Oxygen saturation', icon: 'bolt', fields: ['oxygen_saturation'] },
	{ name: 'Blood glucose', icon: 'flask', fields: ['blood_glucose'] },
];

interface AskProps {
	type: RecordType;
	measure: Measure;
	onClose: () => void;
	onSaved: (() => void) | undefined;
}

function Ask({ type, measure, onClose, onSaved }: AskProps): JSX.Element {
	const unsaved = useUnsaved<string[]>(`${personId.value}.quick.${measure.name}`, measure.fields.map(() => ''));
	const { typed, set: setTyped } = unsaved;
	const close = (): void => void unsaved.leave().then((yes) => yes && onClose());
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [words, setWords] = useState('');
	const [busy, setBusy] = useState(false);
	const form = useRef<HTMLFormElement>(null);
	const fields = measure.fields.map((name) => fieldOf(type, name)!);

	const set = (i: number, text: string): void => {
		setTyped(typed.map((was, j) => (i === j ? text : was)));
		setErrors({});
		// 128 is whole; on to the second number.
		if (measure.fields[i] === 'systolic_bp' && /^(1\d\d|2\d\d|[6-9]\d)$/.test(text) && text.length > typed[i]!.length) form.current?.querySelectorAll('input')[i + 1]?.focus();
	};
	const wrongIn = (i: number): string => {
		const f = fields[i]!;
		const n = toNumber(typed[i]!);
		if (Number.isNaN(n)) return t('health.aNumber');
		const [least, most] = [f.minimum, f.maximum].map((v) => (v === undefined ? undefined : shown(f, v)));
		return (least !== undefined && n < least) || (most !== undefined && n > most) ? t('health.between', { low: least ?? 0, high: most ?? 0 }) : '';
	};
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		const wrong = Object.fromEntries(measure.fields.map((name, i) => [name, wrongIn(i)]).filter(([, text]) => text));
		setErrors(wrong);
		setWords('');
		if (Object.keys(wrong).length) {
			setTimeout(() => form.current?.querySelector<HTMLElement>('.wrong input')?.focus(), 0);
			return;
		}
		if (busy) return;
		setBusy(true);
		const patient = personId.value;
		try {
			const body = Object.fromEntries(fields.map((f, i) => [f.name, stored(f, toNumber(typed[i]!))]));
			const made = await save(type, patient, null, { recorded_date: nowAtFacility().slice(0, 16), ...body });
			unsaved.saved();
			onClose();
			onSaved?.();
			tell(`${t('form.saved')}: ${label(measure.name)} ${typed.join('/')}${fields[0] && unitOf(fields[0]) ? ` ${unitOf(fields[0])}` : ''}`, () => void remove(type, patient, [made.id]).then(onSaved, complain));
		} catch (error) {
			if (error instanceof ApiError) setErrors(error.fields);
			setWords(wordsFor(error));
		} finally {
			setBusy(false);
		}
	};
	return (
		<Dialog title={label(measure.name)} class="quick-dialog" onClose={close}>
			<form ref={form} noValidate onSubmit={(e) => void submit(e)}>
				{words && <Notice tone="bad">{words}</Notice>}
				<div class="quick-fields">
					{fields.map((f, i) => {
						const id = `quick-${f.name}`;
						return (
							<Line key={f.name} id={id} label={fields.length > 1 ? label(f.label) : unitOf(f) ?? label(f.label)} error={errors[f.name]}>
								<input id={id} class="quick-number" inputMode={f.type === 'whole' ? 'numeric' : 'decimal'} autocomplete="off" autofocus={i === 0} value={typed[i]} aria-invalid={errors[f.name] ? true : undefined}
									aria-describedby={errors[f.name] ? `${id}-error` : undefined} onInput={(e) => set(i, e.currentTarget.value)} />
							</Line>
						);
					})}
				</div>
				<Button type="submit" kind="main" icon="check" class="quick-save" busy={busy}>{t('save')}</Button>
			</form>
		</Dialog>
	);
}

export function QuickVitals({ onSaved }: { onSaved?: () => void }): JSX.Element | null {
	const type = typeOf('vitals');
	const [asked, setAsked] = useState<Measure | null>(null);
	if (!type || !mayEdit()) return null;
	return (
		<>
			<div class="quick" role="group" aria-label={t('health.quick')}>
				{measures.filter((m) => m.fields.every((name) => fieldOf(type, name))).map((m) => (
					<button key={m.name} type="button" class="quick-button" aria-haspopup="dialog" onClick={() => setAsked(m)}>
						<span class="tile small vitals"><Icon name={m.icon} size={18} /></span><span>{label(m.name)}</span>
					</button>
				))}
			</div>
			{asked && <Ask key={asked.name} type={type} measure={asked} onClose={() => setAsked(null)} onSaved={onSaved} />}
		</>
	);
}

// What a pair of numbers or one looks like.
export const reading = (value: number, second?: number | null): string => (second === undefined || second === null ? number(value, 1) : `${number(value)}/${number(second)}`);
