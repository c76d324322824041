// proposals - what agents ask a person to agree to.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { href } from '../core/env';
import { instant, since } from '../core/format';
import { label, t } from '../core/i18n';
import { Button, Card, Chip, Empty, Panel, Skeleton, Tabs, Title } from '../ui/basics';
import { complain, tell } from '../ui/toast';
import { clockOf, dayName, type Visit } from './calendar';
import { can, chartPath, Desk, named, read, send, type Patient } from './clinic';

interface Proposal {
	id: number;
	tool: string;
	arguments: Record<string, unknown> | string;
	status: 'pending' | 'accepted' | 'refused';
	client_id: string;
	patient_mrn: string | null;
	created_at: string;
	expires_at: string;
	decided_by: string | null;
	decided_at: string | null;
}

const toolName = (tool: string): string => {
	switch (tool) {
	case 'prescribe_medication': return t('clinic.prescribe');
	case 'discontinue_medication': return t('clinic.stop');
	case 'cancel_appointment': return t('clinic.cancelVisit');
	case 'schedule_appointment': return t('clinic.book');
	case 'reschedule_appointment': return t('clinic.move');
	case 'order_lab': return t('clinic.order');
	default: return tool.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());
	}
};
const argumentName = (name: string): string => {
	switch (name) {
	case 'mrn': return 'MRN';
	case 'name': case 'medication_name': return label('Medication name');
	case 'override_reason': return t('clinic.overrideWhy');
	case 'reason': return t('clinic.reason');
	default: return label(name.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase()));
	}
};
const wordsOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean));

// Whose chart it is and what is meant by a number: nobody agrees to "MED2F7Q1".
interface About {
	who?: string;
	what?: string;
}
function useAbout(p: Proposal, facts: Record<string, unknown>): About {
	const [about, setAbout] = useState<About>({});
	useEffect(() => {
		const key = (name: string): string | undefined => (typeof facts[name] === 'string' ? encodeURIComponent(facts[name]) : undefined);
		const add = (more: About): void => setAbout((was) => ({ ...was, ...more }));
		const [medication, visit] = [key('medication_id'), key('appointment_id')];
		// What is gone meanwhile has no name any more.
		if (p.patient_mrn && can('patients', 'read')) read<Patient>(`/patients/${encodeURIComponent(p.patient_mrn)}`).then((found) => add({ who: named(found) }), () => undefined);
		if (medication && can('medications', 'read')) read<{ name: string; dosage: string | null }>(`/medications/${medication}`).then((found) => add({ what: [found.name, found.dosage].filter(Boolean).join(' ') }), () => undefined);
		if (visit && can('appointments', 'read')) read<Visit>(`/appointments/${visit}`).then((found) => add({ what: `${dayName(found.date)}, ${clockOf(found.time)}` }), () => undefined);
	}, [p.id]);
	return about;
}

function One({ p, onDone }: { p: Proposal; onDone: () => void }): JSX.Element {
	const [busy, setBusy] = useState(false);
	const facts = typeof p.arguments === 'string' ? (JSON.parse(p.arguments) as Record<string, unknown>) : p.arguments;
	const about = useAbout(p, facts);
	const what = about.what ?? ['medication_name', 'name', 'test_name', 'medication_id', 'appointment_id'].flatMap((key) => (facts[key] ? [wordsOf(facts[key])] : []))[0];
	const decide = async (way: 'accept' | 'refuse'): Promise<void> => {
		setBusy(true);
		try {
			await send('POST', `/proposals/${p.id}/${way}`);
			tell(t(way === 'accept' ? 'clinic.accepted' : 'clinic.refused'));
		} catch (error) {
			complain(error);
		}
		setBusy(false);
		onDone();
	};
	return (
		<Card title={<>{toolName(p.tool)}{what && <>: <bdi>{what}</bdi></>} <small class="quiet" dir="ltr">#{p.id}</small></>} icon="bolt" action={p.patient_mrn && <a href={href(chartPath(p.patient_mrn))}>{about.who ? <><bdi>{about.who}</bdi> · </> : null}{p.patient_mrn}</a>}>
			<dl class="clinic-facts">{Object.entries(facts).map(([name, value]) => <div key={name}><dt>{argumentName(name)}</dt><dd dir="auto">{wordsOf(value)}</dd></div>)}</dl>
			<p class="quiet fine">{t('clinic.asks', { who: p.client_id.length > 24 ? `${p.client_id.slice(0, 24)}…` : p.client_id, when: since(p.created_at) })}</p>
			{p.status === 'pending' ? (
				<div class="buttons"><span class="quiet fine grow">{t('clinic.until', { when: instant(p.expires_at) })}</span><Button busy={busy} onClick={() => void decide('refuse')}>{t('clinic.refuse')}</Button><Button kind="main" icon="check" busy={busy} onClick={() => void decide('accept')}>{t('clinic.accept')}</Button></div>
			) : <p class="quiet fine"><Chip tone={p.status === 'accepted' ? 'good' : 'bad'}>{t(`clinic.${p.status}`)}</Chip> {p.decided_by} · {p.decided_at && instant(p.decided_at)}</p>}
		</Card>
	);
}

function Page(): JSX.Element {
	const [status, setStatus] = useState<'pending' | 'accepted' | 'refused'>('pending');
	const [list, setList] = useState<Proposal[] | null>(null);
	const load = (): Promise<void> => read<{ items: Proposal[] }>(`/proposals?status=${status}`).then((answer) => setList(answer.items), complain);
	useEffect(() => {
		setList(null);
		void load();
	}, [status]);
	return (
		<div class="narrow">
			<Title icon="bolt" under={t('clinic.proposalsUnder')}>{t('clinic.proposals')}</Title>
			<Tabs label={t('clinic.proposals')} at={status} onPick={(id) => setStatus(id as typeof status)} tabs={[{ id: 'pending', name: t('clinic.waiting') }, { id: 'accepted', name: t('clinic.accepted') }, { id: 'refused', name: t('clinic.refused') }]} />
			<Panel id={status}>{!list ? <Skeleton /> : !list.length ? <Empty icon="bolt" title={t(status === 'pending' ? 'clinic.noProposals' : 'home.none')} /> : list.map((p) => <One key={p.id} p={p} onDone={() => void load()} />)}</Panel>
		</div>
	);
}

export default (): JSX.Element => <Desk>{() => <Page />}</Desk>;
