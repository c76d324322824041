// build - bundles the page and packs it for the program:
//   node web/build.mjs                         bundles into web/dist
//   node web/build.mjs FILE.c FILE.pack FILE.d and writes what the program embeds
//
// The first load is two files: index.html, with the style in it, and app-ID.js with
// everything in core/ and ui/.  Pages and languages are files of their own, loaded when
// they are wanted; they import from app-ID.js and are bundled apart from it, so that no
// chunk is shared between the first load and what comes later.  ID is the hash of all
// that goes in; when web/dist was made from the same, nothing is bundled.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const web = dirname(fileURLToPath(import.meta.url));
const src = join(web, 'src');
const dist = join(web, 'dist');
const DEPTHS = 6; // pages this deep in the path have an index.html

const sha = (algorithm, text) => createHash(algorithm).update(text);
const read = (name) => readFileSync(join(web, name));

function below(folder) {
	return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
		.flatMap((e) => (e.isDirectory() ? below(join(folder, e.name)) : [join(folder, e.name)]));
}

const inputs = [...['package-lock.json', 'build.mjs', 'tsconfig.json'].map((n) => join(web, n)), ...below(src)];

function hashOfInputs() {
	const hash = createHash('sha256');
	for (const file of inputs) {
		const text = readFileSync(file);
		hash.update(`${relative(web, file)}\0${text.length}\0`).update(text);
	}
	return hash.digest('hex').slice(0, 12);
}

// Packages exactly as the lock says; npm is asked only when the lock has changed.
function packages() {
	const lock = sha('sha256', read('package-lock.json')).digest('hex');
	const stamp = join(web, 'node_modules', '.charthouse');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
	const run = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: web, stdio: ['ignore', 2, 2] });
	if (run.status !== 0) throw new Error('npm ci has failed: the page needs its packages (see web/README.md)');
	writeFileSync(stamp, lock);
}

const nameOf = (file) => relative(src, file).slice(0, -extname(file).length).split(sep).join('-');

// Everything in core/ and ui/, and Preact, is exported by app.tsx and comes from there.
const isApp = (path) => path === join(src, 'app.tsx') || path.startsWith(join(src, 'core') + sep) || path.startsWith(join(src, 'ui') + sep)
	|| path === join(src, 'lang', 'en.ts') || /node_modules[\\/](preact|@preact)[\\/]/.test(path);

async function bundle(id, out) {
	const { build } = await import('esbuild');
	const later = new Map();
	const shared = {
		bundle: true, minify: true, format: 'esm', target: ['es2022'], charset: 'utf8', legalComments: 'none',
		outdir: join(out, 'assets'), metafile: true, logLevel: 'warning', tsconfig: join(web, 'tsconfig.json'),
	};
	const ask = (b, a) => b.resolve(a.path, { kind: a.kind, importer: a.importer, resolveDir: a.resolveDir, pluginData: 'asked' });
	await build({
		...shared, entryPoints: { app: join(src, 'app.tsx') }, entryNames: `[name]-${id}`,
		plugins: [{
			name: 'later',
			setup(b) {
				b.onResolve({ filter: /^\./ }, async (a) => {
					if (a.kind !== 'dynamic-import' || a.pluginData === 'asked') return undefined;
					const found = await ask(b, a);
					if (found.errors.length) return found;
					later.set(nameOf(found.path), found.path);
					return { path: `./${nameOf(found.path)}-${id}.js`, external: true };
				});
			},
		}],
	});
	await build({
		...shared, entryPoints: Object.fromEntries(later), entryNames: `[name]-${id}`, chunkNames: 'chunk-[hash]', splitting: true,
		plugins: [{
			name: 'from-app',
			setup(b) {
				b.onResolve({ filter: /./ }, async (a) => {
					if (a.kind === 'entry-point' || a.pluginData === 'asked') return undefined;
					const found = await ask(b, a);
					return !found.errors.length && isApp(found.path) ? { path: `./app-${id}.js`, external: true, sideEffects: false } : found;
				});
			},
		}],
	});
	const sheets = below(src).filter((f) => f.endsWith('.css'));
	// What is said of paper has the last word.
	const order = (f) => (f.endsWith(`${sep}print.css`) ? 2 : f.includes(`${sep}style${sep}`) ? 0 : 1);
	const css = await build({
		stdin: { contents: sheets.sort((a, b) => order(a) - order(b)).map((f) => readFileSync(f, 'utf8')).join('\n'), loader: 'css' },
		bundle: true, minify: true, write: false, target: ['es2022', 'chrome110', 'firefox110', 'safari16'], charset: 'utf8',
	});
	return css.outputFiles[0].text.trim();
}

