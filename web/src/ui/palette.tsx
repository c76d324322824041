// palette - Ctrl-K: go anywhere, do anything, find a record of what is here.
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { label, said, t } from '../core/i18n';
import { paletteOpen } from '../core/keys';
import { gridRead, gridsHere } from '../core/records';
import { go } from '../core/router';
import { mayEditType } from '../core/rights';
import { typesOfPatient, typesShared } from '../core/schema';
import { fullName, people, personId, theme, type Theme } from '../core/store';
import { Dialog } from './dialog';
import { Icon, iconOf, type IconName } from './icons';
import { places } from './nav';
import { leaveAll, show } from './shell';
import { titleIn } from './titles';

interface Hit {
	name: string;
	note: string;
	icon: IconName;
	run: () => void;
}

const MOST = 40;
const read = signal(0); // counts up as lists come in

function actions(): Hit[] {
	const themes: Theme[] = ['auto', 'light', 'dark', 'contrast'];
	return [
		...places.value.map((p) => ({ name: p.name, note: t('palette.go'), icon: p.icon, run: () => void go(p.to) })),
		...[...typesOfPatient(), ...typesShared()].filter(mayEditType).map((type) => ({ name: t('record.add', { what: said(type.one) }), note: t('palette.do'), icon: 'plus' as const, run: () => void go(`/records/${type.route}/new`) })),
		...people.value.filter((p) => p.id !== personId.value).map((p) => ({ name: fullName(p), note: t('palette.person'), icon: 'person' as const, run: () => void show(p.id) })),
		...themes.map((name) => ({ name: t(`theme.${name}`), note: t('settings.theme'), icon: 'sun' as const, run: () => { theme.value = name; } })),
		{ name: t('signout'), note: t('palette.do'), icon: 'exit', run: leaveAll },
	];
}

function records(word: string): Hit[] {
	const hits: Hit[] = [];
	for (const { type, grid } of gridsHere(personId.value))
		for (const row of grid.rows) {
			const name = titleIn(type, grid, row);
			if (!name.toLocaleLowerCase().includes(word)) continue;
			hits.push({ name, note: label(type.one), icon: iconOf(type.route), run: () => void go(`/records/${type.route}/${String(row[0])}`) });
			if (hits.length >= MOST) return hits;
		}
	return hits;
}

// Words that begin with what was typed come first.
function find(typed: string, all: Hit[]): Hit[] {
	const word = typed.trim().toLocaleLowerCase();
	if (!word) return all.slice(0, MOST);
	const rank = (hit: Hit): number => {
		const name = hit.name.toLocaleLowerCase();
		return name.startsWith(word) ? 0 : name.includes(` ${word}`) ? 1 : name.includes(word) ? 2 : 9;
	};
	return [...all.map((hit) => ({ hit, at: rank(hit) })).filter((h) => h.at < 9).sort((a, b) => a.at - b.at).map((h) => h.hit), ...records(word)].slice(0, MOST);
}

function Body({ onClose }: { onClose: () => void }): JSX.Element {
	const [typed, setTyped] = useState('');
	const [at, setAt] = useState(0);
	const list = useRef<HTMLUListElement>(null);
	const all = useMemo(actions, []);
	const hits = useMemo(() => find(typed, all), [typed, all, read.value]);
	// Lists are read (and the reading is noted) only when somebody really searches.
	useEffect(() => {
		if (typed.trim().length < 2) return undefined;
		const timer = setTimeout(() => {
			for (const type of [...typesOfPatient(), ...typesShared()])
				void gridRead(type, personId.value).then(() => { read.value++; });
		}, 250);
		return () => clearTimeout(timer);
	}, [typed]);
	useEffect(() => {
		list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
	}, [at]);
	const run = (hit: Hit | undefined): void => {
		if (!hit) return;
		onClose();
		// The dialog gives the focus back first.
		setTimeout(hit.run, 0);
	};
	const onKey = (event: KeyboardEvent): void => {
		const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
		if (event.key === 'Enter') {
			event.preventDefault();
			run(hits[at]);
		} else if (to !== undefined) {
			event.preventDefault();
			setAt((to + hits.length) % Math.max(hits.length, 1));
		}
	};
	return (
		<div class="palette" onKeyDown={onKey}>
			<div class="palette-find">
				<Icon name="search" />
				<input type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant={hits[at] ? `hit-${at}` : undefined} aria-label={t('palette.open')} placeholder={t('palette.hint')}
					autocomplete="off" value={typed} onInput={(e) => { setTyped(e.currentTarget.value); setAt(0); }} />
			</div>
			<ul id="palette-list" role="listbox" aria-label={t('palette.open')} ref={list}>
				{hits.map((hit, i) => (
					<li key={i} id={`hit-${i}`} role="option" aria-selected={i === at} onPointerMove={() => setAt(i)} onClick={() => run(hit)}>
						<Icon name={hit.icon} /><span>{hit.name}</span><small>{hit.note}</small>
					</li>
				))}
			</ul>
			{!hits.length && <p class="none" role="status">{t('list.none')}</p>}
		</div>
	);
}

export function Palette(): JSX.Element | null {
	if (!paletteOpen.value) return null;
	const close = (): void => {
		paletteOpen.value = false;
	};
	return <Dialog title={t('palette.open')} onClose={close} class="top-dialog" bare><Body onClose={close} /></Dialog>;
}
