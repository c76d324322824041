// house-words - names of roles and of what the log tells, for the pages of the administration.
import { label, t, type TextKey } from '../core/i18n';
import { schema } from '../core/schema';

export const roles: Record<string, TextKey> = {
	user: 'house.roleUser', admin: 'house.roleAdmin', doctor: 'house.roleDoctor', nurse: 'house.roleNurse', staff: 'house.roleStaff', guest: 'house.roleGuest',
};
export const roleName = (role: string): string => t(roles[role === 'administrator' ? 'admin' : role] ?? 'house.roleUser');

export const actions: Record<string, TextKey> = {
	created: 'house.created', updated: 'house.updated', deleted: 'house.deleted', read: 'house.read', login: 'house.login',
};

// The log's kind ("lab_test_component") in words; undefined when it is not a record of ours.
const plain = (name: string): string => name.toLowerCase().replace(/\W/g, '_');
export function kindName(kind: string): string | undefined {
	const name = plain(kind);
	const type = schema.value.find((r) => plain(r.one) === name || r.name === name || r.name === `${name}s`);
	return type ? label(type.one) : ofPractice[name]?.();
}
// What the practice's log tells of and the family's records do not have.
const ofPractice: Record<string, () => string> = {
	provider: () => t('clinic.provider'), appointment: () => t('clinic.visit'), vital_signs: () => label('Vitals'), clinical_note: () => label('Notes'),
	oauth_client: () => t('clinic.applications'), proposal: () => t('clinic.proposals'),
};
export const kinds = (): [string, string][] => schema.value.map((r): [string, string] => [plain(r.one), label(r.one)]).sort((a, b) => a[1].localeCompare(b[1]));
