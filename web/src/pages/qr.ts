// qr - a QR code of a text (ISO/IEC 18004): bytes in UTF-8, the smallest version it fits in.
export interface Qr { size: number; mask: number; version: number; dark: boolean[][] }
export type Correction = 'L' | 'M';

// Of each version: check bytes in a block, and blocks.
const CHECKS: Record<Correction, number[]> = {
	L: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
	M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
};
const BLOCKS: Record<Correction, number[]> = {
	L: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],
	M: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
};

const MASKS: ((x: number, y: number) => boolean)[] = [
	(x, y) => (x + y) % 2 === 0, (_x, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
	(x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
	(x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

const bit = (value: number, i: number): boolean => ((value >>> i) & 1) === 1;

// How many modules of a version carry data.
function room(version: number): number {
	let modules = (16 * version + 128) * version + 64;
	if (version >= 2) {
		const marks = Math.floor(version / 7) + 2;
		modules -= (25 * marks - 10) * marks - 55;
		if (version >= 7) modules -= 36;
	}
	return modules;
}
const capacity = (version: number, c: Correction): number => Math.floor(room(version) / 8) - CHECKS[c][version - 1]! * BLOCKS[c][version - 1]!;

function times(a: number, b: number): number {
	let product = 0;
	for (let i = 7; i >= 0; i--) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (bit(b, i) ? a : 0);
	return product;
}

function divisor(degree: number): number[] {
	const result: number[] = Array.from({ length: degree }, (_, i) => (i === degree - 1 ? 1 : 0));
	for (let i = 0, root = 1; i < degree; i++, root = times(root, 2))
		for (let j = 0; j < degree; j++) result[j] = times(result[j]!, root) ^ (result[j + 1] ?? 0);
	return result;
}

function remainder(data: number[], by: number[]): number[] {
	const result: number[] = by.map(() => 0);
	for (const byte of data) {
		const factor = byte ^ result.shift()!;
		result.push(0);
		by.forEach((c, i) => { result[i]! ^= times(c, factor); });
	}
	return result;
}

function codewords(bytes: Uint8Array, version: number, c: Correction): number[] {
	const bits: boolean[] = [];
	const push = (value: number, length: number): void => {
		for (let i = length - 1; i >= 0; i--) bits.push(bit(value, i));
	};
	push(4, 4);
	push(bytes.length, version < 10 ? 8 : 16);
	for (const byte of bytes) push(byte, 8);
	const size = capacity(version, c);
	push(0, Math.min(4, size * 8 - bits.length));
	push(0, (8 - (bits.length % 8)) % 8);
	const data: number[] = [];
	for (let i = 0; i < bits.length; i += 8) data.push(bits.slice(i, i + 8).reduce((n, b) => n * 2 + Number(b), 0));
	for (let pad = 0xec; data.length < size; pad ^= 0xec ^ 0x11) data.push(pad);
	return interleaved(data, version, c);
}

function interleaved(data: number[], version: number, c: Correction): number[] {
	const many = BLOCKS[c][version - 1]!;
	const checks = CHECKS[c][version - 1]!;
	const raw = Math.floor(room(version) / 8);
	const short = many - (raw % many);
	const length = Math.floor(raw / many) - checks;
	const by = divisor(checks);
	const blocks = Array.from({ length: many }, (_, i) => {
		const from = i * length + Math.max(0, i - short);
		const part = data.slice(from, from + length + (i < short ? 0 : 1));
		return { part, check: remainder(part, by) };
	});
	const out: number[] = [];
	for (let i = 0; i <= length; i++) for (const b of blocks) if (i < b.part.length) out.push(b.part[i]!);
	for (let i = 0; i < checks; i++) for (const b of blocks) out.push(b.check[i]!);
	return out;
}

function alignment(version: number): number[] {
	if (version === 1) return [];
	const many = Math.floor(version / 7) + 2;
	const step = Math.floor((version * 8 + many * 3 + 5) / (many * 4 - 4)) * 2;
	const places = [6];
	for (let at = version * 4 + 10; places.length < many; at -= step) places.splice(1, 0, at);
	return places;
}

// What is the same in every code of this size; `taken` says where no data goes.
function frame(version: number): { dark: boolean[][]; taken: boolean[][] } {
	const size = version * 4 + 17;
	const grid = (): boolean[][] => Array.from({ length: size }, () => Array<boolean>(size).fill(false));
	const dark = grid();
	const taken = grid();
	const set = (x: number, y: number, value: boolean): void => {
		if (x < 0 || y < 0 || x >= size || y >= size) return;
		dark[y]![x] = value;
		taken[y]![x] = true;
	};
	for (let i = 0; i < size; i++) {
		set(6, i, i % 2 === 0);
		set(i, 6, i % 2 === 0);
	}
	for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]] as const)
		for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) {
			const ring = Math.max(Math.abs(dx), Math.abs(dy));
			set(cx + dx, cy + dy, ring !== 2 && ring !== 4);
		}
	const marks = alignment(version);
	marks.forEach((y, i) => marks.forEach((x, j) => {
		if ((i === 0 && j === 0) || (i === 0 && j === marks.length - 1) || (i === marks.length - 1 && j === 0)) return;
		for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
	}));
	format(0, 'M', size, set);
	if (version >= 7) {
		let rest = version;
		for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
		const word = (version << 12) | rest;
		for (let i = 0; i < 18; i++) {
			set(size - 11 + (i % 3), Math.floor(i / 3), bit(word, i));
			set(Math.floor(i / 3), size - 11 + (i % 3), bit(word, i));
		}
	}
	return { dark, taken };
}

