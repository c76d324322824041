// providers - who treats people at the practice.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { href } from '../core/env';
import { t } from '../core/i18n';
import type { Row } from '../core/records';
import { Button, Card, Chip, LinkButton, Skeleton, Title } from '../ui/basics';
import { complain, tell } from '../ui/toast';
import type { Provider } from './calendar';
import { can, Desk, read, seenOf, send, Sheet, unmake, type Paged } from './clinic';
import { change } from './faster';

function Page(): JSX.Element {
	const [list, setList] = useState<Provider[] | null>(null);
	const [open, setOpen] = useState<Provider | 'new' | null>(null);
	const load = (): Promise<void> => read<Paged<Provider>>('/providers?limit=200').then((answer) => setList(answer.items), complain);
	useEffect(() => { void load(); }, []);
	const row = open === 'new' ? null : open;
	const write = can('providers', 'write');
	return (
		<>
			<Title icon="stethoscope" aside={write && <Button kind="main" icon="plus" onClick={() => setOpen('new')}>{t('clinic.newProvider')}</Button>}>{t('clinic.providers')}</Title>
			{!list ? <Skeleton lines={8} /> : (
				<div class="provider-cards">
					{list.map((p) => (
						<Card key={p.npi} title={p.name} icon="stethoscope" action={write && <Button small kind="quiet" icon="edit" label={`${t('edit')}: ${p.name}`} onClick={() => setOpen(p)} />}>
							<p class="quiet" dir="auto">{[p.specialty, p.department].filter(Boolean).join(' · ')}</p>
							<p class="provider-lines"><span>NPI <bdi>{p.npi}</bdi></span>{p.phone && <bdi>{p.phone}</bdi>}{p.email && <bdi>{p.email}</bdi>}</p>
							<div class="buttons between"><Chip tone={p.accepting_new_patients ? 'good' : 'watch'}>{t(p.accepting_new_patients ? 'clinic.accepting_new_patients' : 'clinic.full')}</Chip>
								<LinkButton small kind="quiet" icon="calendar" href={href(`/clinic/appointments?view=week&npi=${encodeURIComponent(p.npi)}`)}>{t('clinic.week')}</LinkButton></div>
						</Card>
					))}
				</div>
			)}
			{open && (
				<Sheet title={row?.name ?? t('clinic.newProvider')} type="providers" names={[...(row ? [] : ['npi']), 'name', 'specialty', 'department', 'phone', 'email', 'accepting_new_patients']} row={row as unknown as Row | null} draft={`provider.${row?.npi ?? 'new'}`} onClose={() => setOpen(null)}
					onSave={async (body) => {
						if (row) return change(seenOf('providers', `/providers/${encodeURIComponent(row.npi)}`, row), body, load);
						const made = await send<Provider>('POST', '/providers', body);
						await load();
						return tell(t('form.saved'), unmake('providers', `/providers/${encodeURIComponent(made.npi)}`, load));
					}} />
			)}
		</>
	);
}

export default (): JSX.Element => <Desk>{() => <Page />}</Desk>;
