// log - entries of an activity, page by page: the table the house and the practice share.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { instant } from '../core/format';
import { t } from '../core/i18n';
import { Button, Chip, Empty, Skeleton } from '../ui/basics';
import { complain } from '../ui/toast';
import { actions } from './house-words';

export interface Entry {
	id: number;
	at: string;
	user: string | null;
	client: string | null;
	count: number | null;
	outcome: string | null;
	action: string;
	kind: string;
	entity_id: number | null;
	description: string;
	patient_mrn?: string | null;
	ip_address?: string | null;
}
export interface Entries {
	items: Entry[];
	next_cursor: string | null;
}
export interface Column {
	name: string;
	cell: (e: Entry) => ComponentChildren;
	class?: string; // "aside": not on a phone
}

const tones: Record<string, string> = { created: 'good', updated: 'watch', deleted: 'bad' };
const did = (action: string): string => (actions[action] ? t(actions[action]!) : action.replaceAll('_', ' '));

export const Pick = ({ label, all, value, options, onPick }: { label: string; all: string; value: string; options: [string, string][]; onPick: (v: string) => void }): JSX.Element => (
	<select class={value ? 'filter on' : 'filter'} aria-label={label} value={value} onChange={(e) => onPick(e.currentTarget.value)}>
		<option value="">{label}: {all}</option>
		{options.map(([key, name]) => <option key={key} value={key} selected={key === value}>{name}</option>)}
	</select>
);
export const PickAction = ({ value, onPick }: { value: string; onPick: (v: string) => void }): JSX.Element =>
	<Pick label={t('house.what')} all={t('house.everything')} value={value} options={Object.entries(actions).map(([a, key]) => [a, t(key)])} onPick={onPick} />;

interface LogProps {
	name: string;
	by: Record<string, string>; // what it is narrowed to
	read: (query: string) => Promise<Entries>;
	who: (e: Entry) => string;
	columns: Column[];
}
export function Log({ name, by, read, who, columns }: LogProps): JSX.Element {
	const [items, setItems] = useState<Entry[] | null>(null);
	const [cursor, setCursor] = useState<string | null>(null);
	const wanted = JSON.stringify(by);
	const ask = (after: string | null): Promise<Entries> => read(new URLSearchParams({ limit: '50', ...Object.fromEntries(Object.entries(by).filter(([, v]) => v)), ...(after ? { cursor: after } : {}) }).toString());
	useEffect(() => {
		let current = true;
		ask(null).then((a) => {
			if (!current) return;
			setItems(a.items);
			setCursor(a.next_cursor);
		}, complain);
		return () => { current = false; };
	}, [wanted]);
	const older = (): Promise<void> => ask(cursor).then((a) => {
		setItems([...(items ?? []), ...a.items]);
		setCursor(a.next_cursor);
	}, complain);
	if (!items) return <Skeleton lines={8} />;
	if (!items.length) return <Empty icon="clock" title={t('list.none')} />;
	return (
		<>
			<div class="card scroll" tabIndex={0} role="region" aria-label={name}>
				<table class="log">
					<thead><tr><th scope="col">{t('house.when')}</th><th scope="col">{t('clinic.who')}</th><th scope="col">{t('house.what')}</th>{columns.map((c) => <th key={c.name} scope="col">{c.name}</th>)}</tr></thead>
					<tbody>
						{items.map((e) => (
							<tr key={e.id}>
								<td class="soft">{instant(e.at)}</td>
								<td dir="auto"><b>{who(e)}</b></td>
								<td><Chip tone={e.outcome ? 'bad' : tones[e.action] ?? ''}>{did(e.action)}</Chip>{e.outcome && <small> {e.outcome}</small>}</td>
								{columns.map((c) => <td key={c.name} class={c.class}>{c.cell(e)}</td>)}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{cursor && <div class="buttons"><Button onClick={() => void older()}>{t('house.older')}</Button></div>}
		</>
	);
}
