// settings - how it looks, what one is called, where one is signed in.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError, drop, get, post, put } from '../core/api';
import { dateStyle, day, instant, setDateStyle, since, today, type DateStyle } from '../core/format';
import { choose, code, languages, t, type Code } from '../core/i18n';
import { mayLeave } from '../core/router';
import { changePreferences, preferences, theme, user, type Theme, type User } from '../core/store';
import { Button, Card, Chip, Input, Notice, Panel, Select, Skeleton, Tabs, Title } from '../ui/basics';
import { leaveAll } from '../ui/shell';
import { complain, tell, wordsFor } from '../ui/toast';
import { useUnsaved } from '../ui/unsaved';
import { CopySettings } from './copy-settings';

function Looks(): JSX.Element {
	const styles: DateStyle[] = ['auto', 'iso', 'dmy', 'mdy'];
	const sample = (style: DateStyle): string => (style === 'auto' ? t('settings.datesAuto') : style === 'iso' ? '2026-12-31' : style === 'dmy' ? '31.12.2026' : '12/31/2026');
	const themes: Theme[] = ['auto', 'light', 'dark', 'contrast'];
	return (
		<Card title={t('settings.looks')} icon="sun">
			<div class="fields">
				<Select id="language" label={t('settings.language')} value={code.value} options={Object.entries(languages) as [Code, string][]} onPick={(v) => void choose(v).catch(complain)} />
				<Select id="theme" label={t('settings.theme')} value={theme.value} options={themes.map((v) => [v, t(`theme.${v}`)])} onPick={(v) => { theme.value = v; }} />
				<Select id="units" label={t('settings.units')} value={preferences.value.unit_system} options={[['metric', t('units.metric')], ['imperial', t('units.imperial')]]} onPick={(v) => void changePreferences({ unit_system: v }).catch(complain)} />
				<Select id="dates" label={t('settings.dates')} value={dateStyle.value} options={styles.map((v) => [v, sample(v)])} onPick={setDateStyle} help={t('settings.datesNow', { date: day(today()) })} />
			</div>
		</Card>
	);
}

function Account(): JSX.Element {
	const me = user.value!;
	const form = useUnsaved('account', { full_name: me.full_name, email: me.email });
	const { full_name: name, email } = form.typed;
	const [errors, setErrors] = useState<Record<string, string>>({});
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		setErrors({});
		try {
			user.value = await put<User>('/users/me', { full_name: name, email });
			form.saved();
			tell(t('form.saved'));
		} catch (error) {
			if (error instanceof ApiError) setErrors(error.fields);
			complain(error);
		}
	};
	return (
		<Card title={t('settings.account')} icon="person">
			{form.restored && <div class="notice draft"><span>{t('form.draft')}</span><Button small kind="quiet" onClick={form.discard}>{t('form.discard')}</Button></div>}
			<form class="stack" onSubmit={(e) => void submit(e)}>
				<Input id="full_name" label={t('user.name')} value={name} onInput={(v) => form.set({ full_name: v, email })} error={errors.full_name} autocomplete="name" required />
				<Input id="email" label={t('user.email')} type="email" value={email} onInput={(v) => form.set({ full_name: name, email: v })} error={errors.email} autocomplete="email" required />
				<div class="buttons"><Button type="submit" kind="main">{t('save')}</Button></div>
			</form>
		</Card>
	);
}

function Password(): JSX.Element {
	const form = useUnsaved(null, { now: '', next: '' });
	const { now, next } = form.typed;
	const [error, setError] = useState('');
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		setError('');
		try {
			await post('/auth/change-password', { currentPassword: now, newPassword: next }, { quiet: true });
			form.discard();
			tell(t('settings.passwordChanged'));
		} catch (failure) {
			setError(wordsFor(failure));
		}
	};
	return (
		<Card title={t('settings.password')} icon="key">
			{error && <Notice tone="bad">{error}</Notice>}
			<form class="stack" onSubmit={(e) => void submit(e)}>
				<input class="hidden" type="text" autocomplete="username" value={user.value?.username} readOnly tabIndex={-1} aria-hidden="true" />
				<Input id="password-now" label={t('settings.passwordNow')} type="password" value={now} onInput={(v) => form.set({ now: v, next })} autocomplete="current-password" required />
				<Input id="password-new" label={t('settings.passwordNew')} type="password" value={next} onInput={(v) => form.set({ now, next: v })} autocomplete="new-password" help={t('user.passwordHelp')} required />
				<div class="buttons"><Button type="submit" kind="main">{t('settings.password')}</Button></div>
			</form>
		</Card>
	);
}

interface Session {
	id: number;
	created_at: string;
	last_used_at: string;
	ip_address: string | null;
	device: string | null;
	current: boolean;
}

function Sessions(): JSX.Element {
	const [list, setList] = useState<Session[] | null>(null);
	const load = (): Promise<void> => get<Session[]>('/users/me/sessions').then(setList, complain);
	useEffect(() => {
		void load();
	}, []);
	const others = list?.filter((s) => !s.current) ?? [];
	const end = (some: Session[]): Promise<void> => Promise.all(some.map((s) => drop(`/users/me/sessions/${s.id}`))).then(() => { tell(t('house.done')); return load(); }, complain)
		.then(() => document.getElementById('leave')?.focus());
	return (
		<Card title={t('settings.sessions')} icon="shield">
			{!list ? <Skeleton /> : (
				<ul class="lines">
					{list.map((s) => (
						<li key={s.id}>
							<span class="what"><b>{s.device?.replace(' on ', ' · ') ?? '?'}</b><small title={instant(s.created_at)}>{s.ip_address} · {since(s.last_used_at)}</small></span>
							{s.current ? <Chip tone="good">{t('settings.thisOne')}</Chip> : <Button small onClick={() => void end([s])}>{t('settings.end')}</Button>}
						</li>
					))}
				</ul>
			)}
			<div class="buttons">{others.length > 0 && <Button onClick={() => void end(others)}>{t('house.endOthers')}</Button>}<Button icon="exit" id="leave" onClick={leaveAll}>{t('signout')}</Button></div>
		</Card>
	);
}

const tabs = { looks: Looks, account: Account, security: () => <><Password /><Sessions /><CopySettings /></> };

export default function Settings(): JSX.Element {
	const [at, setAt] = useState<keyof typeof tabs>('looks');
	const Shown = tabs[at];
	const pick = async (id: keyof typeof tabs): Promise<void> => {
		if (id === at || !(await mayLeave())) return;
		setAt(id);
	};
	return (
		<div class="narrow">
			<Title icon="settings">{t('nav.settings')}</Title>
			<Tabs label={t('nav.settings')} at={at} onPick={(id) => void pick(id as keyof typeof tabs)} tabs={[{ id: 'looks', name: t('settings.looks') }, { id: 'account', name: t('settings.account') }, { id: 'security', name: t('settings.security') }]} />
			<Panel id={at}><Shown /></Panel>
		</div>
	);
}
