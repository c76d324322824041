// one - a single record.  Whoever it belongs to becomes the person whose record is open: an
// address may be of anybody's record, and the banner must never name somebody else.
import { get } from './api';
import type { Row } from './records';
import type { RecordType } from './schema';
import { loadPeople, people, personId, switchTo } from './store';

export async function readOne(type: RecordType, id: number): Promise<Row> {
	const row = await get<Row>(`/${type.route}/${id}`);
	const owner = type.of_patient ? Number(row.patient_id) : personId.value;
	if (owner === null || owner === personId.value) return row;
	// Somebody may have come since the page was opened.
	if (!people.value.some((p) => p.id === owner)) await loadPeople();
	if (people.value.some((p) => p.id === owner)) await switchTo(owner);
	return row;
}
