// more - all places, for a phone.
import type { JSX } from 'preact';
import { href } from '../core/env';
import { t } from '../core/i18n';
import { Title } from '../ui/basics';
import { Icon } from '../ui/icons';
import { placesOf } from '../ui/nav';

export default function More(): JSX.Element {
	const groups: [string, string][] = [['home', ''], ['person', t('nav.record')], ['clinic', t('nav.clinic')], ['admin', t('nav.admin')], ['end', t('nav.all')]];
	return (
		<>
			<Title>{t('nav.more')}</Title>
			{groups.map(([group, name]) => placesOf(group).length > 0 && (
				<section key={group} class="places">
					{name && <h2 class="group">{name}</h2>}
					<ul>{placesOf(group).map((p) => <li key={p.to}><a class="card place" href={href(p.to)}><span class={`tile small ${p.type?.route ?? ''}`}><Icon name={p.icon} /></span>{p.name}</a></li>)}</ul>
				</section>
			))}
		</>
	);
}
