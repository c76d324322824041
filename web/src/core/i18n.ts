// i18n - the language of the page.  Texts stand in lang/CODE.ts, one file each, loaded
// when chosen; English is always there.  Labels of records come from the server in
// English and are looked up by that.
import { computed, signal } from '@preact/signals';
import en from '../lang/en';
import { keep, kept } from './env';

export type TextKey = keyof typeof en.texts;
export interface Language {
	texts: Readonly<Record<TextKey, string>>;
	labels: Readonly<Record<string, string>>;
}

// Each in its own words.
export const languages = {
	en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español', nl: 'Nederlands', it: 'Italiano',
	pt: 'Português', pl: 'Polski', ru: 'Русский', zh: '中文', ar: 'العربية',
} as const;
export type Code = keyof typeof languages;

const loaders: Record<Code, () => Promise<{ default: Language }>> = {
	en: () => Promise.resolve({ default: en }),
	de: () => import('../lang/de'),
	fr: () => import('../lang/fr'),
	es: () => import('../lang/es'),
	nl: () => import('../lang/nl'),
	it: () => import('../lang/it'),
	pt: () => import('../lang/pt'),
	pl: () => import('../lang/pl'),
	ru: () => import('../lang/ru'),
	zh: () => import('../lang/zh'),
	ar: () => import('../lang/ar'),
};

export const code = signal<Code>('en');
const language = signal<Language>(en);
// Day and month names of the region the browser speaks of, when it is the same language.
// Digits are Latin and the calendar is the Gregorian one everywhere: a dose is read the
// same way by whoever holds the phone, and what is stored beside it is written so.
export const locale = computed(() => {
	const region = navigator.languages.find((l) => l.split('-')[0] === code.value) ?? code.value;
	try {
		return new Intl.Locale(region, { numberingSystem: 'latn', calendar: 'gregory' }).toString();
	} catch {
		return code.value;
	}
});
const plurals = computed(() => new Intl.PluralRules(code.value));
const numbers = computed(() => new Intl.NumberFormat(locale.value, { maximumFractionDigits: 2 }));

export const number = (value: number, digits?: number): string =>
	digits === undefined ? numbers.value.format(value) : new Intl.NumberFormat(locale.value, { maximumFractionDigits: digits }).format(value);

const decimal = computed(() => numbers.value.formatToParts(1.5).find((p) => p.type === 'decimal')?.value ?? '.');

// A number as somebody types it here, and back: "37,5" and "37.5" are the same, and so are
// the digits of Arabic and Persian keyboards.  NaN when it is none.
export const typedNumber = (value: number): string => String(value).replace('.', decimal.value);
export function toNumber(typed: string): number {
	const text = typed.trim().replace(/[٠-٩۰-۹]/g, (d) => String(d.charCodeAt(0) & 15)).replace(/^[−–]/, '-').replace(/[,٫]/, '.');
	return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
}

export type Values = Record<string, string | number>;

// A text: t('list.count', { n: 3 }).  Texts with forms look like "one:{n} day|other:{n} days".
export function t(key: TextKey, values?: Values): string {
	let text: string = language.value.texts[key] ?? en.texts[key];
	if (values && 'n' in values && /(^|\|)other:/.test(text)) {
		const forms = Object.fromEntries(text.split('|').map((form) => [form.slice(0, form.indexOf(':')), form.slice(form.indexOf(':') + 1)]));
		text = forms[plurals.value.select(Number(values.n))] ?? forms.other ?? text;
	}
	if (!values) return text;
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
		const value = values[name];
		return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
	});
}

// A label, choice or sentence of the schema.
export const label = (english: string): string => language.value.labels[english] ?? english;

// The same within a sentence: English labels are in capitals, the others as they stand.
export const said = (english: string): string => (code.value === 'en' ? english.toLowerCase() : label(english));

export async function speak(next: Code): Promise<void> {
	language.value = (await loaders[next]()).default;
	code.value = next;
	document.documentElement.lang = next;
	document.documentElement.dir = next === 'ar' ? 'rtl' : 'ltr';
}

export async function choose(next: Code): Promise<void> {
	keep('language', next);
	await speak(next);
}

// The one chosen on this device, else the first the browser asks for that we speak.
export async function greet(): Promise<void> {
	const wanted = [kept('language'), ...navigator.languages].map((l) => (l ?? '').split('-')[0]!);
	const found = wanted.find((l): l is Code => l in languages) ?? 'en';
	if (found !== 'en') await speak(found).catch(() => undefined);
	else document.documentElement.lang = 'en';
}
