// patient-chart - a patient of the practice on one screen, and what is done there: readings,
// prescriptions, allergies, orders and results, the next visit.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../core/api';
import { href } from '../core/env';
import { age, day, instant, shown, text, unitOf } from '../core/format';
import { label, number, said, t } from '../core/i18n';
import type { PageProps } from '../core/pages';
import type { Row } from '../core/records';
import type { Field } from '../core/schema';
import { user } from '../core/store';
import { Button, Card, Chip, Empty, LinkButton, Skeleton, Title, toneOf } from '../ui/basics';
import { Dialog } from '../ui/dialog';
import type { IconName } from '../ui/icons';
import { chartOf } from '../ui/practice';
import { Missing } from '../ui/shell';
import { complain, later, tell } from '../ui/toast';
import { clockOf, plusDays, workday, type Days, type Provider, type Visit } from './calendar';
import { can, clinicType, Desk, fieldsOf, named, read, seenOf, send, Sheet, unmake, Why, type Patient, type Thing } from './clinic';
import { amendLater, change } from './faster';
import { Results, Entering } from './lab';
import { Booking, VisitDialog } from './visit';

interface Chart {
	patient: Patient;
	appointments: Visit[];
	medications?: Row[];
	allergies?: Row[];
	vital_signs?: Row[];
	lab_results?: Row[];
}

const path = (mrn: string): string => `/patients/${encodeURIComponent(mrn)}`;
async function load(mrn: string): Promise<Chart> {
	if (can('medications', 'read')) return read<Chart>(`${path(mrn)}/record`);
	const [patient, visits] = await Promise.all([read<Patient>(path(mrn)), read<{ items: Visit[] }>(`${path(mrn)}/appointments?limit=200`)]);
	return { patient, appointments: visits.items };
}

const is = (row: Row, status: string): boolean => row.status === status;
// Each reads in its own direction: a date between two numbers does not run into them.
const words = (...parts: unknown[]): string => parts.filter(Boolean).map((part) => `\u2068${String(part)}\u2069`).join(' · ');
const severities = ['mild', 'moderate', 'severe'];
const statusWord = (status: unknown): string => {
	const own = { final: t('clinic.final'), in_progress: label('In progress') }[String(status)];
	return own ?? label(String(status).replace(/^./, (c) => c.toUpperCase()));
};

// ---- vital signs ----
function Spark({ points, low, high }: { points: number[]; low: number | undefined; high: number | undefined }): JSX.Element | null {
	if (points.length < 2) return null;
	const all = [...points, ...(low === undefined ? [] : [low]), ...(high === undefined ? [] : [high])];
	const least = Math.min(...all);
	const span = Math.max(...all) - least || 1;
	const y = (v: number): number => 30 - ((v - least) / span) * 26;
	const x = (i: number): number => 3 + (i / (points.length - 1)) * 94;
	return (
		<svg class="vital-spark" viewBox="0 0 100 34" preserveAspectRatio="none" aria-hidden="true" focusable="false">
			{low !== undefined && high !== undefined && <rect x="0" width="100" y={y(high)} height={y(low) - y(high)} class="band" />}
			<polyline points={points.map((v, i) => `${x(i)},${y(v)}`).join(' ')} vector-effect="non-scaling-stroke" />
		</svg>
	);
}

const usual: Record<string, [number, number]> = { systolic_bp: [90, 120], heart_rate: [60, 100], temperature: [97, 99.1], respiratory_rate: [12, 20], oxygen_saturation: [95, 100] };
const measures = ['systolic_bp', 'heart_rate', 'temperature', 'respiratory_rate', 'oxygen_saturation', 'weight', 'height', 'bmi'];

