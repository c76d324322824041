// copy-view - the copy, read without the server: opened with its passphrase, shown, locked.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { age, day, instant, text } from '../core/format';
import { label, t } from '../core/i18n';
import type { Row } from '../core/records';
import { inputs, schema, typeOf, type Field, type RecordType } from '../core/schema';
import { fullName, preferences, stage, start, timezone } from '../core/store';
import { Button, Chip, Input, Notice, Panel, Tabs, Title } from '../ui/basics';
import { Icon, iconOf } from '../ui/icons';
import { openCopy, type Chart, type Content } from './copy-safe';

const FIRST = ['allergies', 'medications', 'conditions', 'emergency-contacts', 'immunizations', 'lab-results', 'vitals'];
const away = (): void => {
	stage.value = 'loading';
	void start();
};

const titleOfRow = (type: RecordType, row: Row): string => {
	const f = type.title ? type.fields.find((x) => x.name === type.title) : undefined;
	return (f && text(f, row[f.name])) || `${label(type.one)} ${row.id}`;
};

function referIn(chart: Chart): (target: string, id: number) => string | undefined {
	return (target, id) => {
		const type = typeOf(target);
		const rows = type?.name === 'practitioners' ? chart.practitioners : type?.name === 'pharmacies' ? chart.pharmacies : chart.records[type?.route ?? ''];
		const row = rows?.find((r) => r.id === id);
		return type && row && titleOfRow(type, row);
	};
}

function One({ type, row, chart }: { type: RecordType; row: Row; chart: Chart }): JSX.Element {
	const refer = referIn(chart);
	const facts = inputs(type).map((f): [Field, string] => [f, text(f, row[f.name], refer)]).filter(([f, words]) => words && f.name !== type.title);
	return (
		<li class="view">
			<h3 dir="auto">{titleOfRow(type, row)}</h3>
			<dl>{facts.map(([f, words]) => <div key={f.name} class={f.type === 'note' ? 'wide' : undefined}><dt>{label(f.label)}</dt><dd dir="auto" class={f.type === 'note' ? 'note' : undefined}>{words}</dd></div>)}</dl>
		</li>
	);
}

function Record({ chart }: { chart: Chart }): JSX.Element {
	const rank = (route: string): number => (FIRST.indexOf(route) + FIRST.length + 1) % (FIRST.length + 1);
	const lists = Object.entries(chart.records).filter(([route, rows]) => rows.length && typeOf(route)).sort((a, b) => rank(a[0]) - rank(b[0]));
	return (
		<div>
			{lists.map(([route, rows]) => {
				const type = typeOf(route)!;
				return (
					<details key={route} class="card copy-record" open={FIRST.indexOf(route) < 3 && FIRST.includes(route)}>
						<summary><span class={`tile small ${route}`}><Icon name={iconOf(route)} size={18} /></span><h2>{label(type.many)}</h2> <Chip>{String(rows.length)}</Chip></summary>
						<ul>{rows.map((row) => <One key={row.id} type={type} row={row} chart={chart} />)}</ul>
					</details>
				);
			})}
		</div>
	);
}

export default function CopyView(): JSX.Element {
	const [content, setContent] = useState<Content | null>(null);
	const [word, setWord] = useState('');
	const [wrong, setWrong] = useState(false);
	const [at, setAt] = useState('0');
	const open = async (event: Event): Promise<void> => {
		event.preventDefault();
		setWrong(false);
		const found = await openCopy(word).catch(() => null);
		setWord('');
		if (!found) {
			setWrong(true);
			document.getElementById('copy-word')?.focus();
			return;
		}
		schema.value = found.schema;
		timezone.value = found.timezone;
		preferences.value = { ...preferences.value, unit_system: found.units };
		setContent(found);
	};
	if (!content)
		return (
			<main class="door">
				<div class="door-card">
					<Title>{t('house.open')}</Title>
					{wrong && <Notice tone="bad">{t('house.wrong')}</Notice>}
					<form class="stack" onSubmit={(e) => void open(e)}>
						<Input id="copy-word" label={t('house.passphrase')} type="password" value={word} onInput={setWord} autocomplete="off" required />
						<Button type="submit" kind="main">{t('house.unlock')}</Button>
					</form>
					<div class="door-links"><Button kind="quiet" onClick={away}>{t('cancel')}</Button></div>
				</div>
			</main>
		);
	const chart = content.charts[Number(at)]!;
	const name = fullName(chart.patient);
	return (
		<main class="copy">
			<Title key="open" under={`${day(chart.patient.birth_date)} · ${t('people.age', { n: age(chart.patient.birth_date) })}`} aside={<Button icon="key" onClick={away}>{t('house.lock')}</Button>}>{name}</Title>
			<Notice>{t('house.reading', { when: instant(chart.made_at) })}</Notice>
			{content.charts.length > 1 && <Tabs label={t('nav.people')} at={at} onPick={setAt} tabs={content.charts.map((c, i) => ({ id: String(i), name: fullName(c.patient) }))} />}
			{content.charts.length > 1 ? <Panel id={at}><Record key={at} chart={chart} /></Panel> : <Record chart={chart} />}
		</main>
	);
}
