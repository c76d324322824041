// insurance-cards - what one shows at the counter, drawn like the card in the purse.
import type { JSX } from 'preact';
import { call, get } from '../core/api';
import { href } from '../core/env';
import { day, text } from '../core/format';
import { label, said, t } from '../core/i18n';
import { changed, type Row } from '../core/records';
import { mayEdit } from '../core/rights';
import { fieldOf, typeOf, type RecordType } from '../core/schema';
import { personId } from '../core/store';
import { useAnswer } from '../ui/answer';
import { Button, Chip, Empty, LinkButton, Skeleton, Title, toneOf } from '../ui/basics';
import { Icon } from '../ui/icons';
import { complain, tell } from '../ui/toast';

const spoken = (key: string): string => key.replaceAll('_', ' ').replace(/\b(pcp|er|rx|id|bin|pcn|hsa|fsa)\b/g, (w) => w.toUpperCase()).replace(/^./, (c) => c.toUpperCase());

function InsuranceCard({ type, row, onPrimary }: { type: RecordType; row: Row; onPrimary: () => void }): JSX.Element {
	const f = (name: string): string => {
		const field = fieldOf(type, name);
		return field ? text(field, row[name]) : '';
	};
	const name = (n: string): string => label(fieldOf(type, n)?.label ?? n);
	const ids = ['member_id', 'group_number', 'policy_holder_name', 'effective_date', 'expiration_date'].filter((n) => f(n));
	const details = { ...(row.contact_info as Record<string, unknown> | null), ...(row.coverage_details as Record<string, unknown> | null) };
	return (
		<li class="insurance">
			<section class={`front ${String(row.insurance_type)}`} aria-label={`${f('company_name')}, ${f('insurance_type')}`}>
				<header><b dir="auto">{f('company_name')}</b><span>{f('insurance_type')}</span></header>
				<p class="plan" dir="auto">{f('plan_name') || '\u00a0'}</p>
				<p class="member" dir="auto">{f('member_name')}</p>
				<dl>{ids.map((n) => <div key={n}><dt>{name(n)}</dt><dd dir="auto">{/date/.test(n) ? day(String(row[n])) : f(n)}</dd></div>)}</dl>
			</section>
			<div class="under-card">
				<p>{row.is_primary === true && <Chip tone="good"><Icon name="check" size={14} />{t('family.primary')}</Chip>} {row.status !== 'active' && <Chip tone={toneOf(row.status)}>{f('status')}</Chip>}</p>
				{Object.keys(details).length > 0 && <dl class="terms-list">{Object.entries(details).map(([k, v]) => <div key={k}><dt>{spoken(k)}</dt><dd dir="auto">{/phone/.test(k) ? <a href={`tel:${String(v).replace(/[^+\d]/g, '')}`} dir="ltr">{String(v)}</a> : String(v)}</dd></div>)}</dl>}
				<div class="buttons">
					{row.is_primary !== true && mayEdit() && <Button small onClick={onPrimary}>{t('family.makePrimary')}</Button>}
					<LinkButton small kind="quiet" href={href(`/records/insurances/${row.id}`)}>{t('family.details')}</LinkButton>
				</div>
			</div>
		</li>
	);
}

export default function InsuranceCards(): JSX.Element {
	const type = typeOf('insurances')!;
	const { answer: rows, again: load, set: setRows } = useAnswer(() => (personId.value === null ? null : get<Row[]>(`/insurances/?patient_id=${personId.value}`)), [personId.value]);
	const choose = (id: number): Promise<unknown> => call('PATCH', `/insurances/${id}/set-primary?patient_id=${personId.value}`).then(() => Promise.all([load(), changed(type, personId.value)]));
	// Seen at once; one of a kind is the first.
	const primary = (row: Row): void => {
		const before = rows;
		const was = rows?.find((r) => r.is_primary === true && r.insurance_type === row.insurance_type);
		setRows(rows?.map((r) => (r.insurance_type === row.insurance_type ? { ...r, is_primary: r.id === row.id } : r)) ?? null);
		choose(row.id).then(() => tell(t('form.saved'), was && (() => void choose(was.id).catch(complain))), (error: unknown) => {
			setRows(before);
			complain(error);
		});
	};
	const order = [...(rows ?? [])].sort((a, b) => Number(b.status === 'active') - Number(a.status === 'active') || Number(b.is_primary) - Number(a.is_primary));
	return (
		<>
			<Title icon="card" tone="insurances" aside={<><Button icon="print" kind="quiet" label={t('family.print')} onClick={() => print()} /><LinkButton kind="quiet" href={href('/records/insurances')}>{t('family.list')}</LinkButton>{mayEdit() && <a class="button main" data-key="n" href={href('/records/insurances/new')} title={t('record.add', { what: said(type.one) })}><Icon name="plus" /><span>{t('home.add')}</span></a>}</>}>{label(type.many)}</Title>
			{personId.value === null || (rows && !rows.length) ? <Empty icon="card" title={t('list.empty', { what: label(type.many) })}>{mayEdit() && <LinkButton kind="main" icon="plus" href={href('/records/insurances/new')}>{t('record.add', { what: said(type.one) })}</LinkButton>}</Empty> : !rows ? <Skeleton lines={8} /> : (
				<ul class="purse">{order.map((row) => <InsuranceCard key={row.id} type={type} row={row} onPrimary={() => primary(row)} />)}</ul>
			)}
		</>
	);
}
