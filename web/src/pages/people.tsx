// people - everybody whose record one may see.
import type { JSX } from 'preact';
import { href } from '../core/env';
import { age, day } from '../core/format';
import { t } from '../core/i18n';
import { fullName, people, personId, user } from '../core/store';
import { Button, Chip, Empty, LinkButton, Title } from '../ui/basics';
import { Icon } from '../ui/icons';
import { Avatar } from '../ui/people';
import { show } from '../ui/shell';

export default function People(): JSX.Element {
	return (
		<>
			<Title icon="family" aside={<a class="button main" data-key="n" href={href('/people/new')}><Icon name="plus" /><span>{t('people.add')}</span></a>}>{t('nav.people')}</Title>
			{!people.value.length && <Empty icon="person" title={t('people.none')} />}
			<ul class="faces">
				{people.value.map((p) => (
					<li class="card face" key={p.id}>
						<Avatar person={p} size="large" />
						<h2>{fullName(p)}</h2>
						<p class="quiet">{t('people.age', { n: age(p.birth_date) })} · {day(p.birth_date)}</p>
						{p.owner_user_id !== user.value?.id && <Chip>{t('people.shared')}</Chip>}
						<div class="buttons">
							{p.id === personId.value ? <Chip tone="good">{t('people.open')}</Chip> : <Button small onClick={() => void show(p.id)}>{t('people.choose')}</Button>}
							<LinkButton small kind="quiet" icon="edit" href={href(`/people/${p.id}`)}>{t('edit')}</LinkButton>
						</div>
					</li>
				))}
			</ul>
		</>
	);
}
