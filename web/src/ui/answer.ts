// answer - what the server says to a question of the page.  A late answer to an earlier one
// is not shown: nobody sees a value of one person under the name of another.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { complain } from './toast';

export interface Answer<T> {
	answer: T | null; // null: not here yet
	again: () => Promise<void>;
	set: (answer: T | null) => void; // as it will be, before the server has said so
}

export function useAnswer<T>(ask: () => Promise<T> | null, of: unknown[], failed: (error: unknown) => void = complain): Answer<T> {
	const [answer, set] = useState<T | null>(null);
	const turn = useRef(0);
	const again = async (): Promise<void> => {
		const mine = ++turn.current;
		try {
			const found = await ask();
			if (mine === turn.current) set(found);
		} catch (error) {
			if (mine === turn.current) failed(error);
		}
	};
	// Before anything is painted.
	useLayoutEffect(() => {
		set(null);
		void again();
		return () => {
			turn.current++;
		};
	}, of);
	return { answer, again, set };
}
