// copy-safe - the copy of records in this browser: AES-GCM under a key that only a
// passphrase gives (PBKDF2), in IndexedDB.  Nothing of it is ever in a cache of files.
import { get } from '../core/api';
import { COPY, dropCopy, markCopy } from '../core/copy';
import { root } from '../core/env';
import type { Row } from '../core/records';
import { schema, type RecordType } from '../core/schema';
import { preferences, timezone, user, type Person } from '../core/store';

const ROUNDS = 600000; // of SHA-256: what OWASP asks for
export const LEAST = 12;

export interface Chart {
	made_at: string;
	patient: Person;
	records: Record<string, Row[]>;
	practitioners: Row[];
	pharmacies: Row[];
}
export interface Content {
	schema: RecordType[];
	charts: Chart[];
	units: 'imperial' | 'metric';
	timezone: string;
}
interface Sealed {
	owner: number;
	made_at: string;
	rounds: number;
	salt: Uint8Array<ArrayBuffer>;
	iv: Uint8Array<ArrayBuffer>;
	data: ArrayBuffer;
}

const database = (): Promise<IDBDatabase> => new Promise((resolve, reject) => {
	const asked = indexedDB.open(COPY, 1);
	asked.onupgradeneeded = () => asked.result.createObjectStore('copy');
	asked.onsuccess = () => resolve(asked.result);
	asked.onerror = () => reject(new Error('indexedDB'));
});

async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
	const db = await database();
	try {
		return await new Promise<T>((resolve, reject) => {
			const transaction = db.transaction('copy', mode);
			const asked = work(transaction.objectStore('copy'));
			transaction.oncomplete = () => resolve(asked.result);
			transaction.onabort = () => reject(new Error('indexedDB'));
		});
	} finally {
		db.close();
	}
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const bound = (s: Pick<Sealed, 'owner' | 'made_at' | 'rounds'>): Uint8Array<ArrayBuffer> => bytes(`charthouse copy 1 ${s.owner} ${s.made_at} ${s.rounds}`);

async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>, rounds: number): Promise<CryptoKey> {
	const base = await crypto.subtle.importKey('raw', bytes(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
	return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export const canKeep = (): boolean => isSecureContext && 'serviceWorker' in navigator && 'subtle' in crypto;

// The browser takes the address of a worker only from a policy.
interface Policies {
	createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => { createScriptURL: (url: string) => string };
}
let worker: string | null = null;
async function keepFiles(): Promise<void> {
	const policies = (window as unknown as { trustedTypes?: Policies }).trustedTypes;
	const url = `${root}sw.js`;
	worker ??= policies ? policies.createPolicy('charthouse-worker', { createScriptURL: () => url }).createScriptURL(url) : url;
	await navigator.serviceWorker.register(worker, { scope: root, updateViaCache: 'none' });
	await navigator.serviceWorker.ready;
}

export async function makeCopy(people: number[], passphrase: string): Promise<string> {
	const charts: Chart[] = [];
	for (const id of people) charts.push(await get<Chart>(`/people/${id}/chart`));
	const content: Content = { schema: schema.value, charts, units: preferences.value.unit_system, timezone: timezone.value };
	const sealed = { owner: user.value!.id, made_at: new Date().toISOString().slice(0, 19), rounds: ROUNDS, salt: crypto.getRandomValues(new Uint8Array(16)), iv: crypto.getRandomValues(new Uint8Array(12)) };
	const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData: bound(sealed) }, await keyOf(passphrase, sealed.salt, ROUNDS), bytes(JSON.stringify(content)));
	try {
		await keepFiles();
		await within('readwrite', (store) => store.put({ ...sealed, data } satisfies Sealed, 'copy'));
		markCopy(sealed.owner);
	} catch (error) {
		await dropCopy();
		throw error;
	}
	return sealed.made_at;
}

const readCopy = (): Promise<Sealed | undefined> => within<Sealed | undefined>('readonly', (store) => store.get('copy') as IDBRequest<Sealed | undefined>);
export const madeAt = async (): Promise<string | null> => (await readCopy())?.made_at ?? null;

// Null: the passphrase is not the one.
export async function openCopy(passphrase: string): Promise<Content | null> {
	const sealed = await readCopy();
	if (!sealed) return null;
	const key = await keyOf(passphrase, sealed.salt, sealed.rounds);
	const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData: bound(sealed) }, key, sealed.data).catch(() => null);
	return open && (JSON.parse(new TextDecoder().decode(open)) as Content);
}
