// record - one record, whole.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../core/api';
import { href } from '../core/env';
import { label, t } from '../core/i18n';
import { readOne } from '../core/one';
import type { PageProps } from '../core/pages';
import { hidden, hiddenKey, remove, type Row } from '../core/records';
import { mayEdit } from '../core/rights';
import { go } from '../core/router';
import { typeOf, type RecordType } from '../core/schema';
import { personId } from '../core/store';
import { Button, LinkButton, Skeleton, Title } from '../ui/basics';
import { Icon, iconOf } from '../ui/icons';
import { Missing } from '../ui/shell';
import { titleOf } from '../ui/titles';
import { complain, later } from '../ui/toast';
import { RecordView } from '../ui/view';
import { LabPanel } from './lab-panel';
import { Links } from './links';

function removeSoon(type: RecordType, row: Row): void {
	const patient = personId.value;
	hidden.value = new Set([...hidden.value, hiddenKey(type.name, row.id)]);
	void go(`/records/${type.route}`);
	later(t('list.deleted', { n: 1 }), (leaving) => remove(type, patient, [row.id], leaving), () => {
		const next = new Set(hidden.value);
		next.delete(hiddenKey(type.name, row.id));
		hidden.value = next;
		void go(`/records/${type.route}/${row.id}`);
	});
}

export default function OneRecord({ params }: PageProps): JSX.Element {
	const type = typeOf(params.type!);
	const id = Number(params.id);
	const [row, setRow] = useState<Row | null>(null);
	const [gone, setGone] = useState(false);
	useEffect(() => {
		if (!type?.route || !Number.isInteger(id)) return;
		readOne(type, id).then(setRow, (error: unknown) => {
			if (error instanceof ApiError && (error.status === 404 || error.status === 422)) setGone(true);
			else complain(error);
		});
	}, [type, id]);
	if (!type?.route || gone || !Number.isInteger(id)) return <Missing />;
	if (!row) return <Skeleton lines={6} />;
	const edit = !type.of_patient || mayEdit(Number(row.patient_id));
	return (
		<>
			<nav aria-label={label(type.many)}><a class="back" href={href(`/records/${type.route}`)}><Icon name="left" size={16} flip />{label(type.many)}</a></nav>
			<Title icon={iconOf(type.route)} tone={type.route} under={label(type.one)}
				aside={edit && <><LinkButton href={href(`/records/${type.route}/${id}/edit`)} icon="edit">{t('edit')}</LinkButton><Button icon="trash" kind="quiet" label={t('delete')} onClick={() => removeSoon(type, row)} /></>}>{titleOf(type, row)}</Title>
			{type.route === 'lab-results' && <div class="lab-first"><LabPanel lab={row} /></div>}
			<RecordView type={type} row={row} />
			<Links route={type.route} row={row} edit={edit} />
		</>
	);
}
