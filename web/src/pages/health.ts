// health - what the pages of the health record share: the answers of the server, and how a
// value stands to its range.
import { label, toNumber } from '../core/i18n';
import { preferences } from '../core/store';

export type Point = [string, number] | [string, number, number];

export interface Series {
	of: string;
	label: string;
	unit: string | null;
	low: number | null;
	high: number | null;
	low2?: number | null;
	high2?: number | null;
	left_out: number;
	points: Point[];
}

export interface Available {
	of: string;
	label: string;
	unit: string | null;
	count: number;
	latest: { at: string; value: number; second?: number };
}

export const units = (): string => `units=${preferences.value.unit_system}`;

// Vital signs are named by the schema, tests by the laboratory.
export const nameOf = (s: { of: string; label: string }): string => (s.of.startsWith('lab:') ? s.label : label(s.label));

export type Flag = 'low' | 'normal' | 'high' | 'critical' | 'abnormal' | 'borderline';

const flags: Record<Flag, { word: string; tone: string; sign: string }> = {
	low: { word: 'Low', tone: 'watch', sign: '↓' },
	normal: { word: 'Normal', tone: 'good', sign: '' },
	high: { word: 'High', tone: 'watch', sign: '↑' },
	critical: { word: 'Critical', tone: 'bad', sign: '!' },
	abnormal: { word: 'Abnormal', tone: 'watch', sign: '' },
	borderline: { word: 'Borderline', tone: 'watch', sign: '' },
};
export const flagOf = (status: string | null): { word: string; tone: string; sign: string } | undefined => flags[status as Flag];

export function judge(value: number, low: number | null | undefined, high: number | null | undefined): Flag | null {
	if (low !== null && low !== undefined && value < low) return 'low';
	if (high !== null && high !== undefined && value > high) return 'high';
	return (low ?? high ?? null) === null ? null : 'normal';
}

export { toNumber };

// "4.0-5.6", "< 5.7", ">= 60": what it says of where the range begins and ends.
export function rangeOf(text: string): { low: number | null; high: number | null } {
	const plain = text.replace(/(\d),(\d)/g, '$1.$2');
	const both = /^\s*[([]?\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|—|…|\.\.|to|bis|à)\s*(-?\d+(?:\.\d+)?)/.exec(plain);
	if (both) return { low: Number(both[1]), high: Number(both[2]) };
	const one = /^\s*[([]?\s*(<|>|≤|≥)\s*=?\s*(-?\d+(?:\.\d+)?)/.exec(plain);
	if (!one) return { low: null, high: null };
	return /[<≤]/.test(one[1]!) ? { low: null, high: Number(one[2]) } : { low: Number(one[2]), high: null };
}

// "2024-05-01" and "2024-05-01T10:00:00" as seconds.
export const seconds = (at: string): number => Date.parse(at.length > 10 ? `${at}Z` : `${at}T00:00:00Z`) / 1000;
