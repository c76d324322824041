// menu - a button that opens a list of things to do.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icons';

export interface Item {
	name: string;
	icon?: IconName;
	lead?: ComponentChildren;
	checked?: boolean;
	run: () => void;
}

export function Menu({ label, trigger, items, class: more = '' }: { label: string; trigger: ComponentChildren; items: (Item | null)[]; class?: string }): JSX.Element {
	const [open, setOpen] = useState(false);
	const box = useRef<HTMLDivElement>(null);
	const button = useRef<HTMLButtonElement>(null);
	const entries = (): HTMLElement[] => [...(box.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
	const close = (focus: boolean): void => {
		setOpen(false);
		if (focus) button.current?.focus();
	};
	useEffect(() => {
		if (!open) return undefined;
		entries()[0]?.focus();
		const outside = (event: Event): void => {
			if (!box.current?.contains(event.target as Node)) setOpen(false);
		};
		document.addEventListener('pointerdown', outside);
		return () => document.removeEventListener('pointerdown', outside);
	}, [open]);
	const onKey = (event: KeyboardEvent): void => {
		if (!open) return;
		const all = entries();
		const i = all.indexOf(document.activeElement as HTMLElement);
		const to = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: all.length - 1 }[event.key];
		if (event.key === 'Escape' || event.key === 'Tab') {
			if (event.key === 'Escape') event.preventDefault();
			event.stopPropagation();
			close(event.key === 'Escape');
		} else if (to !== undefined) {
			event.preventDefault();
			all[(to + all.length) % all.length]?.focus();
		}
	};
	return (
		<div class={`menu ${more}`} ref={box} onKeyDown={onKey}>
			<button ref={button} type="button" class="menu-button" aria-label={label} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>{trigger}</button>
			{open && (
				<div class="menu-list" role="menu" aria-label={label}>
					{items.map((item, i) => item === null ? <div key={i} role="separator" /> : (
						<button key={i} type="button" tabIndex={-1} role={item.checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked={item.checked} onClick={() => { close(true); item.run(); }}>
							{item.lead ?? (item.icon && <Icon name={item.icon} />)}
							<span>{item.name}</span>
							{item.checked && <Icon name="check" size={18} />}
						</button>
					))}
				</div>
			)}
		</div>
	);
}
