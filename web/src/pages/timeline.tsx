// timeline - all that has happened and is planned, the newest first.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { get } from '../core/api';
import { href } from '../core/env';
import { day, moment, today } from '../core/format';
import { label, locale, t } from '../core/i18n';
import { go, query } from '../core/router';
import { typeOf } from '../core/schema';
import { person, personId, preferences } from '../core/store';
import { Button, Chip, Empty, LinkButton, Select, Skeleton, Title, toneOf } from '../ui/basics';
import { Icon, iconOf } from '../ui/icons';
import { complain } from '../ui/toast';
import { units } from './health';

interface Item {
	date: string;
	at: string | null;
	type: string;
	id: number;
	title: string;
	subtitle: string | null;
	status: string | null;
}

const types = ['encounters', 'lab-results', 'vitals', 'medications', 'conditions', 'procedures', 'treatments', 'immunizations', 'allergies', 'insurances'];
const PAGE = 50;

function choose(change: { types?: string[]; year?: string }): void {
	const next = new URLSearchParams(query.value);
	if (change.types) {
		next.delete('type');
		for (const type of change.types) next.append('type', type);
	}
	if (change.year !== undefined) {
		next.delete('year');
		if (change.year) next.set('year', change.year);
	}
	const words = next.toString();
	void go(`/timeline${words ? `?${words}` : ''}`, true);
}

function Filters({ picked, year }: { picked: string[]; year: string }): JSX.Element {
	const born = Number(person.value?.birth_date.slice(0, 4) ?? new Date().getFullYear());
	const now = new Date().getFullYear();
	const years = Array.from({ length: now + 1 - born + 1 }, (_, i) => String(now + 1 - i));
	const toggle = (type: string): void => choose({ types: picked.includes(type) ? picked.filter((x) => x !== type) : [...picked, type] });
	return (
		<div class="time-tools">
			<div class="picks" role="group" aria-label={t('health.types')}>
				{types.filter((type) => typeOf(type)).map((type) => (
					<button key={type} type="button" class="pick" aria-pressed={picked.includes(type)} onClick={() => toggle(type)}><Icon name={iconOf(type)} size={16} />{label(typeOf(type)!.many)}</button>
				))}
			</div>
			<Select id="year" label={t('health.year')} value={year} options={[['', t('health.allYears')], ...years.map((y): [string, string] => [y, y])]} onPick={(y) => choose({ year: y })} />
		</div>
	);
}

function Entry({ item }: { item: Item }): JSX.Element {
	const type = typeOf(item.type);
	const status = item.status && type?.fields.flatMap((f) => (f.name === 'status' ? f.choices ?? [] : [])).find((c) => c.value === item.status)?.label;
	// What stands below may be a word of the schema.
	const choice = type?.fields.flatMap((f) => f.choices ?? []).find((c) => c.value === item.subtitle)?.label;
	const under = choice ? label(choice) : item.subtitle;
	return (
		<li>
			<a href={href(`/records/${item.type}/${item.id}`)}>
				<span class={`tile small ${item.type}`}><Icon name={iconOf(item.type)} size={18} /></span>
				<span class="what"><b dir="auto">{item.title}</b><small dir="auto">{[label(type?.one ?? item.type), item.at ? moment(item.at) : day(item.date), under].filter(Boolean).join(' · ')}</small></span>
				{status && <Chip tone={toneOf(item.status)}>{label(status)}</Chip>}
			</a>
		</li>
	);
}

function Months({ items }: { items: Item[] }): JSX.Element {
	const names = useMemo(() => new Intl.DateTimeFormat(locale.value, { month: 'long', year: 'numeric', timeZone: 'UTC' }), [locale.value]);
	const now = today();
	const groups: { name: string; items: Item[] }[] = [];
	for (const item of items) {
		const name = item.date > now ? t('health.planned') : names.format(new Date(`${item.date.slice(0, 7)}-01T00:00:00Z`));
		if (groups.at(-1)?.name === name) groups.at(-1)!.items.push(item);
		else groups.push({ name, items: [item] });
	}
	return (
		<>
			{groups.map((group) => (
				<section key={group.name} class="month" aria-label={group.name}>
					<h2>{group.name}</h2>
					<ul class="card lines">{group.items.map((item) => <Entry key={`${item.type}/${item.id}/${item.date}`} item={item} />)}</ul>
				</section>
			))}
		</>
	);
}

function Whole(): JSX.Element {
	const id = personId.value;
	const picked = query.value.getAll('type').filter((type) => types.includes(type));
	const year = /^\d{4}$/.test(query.value.get('year') ?? '') ? query.value.get('year')! : '';
	const [items, setItems] = useState<Item[] | null>(null);
	const [next, setNext] = useState<string | null>(null);
	const [busy, setBusy] = useState(false);
	const asked = useRef(0);
	const ask = `${id}?limit=${PAGE}&${units()}${picked.length ? `&types=${picked.join(',')}` : ''}${year ? `&from=${year}-01-01&to=${year}-12-31` : ''}`;
	const read = async (cursor: string | null): Promise<void> => {
		const mine = ++asked.current;
		setBusy(true);
		try {
			const [who, ...rest] = ask.split('?');
			const answer = await get<{ items: Item[]; next_cursor: string | null }>(`/people/${who}/timeline?${rest.join('?')}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
			if (mine !== asked.current) return;
			setItems((was) => (cursor ? [...(was ?? []), ...answer.items] : answer.items));
			setNext(answer.next_cursor);
		} catch (error) {
			complain(error);
		} finally {
			if (mine === asked.current) setBusy(false);
		}
	};
	useEffect(() => {
		if (id !== null) void read(null);
	}, [ask, preferences.value.unit_system]);
	if (id === null) return <><Title icon="clock">{t('health.timeline')}</Title><Empty icon="person" title={t('people.none')}><LinkButton kind="main" icon="plus" href={href('/people/new')}>{t('people.add')}</LinkButton></Empty></>;
	return (
		<div class="narrow timeline">
			<Title icon="clock">{t('health.timeline')}</Title>
			<Filters picked={picked} year={year} />
			{!items ? <Skeleton lines={8} /> : !items.length ? <Empty icon="clock" title={t('list.none')} /> : <Months items={items} />}
			{next && items && <div class="buttons more"><Button busy={busy} onClick={() => void read(next)}>{t('health.earlier')}</Button></div>}
		</div>
	);
}

// Another person is another page: nothing of the one before stays on it.
export default function Timeline(): JSX.Element {
	return <Whole key={personId.value ?? 0} />;
}
