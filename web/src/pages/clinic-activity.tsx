// clinic-activity - who saw and did what in the charts of the practice.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../core/api';
import { href } from '../core/env';
import { code, t } from '../core/i18n';
import { query } from '../core/router';
import { Title } from '../ui/basics';
import { chartPath, Desk, read } from './clinic';
import { kindName } from './house-words';
import { Log, PickAction, type Entries } from './log';

const none: Entries = { items: [], next_cursor: null };

function Page(): JSX.Element {
	const [action, setAction] = useState('');
	const [mrn, setMrn] = useState(query.value.get('mrn') ?? '');
	const [asked, setAsked] = useState(mrn);
	useEffect(() => {
		const timer = setTimeout(() => setAsked(mrn.trim()), 300);
		return () => clearTimeout(timer);
	}, [mrn]);
	return (
		<>
			<Title icon="eye" under={t('clinic.activityUnder')}>{t('clinic.activity')}</Title>
			<div class="list-tools">
				<input class="filter" type="search" aria-label={`${t('clinic.patient')}: MRN`} placeholder={`${t('clinic.patient')}: MRN`} value={mrn} onInput={(e) => setMrn(e.currentTarget.value)} />
				<PickAction value={action} onPick={setAction} />
			</div>
			<Log name={t('clinic.activity')} by={{ action, patient_mrn: asked }} who={(e) => e.user ?? (e.client ? `${e.client.slice(0, 16)}…` : t('clinic.command'))}
				read={(words) => read<Entries>(`/activity?${words}`).catch((error: unknown) => {
					// While one types there is no such patient yet.
					if (asked && error instanceof ApiError && error.status === 404) return none;
					throw error;
				})}
				columns={[
					{ name: t('house.kind'), cell: (e) => <>{(code.value !== 'en' && kindName(e.kind)) || e.description}{e.count !== null && e.count > 1 ? ` (${e.count})` : ''}</> },
					{ name: t('clinic.patient'), cell: (e) => e.patient_mrn && <a href={href(chartPath(e.patient_mrn))}>{e.patient_mrn}</a> },
				]} />
		</>
	);
}

export default (): JSX.Element => <Desk>{() => <Page />}</Desk>;