function Vitals({ rows, adult, onAdd }: { rows: Row[]; adult: boolean; onAdd: (() => void) | null }): JSX.Element {
	const [table, setTable] = useState(false);
	const type = clinicType('vital_signs');
	const fields = fieldsOf(type, measures);
	const value = (f: Field, row: Row): string => {
		const v = row[f.name];
		if (v === null || v === undefined) return '';
		return f.name === 'systolic_bp' && row.diastolic_bp !== null ? `${number(Number(v))}/${number(Number(row.diastolic_bp))}` : number(shown(f, Number(v)), 1);
	};
	const name = (f: Field): string => (f.name === 'systolic_bp' ? label('Blood pressure') : f.label);
	const have = fields.filter((f) => rows.some((r) => r[f.name] !== null));
	return (
		<Card title={label('Vitals')} icon="pulse" tone="vitals" action={<>{rows.length > 1 && <Button small kind="quiet" pressed={table} onClick={() => setTable(!table)}>{t('clinic.table')}</Button>}{onAdd && <Button small icon="plus" onClick={onAdd}>{t('clinic.recordVitals')}</Button>}</>}>
			{!have.length ? <p class="quiet">{t('home.noVitals')}</p> : table ? (
				<div class="scroller" role="region" aria-label={label('Vitals')} tabIndex={0}>
					<table class="grid-table"><thead><tr><th scope="col">{t('clinic.when')}</th>{have.map((f) => <th key={f.name} scope="col">{name(f)} <small dir="ltr">{unitOf(f)}</small></th>)}</tr></thead>
						<tbody>{rows.map((r) => <tr key={r.id}><th scope="row">{instant(String(r.recorded_date))}</th>{have.map((f) => <td key={f.name}>{value(f, r)}</td>)}</tr>)}</tbody></table>
				</div>
			) : (
				<dl class="figures vital-figures">
					{have.map((f) => {
						const some = rows.filter((r) => r[f.name] !== null);
						const range = adult ? usual[f.name] : undefined;
						const now = Number(some[0]![f.name]);
						const off = range && (now < range[0] || now > range[1]);
						return (
							<div key={f.name}><dt>{name(f)}</dt>
								<dd><b class={off ? 'off' : ''}>{value(f, some[0]!)}</b> <span dir="ltr">{unitOf(f)}</span><Spark points={some.slice(0, 12).reverse().map((r) => Number(r[f.name]))} low={range?.[0]} high={range?.[1]} /><small>{day(String(some[0]!.recorded_date))}</small></dd></div>
						);
					})}
				</dl>
			)}
		</Card>
	);
}

// ---- lists ----
interface LineProps {
	title: string;
	note?: string;
	chip?: ComponentChildren;
	actions?: ComponentChildren;
	onOpen?: () => void;
}
const Line = ({ title, note, chip, actions, onOpen }: LineProps): JSX.Element => (
	<li>
		{onOpen ? <button type="button" class="plain-row" onClick={onOpen}><span class="what"><b dir="auto">{title}</b>{note && <small dir="auto">{note}</small>}</span>{chip}</button>
			: <><span class="what"><b dir="auto">{title}</b>{note && <small dir="auto">{note}</small>}</span>{chip}</>}
		{actions}
	</li>
);
const Lines = ({ none, children }: { none: string; children: JSX.Element[] }): JSX.Element => (children.length ? <ul class="lines">{children}</ul> : <p class="quiet">{none}</p>);

function Block({ title, icon, tone, add, onAdd, rest, restTitle, children }: { title: string; icon: IconName; tone: string; add?: string; onAdd?: (() => void) | null; rest?: JSX.Element[]; restTitle?: string; children: ComponentChildren }): JSX.Element {
	return (
		<Card title={title} icon={icon} tone={tone} action={onAdd && add && <Button small icon="plus" onClick={onAdd}>{add}</Button>}>
			{children}
			{rest && rest.length > 0 && <details class="earlier-ones"><summary>{restTitle}</summary><ul class="lines">{rest}</ul></details>}
		</Card>
	);
}

// Refused because of an allergy: again with a reason, or not.
interface Refused {
	body: Record<string, unknown>;
	text: string;
}
type Doing = { what: 'vitals' | 'prescribe' | 'allergy' | 'order' | 'book' | 'details' } | { what: 'stop' | 'results' | 'reaction'; row: Row } | { what: 'visit'; visit: Visit } | { what: 'override'; refused: Refused };

interface DoingsProps {
	chart: Chart;
	doing: Doing;
	providers: Provider[];
	onDone: () => Promise<void>;
	onTurn: (turned: Turned) => void;
	onClose: () => void;
	onRefused: (refused: Refused) => void;
}
// Rows as they are to be until the server knows.
type Turned = { visit: Visit; to: Visit | null } | { medication: Row; to: Row | null };

