// tags - all tags with how often each is used; to rename, to put together, to delete.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { call, drop, get } from '../core/api';
import { href } from '../core/env';
import { label, t } from '../core/i18n';
import { forget, type Row } from '../core/records';
import { go, query } from '../core/router';
import { typeOf } from '../core/schema';
import { fullName, people, personId } from '../core/store';
import { Button, Card, Chip, Empty, Input, Select, Skeleton, Title } from '../ui/basics';
import { ask, Dialog } from '../ui/dialog';
import { Icon, iconOf } from '../ui/icons';
import { show } from '../ui/shell';
import { titleOf } from '../ui/titles';
import { complain, tell } from '../ui/toast';
import { useUnsaved } from '../ui/unsaved';

interface Tag { tag: string; usage_count: number | string; entity_types: string[] }
type Found = Record<string, Row[]>;
const routeOf = (word: string): string => (word === 'allergy' ? 'allergies' : `${word.replace('_', '-')}s`);

function Rename({ tag, others, onDone }: { tag: string; others: string[]; onDone: (next: string | null) => void }): JSX.Element {
	const form = useUnsaved(`tag.${tag}`, { next: tag, other: '' });
	const { next, other } = form.typed;
	const close = (): void => void form.leave().then((yes) => yes && onDone(null));
	const submit = (event: Event): void => {
		event.preventDefault();
		const to = (other || next).trim();
		const how = others.includes(to) ? 'replace' : 'rename';
		if (!to || to === tag) return onDone(null);
		call<{ records_updated: number }>('PUT', `/tags/${how}?${new URLSearchParams({ old_tag: tag, new_tag: to })}`).then((a) => {
			forget();
			form.saved();
			tell(t('family.recordsChanged', { n: a.records_updated }));
			onDone(to);
		}, complain);
	};
	return (
		<Dialog title={t('family.renameTag', { name: tag })} onClose={close}>
			<form class="stack" onSubmit={submit}>
				<Input id="tag-name" label={t('family.newName')} value={next} onInput={(v) => form.set({ next: v, other: '' })} required />
				{others.length > 0 && <Select id="tag-other" label={t('family.replaceBy')} value={other} options={[['', '–'], ...others.map((o) => [o, o] as [string, string])]} onPick={(v) => form.set({ next, other: v })} />}
				<div class="buttons"><Button onClick={close}>{t('cancel')}</Button><Button type="submit" kind="main">{t('save')}</Button></div>
			</form>
		</Dialog>
	);
}

function Tagged({ tag }: { tag: string }): JSX.Element {
	const [found, setFound] = useState<Found | null>(null);
	useEffect(() => {
		get<Found>(`/tags/search?${new URLSearchParams({ tags: tag, limit_per_entity: '20' })}`).then(setFound, complain);
	}, [tag]);
	const open = (row: Row, to: string): void => {
		void (row.patient_id === personId.value ? Promise.resolve() : show(Number(row.patient_id))).then(() => go(to));
	};
	const rows = Object.entries(found ?? {}).flatMap(([word, list]) => {
		const type = typeOf(routeOf(word));
		return type ? list.map((row) => ({ type, row })) : [];
	});
	return (
		<Card title={t('family.tagged', { name: tag })} icon="tag">
			{!found ? <Skeleton /> : !rows.length ? <p class="quiet">{t('home.none')}</p> : (
				<ul class="lines">{rows.map(({ type, row }) => {
					const whose = people.value.find((p) => p.id === row.patient_id);
					const to = `/records/${type.route}/${row.id}`;
					return <li key={to}><a href={href(to)} onClick={(e) => { e.preventDefault(); open(row, to); }}><Icon name={iconOf(type.route)} size={18} /><span class="what"><b dir="auto">{titleOf(type, row)}</b><small>{label(type.one)}{whose && ` · ${fullName(whose)}`}</small></span></a></li>;
				})}</ul>
			)}
		</Card>
	);
}

export default function Tags(): JSX.Element {
	const [tags, setTags] = useState<Tag[] | null>(null);
	const [edited, setEdited] = useState<string | null>(null);
	const at = query.value.get('tag');
	const load = (): Promise<void> => get<Tag[]>('/tags/popular?limit=50').then(setTags, complain);
	useEffect(() => {
		void load();
	}, []);
	const pick = (tag: string | null): void => void go(tag ? `/tags?tag=${encodeURIComponent(tag)}` : '/tags', true);
	const remove = async (tag: string): Promise<void> => {
		if (!(await ask(t('family.deleteTitle', { name: tag }), t('family.deleteTagText'), t('delete')))) return;
		await drop<{ records_updated: number }>(`/tags/delete?${new URLSearchParams({ tag })}`).then((a) => tell(t('family.recordsChanged', { n: a.records_updated })), complain);
		forget();
		if (at === tag) pick(null);
		await load();
	};
	return (
		<div class="narrow">
			<Title icon="tag">{t('family.tags')}</Title>
			{!tags ? <Skeleton lines={6} /> : !tags.length ? <Empty icon="tag" title={t('family.noTags')} /> : (
				<div class="panel">
					<Card><ul class="lines tag-list">{tags.map((one) => (
						<li key={one.tag}>
							<button type="button" class="tag-name" aria-pressed={at === one.tag} onClick={() => pick(at === one.tag ? null : one.tag)}><Chip tone={at === one.tag ? 'good' : ''}>{one.tag}</Chip><span class="quiet">{t('family.tagUse', { n: Number(one.usage_count) })}</span></button>
							<Button small kind="quiet" icon="edit" label={t('family.renameTag', { name: one.tag })} onClick={() => setEdited(one.tag)} />
							<Button small kind="quiet" icon="trash" label={`${t('delete')}: ${one.tag}`} onClick={() => void remove(one.tag)} />
						</li>
					))}</ul></Card>
					{at && <Tagged key={at} tag={at} />}
				</div>
			)}
			{edited !== null && <Rename tag={edited} others={(tags ?? []).map((x) => x.tag).filter((x) => x !== edited)} onDone={(next) => { setEdited(null); if (next) void load().then(() => { if (at) pick(next); }); }} />}
		</div>
	);
}