const escape = (text) => text.replaceAll('</', '<\\/');

async function make(id) {
	const out = `${dist}.${process.pid}`;
	rmSync(out, { recursive: true, force: true });
	mkdirSync(join(out, 'assets'), { recursive: true });
	const css = escape(await bundle(id, out));
	const page = readFileSync(join(src, 'index.html'), 'utf8').replace('STYLE', () => css).replaceAll('APP', () => `assets/app-${id}.js`);
	for (let depth = 0; depth <= DEPTHS; depth++)
		writeFileSync(join(out, `index-${depth}.html`), page.replace('BASE', depth ? '../'.repeat(depth) : './'));
	for (const file of readdirSync(src).filter((n) => /\.(svg|png|webmanifest)$/.test(n))) writeFileSync(join(out, file), readFileSync(join(src, file)));
	writeFileSync(join(out, 'policy'), `default-src 'none'; script-src 'self'; style-src 'self' 'sha256-${sha('sha256', css).digest('base64')}'; `
		+ "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self' blob:; "
		+ "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'");
	const kept = below(out).filter((f) => !/index-\d\.html$|policy$/.test(f)).map((f) => relative(out, f).split(sep).join('/'));
	writeFileSync(join(out, 'sw.js'), readFileSync(join(src, 'sw.js'), 'utf8').replace('__ID__', () => id).replace('__FILES__', () => JSON.stringify(kept)));
	for (const file of below(out).filter((f) => !f.endsWith('.png') && !f.endsWith('policy'))) {
		const text = readFileSync(file);
		writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
		writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }));
	}
	writeFileSync(join(out, 'stamp'), id);
	rmSync(dist, { recursive: true, force: true });
	renameSync(out, dist);
}

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.webmanifest': 'application/manifest+json' };

function put(path, content) {
	if (existsSync(path) && readFileSync(path).equals(Buffer.from(content))) return;
	writeFileSync(path, content);
}

// One block of bytes and a table of what is where in it.
function embed(c, pack, d) {
	const parts = [];
	let size = 0;
	const place = (file) => {
		if (!existsSync(file)) return '{ 0, 0 }';
		const bytes = readFileSync(file);
		const at = size;
		parts.push(bytes);
		size += bytes.length;
		return `{ ${at}, ${bytes.length} }`;
	};
	const rows = below(dist).filter((f) => TYPES[extname(f)]).map((file) => {
		const hash = sha('sha256', readFileSync(file)).digest('hex').slice(0, 24);
		const name = relative(dist, file).split(sep).join('/');
		return `\t{ "${name}", "${TYPES[extname(file)]}", "\\"${hash}\\"", ${name.startsWith('assets/')},\n\t  ${place(file)}, ${place(`${file}.gz`)}, ${place(`${file}.br`)} },\n`;
	});
	const block = Buffer.concat(parts);
	put(pack, block);
	put(c, `/* Made by web/build.mjs; pack ${sha('sha256', block).digest('hex')}. */\n#include "http/web_files.h"\n\n`
		+ `__asm__(".section .rodata\\n.balign 16\\n.globl web_pack\\nweb_pack:\\n.incbin \\"${resolve(pack)}\\"\\n.byte 0\\n.previous\\n");\n\n`
		+ `const char web_policy[] =\n\t${JSON.stringify(readFileSync(join(dist, 'policy'), 'utf8'))};\n\n`
		+ `const struct web_file web_files[] = {\n${rows.join('')}};\nconst size_t web_n_files = ${rows.length};\n`);
	writeFileSync(d, `${c}: ${inputs.map((f) => f.replaceAll(' ', '\\ ')).join(' \\\n  ')}\n`);
}

const id = hashOfInputs();
if (!existsSync(join(dist, 'stamp')) || readFileSync(join(dist, 'stamp'), 'utf8') !== id) {
	packages();
	await make(id);
}
const [c, pack, d] = process.argv.slice(2);
if (c) embed(c, pack, d);
else
	for (const file of below(dist).filter((f) => f.endsWith('.js') || f.endsWith('index-0.html')))
		console.log(`${String(statSync(`${file}.gz`).size).padStart(7)} gz ${String(statSync(`${file}.br`).size).padStart(7)} br  ${basename(file)}`);
