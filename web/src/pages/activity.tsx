// activity - who looked at and changed what in the record of the person that is open.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, get } from '../core/api';
import { instantDay, instantTime } from '../core/format';
import { code, number, t } from '../core/i18n';
import { fullName, person, personId } from '../core/store';
import { Button, Card, Chip, Empty, Notice, Select, Skeleton, Title } from '../ui/basics';
import { complain } from '../ui/toast';
import { kindName } from './house-words';

interface Entry { id: number; at: string; user: string | null; client: string | null; count: number | null; outcome: string | null; action: string; kind: string; description: string | null }
interface Answer { items: Entry[]; next_cursor: string | null }
interface Line extends Entry { kinds: Map<string, number> }

const kindOf = (kind: string): string => kindName(kind) ?? kind.replaceAll('_', ' ');
const did = (action: string): string => ({ created: t('family.created'), updated: t('family.updated'), deleted: t('family.deleted'), read: t('family.read') })[action] ?? action.replaceAll('_', ' ');
const toneFor = (action: string): string => ({ created: 'good', updated: 'watch', deleted: 'bad' })[action] ?? '';

// What one does in one go is one line.
function gathered(items: Entry[]): Line[] {
	const lines: Line[] = [];
	for (const e of items) {
		const last = lines[lines.length - 1];
		if (last && last.user === e.user && last.client === e.client && last.action === e.action && last.outcome === e.outcome && Math.abs(Date.parse(last.at) - Date.parse(e.at)) < 600000) last.kinds.set(e.kind, (last.kinds.get(e.kind) ?? 0) + 1);
		else lines.push({ ...e, kinds: new Map([[e.kind, 1]]) });
	}
	return lines;
}

function Whole(): JSX.Element {
	const [items, setItems] = useState<Entry[] | null>(null);
	const [next, setNext] = useState<string | null>(null);
	const [action, setAction] = useState('');
	const [closed, setClosed] = useState(false);
	const turn = useRef(0);
	const load = async (cursor: string | null): Promise<void> => {
		const mine = ++turn.current;
		try {
			const a = await get<Answer>(`/people/${personId.value}/activity?${new URLSearchParams({ limit: '100', ...(action && { action }), ...(cursor && { cursor }) })}`);
			if (mine !== turn.current) return;
			setItems((before) => (cursor ? [...(before ?? []), ...a.items] : a.items));
			setNext(a.next_cursor);
		} catch (error) {
			if (mine !== turn.current) return;
			if (error instanceof ApiError && error.status === 403) setClosed(true);
			else complain(error);
		}
	};
	useEffect(() => {
		setItems(null);
		setClosed(false);
		if (personId.value !== null) void load(null);
	}, [personId.value, action]);
	const who = person.value;
	const days = new Map<string, Line[]>();
	for (const line of gathered(items ?? [])) {
		const when = instantDay(line.at);
		days.set(when, [...(days.get(when) ?? []), line]);
	}
	return (
		<div class="narrow">
			<Title icon="eye" under={who ? t('family.activityUnder', { name: fullName(who) }) : undefined}>{t('family.activity')}</Title>
			{!who ? <Empty icon="person" title={t('people.none')} /> : closed ? <Notice>{t('family.notYours')}</Notice> : (
				<>
					<div class="kinds"><Select id="action" label={t('family.what')} value={action} options={[['', t('family.allActions')], ...['read', 'created', 'updated', 'deleted'].map((a) => [a, did(a)] as [string, string])]} onPick={setAction} /></div>
					{!items ? <Skeleton lines={8} /> : !items.length ? <p class="none">{t('list.none')}</p> : (
						<div class="panel">{[...days].map(([when, lines]) => (
							<Card key={when} title={when}>
								<ul class="lines activity">{lines.map((e) => (
									<li key={e.id}>
										<span class="what"><b>{e.user ?? e.client ?? t('family.server')}</b><small>{[...e.kinds].map(([kind, n]) => (n > 1 ? `${kindOf(kind)} ×${number(n)}` : kindOf(kind))).join(code.value === 'ar' ? '، ' : code.value === 'zh' ? '、' : ', ')}{e.outcome && ` · ${e.outcome}`}</small></span>
										<Chip tone={toneFor(e.action)}>{did(e.action)}</Chip>
										<time dateTime={`${e.at}Z`}>{instantTime(e.at)}</time>
									</li>
								))}</ul>
							</Card>
						))}</div>
					)}
					{next && <div class="buttons"><Button onClick={() => void load(next)}>{t('family.more')}</Button></div>}
				</>
			)}
		</div>
	);
}

// Another person is another page: nothing of the one before stays on it.
export default function Activity(): JSX.Element {
	return <Whole key={personId.value ?? 0} />;
}
