// faster - saving what somebody else may have changed since it was read here: the row is
// read again, and sent with its tag.  When it is not the one that was seen, both are shown
// and one is chosen; who chooses neither goes on with what was typed.
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { ApiError, call, get } from '../core/api';
import { instant, text } from '../core/format';
import { label, t, type TextKey } from '../core/i18n';
import type { Row, Value } from '../core/records';
import type { Field } from '../core/schema';
import { Button } from '../ui/basics';
import { Dialog } from '../ui/dialog';
import { complain, tell } from '../ui/toast';

const face = 'clinic/v1';

// What is changed: where it is, as it was read, what of it has a name.
export interface Seen {
	path: string;
	row: Row;
	fields: Field[];
	words?: Record<string, string>; // of what is sent, where the value says nothing to people
}
interface Difference {
	name: string;
	theirs: string;
	mine: string;
}
interface Question {
	rows: Difference[];
	when: string;
	answer: (mine: boolean | null) => void;
}
const question = signal<Question | null>(null);

async function hold(path: string): Promise<{ row: Row; tag: string }> {
	let tag = '';
	const row = await get<Row>(path, { face, onTag: (found) => { tag = found; } });
	return { row, tag };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

// The results of a test are kept as text: a line for each.
function wordsOf(f: Field | undefined, value: unknown): string {
	if (value === null || value === undefined || value === '') return '—';
	const list: unknown = typeof value === 'string' && value.startsWith('[') ? JSON.parse(value) : value;
	if (Array.isArray(list)) return list.map((x) => (typeof x === 'object' ? Object.values(x as Record<string, string>).join(' ') : String(x))).join('; ');
	return f ? text(f, value as Value) : String(value as string);
}

// The names of the other's row stand for the keys it is sent with.
const shownBy: Record<string, string> = { provider_npi: 'provider_name' };

function differences(seen: Seen, now: Row, body: Record<string, unknown>): Difference[] {
	const names = [...new Set([...seen.fields.map((f) => f.name), ...Object.keys(body)])].filter((name) => name in now && !/_id$/.test(name));
	return names.filter((name) => !same(now[name], seen.row[name]) || (name in body && !same(now[name], body[name]))).map((name) => {
		const f = seen.fields.find((x) => x.name === name);
		const own = t(`clinic.${name === 'provider_npi' ? 'provider' : name}` as TextKey) as string | undefined;
		return { name: f?.label ?? own ?? label(name), theirs: wordsOf(f, now[shownBy[name] ?? name]), mine: name in body ? seen.words?.[name] ?? wordsOf(f, body[name]) : '' };
	});
}

const choose = (rows: Difference[], now: Row): Promise<boolean> =>
	new Promise((resolve, reject) => {
		question.value = {
			rows, when: String(now.updated_at),
			answer: (mine) => {
				question.value = null;
				if (mine === null) reject(new ApiError(412, t('clinic.fasterTitle'), {}));
				else resolve(mine);
			},
		};
	});

interface Made<T> {
	row: T;
	before: Row; // as it was until then
}

// Changes a row; null when theirs is to stand.
export async function amend<T>(seen: Seen, body: Record<string, unknown>): Promise<Made<T> | null> {
	let known = seen.row.updated_at;
	for (;;) {
		const { row, tag } = await hold(seen.path);
		if (row.updated_at !== known && !(await choose(differences(seen, row, body), row))) return null;
		known = row.updated_at;
		try {
			return { row: await call<T>('PATCH', seen.path, body, { face, match: tag }), before: row };
		} catch (error) {
			// Between the two calls; what changed is looked at.
			if (!(error instanceof ApiError) || error.status !== 412) throw error;
		}
	}
}

// The same when the page is left: no time to ask, so only if nobody was faster.
export function amendLater(seen: Seen, body: Record<string, unknown>): (leaving: boolean) => Promise<unknown> {
	const held = hold(seen.path).catch(() => null);
	return async (leaving) => {
		if (!leaving) return amend(seen, body);
		const now = await held;
		return now && now.row.updated_at === seen.row.updated_at ? call('PATCH', seen.path, body, { face, match: now.tag, keepalive: true }) : null;
	};
}

// Changes a row and offers to put back what was there.
export async function change(seen: Seen, body: Record<string, unknown>, after: () => unknown, words = t('form.saved')): Promise<void> {
	const made = await amend<Row>(seen, body);
	await after();
	if (!made) return;
	const before = Object.fromEntries(Object.keys(body).filter((name) => name in made.before).map((name) => [name, made.before[name]]));
	tell(words, () => void amend({ ...seen, row: made.row }, before).then(after, complain));
}

// Stands once on each page of the practice.
export function Faster(): JSX.Element | null {
	const now = question.value;
	if (!now) return null;
	const { rows, when, answer } = now;
	return (
		<Dialog title={t('clinic.fasterTitle')} onClose={() => answer(null)} class="sheet faster">
			<p class="quiet">{t('clinic.fasterText', { when: instant(when) })}</p>
			<div class="scroller" role="region" aria-label={t('clinic.fasterTitle')} tabIndex={0}>
				<table class="grid-table">
					<thead><tr><th scope="col">{t('clinic.what')}</th><th scope="col">{t('clinic.theirs')}</th><th scope="col">{t('clinic.mine')}</th></tr></thead>
					<tbody>{rows.map((r) => <tr key={r.name}><th scope="row">{r.name}</th><td dir="auto" data-head={t('clinic.theirs')}>{r.theirs}</td><td dir="auto" data-head={t('clinic.mine')}>{r.mine ? <b>{r.mine}</b> : <span class="quiet">{t('clinic.untouched')}</span>}</td></tr>)}</tbody>
				</table>
			</div>
			<div class="buttons">
				<Button kind="quiet" onClick={() => answer(null)}>{t('clinic.goOn')}</Button>
				<Button onClick={() => answer(false)}>{t('clinic.takeTheirs')}</Button>
				<Button kind="main" onClick={() => answer(true)}>{t('clinic.saveMine')}</Button>
			</div>
		</Dialog>
	);
}
