// drafts - what was typed and not yet saved, kept with the tab and gone at sign-out.

const prefix = 'charthouse.draft.';

export function readDraft<T>(owner: number, key: string): T | null {
	try {
		const text = sessionStorage.getItem(`${prefix}${owner}.${key}`);
		return text ? (JSON.parse(text) as T) : null;
	} catch {
		return null;
	}
}

export function keepDraft(owner: number, key: string, value: unknown): void {
	try {
		sessionStorage.setItem(`${prefix}${owner}.${key}`, JSON.stringify(value));
	} catch {
		// No room: the guard against leaving still holds.
	}
}

export function dropDraft(owner: number, key: string): void {
	try {
		sessionStorage.removeItem(`${prefix}${owner}.${key}`);
	} catch {
		// Nothing was kept then.
	}
}

export function clearDrafts(): void {
	try {
		for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
	} catch {
		// Nothing was kept then.
	}
}
