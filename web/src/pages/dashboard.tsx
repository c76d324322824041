// dashboard - what matters about a person, at one look.
import type { ComponentChildren, JSX } from 'preact';
import { href } from '../core/env';
import { day, moment, shown, text, unitOf } from '../core/format';
import { label, number, t } from '../core/i18n';
import { gridOf, type Grid, type Value } from '../core/records';
import { fieldOf, typeOf, type RecordType } from '../core/schema';
import { fullName, person, personId, user } from '../core/store';
import { Card, Chip, Empty, LinkButton, Skeleton, Title, toneOf } from '../ui/basics';
import { Icon, iconOf } from '../ui/icons';
import { Avatar } from '../ui/people';
import { titleIn } from '../ui/titles';

const at = (grid: Grid, row: Value[], name: string): Value => row[grid.at[name] ?? -1] ?? null;

function Block({ route, title, children }: { route: string; title?: string; children: (type: RecordType, grid: Grid) => ComponentChildren }): JSX.Element | null {
	const type = typeOf(route);
	if (!type) return null;
	const { grid } = gridOf(type, personId.value).value;
	return (
		<Card title={title ?? label(type.many)} icon={iconOf(route)} tone={route} action={<a class="all" href={href(`/records/${route}`)} aria-label={t('home.allOf', { what: label(type.many) })}>{t('home.all')}<Icon name="right" size={14} flip /></a>}>
			{grid ? children(type, grid) : <Skeleton lines={3} />}
		</Card>
	);
}

interface LinesProps {
	type: RecordType;
	grid: Grid;
	rows: Value[][];
	note?: (row: Value[]) => string;
	chip?: string;
	most?: number;
	none: string;
}

function Lines({ type, grid, rows, note, chip, most = 5, none }: LinesProps): JSX.Element {
	const field = chip ? fieldOf(type, chip) : undefined;
	if (!rows.length) return <p class="quiet">{none} <a href={href(`/records/${type.route}/new`)}>{t('home.add')}</a></p>;
	return (
		<ul class="lines">
			{rows.slice(0, most).map((row) => (
				<li key={String(row[0])}>
					<a href={href(`/records/${type.route}/${String(row[0])}`)}>
						<span class="what"><b dir="auto">{titleIn(type, grid, row)}</b>{note && note(row) && <small dir="auto">{note(row)}</small>}</span>
						{field && at(grid, row, field.name) !== null && <Chip tone={toneOf(at(grid, row, field.name))}>{text(field, at(grid, row, field.name))}</Chip>}
					</a>
				</li>
			))}
		</ul>
	);
}

const newest = (grid: Grid, name: string): Value[][] => [...grid.rows].filter((r) => at(grid, r, name)).sort((a, b) => (String(at(grid, a, name)) < String(at(grid, b, name)) ? 1 : -1));
const severities = ['mild', 'moderate', 'severe', 'life-threatening'];
const joined = (...parts: (Value | undefined)[]): string => parts.filter(Boolean).join(' · ');

function Vitals({ type, grid }: { type: RecordType; grid: Grid }): JSX.Element {
	const rows = newest(grid, 'recorded_date');
	const figures = ['systolic_bp', 'heart_rate', 'weight', 'temperature', 'oxygen_saturation', 'blood_glucose'].flatMap((name) => {
		const f = fieldOf(type, name);
		const row = rows.find((r) => at(grid, r, name) !== null);
		if (!f || !row) return [];
		const value = number(shown(f, Number(at(grid, row, name))), 1);
		const second = name === 'systolic_bp' ? at(grid, row, 'diastolic_bp') : null;
		return [{ name: label(name === 'systolic_bp' ? 'Blood pressure' : f.label), value: second === null ? value : `${value}/${number(Number(second))}`, unit: unitOf(f), when: String(at(grid, row, 'recorded_date')) }];
	});
	if (!figures.length) return <p class="quiet">{t('home.noVitals')} <a href={href('/records/vitals/new')}>{t('home.add')}</a></p>;
	return (
		<dl class="figures">
			{figures.map((f) => <div key={f.name}><dt>{f.name}</dt><dd><b>{f.value}</b> <span>{f.unit}</span><small title={moment(f.when)}>{day(f.when)}</small></dd></div>)}
		</dl>
	);
}

export default function Dashboard(): JSX.Element {
	const who = person.value;
	if (!who)
		return (
			<>
				<Title>{t('home.hello', { name: user.value?.full_name ?? '' })}</Title>
				<Empty icon="person" title={t('people.none')}><LinkButton kind="main" icon="plus" href={href('/people/new')}>{t('people.add')}</LinkButton></Empty>
			</>
		);
	return (
		<>
			<div class={`hero hue-${who.id % 8}`}><Avatar person={who} size="large" /><Title under={t('home.under', { date: day(who.birth_date) })}>{fullName(who)}</Title></div>
			<div class="cards">
				<Block route="allergies">{(type, grid) => (
					<Lines type={type} grid={grid} chip="severity" note={(r) => joined(at(grid, r, 'reaction'))} none={t('home.noAllergies')}
						rows={grid.rows.filter((r) => ['active', null].includes(at(grid, r, 'status') as string | null)).sort((a, b) => severities.indexOf(String(at(grid, b, 'severity'))) - severities.indexOf(String(at(grid, a, 'severity'))))} />
				)}</Block>
				<Block route="medications" title={t('home.currentMedications')}>{(type, grid) => (
					<Lines type={type} grid={grid} note={(r) => joined(at(grid, r, 'dosage'), at(grid, r, 'frequency'))} none={t('home.noMedications')} most={8}
						rows={grid.rows.filter((r) => ['active', null].includes(at(grid, r, 'status') as string | null))} />
				)}</Block>
				<Block route="vitals" title={t('home.latestVitals')}>{(type, grid) => <Vitals type={type} grid={grid} />}</Block>
				<Block route="conditions">{(type, grid) => (
					<Lines type={type} grid={grid} chip="status" note={(r) => joined(at(grid, r, 'onset_date') ? day(String(at(grid, r, 'onset_date'))) : '')} none={t('home.none')}
						rows={grid.rows.filter((r) => !['resolved', 'inactive'].includes(String(at(grid, r, 'status'))))} />
				)}</Block>
				<Block route="encounters">{(type, grid) => <Lines type={type} grid={grid} note={(r) => joined(day(String(at(grid, r, 'date'))))} none={t('home.none')} rows={newest(grid, 'date')} />}</Block>
				<Block route="lab-results">{(type, grid) => (
					<Lines type={type} grid={grid} chip="labs_result" none={t('home.none')} note={(r) => joined(at(grid, r, 'completed_date') ? day(String(at(grid, r, 'completed_date'))) : '', at(grid, r, 'facility'))}
						rows={[...newest(grid, 'completed_date'), ...grid.rows.filter((r) => !at(grid, r, 'completed_date'))]} />
				)}</Block>
				<Block route="immunizations">{(type, grid) => <Lines type={type} grid={grid} note={(r) => joined(day(String(at(grid, r, 'date_administered'))))} none={t('home.none')} rows={newest(grid, 'date_administered')} />}</Block>
			</div>
		</>
	);
}
