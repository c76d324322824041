// sign-in - the door, and the first run of a new server.
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError, post } from '../core/api';
import { href } from '../core/env';
import { choose, code, languages, t, type Code } from '../core/i18n';
import { changePassword, isHandedOver, lost, registration, signIn, signOut, start } from '../core/store';
import { CopyLink } from './copy-link';
import { Button, Input, Notice, Title } from './basics';
import { Icon } from './icons';
import { wordsFor } from './toast';

function Door({ title, under, children }: { title: string; under: string; children: ComponentChildren }): JSX.Element {
	return (
		<main class="door">
			<div class="door-card">
				<img src={href('/icon.svg')} alt="" width="56" height="56" />
				<Title under={under}>{title}</Title>
				{children}
			</div>
			<label class="door-language"><Icon name="settings" size={16} /><span class="hidden">{t('settings.language')}</span>
				<select value={code.value} onChange={(e) => void choose(e.currentTarget.value as Code)}>
					{Object.entries(languages).map(([key, name]) => <option key={key} value={key} lang={key} selected={key === code.value}>{name}</option>)}
				</select>
			</label>
		</main>
	);
}

export function SignIn(): JSX.Element {
	const [making, setMaking] = useState(false);
	const [name, setName] = useState('');
	const [password, setPassword] = useState('');
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		setBusy(true);
		setError('');
		try {
			await signIn(name, password);
		} catch (failure) {
			setError(failure instanceof ApiError && failure.status === 401 ? t('signin.wrong') : wordsFor(failure));
			setPassword('');
			document.getElementById('password')?.focus();
		}
		setBusy(false);
	};
	if (making) return <Register onBack={() => setMaking(false)} />;
	return (
		<Door title={t('signin.title')} under={t('signin.under')}>
			{lost.value && <Notice>{t('signin.lost')}</Notice>}
			{error && <Notice tone="bad">{error}</Notice>}
			<form class="stack" onSubmit={(e) => void submit(e)}>
				<Input id="username" label={t('user.username')} value={name} onInput={setName} autocomplete="username" required />
				<Input id="password" label={t('user.password')} type="password" value={password} onInput={setPassword} autocomplete="current-password" required />
				<Button type="submit" kind="main" busy={busy}>{t('signin.do')}</Button>
			</form>
			{registration.value && <div class="door-links"><Button kind="quiet" onClick={() => setMaking(true)}>{t('house.register')}</Button></div>}
			<CopyLink />
		</Door>
	);
}

// Who signed in with a password that somebody else has seen chooses one first.
export function Held(): JSX.Element {
	const [now, setNow] = useState('');
	const [next, setNext] = useState('');
	const [error, setError] = useState('');
	const known = isHandedOver();
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		setError('');
		try {
			await (known ? changePassword(next) : changePassword(next, now));
			await start();
		} catch (failure) {
			setError(wordsFor(failure));
			document.getElementById(known ? 'password-new' : 'password-now')?.focus();
		}
	};
	return (
		<Door title={t('house.change')} under={t('house.changeText')}>
			{error && <Notice tone="bad">{error}</Notice>}
			<form class="stack" onSubmit={(e) => void submit(e)}>
				{!known && <Input id="password-now" label={t('settings.passwordNow')} type="password" value={now} onInput={setNow} autocomplete="current-password" required />}
				<Input id="password-new" label={t('settings.passwordNew')} type="password" value={next} onInput={setNext} autocomplete="new-password" help={t('user.passwordHelp')} required />
				<Button type="submit" kind="main">{t('save')}</Button>
			</form>
			<div class="door-links"><Button kind="quiet" onClick={() => void signOut()}>{t('signout')}</Button></div>
		</Door>
	);
}

const blank = { code: '', full_name: '', username: '', email: '', password: '' };

// The form of a new account: the first one of the server, with its code, or one's own.
function NewAccount({ first }: { first: boolean }): JSX.Element {
	const [typed, setTyped] = useState(blank);
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const field = (name: keyof typeof blank, label: string, more: { type?: string; autocomplete?: string; help?: string } = {}): JSX.Element => (
		<Input id={name} label={label} value={typed[name]} required error={errors[name]} onInput={(value) => setTyped((was) => ({ ...was, [name]: value }))} {...more} />
	);
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		setBusy(true);
		setError('');
		setErrors({});
		try {
			const { code: _, ...own } = typed;
			await post(first ? '/setup' : '/auth/register', first ? typed : { ...own, role: 'user' }, { quiet: true });
			await signIn(typed.username, typed.password);
		} catch (failure) {
			if (failure instanceof ApiError) setErrors(failure.fields);
			setError(wordsFor(failure));
			if (failure instanceof ApiError && failure.status === 409 && first) await start();
		}
		setBusy(false);
	};
	return (
		<>
			{error && <Notice tone="bad">{error}</Notice>}
			<form class="stack" noValidate onSubmit={(e) => void submit(e)}>
				{first && field('code', t('setup.code'), { autocomplete: 'off', help: t('setup.codeHelp') })}
				{field('full_name', t('user.name'), { autocomplete: 'name' })}
				{field('username', t('user.username'), { autocomplete: 'username' })}
				{field('email', t('user.email'), { type: 'email', autocomplete: 'email' })}
				{field('password', t('user.password'), { type: 'password', autocomplete: 'new-password', help: t('user.passwordHelp') })}
				<Button type="submit" kind="main" busy={busy}>{t('setup.do')}</Button>
			</form>
		</>
	);
}

export const Setup = (): JSX.Element => <Door title={t('setup.title')} under={t('setup.under')}><NewAccount first /></Door>;

const Register = ({ onBack }: { onBack: () => void }): JSX.Element => (
	<Door title={t('house.register')} under={t('house.registerText')}>
		<NewAccount first={false} />
		<div class="door-links"><Button kind="quiet" onClick={onBack}>{t('house.haveOne')}</Button></div>
	</Door>
);
