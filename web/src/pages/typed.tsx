// typed - what is typed in a dialog made by hand: kept with the tab until it is saved or
// thrown away, as the drawn forms do it.
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { dropDraft, keepDraft, readDraft } from '../core/drafts';
import { t } from '../core/i18n';
import { setGuard } from '../core/router';
import { user } from '../core/store';
import { Button } from '../ui/basics';
import { ask } from '../ui/dialog';

interface Typed<T> {
	v: T;
	set: (v: T | ((was: T) => T)) => void;
	done: () => void; // saved: nothing is kept
	told: JSX.Element | null; // that it is still here
}

export function useTyped<T>(key: string, first: T): Typed<T> {
	const owner = user.value!.id;
	const blank = useMemo(() => first, []);
	const kept = useMemo(() => readDraft<T>(owner, key), []);
	const [v, set] = useState<T>(kept ?? blank);
	const over = useRef(false);
	const dirty = JSON.stringify(v) !== JSON.stringify(blank);
	const done = (): void => {
		over.current = true;
		dropDraft(owner, key);
		setGuard(null);
	};
	useLayoutEffect(() => {
		if (over.current) return undefined;
		if (dirty) keepDraft(owner, key, v);
		else dropDraft(owner, key);
		setGuard(dirty ? async () => {
			const yes = await ask(t('form.leaveTitle'), t('form.leaveText'), t('form.leave'));
			if (yes) done();
			return yes;
		} : null);
		return () => setGuard(null);
	}, [v]);
	const told = kept && dirty ? <div class="notice draft"><span>{t('form.draft')}</span><Button small kind="quiet" onClick={() => set(blank)}>{t('form.discard')}</Button></div> : null;
	return { v, set, done, told };
}
