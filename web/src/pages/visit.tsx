// visit - an appointment in a dialog: to book one, to look at one, to move, end or cancel it.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError } from '../core/api';
import { href } from '../core/env';
import { label, t } from '../core/i18n';
import { go } from '../core/router';
import { Button, Chip, Input, Notice, Select, toneOf } from '../ui/basics';
import { Dialog } from '../ui/dialog';
import { later, tell, wordsFor } from '../ui/toast';
import { clockOf, dayName, minutesOf, timeOf, type Provider, type Visit } from './calendar';
import { can, chartPath, named, PatientPicker, read, seenOf, send, unmake, Why, type Patient } from './clinic';
import { amendLater, change, type Seen } from './faster';
import { useTyped } from './typed';

export interface Wish {
	npi: string;
	date: string;
	time: string;
	minutes: number;
}
interface Slot {
	date: string;
	time: string;
}

// What a refusal means, said kindly; null when it is another.
export const clash = (error: unknown): string | null => {
	if (!(error instanceof ApiError) || error.status !== 409) return null;
	return /provider is taken/.test(error.message) ? t('clinic.taken') : /patient/.test(error.message) && /taken|time/.test(error.message) ? t('clinic.patientTaken') : error.message;
};

async function nearby(wish: Wish): Promise<Slot[]> {
	const found = await read<{ items: Slot[] }>(`/providers/${encodeURIComponent(wish.npi)}/slots?date_from=${wish.date}&days=14&duration_minutes=${wish.minutes}`);
	const far = (s: Slot): number => (s.date === wish.date ? Math.abs(minutesOf(s.time) - minutesOf(wish.time)) : 10000);
	return found.items.map((s, i) => ({ s, i })).sort((a, b) => far(a.s) - far(b.s) || a.i - b.i).slice(0, 5).map((x) => x.s).sort((a, b) => (a.date + a.time < b.date + b.time ? -1 : 1));
}

interface TimesProps {
	wish: Wish;
	set: (wish: Wish) => void;
	providers: Provider[];
	errors: Record<string, string>;
}
const Times = ({ wish, set, providers, errors }: TimesProps): JSX.Element => (
	<div class="fields tight">
		<Select id="v-provider" label={t('clinic.provider')} value={wish.npi} options={providers.map((p) => [p.npi, p.name])} onPick={(npi) => set({ ...wish, npi })} />
		<Input id="v-date" label={t('clinic.date')} type="date" value={wish.date} onInput={(date) => set({ ...wish, date })} error={errors.date} required />
		<Input id="v-time" label={t('clinic.time')} type="time" value={wish.time} onInput={(time) => set({ ...wish, time })} error={errors.time} required />
		<Select id="v-minutes" label={t('clinic.duration_minutes')} value={String(wish.minutes)} options={[...new Set([15, 30, 45, 60, 90, 120, wish.minutes])].sort((a, b) => a - b).map((n) => [String(n), t('clinic.minutes', { n })])} onPick={(n) => set({ ...wish, minutes: Number(n) })} />
	</div>
);

// What is sent, what was refused and what is free instead, for booking and for moving.
function useAsking(first: Wish, act: (wish: Wish) => Promise<void>) {
	const [wish, setWish] = useState(first);
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [words, setWords] = useState('');
	const [instead, setInstead] = useState<Slot[]>([]);
	const [busy, setBusy] = useState(false);
	const submit = async (event?: Event): Promise<void> => {
		event?.preventDefault();
		if (busy) return;
		setBusy(true);
		setErrors({});
		setInstead([]);
		try {
			await act(wish);
		} catch (error) {
			const taken = clash(error);
			setErrors(error instanceof ApiError ? error.fields : {});
			setWords(taken ?? (error instanceof ApiError && Object.keys(error.fields).length ? Object.values(error.fields).join(' ') : wordsFor(error)));
			if (taken) setInstead(await nearby(wish).catch(() => []));
		} finally {
			setBusy(false);
		}
	};
	const told = words && (
		<>
			<Notice tone="bad">{words}</Notice>
			{instead.length > 0 && (
				<div class="instead" role="group" aria-label={t('clinic.instead')}><span>{t('clinic.instead')}</span>
					{instead.map((s) => <Button key={s.date + s.time} small onClick={() => { setWish({ ...wish, date: s.date, time: s.time }); setWords(''); setInstead([]); }}>{`${s.date === wish.date ? '' : `${dayName(s.date)} `}${clockOf(s.time)}`}</Button>)}
				</div>
			)}
		</>
	);
	return { wish, setWish, errors, setErrors, busy, submit, told };
}

export function Booking({ first, providers, patient = null, onDone, onClose }: { first: Wish; providers: Provider[]; patient?: Patient | null; onDone: () => unknown; onClose: () => void }): JSX.Element {
	const { v, set, done, told } = useTyped<{ who: Patient | null; type: string; reason: string }>(`clinic.book${patient ? `.${patient.mrn}` : ''}`, { who: patient, type: '', reason: '' });
	const { who, type, reason } = v;
	const a = useAsking(first, async (wish) => {
		if (!who) throw new ApiError(422, t('form.missing'), { patient: t('form.missing') });
		const made = await send<Visit>('POST', '/appointments', { patient_mrn: who.mrn, provider_npi: wish.npi, date: wish.date, time: wish.time, duration_minutes: wish.minutes, appointment_type: type.trim() || null, reason: reason.trim() || null });
		done();
		onDone();
		onClose();
		tell(t('clinic.booked', { name: named(who), when: `${dayName(wish.date)}, ${clockOf(wish.time)}` }), unmake('appointments', `/appointments/${made.appointment_id}`, onDone));
	});
	return (
		<Dialog title={t('clinic.book')} onClose={onClose} class="sheet">
			<form class="stack" noValidate onSubmit={(e) => void a.submit(e)}>
				{told}
				{a.told}
				<PatientPicker value={who} onPick={(p) => { set({ ...v, who: p }); a.setErrors({}); }} error={a.errors.patient} />
				<Times wish={a.wish} set={a.setWish} providers={providers} errors={a.errors} />
				<div class="fields tight">
					<Input id="v-type" label={t('clinic.appointment_type')} value={type} onInput={(words) => set({ ...v, type: words })} />
					<Input id="v-reason" label={t('clinic.reason')} value={reason} onInput={(words) => set({ ...v, reason: words })} />
				</div>
				<div class="buttons"><Button onClick={onClose}>{t('cancel')}</Button><Button type="submit" kind="main" icon="check" busy={a.busy}>{t('clinic.book')}</Button></div>
			</form>
		</Dialog>
	);
}

