// patients - the practice's patients, found while one types.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { href } from '../core/env';
import { label, t } from '../core/i18n';
import { go, query } from '../core/router';
import { Button, Chip, Empty, Skeleton, Title } from '../ui/basics';
import { Icon } from '../ui/icons';
import { About, can, chartPath, Desk, named, usePatients } from './clinic';

function Found({ words }: { words: string }): JSX.Element {
	const { found, more } = usePatients(words);
	if (!found) return <Skeleton lines={8} />;
	if (!found.items.length) return <Empty icon="person" title={t('list.none')} />;
	return (
		<>
			<ul class="card lines patient-list" aria-label={t('clinic.patients')}>
				{found.items.map((p) => (
					<li key={p.mrn}>
						<a href={href(chartPath(p.mrn))}>
							<span class={`avatar hue-${p.id % 8}`} aria-hidden="true">{`${[...p.first_name][0] ?? ''}${[...p.last_name][0] ?? ''}`}</span>
							<span class="what"><b dir="auto">{named(p)}</b><About p={p} /></span>
							{p.gender && <Chip>{label(p.gender)}</Chip>}
							<Icon name="right" size={16} flip />
						</a>
					</li>
				))}
			</ul>
			{found.next_cursor && <div class="buttons centre"><Button onClick={more}>{t('clinic.more')}</Button></div>}
		</>
	);
}

function Page(): JSX.Element {
	const [words, setWords] = useState(query.value.get('q') ?? '');
	return (
		<>
			<Title icon="person" aside={can('patients', 'write') && <a class="button main" data-key="n" href={href('/clinic/patients/new')}><Icon name="plus" /><span>{t('clinic.newPatient')}</span></a>}>{t('clinic.patients')}</Title>
			<div class="search large"><Icon name="search" size={18} />
				<input type="search" aria-label={t('clinic.find')} placeholder={t('clinic.find')} value={words} autocomplete="off" onInput={(e) => setWords(e.currentTarget.value)}
					onKeyDown={(e) => {
						if (e.key !== 'Enter' && e.key !== 'ArrowDown') return;
						const first = document.querySelector<HTMLAnchorElement>('.patient-list a');
						e.preventDefault();
						if (e.key === 'ArrowDown') first?.focus();
						else if (first && words.trim()) void go(decodeURI(first.pathname.slice(href('/').length)));
					}} />
			</div>
			<Found words={words} />
		</>
	);
}

export default (): JSX.Element => <Desk>{() => <Page />}</Desk>;
