// links - which records belong together: conditions with their medications and labs.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { drop, get, post } from '../core/api';
import { href } from '../core/env';
import { day, text } from '../core/format';
import { label, t } from '../core/i18n';
import { gridOf, hidden, hiddenKey, type Row, type Value } from '../core/records';
import { fieldOf, typeOf, typesOfPatient, type Field, type RecordType } from '../core/schema';
import { personId } from '../core/store';
import { Button, Card, Input, LinkButton, Select, Skeleton } from '../ui/basics';
import { Icon, iconOf } from '../ui/icons';
import { titleIn } from '../ui/titles';
import { complain, tell } from '../ui/toast';
import { useUnsaved } from '../ui/unsaved';

interface Link {
	id: number;
	condition_id?: number;
	medication_id?: number;
	lab_result_id?: number;
	relevance_note: string | null;
}

// One kind of link, seen from one of its ends.
interface Kind {
	other: string; // the type at the other end
	list: (id: number) => string;
	of: (link: Link) => number;
	path: (id: number, other: number) => string; // where it is made and, below, taken away
	body: (id: number, other: number) => Record<string, number>;
	when: string; // a field that tells those of one name apart
}

const kinds: Record<string, Kind[]> = {
	conditions: [
		{
			other: 'medications', list: (id) => `/conditions/condition-medications/${id}`, of: (l) => l.medication_id!, when: 'effective_period_start',
			path: (id) => `/conditions/${id}/medications`, body: (_id, other) => ({ medication_id: other }),
		},
		{
			other: 'lab-results', list: (id) => `/conditions/${id}/lab-results`, of: (l) => l.lab_result_id!, when: 'completed_date',
			path: (_id, other) => `/lab-results/${other}/conditions`, body: (id, other) => ({ lab_result_id: other, condition_id: id }),
		},
	],
	medications: [{
		other: 'conditions', list: (id) => `/conditions/medication/${id}/conditions`, of: (l) => l.condition_id!, when: 'onset_date',
		path: (_id, other) => `/conditions/${other}/medications`, body: (id) => ({ medication_id: id }),
	}],
	'lab-results': [{
		other: 'conditions', list: (id) => `/lab-results/${id}/conditions`, of: (l) => l.condition_id!, when: 'onset_date',
		path: (id) => `/lab-results/${id}/conditions`, body: (id, other) => ({ lab_result_id: id, condition_id: other }),
	}],
};

