// vaccines - immunizations by vaccine: which doses there were, and when the last was.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { href } from '../core/env';
import { day, since } from '../core/format';
import { label, said, t } from '../core/i18n';
import { gridOf, type Value } from '../core/records';
import { mayEdit } from '../core/rights';
import { typeOf } from '../core/schema';
import { personId } from '../core/store';
import { Button, Empty, LinkButton, Skeleton, Title } from '../ui/basics';
import { Icon } from '../ui/icons';

interface Dose { id: number; date: string; number: Value; brand: Value; place: Value }

export default function Vaccines(): JSX.Element {
	const type = typeOf('immunizations')!;
	const { grid } = gridOf(type, personId.value).value;
	useEffect(() => {
		gridOf(type, personId.value, true);
	}, [personId.value]);
	const groups = new Map<string, { name: string; doses: Dose[] }>();
	for (const row of grid?.rows ?? []) {
		const at = (name: string): Value => row[grid!.at[name] ?? -1] ?? null;
		const name = String(at('vaccine_name'));
		const key = name.trim().toLowerCase();
		const group = groups.get(key) ?? { name, doses: [] };
		group.doses.push({ id: Number(row[0]), date: String(at('date_administered')), number: at('dose_number'), brand: at('vaccine_trade_name'), place: at('location') });
		groups.set(key, group);
	}
	const list = [...groups.values()];
	for (const g of list) g.doses.sort((a, b) => (a.date < b.date ? -1 : 1));
	const last = (g: { doses: Dose[] }): Dose => g.doses[g.doses.length - 1]!;
	list.sort((a, b) => (last(a).date < last(b).date ? 1 : -1));
	return (
		<>
			<Title icon="syringe" tone="immunizations" aside={<><Button icon="print" kind="quiet" label={t('family.print')} onClick={() => print()} /><LinkButton kind="quiet" href={href('/records/immunizations')}>{t('family.list')}</LinkButton>{mayEdit() && <a class="button main" data-key="n" href={href('/records/immunizations/new')} title={t('record.add', { what: said(type.one) })}><Icon name="plus" /><span>{t('home.add')}</span></a>}</>}>{label(type.many)}</Title>
			{!grid ? <Skeleton lines={8} /> : !list.length ? <Empty icon="syringe" title={t('list.empty', { what: label(type.many) })}>{mayEdit() && <LinkButton kind="main" icon="plus" href={href('/records/immunizations/new')}>{t('record.add', { what: said(type.one) })}</LinkButton>}</Empty> : (
				<ul class="vaccines">
					{list.map((g) => (
						<li class="card" key={g.name}>
							<h2 dir="auto">{g.name}</h2>
							<p class="quiet">{t('family.doses', { n: g.doses.length })} · {t('family.lastOn', { date: day(last(g).date) })} <small>({since(last(g).date)})</small></p>
							<ol class="doses">{g.doses.map((d, i) => (
								<li key={d.id}><a href={href(`/records/immunizations/${d.id}`)}><span class="dot" aria-hidden="true">{i + 1}</span><span class="what"><b>{day(d.date)}</b><small dir="auto">{[d.brand, d.place].filter(Boolean).join(' · ')}</small></span></a></li>
							))}</ol>
							{mayEdit() && <a class="all" href={href(`/records/immunizations/new?vaccine_name=${encodeURIComponent(g.name)}&dose_number=${g.doses.length + 1}`)} aria-label={`${t('home.add')}: ${g.name}`}><Icon name="plus" size={14} />{t('home.add')}</a>}
						</li>
					))}
				</ul>
			)}
		</>
	);
}
