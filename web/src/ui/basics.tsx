// basics - the small pieces every page is made of.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../core/i18n';
import { Icon, type IconName } from './icons';

interface ButtonProps {
	children?: ComponentChildren;
	icon?: IconName;
	kind?: 'plain' | 'main' | 'danger' | 'quiet';
	label?: string; // spoken, when there are no words
	type?: 'button' | 'submit';
	disabled?: boolean;
	busy?: boolean;
	small?: boolean;
	pressed?: boolean;
	expanded?: boolean;
	popup?: 'menu' | 'dialog' | 'listbox';
	class?: string;
	id?: string;
	onClick?: (event: MouseEvent) => void;
}

export function Button(props: ButtonProps): JSX.Element {
	const { children, icon, kind = 'plain', label, type = 'button', disabled, busy, small, pressed, expanded, popup, onClick } = props;
	return (
		<button id={props.id} type={type} class={`button ${kind}${small ? ' small' : ''}${children ? '' : ' bare'}${props.class ? ` ${props.class}` : ''}`} aria-label={label} title={children ? undefined : label}
			disabled={disabled} aria-busy={busy ? true : undefined} aria-pressed={pressed} aria-expanded={expanded} aria-haspopup={popup} onClick={onClick}>
			{icon && <Icon name={icon} />}
			{children && <span>{children}</span>}
		</button>
	);
}

// A link that looks like a button.
export function LinkButton({ href, icon, kind = 'plain', children, small }: { href: string; icon?: IconName; kind?: 'plain' | 'main' | 'quiet'; children: ComponentChildren; small?: boolean }): JSX.Element {
	return (
		<a class={`button ${kind}${small ? ' small' : ''}`} href={href}>
			{icon && <Icon name={icon} />}
			<span>{children}</span>
		</a>
	);
}

// A page's heading; takes the focus when one comes to the page.
export function Title({ children, icon, aside, under, tone }: { children: ComponentChildren; icon?: IconName; aside?: ComponentChildren; under?: ComponentChildren; tone?: string }): JSX.Element {
	const at = useRef<HTMLHeadingElement>(null);
	const text = typeof children === 'string' ? children : '';
	useEffect(() => {
		document.title = text ? `${text} · Charthouse` : 'Charthouse';
	}, [text]);
	useEffect(() => {
		const here = document.activeElement;
		if (!here || here === document.body || !document.contains(here) || here.closest('.bottom, .sidebar, a:not(.rows a)')) at.current?.focus({ preventScroll: true });
	}, []);
	return (
		<header class="title">
			{icon && <span class={`tile ${tone ?? ''}`}><Icon name={icon} size={24} /></span>}
			<div class="words">
				<h1 ref={at} tabIndex={-1}>{children}</h1>
				{under && <p class="under">{under}</p>}
			</div>
			{aside && <div class="aside">{aside}</div>}
		</header>
	);
}

export function Card({ title, icon, tone, action, children, id }: { title?: ComponentChildren; icon?: IconName; tone?: string; action?: ComponentChildren; children: ComponentChildren; id?: string }): JSX.Element {
	const name = useId();
	return (
		<section class="card" id={id} aria-labelledby={title ? name : undefined}>
			{title && (
				<header class="card-head">
					{icon && <span class={`tile small ${tone ?? ''}`}><Icon name={icon} size={18} /></span>}
					<h2 id={name}>{title}</h2>
					{action}
				</header>
			)}
			{children}
		</section>
	);
}

export const Chip = ({ children, tone }: { children: ComponentChildren; tone?: string }): JSX.Element => <span class={`chip ${tone ?? ''}`}>{children}</span>;

// What a status or severity looks like: calm, to be watched, alarming, over.
export function toneOf(value: unknown): string {
	switch (value) {
	case 'active': case 'normal': return 'good'; // what is over stays quiet
	case 'life-threatening': case 'severe': case 'critical': case 'high': case 'urgent': return 'bad';
	case 'moderate': case 'abnormal': case 'borderline': case 'on-hold': case 'in-progress': case 'low': case 'chronic': return 'watch';
	default: return '';
	}
}

