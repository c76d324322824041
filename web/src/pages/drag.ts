// drag - something taken hold of by mouse, pen or finger.  A mouse drags at once; pen and
// finger when they rest a moment, so that a swipe still scrolls.  Near an edge the box
// scrolls by itself; Escape gives up.
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const REST = 350; // ms until a finger takes hold
const SLIP = 8; // px a finger may move meanwhile
const EDGE = 44; // px from an edge where it scrolls
const FASTEST = 16; // px a frame

interface Held<T> {
	id: number;
	what: T;
	from: { x: number; y: number };
	at: { x: number; y: number };
	moving: boolean;
	timer: number;
}
interface Ways<T> {
	over: (what: T, x: number, y: number) => void; // where it is now
	drop: (what: T) => void;
	end: () => void; // dropped or given up
}
interface Drag<T> {
	press: (e: PointerEvent, what: T) => void;
	after: () => boolean; // whether the click that comes belongs to a drag
}

const pull = (at: number, low: number, high: number): number => Math.max(-FASTEST, Math.min(FASTEST, (at < low + EDGE ? at - low - EDGE : at > high - EDGE ? at - high + EDGE : 0) / 3));

// Scrolls towards the edge the pointer is at; only the way it was dragged.
function scroll<T>(box: HTMLElement, held: Held<T>): boolean {
	const b = box.getBoundingClientRect();
	const head = box.querySelector<HTMLElement>('[class$=-corner]');
	const rtl = getComputedStyle(box).direction === 'rtl';
	const side = head?.offsetWidth ?? 0;
	const dx = pull(held.at.x, b.left + (rtl ? 0 : side), b.right - (rtl ? side : 0));
	const dy = pull(held.at.y, Math.max(0, b.top) + (head?.offsetHeight ?? 0), Math.min(innerHeight, b.bottom));
	const [left, top, page] = [box.scrollLeft, box.scrollTop, scrollY];
	if (dx * (held.at.x - held.from.x) > 0) box.scrollBy(dx, 0);
	if (dy * (held.at.y - held.from.y) > 0) {
		box.scrollBy(0, dy);
		if (box.scrollTop === top && (b.top < 0 || b.bottom > innerHeight)) scrollBy(0, dy);
	}
	return box.scrollLeft !== left || box.scrollTop !== top || scrollY !== page;
}

export function useDrag<T>(box: RefObject<HTMLElement>, ways: Ways<T>): Drag<T> {
	const now = useRef(ways);
	now.current = ways;
	const made = useRef<(Drag<T> & { touch: (e: Event) => void; stop: () => void }) | null>(null);
	if (!made.current) {
		let held: Held<T> | null = null;
		let dragged = false;
		const begin = (): void => {
			if (!held) return;
			held.moving = true;
			box.current?.setPointerCapture(held.id);
			now.current.over(held.what, held.at.x, held.at.y);
			requestAnimationFrame(step);
		};
		const step = (): void => {
			if (!held?.moving) return;
			if (box.current && scroll(box.current, held)) now.current.over(held.what, held.at.x, held.at.y);
			requestAnimationFrame(step);
		};
		const stop = (): void => {
			if (held) clearTimeout(held.timer);
			if (held?.moving) {
				dragged = true;
				now.current.end();
			}
			held = null;
			for (const [name, act] of listening) removeEventListener(name, act as EventListener, true);
		};
		const move = (e: PointerEvent): void => {
			if (!held || e.pointerId !== held.id) return;
			held.at = { x: e.clientX, y: e.clientY };
			const far = Math.hypot(e.clientX - held.from.x, e.clientY - held.from.y);
			if (held.moving) now.current.over(held.what, e.clientX, e.clientY);
			else if (e.pointerType === 'mouse' && far >= 5) begin();
			else if (e.pointerType !== 'mouse' && far > SLIP) stop();
		};
		const up = (e: PointerEvent): void => {
			if (!held || e.pointerId !== held.id) return;
			const done = held.moving ? held.what : undefined;
			stop();
			if (done !== undefined) now.current.drop(done);
		};
		const cancel = (e: PointerEvent): void => { if (held && e.pointerId === held.id) stop(); };
		const key = (e: KeyboardEvent): void => {
			if (e.key !== 'Escape' || !held?.moving) return;
			e.preventDefault();
			e.stopPropagation();
			stop();
		};
		const menu = (e: Event): void => e.preventDefault();
		const listening = [['pointermove', move], ['pointerup', up], ['pointercancel', cancel], ['keydown', key], ['contextmenu', menu]] as const;
		made.current = {
			press: (e, what) => {
				dragged = false;
				if (e.button !== 0 || !e.isPrimary || held) return;
				held = { id: e.pointerId, what, from: { x: e.clientX, y: e.clientY }, at: { x: e.clientX, y: e.clientY }, moving: false, timer: e.pointerType === 'mouse' ? 0 : window.setTimeout(begin, REST) };
				for (const [name, act] of listening) addEventListener(name, act as EventListener, true);
			},
			after: () => {
				const was = dragged;
				dragged = false;
				return was;
			},
			// Taken hold of: the finger moves it, not the page.
			touch: (e) => { if (held?.moving && e.cancelable) e.preventDefault(); },
			stop,
		};
	}
	useEffect(() => {
		const { touch, stop } = made.current!;
		const at = box.current!;
		at.addEventListener('touchmove', touch, { passive: false });
		return () => {
			at.removeEventListener('touchmove', touch);
			stop();
		};
	}, []);
	return made.current;
}
