// schema - the records as the server declares them: what lists, forms and views are drawn
// from, so that a new field needs no line here.
import { signal } from '@preact/signals';
import { ApiError } from './api';
import { root } from './env';

export type Kind = 'text' | 'note' | 'whole' | 'number' | 'bool' | 'date' | 'moment' | 'choice' | 'reference' | 'list' | 'json';

export interface Field {
	name: string;
	label: string;
	type: Kind;
	help?: string;
	unit?: string;
	required: boolean;
	initial?: unknown;
	read_only?: boolean;
	create_only?: boolean;
	past?: boolean;
	target?: string;
	choices?: { value: string; label: string }[];
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
	exclusiveMinimum?: number;
}

export interface RecordType {
	name: string;
	route: string | null;
	one: string;
	many: string;
	summary: string;
	title: string | null;
	of_patient: boolean;
	shared: boolean;
	fields: Field[];
}

export const schema = signal<RecordType[]>([]);
let asked: Promise<void> | null = null;

async function load(): Promise<void> {
	const response = await fetch(`${root}schema.json?face=personal`, { cache: 'no-cache' });
	if (!response.ok) throw new ApiError(response.status, 'schema', {});
	schema.value = ((await response.json()) as { records: RecordType[] }).records;
}

export const loadSchema = (): Promise<void> =>
	(asked ??= load().catch((error: unknown) => {
		asked = null;
		throw error;
	}));

// By path ("lab-results") or by table ("lab_results").
export const typeOf = (route: string): RecordType | undefined => schema.value.find((r) => r.route === route || r.name === route);
// What a person's record is made of, and what all share (practitioners, pharmacies).
export const typesOfPatient = (): RecordType[] => schema.value.filter((r) => r.route && r.of_patient);
export const typesShared = (): RecordType[] => schema.value.filter((r) => r.route && r.shared);
export const fieldOf = (type: RecordType, name: string): Field | undefined => type.fields.find((f) => f.name === name);
// The fields a person fills in; whose it is goes without saying.
// Its name first, then facts, then other records, long texts and tags.
export function inputs(type: RecordType): Field[] {
	const rank = (f: Field): number =>
		f.name === type.title ? 0 : f.type === 'reference' ? 2 : f.type === 'note' || f.type === 'json' ? 3 : f.type === 'list' ? 4 : 1;
	return type.fields.filter((f) => !f.read_only && !(f.target === 'patients' && f.name === 'patient_id') && f.target !== 'users')
		.sort((a, b) => rank(a) - rank(b));
}
