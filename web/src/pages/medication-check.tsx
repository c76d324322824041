// medication-check - before a drug is written down: is there an allergy to it, is it taken
// already?  Who saves it all the same has seen it.
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { ApiError, post } from '../core/api';
import { label, t } from '../core/i18n';
import { typeOf } from '../core/schema';
import { Button, Chip, toneOf } from '../ui/basics';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icons';

interface Warning {
	kind: 'allergy' | 'duplicate';
	by: string;
	class?: string | null;
	allergen?: string;
	severity?: string | null;
	reaction?: string | null;
	medication_name?: string;
}

interface Open {
	name: string;
	warnings: Warning[] | null; // null: the server could not tell
	answer: (yes: boolean) => void;
}
const open = signal<Open | null>(null);

// True: save it.
export async function mayTake(patient: number, name: string, id: number | null): Promise<boolean> {
	let warnings: Warning[] | null = null;
	try {
		warnings = (await post<{ warnings: Warning[] }>(`/people/${patient}/medication-check`, { medication_name: name, ...(id === null ? {} : { medication_id: id }) })).warnings;
	} catch (error) {
		// A name it refuses is refused by the form as well.
		if (error instanceof ApiError && error.status === 422) return true;
	}
	if (warnings && !warnings.length) return true;
	return new Promise((resolve) => {
		open.value = { name, warnings, answer: resolve };
	});
}

function Words({ w }: { w: Warning }): JSX.Element {
	const severities = typeOf('allergies')?.fields.find((f) => f.name === 'severity')?.choices;
	const severity = severities?.find((c) => c.value === w.severity)?.label;
	return (
		<li class={`caution ${w.kind === 'allergy' ? 'bad' : 'watch'}`}>
			<Icon name={w.kind === 'allergy' ? 'alert' : 'pill'} />
			<div class="what">
				<b dir="auto">{w.kind === 'allergy' ? t('health.allergyTo', { name: w.allergen ?? '' }) : t('health.takenAlready', { name: w.medication_name ?? '' })}</b>
				{w.class && <span>{t('health.sameClass', { name: w.class })}</span>}
				{w.reaction && <span dir="auto">{w.reaction}</span>}
			</div>
			{severity && <Chip tone={toneOf(w.severity)}>{label(severity)}</Chip>}
		</li>
	);
}

export function MedicationWarnings(): JSX.Element | null {
	const now = open.value;
	if (!now) return null;
	const end = (yes: boolean): void => {
		open.value = null;
		now.answer(yes);
	};
	return (
		<Dialog title={t('health.checkTitle', { name: now.name })} class="caution-dialog" onClose={() => end(false)}>
			{now.warnings ? <ul class="cautions">{now.warnings.map((w, i) => <Words key={i} w={w} />)}</ul> : <p>{t('health.checkFailed')}</p>}
			<p class="quiet">{t('health.checkNote')}</p>
			<div class="buttons"><Button onClick={() => end(false)}>{t('cancel')}</Button><Button kind="danger" onClick={() => end(true)}>{t('health.saveAnyway')}</Button></div>
		</Dialog>
	);
}
