// nav - where one can go, for the sidebar, the bar of the phone, the palette and the keys.
import { computed } from '@preact/signals';
import { label, t } from '../core/i18n';
import type { Page } from '../core/pages';
import { typesOfPatient, typesShared, type RecordType } from '../core/schema';
import { isAdmin, isDoctor, isStaff } from '../core/store';
import { pages } from '../pages/index';
import { iconOf, type IconName } from './icons';

export interface Place {
	to: string;
	name: string;
	icon: IconName;
	group: string;
	order: number;
	key?: string | undefined;
	type?: RecordType;
}

const keysOfTypes: Record<string, string> = {
	medications: 'm', allergies: 'a', conditions: 'c', vitals: 'v', 'lab-results': 'l', immunizations: 'i', procedures: 'r',
	treatments: 't', encounters: 'e', insurances: 'u', 'emergency-contacts': 'o', 'family-members': 'f', practitioners: 'd',
};
// What people look for most stands first; anything new comes after.
const orderOfTypes = ['medications', 'allergies', 'conditions', 'vitals', 'lab-results', 'immunizations', 'encounters', 'procedures', 'treatments', 'family-members', 'emergency-contacts', 'insurances'];

export const may = (page: Page): boolean => !page.who || (page.who === 'admin' ? isAdmin : page.doctor ? isDoctor : isStaff).value;

export const nameOfType = (type: RecordType): string => label(type.many);

export const places = computed<Place[]>(() => {
	const ofPages: Place[] = pages.filter((p) => p.nav && may(p)).map((p) => ({ to: p.path, name: t(p.nav!.text), icon: p.nav!.icon, group: p.nav!.group, order: p.nav!.order, key: p.nav!.key }));
	const rank = (type: RecordType): number => (orderOfTypes.indexOf(type.route!) + orderOfTypes.length + 1) % (orderOfTypes.length + 1);
	const ofTypes = (types: RecordType[], group: string): Place[] => types.map((type) => ({
		to: pages.find((p) => p.instead === type.route)?.path ?? `/records/${type.route}`, name: nameOfType(type), icon: iconOf(type.route), group, order: 100 + rank(type), key: keysOfTypes[type.route!], type,
	}));
	return [...ofPages, ...ofTypes(typesOfPatient(), 'person'), ...ofTypes(typesShared(), 'end')].sort((a, b) => a.order - b.order);
});

export const placesOf = (group: string): Place[] => places.value.filter((p) => p.group === group);
