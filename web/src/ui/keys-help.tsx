// keys-help - all keys, in groups; as they are written on the keyboard at hand.
import type { JSX } from 'preact';
import { t, type TextKey } from '../core/i18n';
import { helpOpen, jumps } from '../core/keys';
import { isStaff } from '../core/store';
import { Dialog } from './dialog';

const mac = /Mac|iP/.test(navigator.platform);
const signs: Record<string, string> = mac
	? { Ctrl: '⌘', Enter: '↩', Delete: '⌫', Escape: 'esc', Shift: '⇧', Up: '↑', Down: '↓', Left: '←', Right: '→' }
	: { Escape: 'Esc', Up: '↑', Down: '↓', Left: '←', Right: '→' };
export const keyName = (key: string): string => signs[key] ?? key;

// "Ctrl K" is pressed together, "j / k" is one or the other.
const Keys = ({ keys }: { keys: string }): JSX.Element => (
	<span class="key-combo" dir="ltr">{keys.split(' ').map((key, i) => (key === '/' && i > 0 && i < keys.split(' ').length - 1 ? <span key={i}>/</span> : <kbd key={i}>{keyName(key)}</kbd>))}</span>
);

type Line = [keys: string, words: TextKey];
const groups: { title: TextKey; lines: Line[]; staff?: boolean }[] = [
	{ title: 'keys.everywhere', lines: [['Ctrl K', 'palette.open'], ['/', 'keys.search'], ['n', 'keys.new'], ['Ctrl Z', 'keys.undo'], ['Escape', 'keys.escape'], ['?', 'keys.title']] },
	{ title: 'keys.lists', lines: [['j / k', 'keys.upDown'], ['Down / Up', 'keys.upDown'], ['Enter', 'keys.open'], ['x', 'keys.select'], ['Shift x', 'keys.selectTo'], ['e', 'edit'], ['Delete', 'delete']] },
	{ title: 'keys.forms', lines: [['Ctrl Enter', 'save'], ['Enter', 'keys.nextCell']] },
	{ title: 'keys.charts', lines: [['+ / -', 'health.zoom'], ['Left / Right', 'keys.move'], ['0', 'keys.all']] },
	{ title: 'clinic.appointments', staff: true, lines: [['Left / Right', 'keys.days'], ['Up / Down', 'keys.times'], ['Enter', 'clinic.book']] },
];

export function KeysHelp(): JSX.Element | null {
	if (!helpOpen.value) return null;
	return (
		<Dialog title={t('keys.title')} class="keys-dialog" onClose={() => { helpOpen.value = false; }}>
			<div class="keys">
				{groups.filter((g) => !g.staff || isStaff.value).map((g) => (
					<section key={g.title}><h3>{t(g.title)}</h3>
						<dl>{g.lines.map(([keys, words]) => <div key={keys + words}><dt><Keys keys={keys} /></dt><dd>{t(words)}</dd></div>)}</dl>
					</section>
				))}
				<section class="keys-jumps"><h3>{t('palette.go')}</h3>
					<dl>{jumps.value.map((j) => <div key={j.key}><dt><Keys keys={`g ${j.key}`} /></dt><dd>{typeof j.text === 'function' ? j.text() : t(j.text)}</dd></div>)}</dl>
				</section>
			</div>
		</Dialog>
	);
}
