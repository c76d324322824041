// records - lists of records as tables of columns and rows, kept while the page is open:
// shown at once when one comes back, and read again in the background.
import { signal, type Signal } from '@preact/signals';
import { drop, get, post, put } from './api';
import { typeOf, type RecordType } from './schema';

export type Value = string | number | boolean | null | string[] | Record<string, unknown>;
export type Row = Record<string, Value> & { id: number };

export interface Grid {
	columns: string[];
	rows: Value[][];
	at: Record<string, number>; // a column's place
}

export interface Loaded {
	grid: Grid | null;
	error: boolean;
}

const grids = new Map<string, Signal<Loaded>>();
const loading = new Map<string, Promise<void>>();
// Rows taken away on the screen whose deletion can still be undone.
export const hidden = signal<ReadonlySet<string>>(new Set());
export const hiddenKey = (type: string, id: number): string => `${type}/${id}`;

const keyOf = (type: RecordType, patient: number | null): string => `${type.of_patient ? patient : 0}/${type.route}`;

function placed(columns: string[], rows: Value[][]): Grid {
	return { columns, rows, at: Object.fromEntries(columns.map((c, i) => [c, i])) };
}

async function fetchShared(type: RecordType): Promise<Grid> {
	const found: Row[] = [];
	const size = 100;
	for (let skip = 0; ; skip += size) {
		const some = await get<Row[]>(`/${type.route}/?skip=${skip}&limit=${size}`);
		found.push(...some);
		if (some.length < size) break;
	}
	const columns = ['id', ...type.fields.map((f) => f.name)];
	return placed(columns, found.map((row) => columns.map((c) => row[c] ?? null)));
}

async function fetchGrid(type: RecordType, patient: number): Promise<Grid> {
	const answer = await get<{ columns: string[]; rows: Value[][] }>(`/people/${patient}/records/${type.route}`);
	return placed(answer.columns, answer.rows);
}

function refresh(type: RecordType, patient: number | null, into: Signal<Loaded>): Promise<void> {
	const key = keyOf(type, patient);
	const running = loading.get(key);
	if (running) return running;
	const work = (async () => {
		try {
			into.value = { grid: type.of_patient ? await fetchGrid(type, patient!) : await fetchShared(type), error: false };
		} catch {
			into.value = { grid: into.value.grid, error: true };
		} finally {
			loading.delete(key);
		}
	})();
	loading.set(key, work);
	return work;
}

// The table of a type, as far as it is here; asks for it when it is not.  `anew`: reads it
// again although it is here.
export function gridOf(type: RecordType, patient: number | null, anew = false): Signal<Loaded> {
	const key = keyOf(type, patient);
	let found = grids.get(key);
	if (found && !anew) return found;
	if (!found) grids.set(key, (found = signal<Loaded>({ grid: null, error: false })));
	if (!type.of_patient || patient !== null) void refresh(type, patient, found);
	return found;
}

// The same, when it has been read.
export async function gridRead(type: RecordType, patient: number | null): Promise<Grid | null> {
	const found = gridOf(type, patient);
	if (!found.value.grid) await (loading.get(keyOf(type, patient)) ?? refresh(type, patient, found));
	return found.value.grid;
}

// Every table that is here, of one person and of all.
export const gridsHere = (patient: number | null): { type: RecordType; grid: Grid }[] =>
	[...grids].flatMap(([key, at]) => {
		const [whose, route] = key.split('/') as [string, string];
		const type = typeOf(route);
		return type && at.value.grid && (whose === '0' || whose === String(patient)) ? [{ type, grid: at.value.grid }] : [];
	});

// Nothing of this person stays here.
export function forgetPerson(patient: number): void {
	for (const key of [...grids.keys()]) if (key.startsWith(`${patient}/`)) grids.delete(key);
}

export function forget(): void {
	grids.clear();
	loading.clear();
	hidden.value = new Set();
}

// After a change: what was read before no longer holds.
export async function changed(type: RecordType, patient: number | null): Promise<void> {
	const key = keyOf(type, patient);
	const at = grids.get(key);
	if (!at) return;
	await loading.get(key);
	await refresh(type, patient, at);
}

// The row of a table as it will be.  What comes back puts it as it was.
function patch(type: RecordType, patient: number | null, id: number, body: Record<string, unknown>): (() => void) | null {
	const at = grids.get(keyOf(type, patient));
	const before = at?.value;
	if (!at || !before?.grid) return null;
	const { grid } = before;
	const rows = grid.rows.map((row) => (row[0] === id ? grid.columns.map((c, i) => (c in body ? (body[c] as Value) : row[i]!)) : row));
	const after = (at.value = { grid: { ...grid, rows }, error: false });
	return () => {
		if (at.value === after) at.value = before;
	};
}

// Creates when id is null.  `body` holds what differs.
export async function save(type: RecordType, patient: number | null, id: number | null, body: Record<string, unknown>): Promise<Row> {
	const whose = type.of_patient ? `?patient_id=${patient}` : '';
	// A change is seen in the list at once, and taken back when it is refused.
	const back = id === null ? null : patch(type, patient, id, body);
	const row = await (id === null
		? post<Row>(`/${type.route}/${whose}`, type.of_patient ? { ...body, patient_id: patient } : body)
		: put<Row>(`/${type.route}/${id}`, body)).catch((error: unknown) => {
		back?.();
		throw error;
	});
	void changed(type, patient);
	return row;
}

// Many at once, the list read again at the end.
export async function saveMany(type: RecordType, patient: number | null, changes: { id: number; body: Record<string, unknown> }[]): Promise<void> {
	try {
		for (const { id, body } of changes) patch(type, patient, id, body);
		for (const { id, body } of changes) await put(`/${type.route}/${id}`, body);
	} finally {
		await changed(type, patient);
	}
}

export async function remove(type: RecordType, patient: number | null, ids: number[], keepalive = false): Promise<void> {
	try {
		for (const id of ids) await drop(`/${type.route}/${id}`, { keepalive });
	} finally {
		await changed(type, patient);
		const next = new Set(hidden.value);
		for (const id of ids) next.delete(hiddenKey(type.name, id));
		hidden.value = next;
	}
}
