// dashboard - what matters about a person, at one look, out of one answer of the server.
import { effect, signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { get } from '../core/api';
import { href } from '../core/env';
import { day, moment } from '../core/format';
import { label, number, said, t } from '../core/i18n';
import { mayEdit } from '../core/rights';
import { typesOfPatient, typeOf } from '../core/schema';
import { fullName, hueOf, person, personId, preferences, user } from '../core/store';
import { Button, Card, Chip, Empty, LinkButton, Skeleton, Title, toneOf } from '../ui/basics';
import { Icon, iconOf, type IconName } from '../ui/icons';
import { Avatar } from '../ui/people';
import { judge, nameOf, units, type Series } from './health';
import { QuickVitals, reading } from './quick-vitals';
import { FlagChip, RangeBar } from './range-bar';
import { Spark } from './spark';

interface Vital {
	of: string;
	label: string;
	unit: string | null;
	at: string;
	value: number;
	second?: number | null;
	low: number | null;
	high: number | null;
	low2?: number | null;
	high2?: number | null;
	before: { value: number; second?: number | null } | null;
}

interface Overview {
	patient_id: number;
	units: string;
	allergies: { id: number; allergen: string; severity: string | null; reaction: string | null }[];
	medications: { id: number; medication_name: string; dosage: string | null; frequency: string | null }[];
	conditions: { id: number; diagnosis: string; condition_name: string | null; status: string | null; onset_date: string | null }[];
	upcoming: { type: string; id: number; date: string; title: string; subtitle: string | null; status: string | null }[];
	labs: { id: number; lab_result_id: number; test_name: string; value: number; unit: string; low: number | null; high: number | null; range: string | null; status: string; date: string | null }[];
	immunizations: { id: number; vaccine_name: string; date_administered: string; dose_number: number | null }[];
	emergency_contacts: { id: number; name: string; relationship: string | null; phone_number: string | null; is_primary: boolean }[];
	vitals: Vital[];
	counts: Record<string, number>;
}

interface Seen {
	key: string;
	overview: Overview | null;
	trends: Series[] | null;
	error: boolean;
}
// Kept while signed in: who comes back sees it at once, and it is read anew.
const seen = signal<Seen | null>(null);
effect(() => {
	if (!user.value) seen.value = null;
});

const MOST_TRENDS = 4;

// What is out of its range first, then what people watch anyway.
function toWatch(now: Overview): string[] {
	const out = now.vitals.filter((v) => [judge(v.value, v.low, v.high), judge(v.second ?? NaN, v.low2, v.high2)].some((f) => f === 'low' || f === 'high')).map((v) => v.of);
	const usual = ['blood_pressure', 'weight', 'heart_rate'].filter((of) => now.vitals.some((v) => v.of === of));
	return [...new Set([...out, ...now.labs.map((l) => `lab:${l.test_name}`), ...usual])].slice(0, MOST_TRENDS);
}

async function read(id: number): Promise<void> {
	const key = `${id}.${preferences.value.unit_system}`;
	const set = (more: Partial<Seen>): void => {
		if (seen.value?.key === key) seen.value = { ...seen.value, ...more };
	};
	if (seen.value?.key !== key) seen.value = { key, overview: null, trends: null, error: false };
	try {
		const overview = await get<Overview>(`/people/${id}/dashboard?${units()}`);
		set({ overview, error: false });
		const wanted = toWatch(overview);
		const trends = wanted.length ? (await get<{ series: Series[] }>(`/people/${id}/trends?${units()}&${wanted.map((of) => `of=${encodeURIComponent(of)}`).join('&')}`)).series : [];
		set({ trends });
	} catch {
		set({ error: true });
	}
}

const All = ({ to, what }: { to: string; what: string }): JSX.Element => (
	<a class="all" href={href(to)} aria-label={t('home.allOf', { what })}>{t('home.all')}<Icon name="right" size={14} flip /></a>
);

function Block({ route, title, icon, to, children }: { route: string; title?: string; icon?: IconName; to?: string; children: ComponentChildren }): JSX.Element {
	const many = label(typeOf(route)?.many ?? route);
	return <Card title={title ?? many} icon={icon ?? iconOf(route)} tone={route} action={<All to={to ?? `/records/${route}`} what={title ?? many} />}>{children}</Card>;
}

interface Item {
	to: string;
	title: string;
	note?: string;
	chip?: ComponentChildren;
	lead?: ComponentChildren;
}

const START = ['allergies', 'medications', 'conditions', 'vitals', 'lab-results', 'emergency-contacts'];

// Of a record with nothing in it yet.
const Begin = (): JSX.Element => (
	<Card title={t('home.begin')} icon="plus">
		<p class="quiet">{t('home.beginText')}</p>
		<ul class="begin">{START.flatMap((route) => typeOf(route) ?? []).map((type) => <li key={type.route}><a class="count-link" href={href(`/records/${type.route}/new`)}><Icon name={iconOf(type.route)} size={16} /><span>{t('record.add', { what: said(type.one) })}</span></a></li>)}</ul>
	</Card>
);

function Items({ items, route, none, most = 6 }: { items: Item[]; route?: string; none: string; most?: number }): JSX.Element {
	if (!items.length) return <p class="quiet">{none}{route && mayEdit() && <> <a href={href(`/records/${route}/new`)}>{t('home.add')}</a></>}</p>;
	return (
		<>
			<ul class="lines brief">
				{items.slice(0, most).map((item) => (
					<li key={item.to + item.title}>
						<a href={href(item.to)}>{item.lead}<span class="what"><b dir="auto">{item.title}</b>{item.note && <small dir="auto">{item.note}</small>}</span>{item.chip}</a>
					</li>
				))}
			</ul>
			{route && items.length > most && <p class="more-line"><a class="all" href={href(`/records/${route}`)}>{t('home.more', { n: items.length - most })}<Icon name="right" size={14} flip /></a></p>}
		</>
	);
}

const joined = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(' · ');

function choiceChip(route: string, name: string, value: string | null): JSX.Element | null {
	const found = typeOf(route)?.fields.find((f) => f.name === name)?.choices?.find((c) => c.value === value);
	return value ? <Chip tone={toneOf(value)}>{label(found?.label ?? value)}</Chip> : null;
}

function Vitals({ now }: { now: Overview }): JSX.Element {
	if (!now.vitals.length) return <p class="quiet">{t('home.noVitals')}</p>;
	return (
		<dl class="figures">
			{now.vitals.filter((v) => v.of !== 'height').slice(0, 6).map((v) => (
				<div key={v.of}><dt>{label(v.label)}</dt><dd><b>{reading(v.value, v.second)}</b> <span>{v.unit}</span><small title={moment(v.at)}>{day(v.at)}</small></dd></div>
			))}
		</dl>
	);
}

function Trends({ trends }: { trends: Series[] }): JSX.Element | null {
	const shown = trends.filter((s) => s.points.length > 1);
	if (!shown.length) return null;
	return (
		<Card title={t('health.watch')} icon="chart" action={<All to="/trends" what={t('health.trends')} />}>
			<ul class="lines">
				{shown.map((s) => {
					const last = s.points.at(-1)!;
					return (
						<li key={s.of}>
							<a href={href(`/trends?of=${encodeURIComponent(s.of)}`)}>
								<span class="what"><b dir="auto">{nameOf(s)}</b><small><bdi dir="ltr">{reading(last[1], last[2])} {s.unit}</bdi> · <bdi>{day(last[0])}</bdi></small></span><Spark series={s} />
							</a>
						</li>
					);
				})}
			</ul>
		</Card>
	);
}

function Labs({ now }: { now: Overview }): JSX.Element {
	return (
		<Block route="lab-results" title={t('health.outOfRange')}>
			{!now.labs.length ? <p class="quiet">{t(now.counts['lab-results'] ? 'health.allInRange' : 'home.none')}</p> : (
				<ul class="lines">
					{now.labs.map((l) => (
						<li key={l.id}>
							<a href={href(`/records/lab-results/${l.lab_result_id}`)}>
								<span class="what"><b dir="auto">{l.test_name}</b><small><bdi dir="ltr">{number(l.value)} {l.unit}</bdi>{l.date && <> · <bdi>{day(l.date)}</bdi></>}</small></span>
								<RangeBar value={l.value} low={l.low} high={l.high} tone={l.status === 'critical' ? 'bad' : 'watch'} /><FlagChip status={l.status} />
							</a>
						</li>
					))}
				</ul>
			)}
		</Block>
	);
}

const Counts = ({ counts }: { counts: Record<string, number> }): JSX.Element => (
	<Card title={t('health.whole')} icon="clipboard" action={<All to="/timeline" what={t('health.timeline')} />}>
		<ul class="counts">
			{typesOfPatient().map((type) => (
				<li key={type.route}><a class="count-link" href={href(`/records/${type.route}`)}><Icon name={iconOf(type.route)} size={16} /><span>{label(type.many)}</span> <b>{number(counts[type.route!] ?? 0)}</b></a></li>
			))}
		</ul>
	</Card>
);

function Cards({ now, trends, again }: { now: Overview; trends: Series[] | null; again: () => void }): JSX.Element {
	const empty = !Object.values(now.counts).some((n) => n > 0);
	return (
		<div class="cards">
			{empty && mayEdit() && <Begin />}
			<Block route="allergies"><Items route="allergies" none={t('home.noAllergies')} items={now.allergies.map((a) => ({ to: `/records/allergies/${a.id}`, title: a.allergen, note: a.reaction ?? '', chip: choiceChip('allergies', 'severity', a.severity) }))} /></Block>
			<Block route="medications" title={t('home.currentMedications')}><Items route="medications" none={t('home.noMedications')} most={8} items={now.medications.map((m) => ({ to: `/records/medications/${m.id}`, title: m.medication_name, note: joined(m.dosage, m.frequency) }))} /></Block>
			<Block route="vitals" title={t('home.latestVitals')}><Vitals now={now} /><QuickVitals onSaved={again} /></Block>
			{!empty && <Block route="encounters" title={t('health.next')} icon="calendar" to="/timeline">
				<Items none={t('health.nothingPlanned')} items={now.upcoming.map((u) => ({ to: `/records/${u.type}/${u.id}`, title: u.title, note: joined(day(u.date), u.subtitle), lead: <span class={`tile small ${u.type}`}><Icon name={iconOf(u.type)} size={18} /></span> }))} />
			</Block>}
			{now.counts['lab-results'] ? <Labs now={now} /> : null}
			{trends && <Trends trends={trends} />}
			{now.conditions.length > 0 && <Block route="conditions"><Items route="conditions" none={t('home.none')} items={now.conditions.map((c) => ({ to: `/records/conditions/${c.id}`, title: c.condition_name || c.diagnosis, note: c.onset_date ? day(c.onset_date) : '', chip: choiceChip('conditions', 'status', c.status) }))} /></Block>}
			{now.immunizations.length > 0 && <Block route="immunizations"><Items route="immunizations" none={t('home.none')} items={now.immunizations.map((i) => ({ to: `/records/immunizations/${i.id}`, title: i.vaccine_name, note: day(i.date_administered) }))} /></Block>}
			{now.emergency_contacts.length > 0 && <Block route="emergency-contacts"><Items route="emergency-contacts" none={t('home.none')} items={now.emergency_contacts.map((c) => ({ to: `/records/emergency-contacts/${c.id}`, title: c.name, note: c.phone_number ?? '', chip: choiceChip('emergency-contacts', 'relationship', c.relationship) }))} /></Block>}
			<Counts counts={now.counts} />
		</div>
	);
}

export default function Dashboard(): JSX.Element {
	const who = person.value;
	const id = personId.value;
	useEffect(() => {
		if (id !== null) void read(id);
	}, [id, preferences.value.unit_system]);
	if (!who)
		return (
			<>
				<Title>{t('home.hello', { name: user.value?.full_name ?? '' })}</Title>
				<Empty icon="person" title={t('people.none')}><LinkButton kind="main" icon="plus" href={href('/people/new')}>{t('people.add')}</LinkButton></Empty>
			</>
		);
	const here = seen.value?.key === `${who.id}.${preferences.value.unit_system}` ? seen.value : null;
	return (
		<>
			<div class={`hero ${hueOf(who.id)}`}><Avatar person={who} size="large" /><Title under={t('home.under', { date: day(who.birth_date) })}>{fullName(who)}</Title></div>
			{here?.overview ? <Cards now={here.overview} trends={here.trends} again={() => void read(who.id)} />
				: here?.error ? <Empty icon="alert" title={t('error.offline')}><Button kind="main" onClick={() => void read(who.id)}>{t('retry')}</Button></Empty> : <Skeleton lines={8} />}
		</>
	);
}
