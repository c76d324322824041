// proxy - stands before a server as a proxy at home does: takes a prefix away, goes down and
// comes back at the same port, and passes the page off as a newer build: other file names
// (the old ones are gone), other tags, one other text.
import http from 'node:http';

const TEXT = /text\/html|javascript|manifest/;

export async function proxyOf(base, prefix = '') {
	const behind = new URL(base);
	const strays = [];
	const made = /assets\/app-(\w+)\.js/.exec(await (await fetch(base, { headers: { Accept: 'text/html' } })).text())[1];
	const next = made.replace(/^..../, 'beef');
	const at = { newer: false, strays, made, next };
	const newer = (text) => text.replaceAll(made, next).replace(/chunk-(\w{8})\./g, 'chunk-$1x.').replaceAll('"Overview"', '"Overview anew"');

	function pass(request, answer) {
		if (!request.url.startsWith(`${prefix}/`)) {
			strays.push(request.url);
			answer.writeHead(404).end();
			return;
		}
		let path = request.url.slice(prefix.length);
		const headers = { ...request.headers };
		if (at.newer) {
			if (path.includes(made) || /chunk-\w{8}\./.test(path)) {
				answer.writeHead(404).end();
				return;
			}
			path = path.replace(next, made).replace(/chunk-(\w{8})x\./, 'chunk-$1.');
			delete headers['accept-encoding'];
			delete headers['if-none-match'];
		}
		const onward = http.request({ host: behind.hostname, port: behind.port, method: request.method, path, headers }, (got) => {
			if (!at.newer || !TEXT.test(got.headers['content-type'] ?? '')) {
				answer.writeHead(got.statusCode, got.headers);
				got.pipe(answer);
				return;
			}
			const parts = [];
			got.on('data', (part) => parts.push(part));
			got.on('end', () => {
				const { 'content-length': _, ...rest } = got.headers;
				answer.writeHead(got.statusCode, { ...rest, ...(rest.etag && { etag: rest.etag.replace(/^"..../, '"beef') }) });
				answer.end(newer(Buffer.concat(parts).toString()));
			});
		});
		onward.on('error', () => answer.destroy());
		request.pipe(onward);
	}

	let server;
	at.up = async (port = at.port ?? 0) => {
		server = http.createServer(pass);
		await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
		at.port = server.address().port;
		at.base = `http://127.0.0.1:${at.port}${prefix}/`;
	};
	at.down = async () => {
		const closed = new Promise((resolve) => server.close(resolve));
		server.closeAllConnections();
		await closed;
	};
	await at.up();
	return at;
}
