// copy-safe - the copy of records in this browser, in IndexedDB; nothing of it is ever in a
// cache of files.  It is sealed to a public key (ECDH P-256, HKDF, AES-GCM), so that it can
// be renewed while the server is there without asking for the passphrase; the private key
// lies beside it under AES-GCM with a key that only the passphrase gives (PBKDF2).
import { ApiError, get } from '../core/api';
import { COPY, copyOwner, dropCopy, markCopy } from '../core/copy';
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
type Bytes = Uint8Array<ArrayBuffer>;
// What is bound to every seal: whose, of whom, since when.
interface Lock {
	owner: number;
	people: number[];
	rounds: number;
	salt: Bytes;
	iv: Bytes;
	locked: ArrayBuffer; // the private key, under the passphrase
	open: ArrayBuffer; // the public key
}
interface Sealed {
	made_at: string;
	once: ArrayBuffer; // the public key made for this sealing
	sealIv: Bytes;
	data: ArrayBuffer;
}
type Kept = Lock & Sealed;

const database = (): Promise<IDBDatabase> => new Promise((resolve, reject) => {
	const asked = indexedDB.open(COPY, 2);
	asked.onupgradeneeded = () => { // the first form could not be renewed: it goes
		if (asked.result.objectStoreNames.contains('copy')) asked.result.deleteObjectStore('copy');
		asked.result.createObjectStore('copy');
	};
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

const bytes = (text: string): Bytes => new TextEncoder().encode(text);
const random = (n: number): Bytes => crypto.getRandomValues(new Uint8Array(n));
const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const lockedWith = (l: Pick<Lock, 'owner' | 'rounds'>): Bytes => bytes(`charthouse copy 2 ${l.owner} ${l.rounds}`);
const sealedWith = (owner: number, made: string): Bytes => bytes(`charthouse copy 2 ${owner} ${made}`);

async function keyOf(passphrase: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
	const base = await crypto.subtle.importKey('raw', bytes(passphrase.normalize('NFKC')), 'PBKDF2', false, ['deriveKey']);
	return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

// The key both ends of an exchange come to; bound to the two public keys.
async function shared(mine: CryptoKey, theirs: ArrayBuffer, once: ArrayBuffer, open: ArrayBuffer): Promise<CryptoKey> {
	const other = await crypto.subtle.importKey('raw', theirs, CURVE, false, []);
	const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, mine, 256);
	const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
	const info = new Uint8Array([...new Uint8Array(once), ...new Uint8Array(open)]);
	return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info }, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function newLock(owner: number, people: number[], passphrase: string): Promise<Lock> {
	const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveBits']);
	const lock = { owner, people, rounds: ROUNDS, salt: random(16), iv: random(12), open: await crypto.subtle.exportKey('raw', pair.publicKey) };
	const locked = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: lock.iv, additionalData: lockedWith(lock) }, await keyOf(passphrase, lock.salt, ROUNDS), await crypto.subtle.exportKey('pkcs8', pair.privateKey));
	return { ...lock, locked };
}

async function seal(lock: Lock, content: Content): Promise<Sealed> {
	const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveBits']);
	const once = await crypto.subtle.exportKey('raw', pair.publicKey);
	const made_at = new Date().toISOString().slice(0, 19);
	const sealIv = random(12);
	const key = await shared(pair.privateKey, lock.open, once, lock.open);
	return { made_at, once, sealIv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: sealIv, additionalData: sealedWith(lock.owner, made_at) }, key, bytes(JSON.stringify(content))) };
}

async function unseal(kept: Kept, passphrase: string): Promise<Content> {
	const bare = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.iv, additionalData: lockedWith(kept) }, await keyOf(passphrase, kept.salt, kept.rounds), kept.locked);
	const mine = await crypto.subtle.importKey('pkcs8', bare, CURVE, false, ['deriveBits']);
	const key = await shared(mine, kept.once, kept.once, kept.open);
	const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.sealIv, additionalData: sealedWith(kept.owner, kept.made_at) }, key, kept.data);
	return JSON.parse(new TextDecoder().decode(open)) as Content;
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

// The records as they are now; who may not be read any more is left out.
async function read(people: number[]): Promise<Content> {
	const charts: Chart[] = [];
	for (const id of people)
		try {
			charts.push(await get<Chart>(`/people/${id}/chart`, { aside: true }));
		} catch (error) {
			if (!(error instanceof ApiError && (error.status === 403 || error.status === 404))) throw error;
		}
	return { schema: schema.value, charts, units: preferences.value.unit_system, timezone: timezone.value };
}

export async function makeCopy(people: number[], passphrase: string): Promise<string> {
	const lock = await newLock(user.value!.id, people, passphrase);
	const sealed = await seal(lock, await read(people));
	try {
		await keepFiles();
		await within('readwrite', (store) => store.put({ ...lock, ...sealed } satisfies Kept, 'copy'));
		markCopy(lock.owner);
	} catch (error) {
		await dropCopy();
		throw error;
	}
	return sealed.made_at;
}

const readCopy = (): Promise<Kept | undefined> => within<Kept | undefined>('readonly', (store) => store.get('copy') as IDBRequest<Kept | undefined>);
export interface Made {
	at: string;
	people: number[];
}
export const made = async (): Promise<Made | null> => {
	const kept = await readCopy();
	return kept ? { at: kept.made_at, people: kept.people } : null;
};

// Reads everything again when the copy is older than that many seconds.  What stands there
// is only replaced by what is whole, and not when the copy was taken away meanwhile.
export async function renewCopy(older: number): Promise<void> {
	const kept = await readCopy();
	if (!kept?.open || !user.value || kept.owner !== user.value.id) return;
	if (Date.now() - Date.parse(`${kept.made_at}Z`) < older * 1000) return;
	const content = await read(kept.people);
	if (!content.charts.length) return dropCopy();
	const sealed = await seal(kept, content);
	if (copyOwner() !== kept.owner) return;
	await within('readwrite', (store) => store.put({ ...kept, people: content.charts.map((c) => c.patient.id), ...sealed } satisfies Kept, 'copy'));
	if (copyOwner() === null) await dropCopy();
}

// Null: the passphrase is not the one.
export async function openCopy(passphrase: string): Promise<Content | null> {
	const kept = await readCopy();
	return kept ? unseal(kept, passphrase).catch(() => null) : null;
}
