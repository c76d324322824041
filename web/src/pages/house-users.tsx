// house-users - who may sign in here: made, let in, shut out, given a new password.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiError, call, drop, get, post, put } from '../core/api';
import { instant, since } from '../core/format';
import { t } from '../core/i18n';
import { Button, Card, Chip, Input, Notice, Select, Skeleton, Title } from '../ui/basics';
import { ask, Dialog } from '../ui/dialog';
import { Icon } from '../ui/icons';
import { Menu } from '../ui/menu';
import { complain, tell, wordsFor } from '../ui/toast';
import { roleName, roles } from './house-words';
import { useTyped } from './typed';

interface Account {
	id: number;
	username: string;
	email: string;
	full_name: string;
	role: string;
	is_active: boolean;
	must_change_password: boolean;
	last_seen_at: string | null;
	patients: number;
	sessions: number;
	is_me: boolean;
}
interface Once {
	name: string;
	word: string;
}

// The only time the password is on a screen.
function ShownOnce({ once, onClose }: { once: Once; onClose: () => void }): JSX.Element {
	const copy = (): void => void navigator.clipboard.writeText(once.word).then(() => tell(t('house.copied')), complain);
	return (
		<Dialog title={t('house.once', { name: once.name })} onClose={onClose}>
			<p>{t('house.onceText')}</p>
			<p class="once"><code dir="ltr">{once.word}</code></p>
			<div class="buttons">
				{'clipboard' in navigator && <Button onClick={copy}>{t('house.copy')}</Button>}
				<Button kind="main" onClick={onClose}>{t('house.done')}</Button>
			</div>
		</Dialog>
	);
}

const blank = { full_name: '', username: '', email: '', role: 'user' };

function NewUser({ onMade, onClose }: { onMade: (once: Once) => void; onClose: () => void }): JSX.Element {
	const { v: typed, set: setTyped, done, told } = useTyped('house.user', blank);
	const [errors, setErrors] = useState<Record<string, string>>({});
	const [error, setError] = useState('');
	const set = (name: keyof typeof blank) => (value: string): void => setTyped((was) => ({ ...was, [name]: value }));
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		setErrors({});
		setError('');
		try {
			const made = await post<{ one_time_password: string }>('/house/users', typed);
			done();
			onMade({ name: typed.full_name, word: made.one_time_password });
		} catch (failure) {
			if (failure instanceof ApiError) setErrors(failure.fields);
			setError(wordsFor(failure));
		}
	};
	return (
		<Dialog title={t('house.add')} onClose={onClose}>
			{told}
			{error && <Notice tone="bad">{error}</Notice>}
			<form class="stack" onSubmit={(e) => void submit(e)}>
				<Input id="new-name" label={t('user.name')} value={typed.full_name} onInput={set('full_name')} error={errors.full_name} autocomplete="off" required />
				<Input id="new-username" label={t('user.username')} value={typed.username} onInput={set('username')} error={errors.username} autocomplete="off" required />
				<Input id="new-email" label={t('user.email')} type="email" value={typed.email} onInput={set('email')} error={errors.email} autocomplete="off" required />
				<Select id="new-role" label={t('house.role')} value={typed.role} options={Object.entries(roles).map(([role, key]) => [role, t(key)])} onPick={set('role')} />
				<div class="buttons"><Button onClick={onClose}>{t('cancel')}</Button><Button type="submit" kind="main">{t('house.add')}</Button></div>
			</form>
		</Dialog>
	);
}

function NewRole({ of, onPick, onClose }: { of: Account; onPick: (role: string) => void; onClose: () => void }): JSX.Element {
	const [role, setRole] = useState(of.role === 'administrator' ? 'admin' : of.role);
	return (
		<Dialog title={t('house.setRole')} onClose={onClose}>
			<form class="stack" onSubmit={(e) => { e.preventDefault(); onPick(role); }}>
				<Select id="role" label={of.full_name} value={role} options={Object.entries(roles).map(([name, key]) => [name, t(key)])} onPick={setRole} />
				<div class="buttons"><Button onClick={onClose}>{t('cancel')}</Button><Button type="submit" kind="main">{t('save')}</Button></div>
			</form>
		</Dialog>
	);
}

interface Door {
	enabled: boolean;
	fixed: boolean;
}

