// spark - the last values as a small line; the words beside it say the same.
import type { JSX } from 'preact';
import { seconds, type Series } from './health';

const WIDE = 120;
const HIGH = 36;

export function Spark({ series, most = 24 }: { series: Series; most?: number }): JSX.Element | null {
	const points = series.points.slice(-most);
	if (points.length < 2) return null;
	const xs = points.map((p) => seconds(p[0]));
	const ys = points.map((p) => p[1]);
	const limits = [series.low, series.high].filter((v): v is number => v !== null);
	const low = Math.min(...ys, ...limits);
	const high = Math.max(...ys, ...limits);
	const x = (v: number): number => 3 + ((v - xs[0]!) / (xs.at(-1)! - xs[0]! || 1)) * (WIDE - 6);
	const y = (v: number): number => HIGH - 4 - ((v - low) / (high - low || 1)) * (HIGH - 8);
	const top = y(series.high ?? high);
	return (
		<svg class="spark" viewBox={`0 0 ${WIDE} ${HIGH}`} width={WIDE} height={HIGH} aria-hidden="true" focusable="false">
			{limits.length > 0 && <rect class="spark-band" x="0" width={WIDE} y={top} height={Math.max(1, y(series.low ?? low) - top)} rx="2" />}
			<polyline points={points.map((p, i) => `${x(xs[i]!).toFixed(1)},${y(p[1]).toFixed(1)}`).join(' ')} />
			<circle cx={x(xs.at(-1)!)} cy={y(ys.at(-1)!)} r="2.8" />
		</svg>
	);
}
