// dialog - a question over the page; the browser's own <dialog> keeps the focus in it.
import { signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../core/i18n';
import { Button } from './basics';

export function Dialog({ title, onClose, children, class: more = '', bare = false }: { title: string; onClose: () => void; children: ComponentChildren; class?: string; bare?: boolean }): JSX.Element {
	const at = useRef<HTMLDialogElement>(null);
	const name = useId();
	useLayoutEffect(() => {
		const before = document.activeElement as HTMLElement | null;
		const dialog = at.current!;
		if (!dialog.open) dialog.showModal();
		return () => {
			dialog.close();
			if (before && document.contains(before)) before.focus();
		};
	}, []);
	return (
		<dialog ref={at} class={`dialog ${more}`} aria-labelledby={name} onCancel={(e) => { e.preventDefault(); onClose(); }} onClick={(e) => { if (e.target === at.current) onClose(); }}>
			<div class="dialog-body">
				<header class={bare ? 'hidden' : 'dialog-head'}>
					<h2 id={name}>{title}</h2>
					{!bare && <Button icon="close" kind="quiet" label={t('close')} onClick={onClose} />}
				</header>
				{children}
			</div>
		</dialog>
	);
}

interface Question {
	title: string;
	text: string;
	yes: string;
	danger: boolean;
	answer: (yes: boolean) => void;
}
const question = signal<Question | null>(null);

export const ask = (title: string, text: string, yes: string, danger = true): Promise<boolean> =>
	new Promise((resolve) => {
		question.value = { title, text, yes, danger, answer: resolve };
	});

// Stands once in the shell.
export function Questions(): JSX.Element | null {
	const now = question.value;
	if (!now) return null;
	const end = (yes: boolean): void => {
		question.value = null;
		now.answer(yes);
	};
	return (
		<Dialog title={now.title} onClose={() => end(false)}>
			<p>{now.text}</p>
			<div class="buttons">
				<Button onClick={() => end(false)}>{t('cancel')}</Button>
				<Button kind={now.danger ? 'danger' : 'main'} onClick={() => end(true)}>{now.yes}</Button>
			</div>
		</Dialog>
	);
}
