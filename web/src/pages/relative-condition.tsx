// relative-condition - a condition of a relative, to add or to change.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { post, put } from '../core/api';
import { said, t } from '../core/i18n';
import type { PageProps } from '../core/pages';
import type { Row } from '../core/records';
import { back, go } from '../core/router';
import { mayEdit } from '../core/rights';
import { inputs, typeOf } from '../core/schema';
import { personId } from '../core/store';
import { Skeleton, Title } from '../ui/basics';
import { RecordForm } from '../ui/form';
import { Missing } from '../ui/shell';
import { tell } from '../ui/toast';
import { LookOnly } from './record-form';
import { readRelative } from './relative';
import type { Relative } from './shares';

export default function RelativeCondition({ params }: PageProps): JSX.Element {
	const type = typeOf('family_conditions')!;
	const [relative, setRelative] = useState<Relative | null>(null);
	const [gone, setGone] = useState(false);
	useEffect(() => {
		readRelative(Number(params.member)).then((a) => (a.ours ? setRelative(a.relative) : setGone(true)), () => setGone(true));
	}, [params.member]);
	const fresh = params.id === 'new';
	const row = relative?.family_conditions.find((c) => c.id === Number(params.id)) ?? null;
	if (gone || (relative && !fresh && !row)) return <Missing />;
	if (!relative) return <Skeleton lines={6} />;
	const home = `/family/${relative.id}`;
	if (!mayEdit()) return <LookOnly to={home} />;
	const save = async (body: Record<string, unknown>): Promise<void> => {
		const path = `/family-members/${relative.id}/conditions`;
		if (fresh) await post(`${path}?patient_id=${personId.value}`, body);
		else if (Object.keys(body).length) await put(`${path}/${params.id}?patient_id=${personId.value}`, body);
		await go(home, true);
		tell(t('form.saved'));
	};
	return (
		<div class="narrow">
			<Title icon="heart" tone="conditions" under={t('record.of', { name: relative.name })}>{row ? t('record.change', { what: row.condition_name }) : t('record.add', { what: said(type.one) })}</Title>
			<RecordForm type={type} row={row as unknown as Row | null} fields={inputs(type).filter((f) => f.name !== 'family_member_id')} draft={`${personId.value}.relative.${relative.id}.${params.id}`} onSave={save} onCancel={() => back(home)} />
		</div>
	);
}
