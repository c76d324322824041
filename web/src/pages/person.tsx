// person - one person: who they are, who may see their record, and what there is of them.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { drop, get } from '../core/api';
import { href } from '../core/env';
import { day } from '../core/format';
import { label, t } from '../core/i18n';
import type { PageProps } from '../core/pages';
import type { Row } from '../core/records';
import { go } from '../core/router';
import { inputs, typeOf } from '../core/schema';
import { fullName, hueOf, loadPeople, people, personId, switchTo } from '../core/store';
import { Button, Card, Chip, LinkButton, Title } from '../ui/basics';
import { ask } from '../ui/dialog';
import { Icon, type IconName } from '../ui/icons';
import { Avatar } from '../ui/people';
import { Missing } from '../ui/shell';
import { complain, tell } from '../ui/toast';
import { RecordView } from '../ui/view';
import { LookCard } from './look';
import { ShareForm } from './share-form';
import { endShare, levelName, type Level, type Seen } from './shares';

interface Given { id: number; shared_with_user_id: number; shared_with_full_name: string | null; shared_with_username: string; permission_level: Level; expires_at: string | null }

function Shares({ id, name }: { id: number; name: string }): JSX.Element {
	const [list, setList] = useState<Given[] | null>(null);
	const [open, setOpen] = useState(false);
	const load = (): Promise<void> => get<{ shares: Given[] }>(`/patient-sharing/${id}`).then((a) => setList(a.shares), complain);
	useEffect(() => {
		void load();
	}, [id]);
	const end = async (s: Given, who: string): Promise<void> => {
		if (!(await ask(t('family.revokeTitle', { name: who }), t('family.revokeText', { what: name }), t('family.revoke')))) return;
		await endShare(id, s.shared_with_user_id).then(() => tell(t('family.ended')), complain);
		await load();
	};
	return (
		<Card title={t('family.sharing')} icon="share" action={<Button small icon="share" onClick={() => setOpen(true)}>{t('family.share')}</Button>}>
			{list && !list.length && <p class="quiet">{t('family.nothing')}</p>}
			<ul class="lines">{list?.map((s) => {
				const who = s.shared_with_full_name ?? s.shared_with_username;
				return <li key={s.id}><span class="what"><b>{who}</b><small>{levelName(s.permission_level)}{s.expires_at && ` · ${t('family.until', { date: day(s.expires_at) })}`}</small></span><Button small onClick={() => void end(s, who)}>{t('family.revoke')}</Button></li>;
			})}</ul>
			{open && <ShareForm of={[id]} onClose={(sent) => { setOpen(false); if (sent) void load(); }} />}
		</Card>
	);
}

export default function PersonPage({ params }: PageProps): JSX.Element {
	const who = people.value.find((p) => p.id === Number(params.id));
	const type = typeOf('patients');
	const [seen, setSeen] = useState<Seen | null>(null);
	useEffect(() => {
		get<{ people: Seen[] }>('/people').then((a) => setSeen(a.people.find((s) => s.id === Number(params.id)) ?? null), complain);
	}, [params.id]);
	if (!who || !type) return <Missing />;
	const to = async (path: string): Promise<void> => {
		if (personId.value !== who.id) await switchTo(who.id);
		await go(path);
	};
	const places: [string, string, IconName][] = [['/', t('nav.home'), 'home'], ['/emergency-card', t('family.emergency'), 'shield'], ['/family', label('Family Members'), 'family'], ['/insurance-cards', label(typeOf('insurances')?.many ?? ''), 'card'], ...(seen && (seen.is_owner || seen.permission === 'full') ? [['/activity', t('family.activity'), 'eye'] as [string, string, IconName]] : [])];
	const leave = async (): Promise<void> => {
		if (!(await ask(t('family.leaveTitle', { name: fullName(who) }), t('family.leaveText'), t('family.leave')))) return;
		await drop(`/patient-sharing/remove-my-access/${who.id}`).then(() => loadPeople()).then(() => go('/people', true), complain);
	};
	return (
		<div class="narrow">
			<nav aria-label={t('nav.people')}><a class="back" href={href('/people')}><Icon name="left" size={16} flip />{t('nav.people')}</a></nav>
			<div class={`hero ${hueOf(who.id)}`}>
				<Avatar person={who} size="large" />
				<Title under={t('home.under', { date: day(who.birth_date) })} aside={seen && seen.permission !== 'view' && <LinkButton icon="edit" href={href(`/people/${who.id}/edit`)}>{t('edit')}</LinkButton>}>{fullName(who)}</Title>
			</div>
			<div class="panel">
				<div class="places"><ul>{places.map(([path, name, icon]) => <li key={path}><button type="button" class="card place" onClick={() => void to(path).catch(complain)}><span class="tile small"><Icon name={icon} /></span>{name}</button></li>)}</ul></div>
				<RecordView type={type} row={who as unknown as Row} fields={inputs(type).filter((f) => !['first_name', 'last_name', 'is_self_record'].includes(f.name))} />
				<LookCard who={who} />
				{seen?.is_owner && <Shares id={who.id} name={fullName(who)} />}
				{seen && !seen.is_owner && (
					<Card title={t('people.shared')} icon="share" action={<Button small onClick={() => void leave()}>{t('family.leave')}</Button>}>
						<p><Chip tone="watch">{levelName(seen.permission)}</Chip> {t('family.from', { name: seen.owner.name })}{seen.expires_at && ` · ${t('family.until', { date: day(seen.expires_at) })}`}</p>
					</Card>
				)}
			</div>
		</div>
	);
}
