// calendar - days, minutes and free times of the practice, without a look.
import { weekStart } from '../core/format';
import { locale } from '../core/i18n';

export interface Provider {
	id: number;
	npi: string;
	name: string;
	specialty: string | null;
	department: string | null;
	phone: string | null;
	email: string | null;
	accepting_new_patients: boolean;
}

export interface Visit {
	id: number;
	appointment_id: string;
	patient_mrn: string;
	provider_id: number;
	provider_npi: string;
	provider_name: string;
	first_name: string;
	last_name: string;
	date: string;
	time: string;
	duration_minutes: number;
	appointment_type: string | null;
	location: string | null;
	status: 'scheduled' | 'completed' | 'cancelled';
	reason: string | null;
}

export interface Days {
	from: string;
	to: string;
	today: string;
	providers: Provider[];
	appointments: Visit[];
}

export const STEP = 30; // minutes of a free time
const OPEN = 8 * 60;
const SHUT = 17 * 60;

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
export const timeOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const at = (date: string): Date => new Date(`${date}T00:00:00Z`);
export const plusDays = (date: string, days: number): string => new Date(at(date).getTime() + days * 86400000).toISOString().slice(0, 10);
export const weekday = (date: string): number => (at(date).getUTCDay() + 6) % 7; // Monday is 0
export const weekBegin = (date: string): string => plusDays(date, -((weekday(date) - weekStart.value + 7) % 7));
export const workday = (date: string): string => (weekday(date) > 4 ? plusDays(date, 7 - weekday(date)) : date);

export const clockOf = (time: string): string => new Intl.DateTimeFormat(locale.value, { timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`1970-01-01T${time}:00Z`));
export const dayName = (date: string, long = false): string => new Intl.DateTimeFormat(locale.value, long ? { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } : { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(at(date));

const stands = (v: Visit): boolean => v.status !== 'cancelled';
const meets = (v: Visit, from: number, to: number): boolean => minutesOf(v.time) < to && minutesOf(v.time) + v.duration_minutes > from;

// Starts that can be given away, as the server finds them: working days from eight to five,
// later than now.
export function freeOf(visits: Visit[], date: string, now: string): number[] {
	if (weekday(date) > 4 || date < now.slice(0, 10)) return [];
	const first = date === now.slice(0, 10) ? minutesOf(now.slice(11, 16)) : 0;
	const found: number[] = [];
	for (let m = OPEN; m + STEP <= SHUT; m += STEP) if (m > first && !visits.some((v) => stands(v) && meets(v, m, m + STEP))) found.push(m);
	return found;
}

// The first and last hour to show.
export function hoursOf(visits: Visit[]): [number, number] {
	const shown = visits.filter(stands);
	return [Math.floor(Math.min(OPEN, ...shown.map((v) => minutesOf(v.time))) / 60), Math.ceil(Math.max(SHUT, ...shown.map((v) => minutesOf(v.time) + v.duration_minutes)) / 60)];
}

// Those at the same time stand side by side: imported ones may overlap.
export function lanes(visits: Visit[]): { visit: Visit; lane: number; of: number }[] {
	const sorted = visits.filter(stands).sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.id - b.id));
	return sorted.map((visit) => {
		const from = minutesOf(visit.time);
		const others = sorted.filter((v) => meets(v, from, from + visit.duration_minutes));
		return { visit, lane: others.indexOf(visit), of: others.length };
	});
}
