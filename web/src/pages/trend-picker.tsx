// trend-picker - which values a chart shows: found by name, in groups, those chosen lately
// first.  What is ticked is drawn at once.
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { keepDraft, readDraft } from '../core/drafts';
import { day } from '../core/format';
import { label, t } from '../core/i18n';
import { typeOf } from '../core/schema';
import { personId, user } from '../core/store';
import { Button } from '../ui/basics';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icons';
import { nameOf, type Available } from './health';
import { reading } from './quick-vitals';

const RECENT = 8;
// With the tab and gone at sign-out, as drafts are: names of tests tell about a person.
const place = (): string => `trends.${personId.value}`;
export const recently = (): string[] => readDraft<string[]>(user.value!.id, place()) ?? [];
export const remember = (of: string[]): void => keepDraft(user.value!.id, place(), [...new Set([...of, ...recently()])].slice(0, RECENT));

interface PickerProps {
	list: Available[];
	picked: string[];
	most: number;
	onPick: (of: string[]) => void;
	onClose: () => void;
}

export function TrendPicker({ list, picked, most, onPick, onClose }: PickerProps): JSX.Element {
	const [word, setWord] = useState('');
	const [recent] = useState(recently); // stays while one chooses
	const box = useRef<HTMLDivElement>(null);
	const wanted = word.trim().toLocaleLowerCase();
	const fits = list.filter((s) => !wanted || nameOf(s).toLocaleLowerCase().includes(wanted));
	const lately = wanted ? [] : fits.filter((s) => recent.includes(s.of));
	const rest = fits.filter((s) => !lately.includes(s));
	const groups: [string, Available[]][] = [
		[t('health.recent'), lately],
		[label(typeOf('vitals')?.many ?? ''), rest.filter((s) => !s.of.startsWith('lab:'))],
		[label(typeOf('lab-results')?.many ?? ''), rest.filter((s) => s.of.startsWith('lab:')).sort((a, b) => a.label.localeCompare(b.label))],
	];
	const toggle = (of: string): void => onPick(picked.includes(of) ? picked.filter((x) => x !== of) : [...picked, of]);
	const key = (event: KeyboardEvent): void => {
		const boxes = [...box.current!.querySelectorAll<HTMLInputElement>('input')];
		const i = boxes.indexOf(event.target as HTMLInputElement);
		const to = event.key === 'ArrowDown' ? i + 1 : event.key === 'ArrowUp' ? i - 1 : null;
		if (event.key === 'Enter') {
			event.preventDefault();
			if (i > 0) onClose();
			else if (fits[0] && wanted) toggle((groups.find(([, some]) => some.length)![1])[0]!.of);
		} else if (to !== null && boxes[to]) {
			event.preventDefault();
			boxes[to].focus();
		}
	};
	return (
		<Dialog title={t('health.choose')} class="picker" onClose={onClose}>
			<div ref={box} class="picker-body" onKeyDown={key}>
				<div class="search"><Icon name="search" size={18} /><input type="search" autofocus aria-label={t('health.findValue')} placeholder={t('health.findValue')} value={word} onInput={(e) => setWord(e.currentTarget.value)} /></div>
				<div class="picker-groups" tabIndex={-1}>
					{groups.filter(([, some]) => some.length).map(([name, some]) => (
						<fieldset key={name}><legend>{name}</legend>
							{some.map((s) => (
								<label key={s.of} class="picker-line">
									<input type="checkbox" checked={picked.includes(s.of)} disabled={!picked.includes(s.of) && picked.length >= most} onChange={() => toggle(s.of)} />
									<span class="what"><b dir="auto">{nameOf(s)}</b><small>{t('list.count', { n: s.count })} · <bdi>{day(s.latest.at)}</bdi></small></span>
									<span class="picker-value" dir="ltr">{reading(s.latest.value, s.latest.second)} <small>{s.unit}</small></span>
								</label>
							))}
						</fieldset>
					))}
					{!fits.length && <p class="none" role="status">{t('list.none')}</p>}
				</div>
				<div class="buttons"><Button kind="quiet" disabled={!picked.length} onClick={() => onPick([])}>{t('list.clear')}</Button><Button kind="main" icon="check" onClick={onClose}>{t('health.showThese', { n: picked.length })}</Button></div>
			</div>
		</Dialog>
	);
}
