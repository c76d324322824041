// records - all records of one type.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { href } from '../core/env';
import { label, said, t } from '../core/i18n';
import type { PageProps } from '../core/pages';
import { gridOf, hidden, hiddenKey, remove } from '../core/records';
import { mayEditType } from '../core/rights';
import { typeOf, type RecordType } from '../core/schema';
import { personId } from '../core/store';
import { Button, Empty, LinkButton, Skeleton, Title } from '../ui/basics';
import { Icon, iconOf } from '../ui/icons';
import { RecordList } from '../ui/list';
import { Missing } from '../ui/shell';
import { later } from '../ui/toast';
import { QuickVitals } from './quick-vitals';

// Takes rows away at once; the toast brings them back.
function removeSoon(type: RecordType, ids: number[]): void {
	const patient = personId.value;
	hidden.value = new Set([...hidden.value, ...ids.map((id) => hiddenKey(type.name, id))]);
	later(t('list.deleted', { n: ids.length }), (leaving) => remove(type, patient, ids, leaving), () => {
		const next = new Set(hidden.value);
		for (const id of ids) next.delete(hiddenKey(type.name, id));
		hidden.value = next;
	});
}

function Content({ type }: { type: RecordType }): JSX.Element {
	const { grid, error } = gridOf(type, personId.value).value;
	useEffect(() => {
		gridOf(type, personId.value, true);
	}, [type, personId.value]);
	if (type.of_patient && personId.value === null) return <Empty icon="person" title={t('people.none')}><LinkButton kind="main" icon="plus" href={href('/people/new')}>{t('people.add')}</LinkButton></Empty>;
	if (!grid) return error ? <Empty icon="alert" title={t('error.offline')}><Button kind="main" onClick={() => { gridOf(type, personId.value, true); }}>{t('retry')}</Button></Empty> : <Skeleton lines={8} />;
	return <RecordList key={type.name} type={type} grid={grid} edit={mayEditType(type)} onRemove={(ids) => removeSoon(type, ids)} />;
}

export default function Records({ params }: PageProps): JSX.Element {
	const type = typeOf(params.type!);
	if (!type?.route) return <Missing />;
	return (
		<>
			<Title icon={iconOf(type.route)} tone={type.route} aside={mayEditType(type) && <a class="button main" data-key="n" href={href(`/records/${type.route}/new`)} title={t('record.add', { what: said(type.one) })}><Icon name="plus" /><span>{t('home.add')}</span></a>}>{label(type.many)}</Title>
			{type.route === 'vitals' && mayEditType(type) && <div class="quick-page"><QuickVitals /></div>}
			<Content type={type} />
		</>
	);
}
