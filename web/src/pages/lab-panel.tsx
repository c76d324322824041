// lab-panel - the values of a lab result: where each stands in its range, and a grid to
// enter them fast by keyboard.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../core/api';
import { href } from '../core/env';
import { label, number, t } from '../core/i18n';
import { readDraft } from '../core/drafts';
import type { Row } from '../core/records';
import { mayEdit } from '../core/rights';
import { user } from '../core/store';
import { Button, Card, Skeleton } from '../ui/basics';
import { Icon } from '../ui/icons';
import { complain } from '../ui/toast';
import { flagOf, rangeOf } from './health';
import { draftOf, LabEntry } from './lab-entry';
import { FlagChip, RangeBar } from './range-bar';

export interface Component {
	id: number;
	test_name: string;
	abbreviation: string | null;
	value: number;
	unit: string;
	ref_range_min: number | null;
	ref_range_max: number | null;
	ref_range_text: string | null;
	status: string | null;
	display_order: number | null;
	notes: string | null;
}

export const limitsOf = (c: Component): { low: number | null; high: number | null } =>
	(c.ref_range_min ?? c.ref_range_max ?? null) === null ? rangeOf(c.ref_range_text ?? '') : { low: c.ref_range_min, high: c.ref_range_max };

// As it is printed on paper.
export function rangeText(c: Component): string {
	const { ref_range_min: low, ref_range_max: high } = c;
	if (low !== null && high !== null) return `${number(low)} – ${number(high)}`;
	if (high !== null) return `≤ ${number(high)}`;
	if (low !== null) return `≥ ${number(low)}`;
	return c.ref_range_text ?? '';
}

function Line({ c }: { c: Component }): JSX.Element {
	const { low, high } = limitsOf(c);
	return (
		<tr class={flagOf(c.status)?.tone}>
			<th scope="row" dir="auto"><a href={href(`/trends?of=${encodeURIComponent(`lab:${c.test_name}`)}`)}>{c.test_name}</a>{c.notes && <small dir="auto">{c.notes}</small>}</th>
			<td class="lab-value"><b>{number(c.value, 4)}</b> <span dir="ltr">{c.unit}</span></td>
			<td class="lab-bar"><RangeBar value={c.value} low={low} high={high} tone={flagOf(c.status)?.tone ?? ''} /></td>
			<td class="lab-range"><bdi dir="ltr">{rangeText(c)}</bdi></td>
			<td class="lab-flag"><FlagChip status={c.status} /></td>
		</tr>
	);
}

const PAGE = 1000;

export function LabPanel({ lab }: { lab: Row }): JSX.Element {
	const [list, setList] = useState<Component[] | null>(null);
	const edit = mayEdit(Number(lab.patient_id));
	const [editing, setEditing] = useState(() => edit && readDraft(user.value!.id, draftOf(lab)) !== null);
	const read = (): Promise<void> => get<Component[]>(`/lab-test-components/lab-result/${lab.id}/components?limit=${PAGE}`).then(setList, complain);
	useEffect(() => {
		void read();
	}, [lab.id]);
	if (!list) return <Card title={t('health.values')} icon="flask" tone="lab-results"><Skeleton lines={3} /></Card>;
	const out = list.filter((c) => c.status && c.status !== 'normal').length;
	const end = (saved: boolean): void => {
		setEditing(false);
		if (saved) void read();
		setTimeout(() => document.getElementById('lab-edit')?.querySelector('button')?.focus(), 0);
	};
	return (
		<Card title={t('health.values')} icon="flask" tone="lab-results" action={edit && !editing && list.length ? <span id="lab-edit"><Button small icon="edit" onClick={() => setEditing(true)}>{t('health.enter')}</Button></span> : undefined}>
			{editing ? <LabEntry lab={lab} list={list} onEnd={end} /> : !list.length ? (
				<div class="lab-none" id="lab-edit"><p class="quiet">{t('health.noValues')}</p>{edit && <Button kind="main" icon="plus" onClick={() => setEditing(true)}>{t('health.enter')}</Button>}</div>
			) : (
				<>
					<p class="quiet lab-sum">{out ? t('health.outCount', { n: out }) : t('health.allInRange')}</p>
					<table class="lab-table">
						<thead><tr><th scope="col">{label('Test name')}</th><th scope="col">{label('Value')}</th><td /><th scope="col">{label('Reference range')}</th><th scope="col">{label('Status')}</th></tr></thead>
						<tbody>{list.map((c) => <Line key={c.id} c={c} />)}</tbody>
					</table>
					<p class="lab-trend"><a class="all" href={href(`/trends?${list.slice(0, 6).map((c) => `of=${encodeURIComponent(`lab:${c.test_name}`)}`).join('&')}`)}><Icon name="chart" size={16} />{t('health.trends')}</a></p>
				</>
			)}
		</Card>
	);
}
