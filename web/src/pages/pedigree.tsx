// pedigree - the family's history: drawn with the usual symbols, and as a table.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../core/api';
import { href } from '../core/env';
import { label, said, t } from '../core/i18n';
import { go } from '../core/router';
import { mayEdit } from '../core/rights';
import { fieldOf, typeOf } from '../core/schema';
import { fullName, person, personId } from '../core/store';
import { useAnswer } from '../ui/answer';
import { Button, Card, Empty, LinkButton, Select, Skeleton, Title } from '../ui/basics';
import { Icon } from '../ui/icons';
import { layOut, type Spot } from './pedigree-layout';
import { relationName } from './share-form';
import type { Illness, Relative, RelativeGot } from './shares';

export const years = (r: Relative): string => (r.birth_year || r.death_year || r.is_deceased ? `${r.birth_year ?? '?'}–${r.is_deceased || r.death_year ? r.death_year ?? '†' : ''}` : '');
export const illness = (c: Illness): string => (c.diagnosis_age === null ? c.condition_name : t('family.atAge', { what: c.condition_name, age: c.diagnosis_age }));

// A name in at most two lines of what fits under a symbol.
function folded(name: string): string[] {
	const lines = [''];
	for (const word of name.split(' ')) {
		const last = lines[lines.length - 1]!;
		if (!last || last.length + word.length < 16) lines[lines.length - 1] = `${last} ${word}`.trim();
		else lines.push(word);
	}
	return lines.slice(0, 2).map((l, i) => (l.length > 18 || (i === 1 && lines.length > 2) ? `${l.slice(0, 16)}…` : l));
}

function Symbol({ spot, filled }: { spot: Spot; filled: boolean }): JSX.Element {
	const { x, y, who, me, sex } = spot;
	const shape = sex === 'male' ? `M${x - 22} ${y - 22}h44v44h-44z` : sex === 'female' ? `M${x - 22} ${y}a22 22 0 1 0 44 0a22 22 0 1 0-44 0z` : `M${x} ${y - 26}l26 26-26 26-26-26z`;
	const name = me ? fullName(person.value!) : who?.name ?? t('family.unknown');
	const notes = (who?.family_conditions ?? []).map((c) => c.condition_name);
	const words = [name, who && relationName(who.relationship), who && years(who), ...(who?.family_conditions ?? []).map(illness)].filter(Boolean).join(', ');
	const inner = (
		<>
			<path class={`symbol${filled ? ' filled' : ''}${me ? ' me' : ''}`} d={shape} />
			{who?.is_deceased && <path class="slash" d={`M${x - 31} ${y + 31}L${x + 31} ${y - 31}`} />}
			{me && <path class="slash" d={`M${x - 44} ${y + 30}l16-14m0 8v-8h-8`} />}
			<text x={x} y={y + 46}>
				{folded(name).map((line, i) => <tspan key={line} class="who" x={x} dy={i ? 15 : 0}>{line}</tspan>)}
				{who && years(who) && <tspan x={x} dy={15}>{years(who)}</tspan>}
				{notes.slice(0, 1).map((n) => <tspan key={n} class="ill" x={x} dy={15}>{n.length > 20 ? `${n.slice(0, 19)}…` : n}{notes.length > 1 ? ` +${notes.length - 1}` : ''}</tspan>)}
			</text>
		</>
	);
	if (!who) return <g class={me ? 'spot' : 'spot unknown'}>{inner}</g>;
	const open = (): void => void go(`/family/${who.id}`);
	return <g class="spot" role="link" tabindex={0} aria-label={words} onClick={open} onKeyDown={(e) => { if (e.key === 'Enter') open(); }}><rect class="field" x={x - 62} y={y - 34} width={124} height={134} rx={10} />{inner}</g>;
}

