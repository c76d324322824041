// rights - what one may do in a record that somebody else owns, so that nobody is shown a
// button the server would refuse.  The server decides; this only draws.
import { effect, signal } from '@preact/signals';
import { get } from './api';
import { people, personId, stage, user } from './store';

const levels = signal<ReadonlyMap<number, string> | null>(null); // null: not asked yet

// Asked only when somebody shares a record with us; until the answer is here, look only.
effect(() => {
	const me = user.value?.id;
	if (stage.value !== 'user' || !people.value.some((p) => p.owner_user_id !== me)) return;
	get<{ people: { id: number; permission: string }[] }>('/people').then((answer) => {
		levels.value = new Map(answer.people.map((p) => [p.id, p.permission]));
	}, () => {
		levels.value ??= new Map();
	});
});

export const isMine = (id: number | null): boolean => people.value.some((p) => p.id === id && p.owner_user_id === user.value?.id);
export const mayEdit = (id: number | null = personId.value): boolean => id !== null && (isMine(id) || ['edit', 'full'].includes(levels.value?.get(id) ?? ''));
// Whether the server has said already what one may do.
export const knowsRights = (id: number | null = personId.value): boolean => isMine(id) || levels.value !== null;
// Of a list: what all share (practitioners, pharmacies) is everybody's.
export const mayEditType = (type: { of_patient: boolean }): boolean => !type.of_patient || mayEdit();
