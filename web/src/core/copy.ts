// copy - whether this browser keeps a copy to read without the server, and its end.  What
// makes and opens one is pages/copy-safe.ts, loaded when somebody wants it.
import { keep, kept, root } from './env';

export const COPY = 'charthouse-copy'; // the database; the files of the page are in caches "charthouse-VERSION"

// Whose copy is here.
export const copyOwner = (): number | null => Number(kept('copy')) || null;
export const markCopy = (owner: number | null): void => keep('copy', owner ? String(owner) : '');

// While the server is there the copy follows it: a while after the last change, and when the
// page begins or comes back with a copy older than that many seconds.
let due: ReturnType<typeof setTimeout> | undefined;
let least = Infinity;
export function renewSoon(older: number, wait: number): void {
	if (copyOwner() === null) return;
	least = Math.min(least, older);
	clearTimeout(due);
	due = setTimeout(() => {
		[older, least] = [least, Infinity];
		if (copyOwner() !== null) import('../pages/copy-safe').then((m) => m.renewCopy(older)).catch(() => undefined);
	}, wait);
}

export async function dropCopy(): Promise<void> {
	clearTimeout(due);
	markCopy(null);
	await new Promise<void>((done) => {
		const asked = indexedDB.deleteDatabase(COPY);
		asked.onsuccess = asked.onerror = asked.onblocked = () => done();
	});
	const worker = await navigator.serviceWorker?.getRegistration(root);
	await worker?.unregister();
	if ('caches' in window) for (const name of await caches.keys()) if (name.startsWith('charthouse-')) await caches.delete(name);
}