function Doings({ chart, doing, providers, onDone, onTurn, onClose, onRefused }: DoingsProps): JSX.Element | null {
	const { patient } = chart;
	const mrn = patient.mrn;
	const add = (thing: Thing, child: string, key: string) => async (body: Record<string, unknown>): Promise<void> => {
		const made = await send<Row & { warnings?: string[] }>('POST', `${path(mrn)}/${child}`, body);
		await onDone();
		tell(t(made.warnings?.length ? 'clinic.twice' : 'form.saved'), unmake(thing, `/${child}/${String(made[key])}`, onDone));
	};
	const prescribe = add('medications', 'medications', 'medication_id');
	const stop = (row: Row, why: string): Promise<void> => {
		const act = amendLater(seenOf('medications', `/medications/${String(row.medication_id)}`, row), { status: 'discontinued', change_reason: why });
		onTurn({ medication: row, to: { ...row, status: 'discontinued' } });
		later(t('clinic.stopped', { name: String(row.name) }), (leaving) => act(leaving).then(onDone).then(() => onTurn({ medication: row, to: null })), () => onTurn({ medication: row, to: null }));
		return Promise.resolve();
	};
	switch (doing.what) {
	case 'vitals': return <Sheet title={t('clinic.recordVitals')} type="vital_signs" names={['systolic_bp', 'diastolic_bp', 'heart_rate', 'temperature', 'respiratory_rate', 'oxygen_saturation', 'weight', 'height', 'notes']} draft={`${mrn}.vitals`} onSave={(body) => add('vitals', 'vital-signs', 'id')({ ...body, recorded_by: user.value?.full_name })} onClose={onClose} />;
	case 'allergy': return <Sheet title={t('record.add', { what: said('Allergy') })} type="allergies" names={['allergen', 'reaction', 'severity', 'onset_date']} draft={`${mrn}.allergy`} onSave={add('allergies', 'allergies', 'id')} onClose={onClose} />;
	case 'reaction': return <Sheet title={String(doing.row.allergen)} type="allergies" names={['allergen', 'reaction', 'severity', 'status', 'notes']} row={doing.row} draft={`${mrn}.allergy.${doing.row.id}`} onSave={(body) => change(seenOf('allergies', `/allergies/${doing.row.id}`, doing.row), body, onDone)} onClose={onClose} />;
	case 'prescribe': return (
		<Sheet title={t('clinic.prescribe')} type="medications" names={['name', 'dosage', 'frequency', 'route', 'refills_remaining', 'notes']} draft={`${mrn}.prescribe`} onClose={onClose}
			onSave={async (typed) => {
				const body = { ...typed, prescriber: user.value?.full_name };
				try {
					await prescribe(body);
				} catch (error) {
					if (!(error instanceof ApiError) || error.status !== 409 || !/allerg/.test(error.message)) throw error;
					// After this dialog has gone.
					setTimeout(() => onRefused({ body, text: t('clinic.allergyFound', { what: /allergy to (.*);/.exec(error.message)?.[1] ?? '?', name: String(typed.name) }) }), 0);
				}
			}}>
			<Allergies rows={chart.allergies ?? []} />
		</Sheet>
	);
	case 'override': return <Why title={t('clinic.warning')} text={doing.refused.text} field={t('clinic.overrideWhy')} yes={t('clinic.overrideYes')} draft={`override.${mrn}`} onClose={onClose} onYes={(why) => prescribe({ ...doing.refused.body, override_reason: why })} />;
	case 'stop': return <Why title={t('clinic.stopTitle', { name: String(doing.row.name) })} field={t('clinic.reason')} yes={t('clinic.stop')} draft={String(doing.row.medication_id)} onClose={onClose} onYes={(why) => stop(doing.row, why)} />;
	case 'order': return <Sheet title={t('clinic.order')} type="lab_results" names={['test_name', 'ordered_date']} draft={`${mrn}.order`} onSave={(body) => add('labs', 'lab-results', 'order_id')({ ...body, ordered_by: user.value?.full_name })} onClose={onClose} />;
	case 'results': return <Entering row={doing.row} onDone={onDone} onClose={onClose} />;
	case 'book': return <Booking first={{ npi: chart.appointments[chart.appointments.length - 1]?.provider_npi ?? providers[0]?.npi ?? '', date: workday(plusDays(new Date().toISOString().slice(0, 10), 1)), time: '09:00', minutes: 30 }} providers={providers} patient={patient} onDone={onDone} onClose={onClose} />;
	case 'visit': return <VisitDialog visit={doing.visit} providers={providers} onTurn={(visit, to) => onTurn({ visit, to })} onDone={onDone} onClose={onClose} />;
	default: return <Details patient={patient} onClose={onClose} />;
	}
}

