// refused - a share has ended while its record was open here: the first refusal tells,
// and nothing of that record stays on the page.
import { signal } from '@preact/signals';
import { onRefused } from './api';
import { forgetPerson } from './records';
import { fullName, loadPeople, people, stage, type Person } from './store';

export const withdrawn = signal<Person | null>(null);
let looking = false;

onRefused.run = () => {
	if (looking || stage.value !== 'user') return;
	looking = true;
	const before = people.value;
	loadPeople().then(() => {
		const gone = before.filter((p) => !people.value.some((q) => q.id === p.id));
		for (const p of gone) forgetPerson(p.id);
		if (gone[0]) withdrawn.value = gone[0];
	}, () => undefined).finally(() => {
		looking = false;
	});
};
export const nameOfWithdrawn = (): string => (withdrawn.value ? fullName(withdrawn.value) : '');
