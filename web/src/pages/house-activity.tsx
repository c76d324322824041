// house-activity - who looked at and changed what, of everybody.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../core/api';
import { instant } from '../core/format';
import { t } from '../core/i18n';
import { Button, Chip, Skeleton, Title } from '../ui/basics';
import { complain } from '../ui/toast';
import { actions, kindName, kinds } from './house-words';

interface Entry {
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
	ip_address: string | null;
}
interface Answer {
	items: Entry[];
	next_cursor: string | null;
}

const tones: Record<string, string> = { created: 'good', updated: 'watch', deleted: 'bad' };
const about = (e: Entry): string => {
	const kind = kindName(e.kind);
	return !kind || !actions[e.action] ? e.description : `${kind}${e.entity_id ? ` ${e.entity_id}` : e.count !== null ? ` × ${e.count}` : ''}`;
};

const Pick = ({ label, all, value, options, onPick }: { label: string; all: string; value: string; options: [string, string][]; onPick: (v: string) => void }): JSX.Element => (
	<select class={value ? 'filter on' : 'filter'} aria-label={label} value={value} onChange={(e) => onPick(e.currentTarget.value)}>
		<option value="">{label}: {all}</option>
		{options.map(([key, name]) => <option key={key} value={key}>{name}</option>)}
	</select>
);

export default function Activity(): JSX.Element {
	const [users, setUsers] = useState<[string, string][]>([]);
	const [by, setBy] = useState({ user_id: '', action: '', kind: '' });
	const [items, setItems] = useState<Entry[] | null>(null);
	const [cursor, setCursor] = useState<string | null>(null);
	const read = (after: string | null): Promise<Answer> => {
		const asked = new URLSearchParams({ limit: '50', ...Object.fromEntries(Object.entries(by).filter(([, v]) => v)) });
		if (after) asked.set('cursor', after);
		return get<Answer>(`/house/activity?${asked.toString()}`);
	};
	useEffect(() => {
		get<{ users: { id: number; full_name: string }[] }>('/house/users').then((a) => setUsers(a.users.map((u) => [String(u.id), u.full_name])), complain);
	}, []);
	useEffect(() => {
		let current = true;
		read(null).then((a) => {
			if (!current) return;
			setItems(a.items);
			setCursor(a.next_cursor);
		}, complain);
		return () => { current = false; };
	}, [by]);
	const older = (): Promise<void> => read(cursor).then((a) => {
		setItems([...(items ?? []), ...a.items]);
		setCursor(a.next_cursor);
	}, complain);
	return (
		<>
			<Title icon="clock">{t('house.activity')}</Title>
			<div class="list-tools">
				<Pick label={t('house.users')} all={t('house.anyone')} value={by.user_id} options={users} onPick={(user_id) => setBy({ ...by, user_id })} />
				<Pick label={t('house.what')} all={t('house.everything')} value={by.action} options={Object.entries(actions).map(([a, key]) => [a, t(key)])} onPick={(action) => setBy({ ...by, action })} />
				<Pick label={t('house.kind')} all={t('house.everything')} value={by.kind} options={kinds()} onPick={(kind) => setBy({ ...by, kind })} />
			</div>
			{!items ? <Skeleton lines={8} /> : !items.length ? <p class="none" role="status">{t('list.none')}</p> : (
				<div class="card scroll" tabIndex={0} role="region" aria-label={t('house.activity')}>
					<table class="log">
						<thead><tr><th scope="col">{t('house.when')}</th><th scope="col">{t('house.users')}</th><th scope="col">{t('house.what')}</th><th scope="col">{t('house.kind')}</th><th scope="col">{t('house.from')}</th></tr></thead>
						<tbody>
							{items.map((e) => (
								<tr key={e.id}>
									<td class="soft">{instant(e.at)}</td>
									<td dir="auto"><b>{e.user ?? e.client ?? t('house.system')}</b></td>
									<td><Chip tone={e.outcome ? 'bad' : tones[e.action] ?? ''}>{actions[e.action] ? t(actions[e.action]!) : e.action}</Chip>{e.outcome && <small> {e.outcome}</small>}</td>
									<td dir="auto" title={e.description}>{about(e)}</td>
									<td class="soft" dir="ltr">{e.ip_address ?? ''}</td>
								</tr>
							))}
						</tbody>
					</table>
				</div>
			)}
			{cursor && <div class="buttons"><Button onClick={() => void older()}>{t('house.older')}</Button></div>}
		</>
	);
}
