// unsaved - what every form does with what was typed: kept as a draft with the tab, asked
// about before it is left, gone when it is saved.
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { dropDraft, keepDraft, readDraft } from '../core/drafts';
import { t } from '../core/i18n';
import { holdGuard } from '../core/router';
import { user } from '../core/store';
import { ask } from './dialog';

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
export const askLeave = (): Promise<boolean> => ask(t('form.leaveTitle'), t('form.leaveText'), t('form.leave'));

// Of an object only what was typed: what others change meanwhile is not to be taken back
// with a draft of before.
const parts = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const differing = (typed: unknown, first: unknown): unknown => (parts(typed) && parts(first) ? Object.fromEntries(Object.entries(typed).filter(([name, value]) => !same(value, first[name]))) : typed);
const together = <T>(first: T, kept: T): T => (parts(first) && parts(kept) ? { ...first, ...kept } : kept);

export interface Unsaved<T> {
	typed: T;
	set: (change: T | ((was: T) => T)) => void;
	dirty: boolean;
	restored: boolean; // a draft of before is in it
	discard: () => void;
	pause: () => void; // being saved: may be left
	resume: () => void; // it was not saved after all
	saved: () => void; // may be left now, and no draft is kept
	leave: () => Promise<boolean>; // asks; true: what was typed is given up
}

// `name` null: nothing is kept, as of passwords; the guard holds all the same.
export function useUnsaved<T>(name: string | null, first: T, equal: (a: T, b: T) => boolean = same): Unsaved<T> {
	const owner = user.value?.id ?? 0;
	const kept = useMemo(() => (name === null ? null : readDraft<T>(owner, name)), []);
	const [typed, set] = useState<T>(() => (kept === null ? first : together(first, kept)));
	const dirty = !equal(typed, first);
	const release = useRef<() => void>(() => undefined);
	const forget = (): void => {
		release.current();
		if (name !== null) dropDraft(owner, name);
	};
	const leave = async (): Promise<boolean> => {
		const yes = !dirty || (await askLeave());
		if (yes) forget();
		return yes;
	};
	const resume = (): void => {
		if (name !== null) {
			if (dirty) keepDraft(owner, name, differing(typed, first));
			else dropDraft(owner, name);
		}
		if (dirty) release.current = holdGuard(leave);
	};
	// Before the next key: Enter may come right after the last letter, and takes the guard away.
	useLayoutEffect(() => {
		resume();
		return () => release.current();
	}, [typed, dirty]);
	return { typed, set, dirty, restored: kept !== null && dirty, discard: () => set(first), pause: () => release.current(), resume, saved: forget, leave };
}
