// range-bar - where a value stands: the range in the middle, the value as a mark.
import type { JSX } from 'preact';
import { label } from '../core/i18n';
import { flagOf } from './health';

// From the edge of the bar to the other, so that range and value are both on it.
function span(low: number | null, high: number | null): [number, number] {
	if (low !== null && high !== null) {
		const wide = high - low || Math.abs(high) || 1;
		return [low - wide / 2, high + wide / 2];
	}
	const only = (low ?? high)!;
	const wide = Math.abs(only) || 1;
	return low === null ? [Math.min(0, only - wide), only + wide / 2] : [only - wide / 2, only + wide];
}

export function RangeBar({ value, low, high, tone }: { value: number; low: number | null; high: number | null; tone: string }): JSX.Element | null {
	if (low === null && high === null) return null;
	const [from, to] = span(low, high);
	const at = (x: number): number => Math.max(0, Math.min(100, ((x - from) / (to - from)) * 100));
	const start = low === null ? 0 : at(low);
	return (
		<span class={`range-bar ${tone}`} aria-hidden="true">
			<span class="range-good" style={{ insetInlineStart: `${start}%`, width: `${(high === null ? 100 : at(high)) - start}%` }} />
			<span class="range-mark" style={{ insetInlineStart: `${Math.max(2, Math.min(98, at(value)))}%` }} />
		</span>
	);
}

export function FlagChip({ status }: { status: string | null }): JSX.Element | null {
	const flag = flagOf(status);
	if (!flag) return null;
	return <span class={`chip ${flag.tone}`}>{flag.sign && <span aria-hidden="true">{flag.sign}</span>}{label(flag.word)}</span>;
}
