// house-activity - who looked at and changed what, of everybody.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../core/api';
import { t } from '../core/i18n';
import { Title } from '../ui/basics';
import { complain } from '../ui/toast';
import { actions, kindName, kinds } from './house-words';
import { Log, Pick, PickAction, type Entries, type Entry } from './log';

const about = (e: Entry): string => {
	const kind = kindName(e.kind);
	return !kind || !actions[e.action] ? e.description : `${kind}${e.entity_id ? ` ${e.entity_id}` : e.count !== null ? ` × ${e.count}` : ''}`;
};

export default function Activity(): JSX.Element {
	const [users, setUsers] = useState<[string, string][]>([]);
	const [by, setBy] = useState({ user_id: '', action: '', kind: '' });
	useEffect(() => {
		get<{ users: { id: number; full_name: string }[] }>('/house/users').then((a) => setUsers(a.users.map((u) => [String(u.id), u.full_name])), complain);
	}, []);
	return (
		<>
			<Title icon="clock">{t('house.activity')}</Title>
			<div class="list-tools">
				<Pick label={t('house.users')} all={t('house.anyone')} value={by.user_id} options={users} onPick={(user_id) => setBy({ ...by, user_id })} />
				<PickAction value={by.action} onPick={(action) => setBy({ ...by, action })} />
				<Pick label={t('house.kind')} all={t('house.everything')} value={by.kind} options={kinds()} onPick={(kind) => setBy({ ...by, kind })} />
			</div>
			<Log name={t('house.activity')} by={by} read={(asked) => get<Entries>(`/house/activity?${asked}`)} who={(e) => e.user ?? e.client ?? t('house.system')}
				columns={[
					{ name: t('house.kind'), cell: (e) => <span dir="auto" title={e.description}>{about(e)}</span> },
					{ name: t('house.from'), class: 'soft aside', cell: (e) => <span dir="ltr">{e.ip_address ?? ''}</span> },
				]} />
		</>
	);
}