function Details({ patient, onClose }: { patient: Patient; onClose: () => void }): JSX.Element {
	const type = clinicType('patients');
	return (
		<Dialog title={named(patient)} onClose={onClose} class="sheet">
			<dl class="clinic-facts">{fieldsOf(type, type.fields.map((f) => f.name)).filter((f) => patient[f.name]).map((f) => <div key={f.name}><dt>{f.label}</dt><dd dir="auto">{text(f, patient[f.name])}</dd></div>)}</dl>
			{can('patients', 'write') && <div class="buttons"><LinkButton icon="edit" href={href(`/clinic/patients/${encodeURIComponent(patient.mrn)}/edit`)}>{t('edit')}</LinkButton></div>}
		</Dialog>
	);
}

// What must not be overlooked.
const Allergies = ({ rows }: { rows: Row[] }): JSX.Element => {
	const active = rows.filter((r) => is(r, 'active')).sort((a, b) => severities.indexOf(String(b.severity)) - severities.indexOf(String(a.severity)));
	return (
		<p class={`allergy-bar${active.length ? ' some' : ''}`}><b>{label('Allergies')}</b>
			{active.length ? active.map((r) => <Chip key={r.id} tone={toneOf(r.severity)}>{String(r.allergen)}{r.severity ? ` (${statusWord(r.severity)})` : ''}</Chip>) : <span>{t('home.noAllergies')}</span>}
		</p>
	);
};

const keyOf = (x: Turned): string => ('visit' in x ? `v${x.visit.id}` : `m${x.medication.id}`);
const turnedIn = (chart: Chart, turned: Turned[]): Chart => ({
	...chart,
	appointments: chart.appointments.map((v) => (turned.find((x) => keyOf(x) === `v${v.id}`)?.to as Visit | undefined) ?? v),
	...(chart.medications ? { medications: chart.medications.map((m) => (turned.find((x) => keyOf(x) === `m${m.id}`)?.to as Row | undefined) ?? m) } : {}),
});

