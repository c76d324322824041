// clinic-activity - who saw and did what in the charts of the practice.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { href } from '../core/env';
import { instant } from '../core/format';
import { code, t } from '../core/i18n';
import { query } from '../core/router';
import { Button, Chip, Empty, Skeleton, Title } from '../ui/basics';
import { complain } from '../ui/toast';
import { chartPath, Desk, read } from './clinic';
import { kindName } from './house-words';

interface Entry {
	id: number;
	at: string;
	user: string | null;
	client: string | null;
	count: number | null;
	outcome: string | null;
	action: string;
	kind: string;
	patient_mrn: string | null;
	description: string;
}

const actions = ['created', 'updated', 'deleted', 'read'] as const;
const actionName = (action: string): string => ((actions as readonly string[]).includes(action) ? t(`clinic.${action as (typeof actions)[number]}`) : action.replaceAll('_', ' '));
const tone = (action: string): string => ({ created: 'good', updated: 'watch', deleted: 'bad' })[action] ?? '';

function Page(): JSX.Element {
	const [list, setList] = useState<Entry[] | null>(null);
	const [next, setNext] = useState<string | null>(null);
	const [action, setAction] = useState('');
	const [mrn, setMrn] = useState(query.value.get('mrn') ?? '');
	const load = (cursor = ''): Promise<void> => read<{ items: Entry[]; next_cursor: string | null }>(`/activity?limit=50&action=${action}&patient_mrn=${encodeURIComponent(mrn.trim())}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`).then((answer) => {
		setList((had) => (cursor ? [...(had ?? []), ...answer.items] : answer.items));
		setNext(answer.next_cursor);
	}, (error: unknown) => { setList([]); if (!mrn) complain(error); });
	useEffect(() => {
		const timer = setTimeout(() => void load(), mrn ? 300 : 0);
		return () => clearTimeout(timer);
	}, [action, mrn]);
	return (
		<>
			<Title icon="eye" under={t('clinic.activityUnder')}>{t('clinic.activity')}</Title>
			<div class="list-tools">
				<input class="filter" type="search" aria-label={`${t('clinic.patient')}: MRN`} placeholder={`${t('clinic.patient')}: MRN`} value={mrn} onInput={(e) => setMrn(e.currentTarget.value)} />
				<select class={`filter${action ? ' on' : ''}`} aria-label={t('clinic.what')} value={action} onChange={(e) => setAction(e.currentTarget.value)}>
					<option value="">{t('clinic.everything')}</option>
					{actions.map((a) => <option key={a} value={a} selected={a === action}>{t(`clinic.${a}`)}</option>)}
				</select>
			</div>
			{!list ? <Skeleton lines={8} /> : !list.length ? <Empty icon="eye" title={t('list.none')} /> : (
				<div class="card flush scroller" role="region" aria-label={t('clinic.activity')} tabIndex={0}>
					<table class="grid-table wide-table">
						<thead><tr><th scope="col">{t('clinic.when')}</th><th scope="col">{t('clinic.who')}</th><th scope="col">{t('clinic.what')}</th><th scope="col">{t('clinic.patient')}</th></tr></thead>
						<tbody>
							{list.map((e) => (
								<tr key={e.id}><td class="nowrap">{instant(e.at)}</td><td dir="auto">{e.user ?? (e.client ? `${e.client.slice(0, 16)}…` : t('clinic.command'))}</td>
									<td><Chip tone={e.outcome ? 'bad' : tone(e.action)}>{actionName(e.action)}</Chip> {(code.value !== 'en' && kindName(e.kind)) || e.description}{e.count !== null && e.count > 1 ? ` (${e.count})` : ''}{e.outcome ? ` · ${e.outcome}` : ''}</td>
									<td>{e.patient_mrn && <a href={href(chartPath(e.patient_mrn))}>{e.patient_mrn}</a>}</td></tr>
							))}
						</tbody>
					</table>
				</div>
			)}
			{next && <div class="buttons centre"><Button onClick={() => void load(next)}>{t('clinic.more')}</Button></div>}
		</>
	);
}

export default (): JSX.Element => <Desk>{() => <Page />}</Desk>;
