// relative - one relative with the conditions known of them, and who else may see that.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { ApiError, drop, get } from '../core/api';
import { href } from '../core/env';
import { label, said, t } from '../core/i18n';
import { readOne } from '../core/one';
import type { PageProps } from '../core/pages';
import type { Row } from '../core/records';
import { isMine, mayEdit } from '../core/rights';
import { fieldOf, typeOf } from '../core/schema';
import { people, personId } from '../core/store';
import { useAnswer } from '../ui/answer';
import { Button, Card, Chip, LinkButton, Skeleton, Title, toneOf } from '../ui/basics';
import { Icon } from '../ui/icons';
import { Missing } from '../ui/shell';
import { complain, later } from '../ui/toast';
import { RecordView } from '../ui/view';
import { relationName, ShareForm } from './share-form';
import type { Relative } from './shares';

// Of somebody whose record we may open, or shared with us alone.
export async function readRelative(id: number): Promise<{ relative: Relative; ours: boolean }> {
	try {
		const relative = (await readOne(typeOf('family-members')!, id)) as unknown as Relative;
		if (people.value.some((p) => p.id === relative.patient_id)) return { relative, ours: true };
	} catch (error) {
		if (!(error instanceof ApiError) || error.status < 400) throw error;
	}
	return { relative: await get<Relative>(`/family-history-sharing/${id}/details`), ours: false };
}

function Conditions({ relative, ours, onChange }: { relative: Relative; ours: boolean; onChange: () => void }): JSX.Element {
	const type = typeOf('family_conditions')!;
	const choice = (name: string, value: string | null): string => (value ? label(fieldOf(type, name)?.choices?.find((c) => c.value === value)?.label ?? value) : '');
	const to = (id: number | string): string => href(`/family/${relative.id}/conditions/${id}`);
	const [gone, setGone] = useState<number[]>([]);
	const remove = (id: number): void => {
		const path = `/family-members/${relative.id}/conditions/${id}?patient_id=${personId.value}`;
		setGone((was) => [...was, id]);
		later(t('list.deleted', { n: 1 }), (leaving) => drop(path, { keepalive: leaving }).then(onChange), () => setGone((was) => was.filter((x) => x !== id)));
		setTimeout(() => card.current?.querySelector<HTMLElement>('a')?.focus(), 0);
	};
	const card = useRef<HTMLDivElement>(null);
	const list = relative.family_conditions.filter((c) => !gone.includes(c.id));
	return (
		<div ref={card}><Card title={label('Conditions')} icon="heart" tone="conditions" action={ours && <LinkButton small icon="plus" href={to('new')}>{t('record.add', { what: said(type.one) })}</LinkButton>}>
			{!list.length && <p class="quiet">{t('home.none')}</p>}
			<ul class="lines of-relative">{list.map((c) => (
				<li key={c.id}>
					<span class="what"><b dir="auto">{c.condition_name}</b><small dir="auto">{[choice('condition_type', c.condition_type), c.diagnosis_age !== null && `${label('Age at diagnosis')}: ${c.diagnosis_age}`, choice('severity', c.severity), c.notes].filter(Boolean).join(' · ')}</small></span>
					{c.status && <Chip tone={toneOf(c.status)}>{choice('status', c.status)}</Chip>}
					{ours && <LinkButton small kind="quiet" href={to(c.id)}>{t('edit')}</LinkButton>}
					{ours && <Button small kind="quiet" icon="trash" label={`${t('delete')}: ${c.condition_name}`} onClick={() => remove(c.id)} />}
				</li>
			))}</ul>
		</Card></div>
	);
}

export default function RelativePage({ params }: PageProps): JSX.Element {
	const id = Number(params.member);
	const type = typeOf('family-members')!;
	const [gone, setGone] = useState(false);
	const [open, setOpen] = useState(false);
	const { answer: found, again } = useAnswer(() => readRelative(id), [id, personId.value], (error) => (error instanceof ApiError && error.status >= 400 ? setGone(true) : complain(error)));
	if (gone || !Number.isInteger(id)) return <Missing />;
	if (!found) return <Skeleton lines={6} />;
	const { relative } = found;
	const ours = found.ours && mayEdit();
	return (
		<div class="narrow">
			<nav aria-label={label(type.many)}><a class="back" href={href('/family')}><Icon name="left" size={16} flip />{label(type.many)}</a></nav>
			<Title icon="family" tone="family-members" under={relationName(relative.relationship)}
				aside={ours && <>{isMine(personId.value) && <Button icon="share" onClick={() => setOpen(true)}>{t('family.share')}</Button>}<LinkButton icon="edit" href={href(`/records/family-members/${id}/edit`)}>{t('edit')}</LinkButton></>}>{relative.name}</Title>
			<div class="panel"><Conditions relative={relative} ours={ours} onChange={() => void again()} /><RecordView type={type} row={relative as unknown as Row} /></div>
			{open && <ShareForm relative={id} onClose={() => setOpen(false)} />}
		</div>
	);
}