function Page({ mrn }: { mrn: string }): JSX.Element {
	const [loaded, setChart] = useState<Chart | null>(null);
	const [turned, setTurned] = useState<Turned[]>([]);
	const [gone, setGone] = useState(false);
	const [doing, setDoing] = useState<Doing | null>(null);
	const [providers, setProviders] = useState<Provider[]>([]);
	const again = (): Promise<void> => load(mrn).then((answer) => {
		setChart(answer);
		chartOf.value = { mrn, name: named(answer.patient), dob: answer.patient.dob };
	}, (error: unknown) => {
		if (error instanceof ApiError && error.status === 404) setGone(true);
		else complain(error);
	});
	useEffect(() => {
		void again();
		read<Days>('/calendar?days=1').then((answer) => setProviders(answer.providers), () => undefined);
		return () => { chartOf.value = null; };
	}, [mrn]);
	if (gone) return <Missing />;
	if (!loaded) return <Skeleton lines={8} />;
	const chart = turnedIn(loaded, turned);
	const p = chart.patient;
	const start = (what: Doing): (() => void) => () => setDoing(what);
	const visits = [...chart.appointments].sort((a, b) => (a.date + a.time < b.date + b.time ? 1 : -1));
	const next = visits.filter((v) => v.status === 'scheduled').reverse();
	const visit = (v: Visit): JSX.Element => <Line key={v.id} title={v.reason ?? v.appointment_type ?? t('clinic.visit')} note={words(`${day(v.date)}, ${clockOf(v.time)}`, v.provider_name)} chip={<Chip tone={v.status === 'scheduled' ? '' : toneOf(v.status)}>{statusWord(v.status)}</Chip>} onOpen={start({ what: 'visit', visit: v })} />;
	const medicine = (r: Row): JSX.Element => <Line key={r.id} title={String(r.name)} note={words(r.dosage, r.frequency, r.route, r.prescribed_date && day(String(r.prescribed_date)), is(r, 'active') && Number(r.refills_remaining) > 0 && t('clinic.refills', { n: Number(r.refills_remaining) }))}
		chip={is(r, 'active') ? undefined : <Chip>{statusWord(r.status)}</Chip>} actions={is(r, 'active') && can('medications', 'write') && <Button small kind="quiet" onClick={start({ what: 'stop', row: r })}>{t('clinic.stop')}</Button>} />;
	const allergy = (r: Row): JSX.Element => <Line key={r.id} title={String(r.allergen)} note={words(r.reaction, r.onset_date && day(String(r.onset_date)))} chip={r.severity && <Chip tone={toneOf(r.severity)}>{statusWord(r.severity)}</Chip>} {...(can('allergies', 'write') ? { onOpen: start({ what: 'reaction', row: r }) } : {})} />;
	const lab = (r: Row): JSX.Element => (
		<li key={r.id} class="lab-order"><div class="lab-head"><span class="what"><b dir="auto">{String(r.test_name)}</b><small>{words(day(String(r.resulted_date ?? r.collected_date ?? r.ordered_date ?? '')), r.ordered_by)}</small></span><Chip tone={is(r, 'final') ? 'good' : 'watch'}>{statusWord(r.status)}</Chip>
			{can('labs', 'write') && (is(r, 'final') ? <Button small kind="quiet" icon="edit" label={`${t('edit')}: ${String(r.test_name)}`} onClick={start({ what: 'results', row: r })} /> : <Button small onClick={start({ what: 'results', row: r })}>{t('clinic.enter')}</Button>)}</div><Results json={r.results_json} name={String(r.test_name)} /></li>
	);
	const meds = chart.medications ?? [];
	return (
		<div class="patient-chart">
			<Title under={words(p.mrn, `${day(p.dob)} (${t('people.age', { n: age(p.dob) })})`, p.gender && label(p.gender), p.phone)} icon="person" aside={<Button onClick={start({ what: 'details' })}>{t('clinic.details')}</Button>}>{named(p)}</Title>
			{chart.allergies && <Allergies rows={chart.allergies} />}
			<div class="cards">
				{chart.vital_signs && <Vitals rows={chart.vital_signs} adult={age(p.dob) >= 18} onAdd={can('vitals', 'write') ? start({ what: 'vitals' }) : null} />}
				{chart.medications && (
					<Block title={t('home.currentMedications')} icon="pill" tone="medications" add={t('clinic.prescribe')} onAdd={can('medications', 'write') ? start({ what: 'prescribe' }) : null} rest={meds.filter((r) => !is(r, 'active')).map(medicine)} restTitle={t('clinic.earlierOnes')}>
						<Lines none={t('home.noMedications')}>{meds.filter((r) => is(r, 'active')).map(medicine)}</Lines>
					</Block>
				)}
				{chart.lab_results && (
					<Block title={label('Lab Results')} icon="flask" tone="lab-results" add={t('clinic.order')} onAdd={can('labs', 'write') ? start({ what: 'order' }) : null} rest={chart.lab_results.slice(4).map(lab)} restTitle={t('clinic.more')}>
						<Lines none={t('home.none')}>{chart.lab_results.slice(0, 4).map(lab)}</Lines>
					</Block>
				)}
				{chart.allergies && (
					<Block title={label('Allergies')} icon="alert" tone="allergies" add={t('home.add')} onAdd={can('allergies', 'write') ? start({ what: 'allergy' }) : null} rest={chart.allergies.filter((r) => !is(r, 'active')).map(allergy)} restTitle={label('Inactive')}>
						<Lines none={t('home.noAllergies')}>{chart.allergies.filter((r) => is(r, 'active')).map(allergy)}</Lines>
					</Block>
				)}
				<Block title={t('clinic.appointments')} icon="calendar" tone="encounters" add={t('clinic.book')} onAdd={can('appointments', 'write') && providers.length ? start({ what: 'book' }) : null} rest={visits.filter((v) => v.status !== 'scheduled').slice(3).map(visit)} restTitle={t('clinic.more')}>
					<Lines none={t('home.none')}>{[...next, ...visits.filter((v) => v.status !== 'scheduled').slice(0, 3)].map(visit)}</Lines>
				</Block>
			</div>
			{!chart.medications && <Empty icon="shield" title={t('clinic.noCharts')} />}
			{doing && <Doings key={doing.what} chart={chart} doing={doing} providers={providers} onDone={again} onTurn={(next) => setTurned((was) => [...was.filter((x) => keyOf(x) !== keyOf(next)), ...(next.to ? [next] : [])])} onClose={() => setDoing(null)} onRefused={(refused) => setDoing({ what: 'override', refused })} />}
		</div>
	);
}

export default ({ params }: PageProps): JSX.Element => <Desk>{() => <Page key={params.mrn} mrn={params.mrn!} />}</Desk>;
