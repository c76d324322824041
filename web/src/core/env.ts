// env - where the page lives: behind whatever prefix a proxy puts before it.  The server
// writes a relative base into index.html; made absolute here, before any address changes.

const base = document.querySelector('base')!;
export const root = new URL(base.href).pathname.replace(/[^/]*$/, '');
base.href = new URL(root, location.origin).href;

// An address of ours as the browser needs it: href('/records/medications').
export const href = (path: string): string => root + path.replace(/^\//, '');

// Preferences of this device.  No token and no health data are ever kept here.
export function kept(name: string): string | null {
	try {
		return localStorage.getItem(`charthouse.${name}`);
	} catch {
		return null;
	}
}

export function keep(name: string, value: string): void {
	try {
		localStorage.setItem(`charthouse.${name}`, value);
	} catch {
		// A browser that keeps nothing forgets it with the tab.
	}
}
