// sw - keeps the files of the page for who asked for a copy to read without the server.
// It stores what the program ships and nothing else: no answer of the server about anybody
// ever comes into a cache.  Registered only with the copy (pages/copy-safe.ts); not
// TypeScript, as a worker's globals are not a page's.  build.mjs writes the version and the names of the files into it.
const NAME = 'charthouse-__ID__';
const home = new URL('./', self.location.href).href;
const files = __FILES__.map((file) => new URL(file, home).href);
const known = new Set(files);

async function install() {
	const cache = await caches.open(NAME);
	await cache.addAll(files.map((url) => new Request(url, { credentials: 'omit' })));
	const page = await fetch(home, { headers: { Accept: 'text/html' }, credentials: 'omit', cache: 'no-cache' });
	if (!page.ok) throw new Error('the page is away');
	await cache.put(home, page);
	await self.skipWaiting();
}

async function activate() {
	for (const name of await caches.keys()) if (name.startsWith('charthouse-') && name !== NAME) await caches.delete(name);
	await self.clients.claim();
}

// Never by caches.open(): it would make anew what has been taken away.
const found = (url) => caches.match(url, { cacheName: NAME });

// The page as it is at any address: its base is where it lives.
async function keptPage() {
	const page = await found(home);
	if (!page) return Response.error();
	const headers = new Headers(page.headers);
	headers.delete('Content-Encoding');
	headers.delete('Content-Length');
	return new Response((await page.text()).replace('<base href="./">', `<base href="${new URL(home).pathname}">`), { headers });
}

// The server's word first, so that a new version is there at once.
async function visit(request) {
	try {
		const answer = await fetch(request);
		return [502, 503, 504].includes(answer.status) ? await keptPage() : answer;
	} catch {
		return keptPage();
	}
}

const keptFile = async (request) => (await found(request.url)) ?? fetch(request);

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
	const { request } = event;
	if (request.method !== 'GET') return;
	if (request.mode === 'navigate') event.respondWith(visit(request));
	else if (known.has(request.url)) event.respondWith(keptFile(request));
});