function Tree({ relatives, kind }: { relatives: Relative[]; kind: string }): JSX.Element {
	const gender = String(person.value?.gender ?? '').toLowerCase();
	const { spots, lines, width, height } = layOut(relatives, gender.startsWith('m') ? 'male' : gender.startsWith('f') ? 'female' : 'other');
	const at = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const box = at.current!;
		const scale = (box.querySelector('svg')?.clientWidth ?? width) / width;
		box.scrollLeft = (spots.find((s) => s.me)?.x ?? 0) * scale - box.clientWidth / 2;
	}, [width]);
	return (
		<div ref={at} class="tree" tabIndex={0} role="group" aria-label={t('family.tree')}>
			<svg style={{ maxWidth: `${width}px`, minWidth: `${Math.round(width * 0.72)}px` }} viewBox={`0 0 ${width} ${height}`}>
				<path class="kin" d={lines.join('')} />
				{spots.map((s) => <Symbol key={s.who?.id ?? `${s.x}.${s.y}`} spot={s} filled={s.who !== null && s.who.family_conditions.some((c) => !kind || c.condition_type === kind)} />)}
			</svg>
		</div>
	);
}

function Table({ relatives }: { relatives: Relative[] }): JSX.Element {
	const type = typeOf('family-members')!;
	const head = (name: string): string => label(fieldOf(type, name)?.label ?? name);
	return (
		<div class="plain-table" tabIndex={0} role="group" aria-label={label(type.many)}>
			<table>
				<thead><tr><th scope="col">{head('name')}</th><th scope="col">{head('relationship')}</th><th scope="col">{t('family.years')}</th><th scope="col">{label('Conditions')}</th></tr></thead>
				<tbody>{relatives.map((r) => (
					<tr key={r.id}><th scope="row"><a href={href(`/family/${r.id}`)} dir="auto">{r.name}</a><small>{[relationName(r.relationship), years(r)].filter(Boolean).join(' · ')}</small></th><td>{relationName(r.relationship)}</td><td dir="ltr">{years(r)}</td><td dir="auto">{r.family_conditions.map(illness).join('; ')}</td></tr>
				))}</tbody>
			</table>
		</div>
	);
}

export default function Pedigree(): JSX.Element {
	const type = typeOf('family-members')!;
	const { answer: list } = useAnswer(() => (personId.value === null ? null : get<Relative[]>(`/family-members/?patient_id=${personId.value}`)), [personId.value]);
	const { answer: given } = useAnswer(() => get<{ shared_family_history: RelativeGot[] }>('/family-history-sharing/shared-with-me'), []);
	const got = given?.shared_family_history ?? [];
	const [kind, setKind] = useState('');
	const all = (list ?? []).flatMap((r) => r.family_conditions.map((c) => c.condition_type ?? ''));
	const kinds = (fieldOf(typeOf('family_conditions')!, 'condition_type')?.choices ?? []).filter((c) => all.includes(c.value));
	const add = mayEdit() && <a class="button main" data-key="n" href={href('/records/family-members/new')} title={t('record.add', { what: said(type.one) })}><Icon name="plus" /><span>{t('home.add')}</span></a>;
	return (
		<>
			<Title icon="family" tone="family-members" aside={<>{list && list.length > 0 && <Button icon="print" kind="quiet" label={t('family.print')} onClick={() => print()} />}<LinkButton href={href('/records/family-members')} kind="quiet">{t('family.list')}</LinkButton>{add}</>}>{label(type.many)}</Title>
			{!person.value || (list && !list.length) ? <Empty icon="family" title={t('family.noRelatives')}>{mayEdit() && <LinkButton kind="main" icon="plus" href={href('/records/family-members/new')}>{t('record.add', { what: said(type.one) })}</LinkButton>}</Empty> : !list ? <Skeleton lines={8} /> : (
				<div class="panel">
					<Card title={t('family.tree')} icon="family" tone="family-members">
						{kinds.length > 1 && <div class="kinds"><Select id="kind" label={label('Condition type')} value={kind} options={[['', t('family.everything')], ...kinds.map((c) => [c.value, label(c.label)] as [string, string])]} onPick={setKind} /></div>}
						<Tree relatives={list} kind={kind} />
						<p class="quiet legend">{t('family.legend')}</p>
					</Card>
					<Card><Table relatives={list} /></Card>
				</div>
			)}
			{got.length > 0 && <section class="panel more-relatives"><h2>{t('people.shared')}</h2><Card><Table relatives={got.map((g) => g.family_member)} /></Card></section>}
		</>
	);
}
