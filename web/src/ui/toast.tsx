// toast - what has just happened, read out, with the way back where there is one.
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { ApiError } from '../core/api';
import { t } from '../core/i18n';
import { Button } from './basics';

interface Toast {
	id: number;
	text: string;
	tone: 'good' | 'bad';
	undo?: (() => void) | undefined;
	closed?: (() => void) | undefined; // who closes it does not want it back
}
const toasts = signal<Toast[]>([]);
let last = 0;
const SHOWN = 6000;

const dismiss = (id: number): void => {
	toasts.value = toasts.value.filter((toast) => toast.id !== id);
};

export function tell(text: string, undo?: () => void, tone: 'good' | 'bad' = 'good'): void {
	const id = ++last;
	toasts.value = [...toasts.value.slice(-2), { id, text, tone, undo }];
	setTimeout(() => dismiss(id), tone === 'bad' ? 2 * SHOWN : SHOWN);
}

// The words for a failure: the server's own where it has some.
export const wordsFor = (error: unknown): string =>
	error instanceof ApiError ? (error.status === 0 ? t('error.offline') : error.message) : t('error.unknown');

export const complain = (error: unknown): void => tell(wordsFor(error), undefined, 'bad');

// Takes something away at once, in earnest only when nobody has called it back.
const waiting = new Map<number, (now: boolean) => void>();
export function later(text: string, act: (leaving: boolean) => Promise<void>, undo: () => void): void {
	const id = ++last;
	const run = (leaving: boolean): void => {
		clearTimeout(timer);
		if (!waiting.delete(id)) return;
		act(leaving).catch((error: unknown) => {
			undo();
			complain(error);
		});
	};
	const timer = setTimeout(() => { dismiss(id); run(false); }, SHOWN);
	waiting.set(id, run);
	toasts.value = [...toasts.value.slice(-2), {
		id, text, tone: 'good',
		undo: () => {
			clearTimeout(timer);
			if (waiting.delete(id)) undo();
		},
		closed: () => run(false),
	}];
}
export const settle = (): void => [...waiting.values()].forEach((run) => run(true));
addEventListener('pagehide', settle);

// Ctrl-Z calls back the last thing, for who cannot be at the button in six seconds.
addEventListener('keydown', (event) => {
	if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || (event.target as Element).closest?.('input, textarea, [contenteditable]')) return;
	const last = toasts.value.filter((toast) => toast.undo).at(-1);
	if (!last) return;
	event.preventDefault();
	dismiss(last.id);
	last.undo?.();
});

// Stands once in the shell.
export function Toasts(): JSX.Element {
	return (
		<div class="toasts" role="status" aria-live="polite">
			{toasts.value.map((toast) => (
				<div key={toast.id} class={`toast ${toast.tone}`}>
					<span>{toast.text}</span>
					{toast.undo && <Button small kind="quiet" onClick={() => { dismiss(toast.id); toast.undo?.(); }}>{t('undo')}</Button>}
					<Button small kind="quiet" icon="close" label={t('close')} onClick={() => { dismiss(toast.id); toast.closed?.(); }} />
				</div>
			))}
		</div>
	);
}
