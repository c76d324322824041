// practice - the bar over the pages of the practice: nothing there is of the family's, and
// the patient whose chart is open stands where the family's people are otherwise.
import { computed, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { href } from '../core/env';
import { age, day } from '../core/format';
import { t } from '../core/i18n';
import { path } from '../core/router';
import { Icon } from './icons';

export interface ChartOf {
	mrn: string;
	name: string;
	dob: string;
}
export const chartOf = signal<ChartOf | null>(null);
export const inPractice = computed(() => /^\/clinic(\/|$)/.test(path.value));
export const practicePlaces = ['/clinic/appointments', '/clinic/patients', '/clinic/providers'];

export function PracticeMark(): JSX.Element {
	const who = chartOf.value;
	return (
		<div class="practice-mark">
			<span class="practice-name"><Icon name="stethoscope" size={16} /><span>{t('nav.clinic')}</span></span>
			{who && (
				<a class="whose" href={href(`/clinic/patients/${encodeURIComponent(who.mrn)}`)} title={t('clinic.chart')}>
					<b>{who.name}</b><small><bdi>{who.mrn}</bdi> · <bdi>{day(who.dob)}</bdi> · <bdi>{t('people.age', { n: age(who.dob) })}</bdi></small>
				</a>
			)}
		</div>
	);
}
