// people - everybody whose record one may see: whose it is, and what one may do in it.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../core/api';
import { href } from '../core/env';
import { age, day } from '../core/format';
import { t } from '../core/i18n';
import { fullName, hueOf, people, personId, user } from '../core/store';
import { Button, Chip, Empty, LinkButton, Title } from '../ui/basics';
import { Icon } from '../ui/icons';
import { Avatar } from '../ui/people';
import { show } from '../ui/shell';
import { complain } from '../ui/toast';
import { levelName, type Seen } from './shares';

export default function People(): JSX.Element {
	const [seen, setSeen] = useState<Seen[]>([]);
	useEffect(() => {
		get<{ people: Seen[] }>('/people').then((a) => setSeen(a.people), complain);
	}, [people.value]);
	const own = (id: number): boolean => id === user.value?.id;
	const order = [...people.value].sort((a, b) => Number(own(b.owner_user_id)) - Number(own(a.owner_user_id)) || Number(b.is_self_record) - Number(a.is_self_record));
	return (
		<>
			<Title icon="family" aside={<><LinkButton href={href('/sharing')} icon="share">{t('family.sharing')}</LinkButton><a class="button main" data-key="n" href={href('/people/new')}><Icon name="plus" /><span>{t('people.add')}</span></a></>}>{t('nav.people')}</Title>
			{!people.value.length && <Empty icon="person" title={t('people.none')} />}
			<ul class="faces">
				{order.map((p) => {
					const s = seen.find((one) => one.id === p.id);
					return (
						<li class={`card face ${hueOf(p.id)}`} key={p.id}>
							<Avatar person={p} size="large" />
							<h2><a class="plain" href={href(`/people/${p.id}`)}>{fullName(p)}</a></h2>
							<p class="quiet">{t('people.age', { n: age(p.birth_date) })} · {day(p.birth_date)}</p>
							<p class="terms">{s && <Chip tone={s.is_owner ? '' : 'watch'}>{levelName(s.permission)}</Chip>}{s && !s.is_owner && <small>{t('family.from', { name: s.owner.name })}{s.expires_at && ` · ${t('family.until', { date: day(s.expires_at) })}`}</small>}</p>
							<div class="buttons">
								{p.id === personId.value ? <Chip tone="good">{t('people.open')}</Chip> : <Button small onClick={() => void show(p.id)}>{t('people.choose')}</Button>}
							</div>
						</li>
					);
				})}
			</ul>
		</>
	);
}
