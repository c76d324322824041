// person-form - somebody's name, birthday and measures.
import type { JSX } from 'preact';
import { drop, post, put } from '../core/api';
import { t } from '../core/i18n';
import type { PageProps } from '../core/pages';
import type { Row } from '../core/records';
import { back, go } from '../core/router';
import { inputs, typeOf } from '../core/schema';
import { fullName, loadPeople, people, switchTo, user, type Person } from '../core/store';
import { Button, Title } from '../ui/basics';
import { ask } from '../ui/dialog';
import { RecordForm } from '../ui/form';
import { Missing } from '../ui/shell';
import { complain, tell } from '../ui/toast';
import { LookCard } from './look';

async function removePerson(p: Person): Promise<void> {
	if (!(await ask(t('people.removeTitle', { name: fullName(p) }), t('people.removeText'), t('delete')))) return;
	try {
		await drop(`/patient-management/${p.id}`);
		await loadPeople();
		await go('/people', true);
	} catch (error) {
		complain(error);
	}
}

export default function PersonForm({ params }: PageProps): JSX.Element {
	const type = typeOf('patients');
	const who = params.id === undefined ? null : people.value.find((p) => p.id === Number(params.id)) ?? null;
	if (!type || (params.id !== undefined && !who)) return <Missing />;
	const order = ['first_name', 'last_name', 'birth_date', 'gender'];
	const rank = (name: string): number => (order.indexOf(name) + 1 || order.length + 1);
	const hasSelf = people.value.some((p) => p.is_self_record);
	const fields = inputs(type).filter((f) => !(f.name === 'is_self_record' && (who || hasSelf))).sort((a, b) => rank(a.name) - rank(b.name));
	const save = async (body: Record<string, unknown>): Promise<void> => {
		const made = who ? await put<Person>(`/patient-management/${who.id}`, body) : await post<Person>('/patient-management/', body);
		if (!who) await switchTo(made.id);
		await loadPeople();
		await go(who ? `/people/${who.id}` : '/', true);
		tell(t('form.saved'));
	};
	return (
		<div class="narrow">
			<Title icon="person" aside={who && who.owner_user_id === user.value?.id && <Button icon="trash" kind="quiet" label={t('delete')} onClick={() => void removePerson(who)} />}>{who ? fullName(who) : t('people.add')}</Title>
			{who && <LookCard who={who} />}
			<RecordForm type={type} row={who as unknown as Row | null} fields={fields} draft={`person.${who?.id ?? 'new'}`} onSave={save} onCancel={() => back('/people')} />
		</div>
	);
}
