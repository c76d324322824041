// typed - what is typed in a dialog made by hand: kept with the tab until it is saved or
// thrown away, and said so, as the drawn forms do it.
import type { JSX } from 'preact';
import { t } from '../core/i18n';
import { Button } from '../ui/basics';
import { useUnsaved } from '../ui/unsaved';

interface Typed<T> {
	v: T;
	set: (v: T | ((was: T) => T)) => void;
	done: () => void; // saved: nothing is kept
	told: JSX.Element | null; // that it is still here
}

export function useTyped<T>(key: string, first: T): Typed<T> {
	const { typed, set, saved, restored, discard } = useUnsaved<T>(key, first);
	return { v: typed, set, done: saved, told: restored ? <div class="notice draft"><span>{t('form.draft')}</span><Button small kind="quiet" onClick={discard}>{t('form.discard')}</Button></div> : null };
}
