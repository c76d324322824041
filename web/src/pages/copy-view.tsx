// copy-view - the copy, read without the server: opened with its passphrase, shown, locked.
// It opens where the address points: /records/allergies/3 unfolds the allergies.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { root } from '../core/env';
import { age, day, instant, text } from '../core/format';
import { label, number, t } from '../core/i18n';
import type { Row } from '../core/records';
import { inputs, schema, typeOf, type Field, type RecordType } from '../core/schema';
import { path } from '../core/router';
import { fullName, preferences, stage, start, timezone, unreached } from '../core/store';
import { Button, Chip, Input, Notice, Panel, Tabs, Title, toneOf } from '../ui/basics';
import { Icon, iconOf } from '../ui/icons';
import { openCopy, type Chart, type Content } from './copy-safe';

const FIRST = ['allergies', 'medications', 'conditions', 'emergency-contacts', 'immunizations', 'lab-results', 'vitals'];
const leave = (): void => {
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

// What belongs to a record and has no list of its own: the values of a laboratory result,
// the conditions of a relative.
function partsOf(type: RecordType, row: Row, chart: Chart): [RecordType, Row[]] | null {
	const [name, rows] = type.name === 'lab_results' ? ['lab_test_components', (chart.records['lab-test-components'] ?? []).filter((c) => c.lab_result_id === row.id)]
		: ['family_conditions', (row.family_conditions ?? []) as unknown as Row[]];
	const part = typeOf(name as string);
	return part && rows.length ? [part, rows as Row[]] : null;
}

const choiceOf = (type: RecordType, name: string, row: Row): string => {
	const f = type.fields.find((x) => x.name === name);
	return f ? text(f, row[name]) : '';
};

function Part({ type, row }: { type: RecordType; row: Row }): JSX.Element {
	const lab = typeof row.value === 'number';
	const range = [row.ref_range_min, row.ref_range_max].map((v) => (typeof v === 'number' ? number(v) : ''));
	const rest = inputs(type).filter((f) => f.name !== type.title && !(lab && /^(value|unit|ref_range_\w+|status|abbreviation|test_code|display_order|category)$/.test(f.name)))
		.map((f) => [f, text(f, row[f.name])] as const).filter(([, words]) => words);
	return (
		<li>
			<b dir="auto">{titleOfRow(type, row)}</b>
			{lab && <span dir="ltr">{number(row.value as number)} {row.unit}</span>}
			{lab && (range.some(Boolean) || row.ref_range_text) && <small dir="ltr">{range.some(Boolean) ? range.join(' – ') : String(row.ref_range_text)}</small>}
			{lab && row.status && <Chip tone={toneOf(row.status)}>{choiceOf(type, 'status', row)}</Chip>}
			{rest.map(([f, words]) => <small key={f.name}><span>{label(f.label)}:</span> <bdi>{words}</bdi></small>)}
		</li>
	);
}

function One({ type, row, chart }: { type: RecordType; row: Row; chart: Chart }): JSX.Element {
	const refer = referIn(chart);
	const parts = partsOf(type, row, chart);
	const facts = inputs(type).map((f): [Field, string] => [f, text(f, row[f.name], refer)]).filter(([f, words]) => words && f.name !== type.title);
	return (
		<li class="view">
			<h3 dir="auto">{titleOfRow(type, row)}</h3>
			<dl>{facts.map(([f, words]) => <div key={f.name} class={f.type === 'note' ? 'wide' : undefined}><dt>{label(f.label)}</dt><dd dir="auto" class={f.type === 'note' ? 'note' : undefined}>{words}</dd></div>)}</dl>
			{parts && <ul class="copy-parts">{parts[1].map((part) => <Part key={part.id} type={parts[0]} row={part} />)}</ul>}
		</li>
	);
}

function Record({ chart }: { chart: Chart }): JSX.Element {
	const asked = /^\/records\/([\w-]+)/.exec(path.value)?.[1] ?? '';
	const rank = (route: string): number => (FIRST.indexOf(route) + FIRST.length + 1) % (FIRST.length + 1);
	const lists = Object.entries(chart.records).filter(([route, rows]) => rows.length && typeOf(route)).sort((a, b) => rank(a[0]) - rank(b[0]));
	return (
		<div>
			{lists.map(([route, rows]) => {
				const type = typeOf(route)!;
				return (
					<details key={route} class="card copy-record" open={lists.some(([r]) => r === asked) ? route === asked : FIRST.indexOf(route) < 3 && FIRST.includes(route)}>
						<summary><span class={`tile small ${route}`}><Icon name={iconOf(route)} size={18} /></span><h2>{label(type.many)}</h2> <Chip>{String(rows.length)}</Chip></summary>
						<ul>{rows.map((row) => <One key={row.id} type={type} row={row} chart={chart} />)}</ul>
					</details>
				);
			})}
		</div>
	);
}

// Whether the server answers again: asked when the browser is in a network again, and now
// and then, while the copy is read because it did not.
function useReturn(): boolean {
	const [back, setBack] = useState(false);
	useEffect(() => {
		if (!unreached.value || back) return undefined;
		const look = (): void => void fetch(`${root}health`, { cache: 'no-store' }).then((r) => { if (r.ok) setBack(true); }, () => undefined);
		const often = setInterval(look, 20000);
		addEventListener('online', look);
		addEventListener('visibilitychange', look);
		return () => {
			clearInterval(often);
			removeEventListener('online', look);
			removeEventListener('visibilitychange', look);
		};
	}, [back]);
	return back;
}

export default function CopyView(): JSX.Element {
	const [content, setContent] = useState<Content | null>(null);
	const [word, setWord] = useState('');
	const [wrong, setWrong] = useState(false);
	const [at, setAt] = useState('0');
	const [busy, setBusy] = useState(false);
	const back = useReturn();
	const open = async (event: Event): Promise<void> => {
		event.preventDefault();
		setWrong(false);
		setBusy(true);
		const found = await openCopy(word).catch(() => null);
		setBusy(false);
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
					{wrong ? <Notice tone="bad">{t('house.wrong')}</Notice> : unreached.value && !back && <Notice>{t('error.offline')}</Notice>}
					{back && <Notice tone="good">{t('house.back')}</Notice>}
					<form class="stack" onSubmit={(e) => void open(e)}>
						<Input id="copy-word" label={t('house.passphrase')} type="password" value={word} onInput={setWord} autocomplete="off" required />
						<Button type="submit" kind="main" busy={busy}>{t('house.unlock')}</Button>
					</form>
					<div class="door-links"><Button kind="quiet" onClick={leave}>{t(unreached.value ? back ? 'house.fresh' : 'retry' : 'cancel')}</Button></div>
				</div>
			</main>
		);
	const chart = content.charts[Number(at)]!;
	const name = fullName(chart.patient);
	return (
		<main class="copy">
			<Title key="open" under={`${day(chart.patient.birth_date)} · ${t('people.age', { n: age(chart.patient.birth_date) })}`} aside={<Button icon="key" onClick={leave}>{t('house.lock')}</Button>}>{name}</Title>
			<Notice>{t('house.reading', { when: instant(chart.made_at) })} {t('house.readOnly')}</Notice>
			{back && <Notice tone="good">{t('house.back')} <Button small onClick={leave}>{t('house.fresh')}</Button></Notice>}
			{content.charts.length > 1 && <Tabs label={t('nav.people')} at={at} onPick={setAt} tabs={content.charts.map((c, i) => ({ id: String(i), name: fullName(c.patient) }))} />}
			{content.charts.length > 1 ? <Panel id={at}><Record key={at} chart={chart} /></Panel> : <Record chart={chart} />}
		</main>
	);
}
