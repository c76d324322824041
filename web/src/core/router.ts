// router - the address of the page, without its prefix, and going from one to another.
// Links are ordinary: <a href={href('/settings')}>; clicks on them are taken here.
import { signal } from '@preact/signals';
import { root } from './env';

const now = (): string => {
	const path = location.pathname;
	return `/${path.startsWith(root) ? path.slice(root.length) : ''}`;
};

export const path = signal(now());
export const query = signal(new URLSearchParams(location.search));

// What has to be asked before leaving: unsaved changes.  True: go on.
export type Guard = () => boolean | Promise<boolean>;
let guard: Guard | null = null;
const guards = new Set<Guard>(); // of several forms on one page
export const setGuard = (next: Guard | null): void => {
	guard = next;
};
export function holdGuard(one: Guard): () => void {
	guards.add(one);
	return () => void guards.delete(one);
}
const guardNow = (): Guard | null => guard ?? [...guards][0] ?? null;
export const guarded = (): boolean => guardNow() !== null;
const freely = (): void => {
	guard = null;
	guards.clear();
};

// Asks whoever has something unsaved.  True: go on.
export async function mayLeave(): Promise<boolean> {
	const ask = guardNow();
	if (ask && !(await ask())) return false;
	freely();
	return true;
}

let depth = (history.state as { depth?: number } | null)?.depth ?? 0;

// Where one was on a page, for who comes back to it: what is long is drawn again first.
const remember = (): void => history.replaceState({ ...(history.state as object | null), depth, y: scrollY }, '');
function scrollBack(y: number, tries = 30): void {
	if (document.documentElement.scrollHeight >= y + innerHeight || !tries) scrollTo(0, y);
	else requestAnimationFrame(() => scrollBack(y, tries - 1));
}
history.scrollRestoration = 'manual';
const before = (history.state as { y?: number } | null)?.y;
if (before) requestAnimationFrame(() => scrollBack(before, 120));
addEventListener('pagehide', remember);

function show(): void {
	path.value = now();
	query.value = new URLSearchParams(location.search);
}

// Goes to an address of ours: go('/records/medications?q=x').
export async function go(to: string, replace = false): Promise<void> {
	if (guardNow() && !(await mayLeave())) return;
	const url = root + to.replace(/^\//, '');
	if (replace) history.replaceState({ depth }, '', url);
	else {
		remember();
		history.pushState({ depth: ++depth }, '', url);
	}
	show();
	if (!replace) scrollTo(0, 0);
}

export const back = (otherwise: string): void => {
	if (depth > 0) history.back();
	else void go(otherwise, true);
};

addEventListener('popstate', (event) => {
	const { depth: to = 0, y = 0 } = (event.state as { depth?: number; y?: number } | null) ?? {};
	if (!guarded()) {
		depth = to;
		show();
		requestAnimationFrame(() => scrollBack(y));
		return;
	}
	// The browser has gone already: back to where we were, then ask.
	const wanted = location.href;
	history.pushState({ depth }, '', root + path.value.slice(1));
	void (async () => {
		if (!(await mayLeave())) return;
		history.replaceState({ depth }, '', wanted);
		show();
	})();
});

addEventListener('beforeunload', (event) => {
	if (guarded()) event.preventDefault();
});

document.addEventListener('click', (event) => {
	const link = (event.target as Element).closest?.('a');
	if (!link || event.defaultPrevented || event.button !== 0) return;
	if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
	if (link.target || link.hasAttribute('download') || link.origin !== location.origin || !link.pathname.startsWith(root)) return;
	const to = link.pathname.slice(root.length);
	if (/^(api|docs|openapi\.json|schema\.json|health)(\/|$)/.test(to)) return;
	event.preventDefault();
	void go(to + link.search);
});

// The named parts of a path that fits the pattern: match('/records/:type', ...).
export function match(pattern: string, at: string): Record<string, string> | null {
	const want = pattern.split('/').filter(Boolean);
	const have = at.split('/').filter(Boolean);
	if (want.length !== have.length) return null;
	const found: Record<string, string> = {};
	for (let i = 0; i < want.length; i++) {
		const part = want[i]!;
		if (part.startsWith(':')) found[part.slice(1)] = decodeURIComponent(have[i]!);
		else if (part !== have[i]) return null;
	}
	return found;
}