function LinkCard({ kind, id, edit }: { kind: Kind; id: number; edit: boolean }): JSX.Element | null {
	const type = typeOf(kind.other)!;
	const { grid } = gridOf(type, personId.value).value;
	const [links, setLinks] = useState<Link[] | null>(null);
	const form = useUnsaved(`${personId.value}.link.${kind.other}.${id}`, { picked: '', note: '' });
	const { picked, note } = form.typed;
	const [adding, setAdding] = useState(form.restored);
	const [busy, setBusy] = useState(false);
	const button = useRef<HTMLSpanElement>(null);
	const read = (): Promise<void> => get<Link[]>(kind.list(id)).then(setLinks, complain);
	useEffect(() => {
		void read();
	}, [id, kind]);
	const when = fieldOf(type, kind.when);
	const rowOf = (other: number): Value[] | undefined => grid?.rows.find((row) => row[0] === other);
	const nameOf = (row: Value[] | undefined, other: number): string => (row && grid ? titleIn(type, grid, row) : `${label(type.one)} ${other}`);
	const dateOf = (row: Value[] | undefined): string => (row && grid && when && row[grid.at[when.name]!] ? day(String(row[grid.at[when.name]!])) : '');
	const close = (): void => {
		setAdding(false);
		form.discard();
		setTimeout(() => button.current?.querySelector('button')?.focus(), 0);
	};
	const make = (other: number, words: string | null): Promise<void> => post(kind.path(id, other), { ...kind.body(id, other), relevance_note: words }).then(read);
	const add = async (event: Event): Promise<void> => {
		event.preventDefault();
		if (!picked || busy) return;
		setBusy(true);
		try {
			await make(Number(picked), note.trim() || null);
			close();
		} catch (error) {
			complain(error);
		} finally {
			setBusy(false);
		}
	};
	const take = (link: Link): void => {
		const other = kind.of(link);
		drop(`${kind.path(id, other)}/${link.id}`).then(async () => {
			await read();
			button.current?.querySelector('button')?.focus();
			tell(t('health.unlinked', { name: nameOf(rowOf(other), other) }), () => void make(other, link.relevance_note).catch(complain));
		}, complain);
	};
	const free = grid ? grid.rows.filter((row) => !links?.some((l) => kind.of(l) === row[0])) : [];
	const options = free.map((row): [string, string] => [String(row[0]), [nameOf(row, row[0] as number), dateOf(row)].filter(Boolean).join(' · ')]);
	return (
		<Card title={label(type.many)} icon={iconOf(type.route)} tone={type.route!} action={<span ref={button}>{edit && !adding && free.length > 0 && <Button small icon="link" onClick={() => setAdding(true)} label={t('health.linkTo', { what: label(type.many) })}>{t('health.link')}</Button>}</span>}>
			{!links || !grid ? <Skeleton lines={2} /> : !links.length ? !adding && <p class="quiet">{t('health.noLinks')}</p> : (
				<ul class="lines">
					{links.map((link) => {
						const other = kind.of(link);
						const row = rowOf(other);
						return (
							<li key={link.id}>
								<a href={href(`/records/${type.route}/${other}`)}><span class="what"><b dir="auto">{nameOf(row, other)}</b><small dir="auto">{[link.relevance_note, dateOf(row)].filter(Boolean).join(' · ')}</small></span><Icon name="right" size={16} flip /></a>
								{edit && <Button small kind="quiet" icon="close" label={t('health.unlink', { name: nameOf(row, other) })} onClick={() => take(link)} />}
							</li>
						);
					})}
				</ul>
			)}
			{adding && (
				<form class="link-form" onSubmit={(e) => void add(e)}>
					<Select id={`link-${type.route}`} label={label(type.one)} value={picked} options={[['', t('form.none')], ...options]} onPick={(v) => form.set({ picked: v, note })} />
					<Input id={`link-note-${type.route}`} label={t('health.linkNote')} value={note} onInput={(v) => form.set({ picked, note: v })} />
					<div class="buttons"><Button small onClick={close}>{t('cancel')}</Button><Button small type="submit" kind="main" icon="check" disabled={!picked} busy={busy}>{t('save')}</Button></div>
				</form>
			)}
		</Card>
	);
}

// Records that name this one in a field of theirs: the procedures and visits of a condition.
function Naming({ type, field, row, edit }: { type: RecordType; field: Field; row: Row; edit: boolean }): JSX.Element | null {
	const { grid } = gridOf(type, personId.value).value;
	const at = grid?.at[field.name];
	const found = grid && at !== undefined ? grid.rows.filter((r) => r[at] === row.id && !hidden.value.has(hiddenKey(type.name, r[0] as number))) : [];
	const when = type.fields.find((f) => (f.type === 'date' || f.type === 'moment') && !f.read_only);
	if (!grid || (!found.length && !edit)) return null;
	return (
		<Card title={label(type.many)} icon={iconOf(type.route)} tone={type.route!} action={edit && <LinkButton small icon="plus" href={href(`/records/${type.route}/new?${field.name}=${row.id}`)}>{t('home.add')}</LinkButton>}>
			{!found.length ? <p class="quiet">{t('health.noLinks')}</p> : (
				<ul class="lines">{found.map((r) => (
					<li key={String(r[0])}><a href={href(`/records/${type.route}/${String(r[0])}`)}><span class="what"><b dir="auto">{titleIn(type, grid, r)}</b><small>{when ? text(when, r[grid.at[when.name] ?? -1]) : ''}</small></span><Icon name="right" size={16} flip /></a></li>
				))}</ul>
			)}
		</Card>
	);
}

export function Links({ route, row, edit }: { route: string; row: Row; edit: boolean }): JSX.Element | null {
	const found = kinds[route] ?? [];
	const type = typeOf(route);
	const naming = !type?.of_patient ? [] : typesOfPatient().flatMap((other) => (found.some((k) => k.other === other.route) ? [] : other.fields.filter((f) => f.type === 'reference' && f.target === type.name).map((field) => ({ other, field }))));
	return found.length || naming.length ? (
		<div class="cards link-cards">
			{found.map((kind) => <LinkCard key={kind.other} kind={kind} id={row.id} edit={edit} />)}
			{naming.map(({ other, field }) => <Naming key={other.name + field.name} type={other} field={field} row={row} edit={edit} />)}
		</div>
	) : null;
}
