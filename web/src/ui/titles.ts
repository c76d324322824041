// titles - what a record is called.
import { text } from '../core/format';
import { label } from '../core/i18n';
import { gridOf, type Grid, type Row, type Value } from '../core/records';
import { fieldOf, typeOf, type RecordType } from '../core/schema';
import { personId } from '../core/store';

const fallback = (type: RecordType, id: Value | undefined): string => `${label(type.one)} ${String(id ?? '')}`;

export function titleIn(type: RecordType, grid: Grid, row: Value[]): string {
	const field = type.title ? fieldOf(type, type.title) : undefined;
	const value = field && text(field, row[grid.at[field.name] ?? -1]);
	return value || fallback(type, row[0]);
}

export function titleOf(type: RecordType, row: Row): string {
	const field = type.title ? fieldOf(type, type.title) : undefined;
	return (field && text(field, row[field.name])) || fallback(type, row.id);
}

// What a reference points at; reads the list it is in, once.
const byId = new WeakMap<Grid, Map<number, Value[]>>();
export function refer(target: string, id: number): string | undefined {
	const type = typeOf(target);
	if (!type?.route) return undefined;
	const grid = gridOf(type, personId.value).value.grid;
	if (!grid) return undefined;
	let found = byId.get(grid);
	if (!found) byId.set(grid, (found = new Map(grid.rows.map((row) => [row[0] as number, row]))));
	const row = found.get(id);
	return row && titleIn(type, grid, row);
}
