// sharing - who may see whose record: invitations both ways, what is given and what is got.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { drop, get } from '../core/api';
import { href } from '../core/env';
import { day, since } from '../core/format';
import { label, t } from '../core/i18n';
import { loadPeople } from '../core/store';
import { Button, Card, Chip, Skeleton, Title } from '../ui/basics';
import { ask } from '../ui/dialog';
import { complain, tell } from '../ui/toast';
import { ChangeShare, relationName, ShareForm } from './share-form';
import { answer, endShare, levelName, sharesGiven, sharesGot, statusName, whatOf, type Invitation, type RelativeGiven, type RelativeGot, type Share } from './shares';

interface All { pending: Invitation[]; sent: Invitation[]; given: Share[]; got: Share[]; relativesGiven: RelativeGiven[]; relativesGot: RelativeGot[] }

async function readAll(): Promise<All> {
	const [pending, sent, given, got, a, b] = await Promise.all([
		get<Invitation[]>('/invitations/pending'), get<Invitation[]>('/invitations/sent'), sharesGiven(), sharesGot(),
		get<{ shared_by_me: RelativeGiven[] }>('/family-history-sharing/shared-by-me'), get<{ shared_family_history: RelativeGot[] }>('/family-history-sharing/shared-with-me'),
	]);
	return { pending, sent, given, got, relativesGiven: a.shared_by_me, relativesGot: b.shared_family_history };
}

const nameOf = (s: Share): string => `${s.patient.first_name} ${s.patient.last_name}`;
const terms = (s: Share): string => [levelName(s.permission_level), s.expires_at && t('family.until', { date: day(s.expires_at) })].filter(Boolean).join(' · ');

function Item({ title, under, children }: { title: ComponentChildren; under: ComponentChildren; children?: ComponentChildren }): JSX.Element {
	return <li><span class="what"><b dir="auto">{title}</b><small dir="auto">{under}</small></span>{children}</li>;
}

export default function Sharing(): JSX.Element {
	const [all, setAll] = useState<All | null>(null);
	const [open, setOpen] = useState(false);
	const [changing, setChanging] = useState<Share | null>(null);
	const load = (): Promise<void> => readAll().then(setAll, complain);
	useEffect(() => {
		void load();
	}, []);
	const run = (work: Promise<unknown>, words: string): void => {
		work.then(() => tell(words)).catch(complain).finally(() => void Promise.all([load(), loadPeople().catch(complain)]));
	};
	const end = async (who: string, what: string, work: () => Promise<unknown>): Promise<void> => {
		if (await ask(t('family.revokeTitle', { name: who }), t('family.revokeText', { what }), t('family.revoke'))) run(work(), t('family.ended'));
	};
	const leave = async (what: string, work: () => Promise<unknown>): Promise<void> => {
		if (await ask(t('family.leaveTitle', { name: what }), t('family.leaveText'), t('family.leave'))) run(work(), t('family.ended'));
	};
	const nothing = <p class="quiet">{t('family.nothing')}</p>;
	return (
		<div class="narrow">
			<Title icon="share" aside={<Button kind="main" icon="share" onClick={() => setOpen(true)}>{t('family.share')}</Button>}>{t('family.sharing')}</Title>
			{!all ? <Skeleton lines={8} /> : (
				<div class="panel">
					{all.pending.length > 0 && <Card title={t('family.waiting')} icon="bolt">
						<ul class="lines pending">{all.pending.map((i) => (
							<Item key={i.id} title={whatOf(i)} under={<>{t('family.from', { name: i.sent_by?.name ?? '?' })} · {levelName(i.context_data.permission_level ?? 'view')}{i.message && <> · “{i.message}”</>}</>}>
								<Button small kind="main" onClick={() => run(answer(i.id, true), t('family.accepted'))}>{t('family.accept')}</Button>
								<Button small onClick={() => run(answer(i.id, false), t('family.refused'))}>{t('family.refuse')}</Button>
							</Item>
						))}</ul>
					</Card>}
					<Card title={t('family.given')} icon="share">
						{!all.given.length && !all.relativesGiven.length ? nothing : <ul class="lines given">
							{all.given.map((s) => <Item key={s.id} title={nameOf(s)} under={<>{t('family.to', { name: s.shared_with_user.name })} · {terms(s)}</>}>
								<Button small onClick={() => setChanging(s)} label={`${t('family.change')}: ${nameOf(s)}, ${s.shared_with_user.name}`}>{t('family.change')}</Button>
								<Button small onClick={() => void end(s.shared_with_user.name, nameOf(s), () => endShare(s.patient_id, s.shared_with_user.id))}>{t('family.revoke')}</Button>
							</Item>)}
							{all.relativesGiven.map(({ family_member: m, share_details: d }) => <Item key={`${m.id}-${d.shared_with.id}`} title={m.name} under={<>{relationName(m.relationship)} · {t('family.to', { name: d.shared_with.name })}</>}>
								<Button small onClick={() => void end(d.shared_with.name, m.name, () => drop(`/family-history-sharing/${m.id}/shares/${d.shared_with.id}`))}>{t('family.revoke')}</Button>
							</Item>)}
						</ul>}
					</Card>
					<Card title={t('people.shared')} icon="family">
						{!all.got.length && !all.relativesGot.length ? nothing : <ul class="lines got">
							{all.got.map((s) => <Item key={s.id} title={<a class="plain" href={href(`/people/${s.patient_id}`)}>{nameOf(s)}</a>} under={<>{t('family.from', { name: s.shared_by_user.name })} · {terms(s)}</>}>
								<Button small onClick={() => void leave(nameOf(s), () => drop(`/patient-sharing/remove-my-access/${s.patient_id}`))}>{t('family.leave')}</Button>
							</Item>)}
							{all.relativesGot.map(({ family_member: m, share_details: d }) => <Item key={m.id} title={<a class="plain" href={href(`/family/${m.id}`)}>{m.name}</a>} under={<>{relationName(m.relationship)} · {t('family.from', { name: d.shared_by.name })}</>}>
								<Button small onClick={() => void leave(m.name, () => drop(`/family-history-sharing/shared-with-me/${m.id}/remove-access`))}>{t('family.leave')}</Button>
							</Item>)}
						</ul>}
					</Card>
					{all.sent.length > 0 && <Card title={t('family.sent')} icon="clock">
						<ul class="lines sent">{all.sent.map((i) => (
							<Item key={i.id} title={whatOf(i)} under={<>{t('family.to', { name: i.sent_to?.name ?? '?' })} · {i.invitation_type === 'family_history_share' ? label('Family Members') : levelName(i.context_data.permission_level ?? 'view')} · {since(i.created_at)}</>}>
								<Chip tone={i.status === 'accepted' ? 'good' : i.status === 'pending' ? 'watch' : ''}>{statusName(i.status)}</Chip>
								{i.status === 'pending' && <Button small onClick={() => run(drop(`/invitations/${i.id}`), t('family.withdrawn'))}>{t('family.withdraw')}</Button>}
							</Item>
						))}</ul>
					</Card>}
				</div>
			)}
			{changing && <ChangeShare share={changing} onClose={(done) => { setChanging(null); if (done) void load(); }} />}
			{open && <ShareForm onClose={(sent) => { setOpen(false); if (sent) void load(); }} />}
		</div>
	);
}
