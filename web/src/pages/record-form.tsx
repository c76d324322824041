// record-form - a record to make or to change.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../core/api';
import { href } from '../core/env';
import { label, said, t } from '../core/i18n';
import { readOne } from '../core/one';
import type { PageProps } from '../core/pages';
import { remove, save, type Row, type Value } from '../core/records';
import { back, go, query } from '../core/router';
import { knowsRights, mayEdit } from '../core/rights';
import { fieldOf, typeOf, type RecordType } from '../core/schema';
import { fullName, person, personId } from '../core/store';
import { Empty, LinkButton, Skeleton, Title } from '../ui/basics';
import { RecordForm } from '../ui/form';
import { iconOf } from '../ui/icons';
import { Missing } from '../ui/shell';
import { titleOf } from '../ui/titles';
import { complain, tell } from '../ui/toast';
import { MedicationWarnings, mayTake } from './medication-check';

// What a link gives beforehand: /records/procedures/new?condition_id=3
function preset(type: RecordType): Record<string, Value> {
	const found: Record<string, Value> = {};
	for (const [name, value] of query.value) {
		const f = fieldOf(type, name);
		if (f) found[name] = f.type === 'reference' || f.type === 'whole' ? Number(value) : value;
	}
	return found;
}

async function store(type: RecordType, row: Row | null, body: Record<string, unknown>): Promise<void> {
	const patient = personId.value;
	const list = `/records/${type.route}`;
	if (row && !Object.keys(body).length) return go(`${list}/${row.id}`, true);
	if (type.route === 'medications' && typeof body.medication_name === 'string' && !(await mayTake(patient!, body.medication_name, row?.id ?? null))) throw new ApiError(409, t('health.notSaved'), {});
	const made = await save(type, patient, row?.id ?? null, body);
	await go(`${list}/${made.id}`, true);
	tell(t('form.saved'), () => {
		const undo = row
			? save(type, patient, row.id, Object.fromEntries(Object.keys(body).map((name) => [name, row[name] ?? null]))).then(() => go(`${list}/${row.id}?undone=${Date.now()}`, true))
			: remove(type, patient, [made.id]).then(() => go(list));
		undo.catch(complain);
	});
	return undefined;
}

// Who may only look has no form to lose words in.
export const LookOnly = ({ to }: { to: string }): JSX.Element => (!knowsRights() ? <Skeleton lines={8} /> : (
	<>
		<Title icon="eye">{t('record.lookOnly')}</Title>
		<Empty icon="eye" title={t('record.lookOnlyText', { name: person.value ? fullName(person.value) : '' })}><LinkButton href={href(to)} kind="main">{t('record.read')}</LinkButton></Empty>
	</>
));

export default function RecordFormPage({ params }: PageProps): JSX.Element {
	const type = typeOf(params.type!);
	const id = params.id === undefined ? null : Number(params.id);
	const [row, setRow] = useState<Row | null>(null);
	const [gone, setGone] = useState(false);
	useEffect(() => {
		if (!type?.route || id === null) return;
		readOne(type, id).then(setRow, (error: unknown) => {
			if (error instanceof ApiError && error.status === 404) setGone(true);
			else complain(error);
		});
	}, [type, id]);
	if (!type?.route || gone || (type.of_patient && personId.value === null)) return <Missing />;
	if (id !== null && !row) return <Skeleton lines={8} />;
	if (type.of_patient && !mayEdit(row ? Number(row.patient_id) : personId.value)) return <LookOnly to={`/records/${type.route}`} />;
	const whose = type.of_patient && person.value ? t('record.of', { name: fullName(person.value) }) : label(type.summary);
	return (
		<div class="narrow">
			<Title icon={iconOf(type.route)} tone={type.route} under={whose}>{row ? t('record.change', { what: titleOf(type, row) }) : t('record.add', { what: said(type.one) })}</Title>
			<RecordForm type={type} row={row} preset={preset(type)} draft={`${type.of_patient ? personId.value : 0}.${type.route}.${id ?? 'new'}`}
				onSave={(body) => store(type, row, body)} onCancel={() => back(row ? `/records/${type.route}/${row.id}` : `/records/${type.route}`)} />
			{type.route === 'medications' && <MedicationWarnings />}
		</div>
	);
}