function Registration(): JSX.Element | null {
	const [door, setDoor] = useState<Door | null>(null);
	useEffect(() => {
		get<Door>('/house/registration').then(setDoor, complain);
	}, []);
	if (!door) return null;
	const turn = (enabled: boolean): Promise<void> => put<Door>('/house/registration', { enabled }).then((now) => { setDoor(now); tell(t('form.saved'), () => void turn(!enabled)); }, (e: unknown) => { setDoor({ ...door }); complain(e); });
	return (
		<Card>
			<div class="switch-line">
				<div class="what"><label for="registration"><b>{t('house.registration')}</b></label><small id="registration-help">{t(door.fixed ? 'house.regFixed' : 'house.regText')}</small></div>
				<input type="checkbox" role="switch" id="registration" aria-describedby="registration-help" checked={door.enabled} disabled={door.fixed} onChange={(e) => void turn(e.currentTarget.checked)} />
			</div>
		</Card>
	);
}

export default function Users(): JSX.Element {
	const [list, setList] = useState<Account[] | null>(null);
	const [once, setOnce] = useState<Once | null>(null);
	const [adding, setAdding] = useState(false);
	const [regarding, setRegarding] = useState<Account | null>(null);
	const load = (): Promise<void> => get<{ users: Account[] }>('/house/users').then((a) => setList(a.users), complain);
	useEffect(() => {
		void load();
	}, []);
	const then = (work: Promise<unknown>, words = t('form.saved'), undo?: () => void): Promise<void> => work.then(() => { tell(words, undo); return load(); }, complain);
	const change = (u: Account, body: Record<string, unknown>, undo?: () => void): Promise<void> => then(call('PATCH', `/house/users/${u.id}`, body), t('form.saved'), undo);
	const reset = async (u: Account): Promise<void> => {
		if (!(await ask(t('house.resetAsk', { name: u.full_name }), t('house.resetText'), t('house.reset'), false))) return;
		await post<{ one_time_password: string }>(`/house/users/${u.id}/password`).then((a) => { setOnce({ name: u.full_name, word: a.one_time_password }); return load(); }, complain);
	};
	const turn = async (u: Account): Promise<void> => {
		if (u.is_active && !(await ask(t('house.disableAsk', { name: u.full_name }), t('house.disableText'), t('house.disable')))) return;
		await change(u, { is_active: !u.is_active });
	};
	const remove = async (u: Account): Promise<void> => {
		if (await ask(t('house.deleteAsk', { name: u.full_name }), t('house.deleteText'), t('delete'))) await then(drop(`/house/users/${u.id}`), t('list.deleted', { n: 1 }));
	};
	return (
		<>
			<Title icon="family" under={t('house.usersUnder')} aside={<Button kind="main" icon="plus" onClick={() => setAdding(true)}>{t('house.add')}</Button>}>{t('house.users')}</Title>
			<div class="stack">
				{!list ? <Skeleton /> : (
					<Card>
						<ul class="lines users">
							{list.map((u) => (
								<li key={u.id} class={u.is_active ? undefined : 'off'}>
									<span class="what">
										<span class="named"><b dir="auto">{u.full_name}</b> <span class="soft" dir="ltr">{u.username}</span></span>
										<small><span title={u.last_seen_at ? instant(u.last_seen_at) : undefined}>{u.last_seen_at ? t('house.seen', { when: since(u.last_seen_at) }) : t('house.never')}</span>{' · '}{t('house.records', { n: u.patients })}{' · '}{t('house.sessions', { n: u.sessions })}</small>
									</span>
									<span class="chips">
										{u.is_me && <Chip tone="good">{t('house.you')}</Chip>}
										{u.must_change_password && <Chip tone="watch">{t('house.mustChange')}</Chip>}
										{!u.is_active && <Chip tone="bad">{t('house.off')}</Chip>}
										<Chip>{roleName(u.role)}</Chip>
									</span>
									<Menu class="me" label={t('house.actions', { name: u.full_name })} trigger={<Icon name="more" />} items={[
										{ name: t('house.setRole'), icon: 'edit', run: () => setRegarding(u) },
										{ name: t('house.end'), icon: 'exit', run: () => void then(post(`/house/users/${u.id}/end-sessions`), t('house.done')) },
										...(u.is_me ? [] : [
											{ name: t('house.reset'), icon: 'key' as const, run: () => void reset(u) },
											null,
											{ name: t(u.is_active ? 'house.disable' : 'house.enable'), icon: 'shield' as const, run: () => void turn(u) },
											{ name: t('delete'), icon: 'trash' as const, run: () => void remove(u) },
										]),
									]} />
								</li>
							))}
						</ul>
					</Card>
				)}
				<Registration />
			</div>
			{adding && <NewUser onClose={() => setAdding(false)} onMade={(made) => { setAdding(false); setOnce(made); void load(); }} />}
			{once && <ShownOnce once={once} onClose={() => setOnce(null)} />}
			{regarding && <NewRole of={regarding} onClose={() => setRegarding(null)} onPick={(role) => { setRegarding(null); void change(regarding, { role }, regarding.is_me ? undefined : () => void change(regarding, { role: regarding.role })); }} />}
		</>
	);
}
