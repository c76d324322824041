// format - values for people: days, times, numbers, units.
import { computed, signal } from '@preact/signals';
import { keep, kept } from './env';
import { label, locale, number, t } from './i18n';
import type { Field } from './schema';
import type { Value } from './records';
import { isMetric, timezone } from './store';

export type DateStyle = 'auto' | 'iso' | 'dmy' | 'mdy';
export const dateStyle = signal<DateStyle>((kept('dates') as DateStyle | null) ?? 'auto');
export const setDateStyle = (style: DateStyle): void => {
	keep('dates', style);
	dateStyle.value = style;
};

const days = computed(() => new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeZone: 'UTC' }));
const clock = computed(() => new Intl.DateTimeFormat(locale.value, { timeStyle: 'short', timeZone: 'UTC' }));
// What stands between a day and its time: ", ", "، " or a blank.
const between = computed(() => {
	const parts = new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).formatToParts(0);
	const at = parts.findIndex((p) => p.type === 'hour');
	return parts[at - 1]?.type === 'literal' ? parts[at - 1]!.value : ', ';
});
const ago = computed(() => new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' }));

// A list says the same days again and again; writing one out is slow.
const known = computed(() => {
	void [days.value, dateStyle.value];
	return new Map<string, string>();
});

// 2024-02-29
export function day(text: string): string {
	const date = text.slice(0, 10);
	const found = known.value.get(date);
	if (found !== undefined) return found;
	const made = writeDay(date);
	known.value.set(date, made);
	return made;
}

function writeDay(text: string): string {
	const [y, m, d] = text.slice(0, 10).split('-') as [string, string, string];
	switch (dateStyle.value) {
	case 'iso': return `${y}-${m}-${d}`;
	case 'dmy': return `${d}.${m}.${y}`;
	case 'mdy': return `${m}/${d}/${y}`;
	default: {
		const at = new Date(`${y}-${m}-${d}T00:00:00Z`);
		return Number.isNaN(at.getTime()) ? text : days.value.format(at);
	}
	}
}

const time = (text: string): string => clock.value.format(new Date(`${text.slice(0, 19)}Z`));
const wallClock = (text: string): string => `${day(text)}${between.value}${time(text)}`;

// The server's moments are UTC; readings are taken by the clock on the wall of the
// facility, whose zone it tells.  "2024-01-15T10:30:00", for inputs.
const zone = (): string => (/^(UTC|\w+\/[\w/+-]+)$/.test(timezone.value) ? timezone.value : 'UTC');
export function atFacility(text: string): string {
	const at = new Date(`${text.replace(/Z$/, '')}Z`);
	if (Number.isNaN(at.getTime())) return text;
	return at.toLocaleString('sv-SE', { timeZone: zone() }).replace(' ', 'T');
}
export const moment = (text: string): string => wallClock(atFacility(text));
export const nowAtFacility = (): string => atFacility(new Date().toISOString());

// A moment of the server's (UTC), by the clock of who reads; its day and its time alone.
function atReader(text: string): string | null {
	const at = new Date(`${text.replace(/Z$/, '')}Z`);
	return Number.isNaN(at.getTime()) ? null : new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString();
}
const read = (text: string, write: (local: string) => string): string => {
	const local = atReader(text);
	return local === null ? text : write(local);
};
export const instant = (text: string): string => read(text, wallClock);
export const instantDay = (text: string): string => read(text, day);
export const instantTime = (text: string): string => read(text, time);

// The first day of the week where the reader lives; Monday is 0.
export const weekStart = computed(() => {
	const asked = new Intl.Locale(locale.value) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
	return ((asked.getWeekInfo?.() ?? asked.weekInfo)?.firstDay ?? 1) - 1;
});

export function since(text: string): string {
	const seconds = (new Date(`${text.replace(/Z$/, '')}${text.length > 10 ? 'Z' : ''}`).getTime() - Date.now()) / 1000;
	const steps: [Intl.RelativeTimeFormatUnit, number][] = [['year', 31557600], ['month', 2629800], ['day', 86400], ['hour', 3600], ['minute', 60]];
	for (const [unit, size] of steps) if (Math.abs(seconds) >= size) return ago.value.format(Math.round(seconds / size), unit);
	return ago.value.format(0, 'minute');
}

export function age(birth: string): number {
	const now = new Date();
	const [y, m, d] = birth.split('-').map(Number) as [number, number, number];
	return now.getFullYear() - y - (now.getMonth() + 1 < m || (now.getMonth() + 1 === m && now.getDate() < d) ? 1 : 0);
}

export const today = (): string => {
	const now = new Date();
	return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
};

// ---- units: the server stores the schema's; shown = (stored - shift) * factor ----
const metric: Record<string, { unit: string; shift: number; factor: number }> = {
	lbs: { unit: 'kg', shift: 0, factor: 0.45359237 },
	in: { unit: 'cm', shift: 0, factor: 2.54 },
	'°F': { unit: '°C', shift: 32, factor: 5 / 9 },
	'mg/dL': { unit: 'mmol/L', shift: 0, factor: 1 / 18.0156 },
};
const conversion = (f: Field) => (f.unit && isMetric.value && f.type === 'number' ? metric[f.unit] : undefined);
const rounded = (value: number): number => Math.round(value * 100) / 100;

export const unitOf = (f: Field): string | undefined => conversion(f)?.unit ?? f.unit;
export function shown(f: Field, stored: number): number {
	const c = conversion(f);
	return c ? rounded((stored - c.shift) * c.factor) : stored;
}
export function stored(f: Field, typed: number): number {
	const c = conversion(f);
	return c ? typed / c.factor + c.shift : typed;
}

// A value of a field as text; '' when there is none.
export function text(f: Field, value: Value | undefined, refer?: (target: string, id: number) => string | undefined): string {
	if (value === null || value === undefined || value === '') return '';
	switch (f.type) {
	case 'date': return day(String(value));
	case 'moment': return moment(String(value));
	case 'bool': return t(value ? 'yes' : 'no');
	case 'choice': return label(f.choices?.find((c) => c.value === value)?.label ?? String(value));
	case 'whole':
	case 'number': {
		if (/_year$/.test(f.name)) return String(value);
		const unit = unitOf(f);
		return `${number(shown(f, Number(value)))}${unit ? ` ${unit}` : ''}`;
	}
	case 'reference': return refer?.(f.target ?? '', Number(value)) ?? '';
	case 'list': return (value as string[]).join(', ');
	case 'json': return Object.entries(value as Record<string, unknown>).map(([k, v]) => `${k}: ${String(v)}`).join('; ');
	default: return String(value);
	}
}
