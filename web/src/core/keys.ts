// keys - what the keyboard does anywhere: g then a letter goes somewhere, ? shows all.
import { signal } from '@preact/signals';
import { go } from './router';
import type { TextKey } from './i18n';

export interface Jump {
	key: string;
	to: string;
	text: TextKey | (() => string);
}

export const helpOpen = signal(false);
export const paletteOpen = signal(false);
export const jumps = signal<Jump[]>([]);

let waits = 0;
// A g was pressed: the next letter is a place, not a command.
export const jumping = (): boolean => Date.now() - waits < 1500;

export const typing = (at: EventTarget | null): boolean =>
	at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));

export function onKey(event: KeyboardEvent): void {
	if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
		event.preventDefault();
		paletteOpen.value = !paletteOpen.value;
		return;
	}
	if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('dialog[open]')) return;
	if (jumping()) {
		waits = 0;
		const jump = jumps.value.find((j) => j.key === event.key);
		if (jump) {
			event.preventDefault();
			void go(jump.to);
		}
		return;
	}
	if (event.key === 'g') waits = Date.now();
	else if (event.key === '?') helpOpen.value = true;
	else if (event.key === '/') {
		const search = document.querySelector<HTMLElement>('main input[type=search]');
		event.preventDefault();
		if (search) search.focus();
		else paletteOpen.value = true;
	} else if (event.key === 'n') document.querySelector<HTMLElement>('main [data-key=n]')?.click();
}