function format(mask: number, c: Correction, size: number, set: (x: number, y: number, value: boolean) => void): void {
	const data = ((c === 'L' ? 1 : 0) << 3) | mask;
	let rest = data;
	for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
	const word = ((data << 10) | rest) ^ 0x5412;
	for (let i = 0; i <= 5; i++) set(8, i, bit(word, i));
	set(8, 7, bit(word, 6));
	set(8, 8, bit(word, 7));
	set(7, 8, bit(word, 8));
	for (let i = 9; i < 15; i++) set(14 - i, 8, bit(word, i));
	for (let i = 0; i < 8; i++) set(size - 1 - i, 8, bit(word, i));
	for (let i = 8; i < 15; i++) set(8, size - 15 + i, bit(word, i));
	set(8, size - 8, true);
}

function fill(words: number[], dark: boolean[][], taken: boolean[][]): void {
	const size = dark.length;
	let i = 0;
	for (let right = size - 1; right >= 1; right -= 2) {
		if (right === 6) right = 5;
		for (let n = 0; n < size; n++)
			for (let j = 0; j < 2; j++) {
				const x = right - j;
				const y = ((right + 1) & 2) === 0 ? size - 1 - n : n;
				if (taken[y]![x] || i >= words.length * 8) continue;
				dark[y]![x] = bit(words[i >>> 3]!, 7 - (i & 7));
				i++;
			}
	}
}

// How hard a code is to read: long runs, blocks, what looks like a corner, too dark or light.
function burden(dark: boolean[][]): number {
	const size = dark.length;
	let sum = 0;
	for (const flip of [false, true])
		for (let a = 0; a < size; a++) {
			let line = '';
			for (let b = 0; b < size; b++) line += (flip ? dark[b]![a] : dark[a]![b]) ? '1' : '0';
			for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
			for (const like of ['10111010000', '00001011101']) for (let at = line.indexOf(like); at >= 0; at = line.indexOf(like, at + 1)) sum += 40;
		}
	let all = 0;
	for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
		all += Number(dark[y]![x]);
		if (x + 1 < size && y + 1 < size && dark[y]![x] === dark[y]![x + 1] && dark[y]![x] === dark[y + 1]![x] && dark[y]![x] === dark[y + 1]![x + 1]) sum += 3;
	}
	return sum + 10 * Math.floor(Math.abs(all * 20 - size * size * 10) / (size * size));
}

// Null when it is too long.  A mask is given by tests only.
export function qrOf(text: string, c: Correction = 'M', wanted?: number): Qr | null {
	const bytes = new TextEncoder().encode(text);
	let version = 1;
	while (version <= 40 && capacity(version, c) * 8 < 4 + (version < 10 ? 8 : 16) + bytes.length * 8) version++;
	if (version > 40) return null;
	const base = frame(version);
	fill(codewords(bytes, version, c), base.dark, base.taken);
	let best: Qr | null = null;
	let least = Infinity;
	for (const mask of wanted === undefined ? [0, 1, 2, 3, 4, 5, 6, 7] : [wanted]) {
		const dark = base.dark.map((line, y) => line.map((d, x) => d !== (!base.taken[y]![x] && MASKS[mask]!(x, y))));
		format(mask, c, dark.length, (x, y, value) => { dark[y]![x] = value; });
		const weight = burden(dark);
		if (weight < least) {
			least = weight;
			best = { size: dark.length, mask, version, dark };
		}
	}
	return best;
}

export const qrPath = (qr: Qr): string => qr.dark.map((line, y) => line.map((d, x) => (d ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