export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }): JSX.Element {
	return (
		<div class="empty">
			<span class="tile large"><Icon name={icon} size={32} /></span>
			<p class="empty-title">{title}</p>
			{children}
		</div>
	);
}

// Shown only when it takes longer than people notice.
export function Skeleton({ lines = 4 }: { lines?: number }): JSX.Element | null {
	const [late, setLate] = useState(false);
	useEffect(() => {
		const timer = setTimeout(() => setLate(true), 200);
		return () => clearTimeout(timer);
	}, []);
	return late ? <div class="skeleton" role="status" aria-label={t('loading')}>{Array.from({ length: lines }, (_, i) => <span key={i} />)}</div> : null;
}

export const Notice = ({ tone = 'watch', children }: { tone?: string; children: ComponentChildren }): JSX.Element => (
	<p class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>{children}</p>
);

// A tab list over panels: arrows go from one to the next.
export function Tabs({ tabs, at, onPick, label }: { tabs: { id: string; name: string }[]; at: string; onPick: (id: string) => void; label: string }): JSX.Element {
	const move = (event: KeyboardEvent): void => {
		const rtl = document.documentElement.dir === 'rtl';
		const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
		if (!step) return;
		event.preventDefault();
		const i = tabs.findIndex((tab) => tab.id === at);
		const next = tabs[(i + (rtl ? -step : step) + tabs.length) % tabs.length]!;
		onPick(next.id);
		document.getElementById(`tab-${next.id}`)?.focus();
	};
	return (
		<div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
			{tabs.map((tab) => (
				<button key={tab.id} id={`tab-${tab.id}`} type="button" role="tab" aria-selected={tab.id === at} aria-controls={`panel-${tab.id}`} tabIndex={tab.id === at ? 0 : -1} onClick={() => onPick(tab.id)}>{tab.name}</button>
			))}
		</div>
	);
}

export const Panel = ({ id, children }: { id: string; children: ComponentChildren }): JSX.Element => (
	<div class="panel" role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}`} tabIndex={-1}>{children}</div>
);

// One line of a form: label, the input itself, hint and what is wrong.
export function Line({ id, label, help, error, required, wide, children }: { id: string; label: string; help?: string | undefined; error?: string | undefined; required?: boolean; wide?: boolean; children: ComponentChildren }): JSX.Element {
	return (
		<div class={`line${wide ? ' wide' : ''}${error ? ' wrong' : ''}`}>
			<label for={id}>{label}{required && <span class="required" title={t('form.required')}> *</span>}</label>
			{children}
			{help && <p class="help" id={`${id}-help`}>{help}</p>}
			{error && <p class="error" id={`${id}-error`}>{error}</p>}
		</div>
	);
}

export const described = (id: string, help?: string, error?: string): string | undefined =>
	[help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;

export function Input(props: { id: string; label: string; value: string; onInput: (value: string) => void; type?: string; help?: string; error?: string | undefined; required?: boolean; autocomplete?: string; wide?: boolean }): JSX.Element {
	const { id, label, value, onInput, type = 'text', help, error, required, autocomplete, wide } = props;
	return (
		<Line id={id} label={label} help={help} error={error} required={required ?? false} wide={wide ?? false}>
			<input id={id} name={id} type={type} value={value} required={required} autocomplete={autocomplete as 'on'} aria-invalid={error ? true : undefined} aria-describedby={described(id, help, error)}
				autocapitalize={type === 'text' && autocomplete === 'username' ? 'none' : undefined} onInput={(e) => onInput(e.currentTarget.value)} />
		</Line>
	);
}

export function Select<T extends string>({ id, label, value, options, onPick, help }: { id: string; label: string; value: T; options: [T, string][]; onPick: (value: T) => void; help?: string }): JSX.Element {
	return (
		<Line id={id} label={label} help={help}>
			<select id={id} value={value} aria-describedby={described(id, help)} onChange={(e) => onPick(e.currentTarget.value as T)}>
				{options.map(([key, name]) => <option key={key} value={key} selected={key === value}>{name}</option>)}
			</select>
		</Line>
	);
}
