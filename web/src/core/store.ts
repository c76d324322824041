// store - who is signed in, whose record is open, how they like it.
import { computed, effect, signal } from '@preact/signals';
import { ApiError, get, onLost, onWritten, post, put } from './api';
import { copyOwner, dropCopy, renewSoon } from './copy';
import { clearDrafts } from './drafts';
import { keep, kept, root } from './env';
import { forget } from './records';
import { loadSchema } from './schema';

export interface User {
	id: number;
	username: string;
	email: string;
	full_name: string;
	role: string;
}

export interface Preferences {
	unit_system: 'imperial' | 'metric';
	session_timeout_minutes: number;
}

export interface Person {
	id: number;
	first_name: string;
	last_name: string;
	birth_date: string;
	gender: string | null;
	owner_user_id: number;
	is_self_record: boolean | null;
	[more: string]: unknown;
}

// How somebody looks to who is signed in: a colour of their choice, which photo there is.
export interface Look {
	patient_id: number;
	hue: number | null;
	photo: string | null;
}

interface Start {
	looks: Look[];
	setup_needed: boolean;
	registration_enabled: boolean;
	session_ended: boolean; // by somebody, not by time
	timezone: string;
	user: User | null;
	preferences: Preferences | null;
}

export type Stage = 'loading' | 'offline' | 'setup' | 'nobody' | 'password' | 'copy' | 'user';

export const stage = signal<Stage>('loading');
export const registration = signal(false);
export const unreached = signal(false); // the server did not answer when the page began
export const timezone = signal('UTC'); // of the facility
export const lost = signal(false); // the session has ended by itself
export const user = signal<User | null>(null);
export const preferences = signal<Preferences>({ unit_system: 'imperial', session_timeout_minutes: 30 });
export const people = signal<Person[]>([]);
export const personId = signal<number | null>(null);
export const person = computed(() => people.value.find((p) => p.id === personId.value) ?? null);
export const looks = signal<Record<number, Look>>({});
export const HUES = 8;
export const hueOf = (id: number): string => `hue-${looks.value[id]?.hue ?? id % HUES}`;
export const photoOf = (id: number): string | null => {
	const photo = looks.value[id]?.photo;
	return photo ? `${root}api/v1/patients/${id}/photo?v=${photo}` : null;
};
export const setLook = (id: number, change: Partial<Look>): void => {
	looks.value = { ...looks.value, [id]: { ...(looks.value[id] ?? { patient_id: id, hue: null, photo: null }), ...change } };
};
export const fullName = (p: Person): string => `${p.first_name} ${p.last_name}`.trim();
export const isAdmin = computed(() => user.value?.role === 'admin' || user.value?.role === 'administrator');
export const isStaff = computed(() => isAdmin.value || ['doctor', 'nurse', 'staff'].includes(user.value?.role ?? ''));
export const isDoctor = computed(() => isAdmin.value || user.value?.role === 'doctor');
export const isMetric = computed(() => preferences.value.unit_system === 'metric');

export async function loadPeople(known?: Look[]): Promise<void> {
	const [list, active, seen] = await Promise.all([
		get<{ patients: Person[] }>('/patient-management/'),
		get<Person | null>('/patient-management/active/current'),
		known ?? get<Start>('/page/start').then((now) => now.looks),
	]);
	looks.value = Object.fromEntries(seen.map((look) => [look.patient_id, look]));
	people.value = list.patients;
	personId.value = active?.id ?? list.patients[0]?.id ?? null;
	if (!active && list.patients[0]) await post('/patient-management/switch', { patient_id: list.patients[0].id });
}

// Whose record is open: here at once, on the server right after.
export async function switchTo(id: number): Promise<void> {
	personId.value = id;
	await post('/patient-management/switch', { patient_id: id });
}

const OLD = 600; // seconds a copy may lag behind what others change

export async function start(): Promise<void> {
	let answer: Start;
	try {
		answer = await get<Start>('/page/start');
	} catch {
		unreached.value = true;
		// Who kept a copy for this reads on.
		stage.value = stage.value === 'loading' && copyOwner() !== null ? 'copy' : 'offline';
		return;
	}
	unreached.value = false;
	registration.value = answer.registration_enabled;
	timezone.value = answer.timezone;
	if (answer.preferences) preferences.value = answer.preferences;
	if (!answer.user) {
		if (answer.session_ended && copyOwner() !== null) await dropCopy();
		stage.value = answer.setup_needed ? 'setup' : 'nobody';
		return;
	}
	try {
		await Promise.all([loadSchema(), loadPeople(answer.looks)]);
	} catch (error) {
		const held = error instanceof ApiError && error.word === 'PASSWORD-403';
		if (held) user.value = answer.user;
		if (held || stage.value !== 'nobody') stage.value = held ? 'password' : 'offline';
		return;
	}
	// The copy to read without the server is of one person only.
	if (copyOwner() !== null && copyOwner() !== answer.user.id) await dropCopy();
	user.value = answer.user;
	lost.value = false;
	stage.value = 'user';
	renewSoon(OLD, 2000);
}

function leave(): void {
	forget();
	usedPassword = '';
	user.value = null;
	people.value = [];
	looks.value = {};
	personId.value = null;
	stage.value = 'nobody';
}

// What was just signed in with, as long as it has to be changed: nobody types it twice.
let usedPassword = '';
export const isHandedOver = (): boolean => usedPassword !== '';

export async function signIn(username: string, password: string): Promise<void> {
	await post('/auth/login', new URLSearchParams({ username, password }), { quiet: true });
	usedPassword = password;
	await start();
	if (stage.value !== 'password') usedPassword = '';
}

export async function changePassword(next: string, now = usedPassword): Promise<void> {
	await post('/auth/change-password', { currentPassword: now, newPassword: next }, { quiet: true });
	usedPassword = '';
}

export async function signOut(): Promise<void> {
	await post('/auth/logout', undefined, { quiet: true }).catch(() => undefined);
	clearDrafts();
	if (copyOwner() !== null) await dropCopy().catch(() => undefined);
	leave();
}

onLost.run = () => {
	if (stage.value !== 'user' && stage.value !== 'password') return;
	lost.value = true;
	leave();
	// Somebody may have ended it, and what is kept here with it.
	if (copyOwner() !== null) void get<Start>('/page/start', { quiet: true }).then((a) => (a.session_ended ? dropCopy() : undefined), () => undefined);
};

onWritten.run = () => renewSoon(0, 3000);
const renewOld = (): void => {
	if (stage.value === 'user' && document.visibilityState === 'visible') renewSoon(OLD, 2000);
};
addEventListener('online', renewOld);
addEventListener('visibilitychange', renewOld);

export async function changePreferences(change: Partial<Preferences>): Promise<void> {
	const before = preferences.value;
	preferences.value = { ...before, ...change };
	try {
		await put('/users/me/preferences', change, { keepalive: true });
	} catch (error) {
		preferences.value = before;
		throw error;
	}
}

// ---- of this device ----
export type Theme = 'auto' | 'light' | 'dark' | 'contrast';
export const theme = signal<Theme>((kept('theme') as Theme | null) ?? 'auto');
effect(() => {
	if (theme.value === 'auto') delete document.documentElement.dataset.theme;
	else document.documentElement.dataset.theme = theme.value;
	if (kept('theme') !== theme.value) keep('theme', theme.value);
});
