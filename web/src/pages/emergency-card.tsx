// emergency-card - what a helper must know, to print and carry; the code holds the same
// words, so that a phone without a network reads it.  Nothing is on it that was not chosen.
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { get } from '../core/api';
import { keep, kept } from '../core/env';
import { day, today } from '../core/format';
import { label, t } from '../core/i18n';
import { typeOf } from '../core/schema';
import { fullName, person, personId } from '../core/store';
import { useAnswer } from '../ui/answer';
import { Button, Card, Empty, Notice, Skeleton, Title } from '../ui/basics';
import { qrOf, qrPath } from './qr';

type Record1 = Record<string, string | number | boolean | null>;
interface Chart { patient: Record1; records: Record<string, Record1[]>; practitioners: Record1[] }
const PARTS = ['blood_type', 'allergies', 'medications', 'conditions', 'emergency-contacts', 'physician', 'insurances'] as const;
type Part = (typeof PARTS)[number];

const nameOf = (part: Part): string => (part === 'blood_type' ? label('Blood type') : part === 'physician' ? label('Practitioner') : label(typeOf(part)?.many ?? part));
const joined = (...words: (string | number | boolean | null | undefined)[]): string => words.filter(Boolean).join(', ');

function linesOf(chart: Chart, part: Part): string[] {
	const rows = (chart.records[part] ?? []).filter((r) => r.status === undefined || ['active', 'chronic', 'recurrence', null].includes(r.status as string));
	switch (part) {
	case 'blood_type': return chart.patient.blood_type ? [String(chart.patient.blood_type)] : [];
	case 'allergies': return rows.map((r) => joined(r.allergen, r.reaction, r.severity && label(String(r.severity).replace(/^./, (c) => c.toUpperCase()))));
	case 'medications': return rows.map((r) => joined(r.medication_name, r.dosage, r.frequency));
	case 'conditions': return rows.map((r) => String(r.condition_name || r.diagnosis));
	case 'emergency-contacts': return rows.filter((r) => r.is_active !== false).sort((a, b) => Number(b.is_primary) - Number(a.is_primary)).slice(0, 3).map((r) => joined(r.name, r.phone_number, r.secondary_phone));
	case 'physician': return chart.practitioners.filter((d) => d.id === chart.patient.physician_id).map((d) => joined(d.name, d.phone_number));
	default: return rows.filter((r) => r.is_primary || rows.length === 1).map((r) => joined(r.company_name, r.member_id));
	}
}

const read = (): Part[] => (kept('emergency') ?? '').split(' ').filter((p): p is Part => (PARTS as readonly string[]).includes(p));

function Code({ words }: { words: string }): JSX.Element {
	const qr = useMemo(() => (words.length < 500 ? qrOf(words, 'M') : qrOf(words, 'L')), [words]);
	if (!qr || qr.version > 30) return <p class="quiet">{t('family.qrLong')}</p>;
	return <svg class="qr" viewBox={`-4 -4 ${qr.size + 8} ${qr.size + 8}`} role="img" aria-label={t('family.qr')} shape-rendering="crispEdges"><rect x={-4} y={-4} width={qr.size + 8} height={qr.size + 8} fill="#fff" /><path d={qrPath(qr)} fill="#000" /></svg>;
}

interface Block { part: Part; name: string; lines: string[] }
const FIRST: Part[] = ['blood_type', 'allergies']; // beside the code, before all else

const Blocks = ({ blocks }: { blocks: Block[] }): JSX.Element | null => (!blocks.length ? null : (
	<dl>{blocks.map((b) => <div key={b.part} class={b.part}><dt>{b.name}</dt><dd>{b.lines.length > 1 ? <ul>{b.lines.map((l) => <li key={l} dir="auto">{l}</li>)}</ul> : <span dir="auto">{b.lines[0]}</span>}</dd></div>)}</dl>
));

export default function EmergencyCard(): JSX.Element {
	const [chosen, setChosen] = useState<Part[]>(read);
	const who = person.value;
	const { answer: chart } = useAnswer(() => (personId.value === null ? null : get<Chart>(`/people/${personId.value}/chart`)), [personId.value]);
	if (!who) return <><Title icon="shield">{t('family.emergency')}</Title><Empty icon="person" title={t('people.none')} /></>;
	const choose = (parts: Part[]): void => {
		setChosen(parts);
		keep('emergency', parts.join(' '));
	};
	const born = t('home.under', { date: day(who.birth_date) });
	const blocks = chart ? PARTS.filter((p) => chosen.includes(p)).map((p) => ({ part: p, name: nameOf(p), lines: linesOf(chart, p) })).filter((b) => b.lines.length) : [];
	const words = [`${t('family.emergency').toUpperCase()}\n${fullName(who)}\n${born}`, ...blocks.map((b) => `${b.name}: ${b.lines.join('; ')}`)].join('\n');
	return (
		<>
			<Title icon="shield" under={fullName(who)} aside={<Button icon="print" kind="main" onClick={() => print()}>{t('family.print')}</Button>}>{t('family.emergency')}</Title>
			{!chart ? <Skeleton lines={8} /> : (
				<div class="emergency">
					<article class="emergency-card" aria-label={t('family.emergency')}>
						<header><b>{t('family.emergency')}</b></header>
						<div class="emergency-body">
							<div class="emergency-who"><h2 dir="auto">{fullName(who)}</h2><p>{born}</p><Blocks blocks={blocks.filter((b) => FIRST.includes(b.part))} /></div>
							<Code words={words} />
							<Blocks blocks={blocks.filter((b) => !FIRST.includes(b.part))} />
							<p class="emergency-date">{t('family.asOf', { date: day(today()) })}</p>
						</div>
					</article>
					<div class="no-print">
						<Card title={t('family.onCard')} icon="settings" action={<Button small onClick={() => choose([...PARTS])}>{t('family.chooseAll')}</Button>}>
							<Notice>{t('family.emergencyHelp')}</Notice>
							<fieldset class="choices"><legend class="hidden">{t('family.onCard')}</legend>
								{PARTS.map((p) => <label key={p}><input type="checkbox" name={p} checked={chosen.includes(p)} onChange={(e) => choose(e.currentTarget.checked ? [...chosen, p] : chosen.filter((c) => c !== p))} /><span>{nameOf(p)}{!linesOf(chart, p).length && <small class="quiet"> – {t('home.none')}</small>}</span></label>)}
							</fieldset>
						</Card>
					</div>
				</div>
			)}
		</>
	);
}