export const seenOfVisit = (visit: Visit, provider = visit.provider_name): Seen => seenOf('appointments', `/appointments/${visit.appointment_id}`, visit, { provider_npi: provider });

function Moving({ visit, providers, onDone, onClose }: { visit: Visit; providers: Provider[]; onDone: () => unknown; onClose: () => void }): JSX.Element {
	const a = useAsking({ npi: visit.provider_npi, date: visit.date, time: visit.time, minutes: visit.duration_minutes }, async (wish) => {
		const to = providers.find((p) => p.npi === wish.npi)?.name;
		await change(seenOfVisit(visit, to), { provider_npi: wish.npi, date: wish.date, time: wish.time, duration_minutes: wish.minutes }, onDone, t('clinic.moved', { when: `${dayName(wish.date)}, ${clockOf(wish.time)}` }));
		onClose();
	});
	return (
		<form class="stack" noValidate onSubmit={(e) => void a.submit(e)}>
			{a.told}
			<Times wish={a.wish} set={a.setWish} providers={providers} errors={a.errors} />
			<div class="buttons"><Button onClick={onClose}>{t('cancel')}</Button><Button type="submit" kind="main" icon="check" busy={a.busy}>{t('clinic.move')}</Button></div>
		</form>
	);
}

interface VisitProps {
	visit: Visit;
	providers: Provider[];
	onTurn: (visit: Visit, to: Visit | null) => void; // as it is to be until the server knows
	onDone: () => unknown;
	onClose: () => void;
}
export function VisitDialog({ visit, providers, onTurn, onDone, onClose }: VisitProps): JSX.Element {
	const [step, setStep] = useState<'look' | 'move' | 'cancel'>('look');
	const waits = visit.status === 'scheduled' && can('appointments', 'write');
	// An end is no way back from on the server: a moment is left to call it back.
	const end = (status: 'cancelled' | 'completed', why?: string): Promise<void> => {
		const act = amendLater(seenOfVisit(visit), { status, ...(why ? { change_reason: why } : {}) });
		const back = async (): Promise<void> => { await onDone(); onTurn(visit, null); };
		onTurn(visit, { ...visit, status });
		onClose();
		later(t(status === 'cancelled' ? 'clinic.visitCancelled' : 'clinic.visitDone', { name: named(visit), when: `${dayName(visit.date)}, ${clockOf(visit.time)}` }), (leaving) => act(leaving).then(back), () => onTurn(visit, null));
		return Promise.resolve();
	};
	if (step === 'cancel') return <Why title={t('clinic.cancelVisit')} text={`${named(visit)} · ${dayName(visit.date)}, ${clockOf(visit.time)}`} field={t('clinic.reason')} yes={t('clinic.cancelVisit')} draft={visit.appointment_id} onYes={(why) => end('cancelled', why)} onClose={onClose} />;
	return (
		<Dialog title={named(visit)} onClose={onClose} class="sheet">
			<p class="visit-when"><b>{dayName(visit.date, true)}</b><span>{clockOf(visit.time)} – {clockOf(timeOf((minutesOf(visit.time) + visit.duration_minutes) % 1440))}</span> <Chip tone={toneOf(visit.status)}>{label(visit.status[0]!.toUpperCase() + visit.status.slice(1))}</Chip></p>
			{step === 'move' ? <Moving visit={visit} providers={providers} onDone={onDone} onClose={onClose} /> : (
				<>
					<dl class="clinic-facts">
						<div><dt>{t('clinic.provider')}</dt><dd>{visit.provider_name}</dd></div>
						{visit.appointment_type && <div><dt>{t('clinic.appointment_type')}</dt><dd dir="auto">{visit.appointment_type}</dd></div>}
						{visit.reason && <div><dt>{t('clinic.reason')}</dt><dd dir="auto">{visit.reason}</dd></div>}
						{visit.location && <div><dt>{label('Location')}</dt><dd dir="auto">{visit.location}</dd></div>}
						<div><dt>MRN</dt><dd>{visit.patient_mrn}{can('patients', 'read') && <> · <a href={href(chartPath(visit.patient_mrn))} onClick={(e) => { e.preventDefault(); onClose(); void go(chartPath(visit.patient_mrn)); }}>{t('clinic.chart')}</a></>}</dd></div>
					</dl>
					<div class="buttons">
						{waits && <Button kind="quiet" onClick={() => setStep('cancel')}>{t('clinic.cancelVisit')}</Button>}
						{waits && <Button onClick={() => setStep('move')}>{t('clinic.move')}</Button>}
						{waits && <Button kind="main" icon="check" onClick={() => void end('completed')}>{t('clinic.complete')}</Button>}
					</div>
				</>
			)}
		</Dialog>
	);
}
