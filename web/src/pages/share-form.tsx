// share-form - the question with whom to share what, over the page.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../core/api';
import { label, t } from '../core/i18n';
import { fieldOf, typeOf } from '../core/schema';
import { fullName, people, user } from '../core/store';
import { Button, Input, Notice, Select } from '../ui/basics';
import { Dialog } from '../ui/dialog';
import { complain, tell, wordsFor } from '../ui/toast';
import { useUnsaved } from '../ui/unsaved';
import { changeShare, invite, levelName, type Level, type Relative, type Share, type Wish } from './shares';

export const relationName = (word: string): string => {
	const type = typeOf('family-members');
	const f = type && fieldOf(type, 'relationship');
	return label(f?.choices?.find((c) => c.value === word)?.label ?? word);
};

function Choices({ title, list, chosen, onPick }: { title: string; list: { id: number; name: string }[]; chosen: number[]; onPick: (ids: number[]) => void }): JSX.Element | null {
	if (!list.length) return null;
	return (
		<fieldset class="choices">
			<legend>{title}</legend>
			{list.map((one) => (
				<label key={one.id}><input type="checkbox" checked={chosen.includes(one.id)} onChange={(e) => onPick(e.currentTarget.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))} /><span dir="auto">{one.name}</span></label>
			))}
		</fieldset>
	);
}

// What somebody may do from now on, and until when.
export function ChangeShare({ share, onClose }: { share: Share; onClose: (done: boolean) => void }): JSX.Element {
	const form = useUnsaved(`share.change.${share.id}`, { level: share.permission_level, ends: share.expires_at?.slice(0, 10) ?? '' });
	const { level, ends } = form.typed;
	const [error, setError] = useState('');
	const close = async (): Promise<void> => {
		if (await form.leave()) onClose(false);
	};
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		form.pause();
		try {
			await changeShare(share.patient_id, share.shared_with_user.id, { permission_level: level, ...(ends ? { expires_at: `${ends}T23:59:59` } : {}) });
			form.saved();
			tell(t('form.saved'), () => void changeShare(share.patient_id, share.shared_with_user.id, { permission_level: share.permission_level, ...(share.expires_at ? { expires_at: share.expires_at } : {}) }).then(() => onClose(true), complain));
			onClose(true);
		} catch (failure) {
			form.resume();
			setError(wordsFor(failure));
		}
	};
	return (
		<Dialog title={t('family.changeTitle', { name: share.shared_with_user.name })} onClose={() => void close()}>
			{error && <Notice tone="bad">{error}</Notice>}
			<form class="stack" onSubmit={(e) => void submit(e)}>
				<p class="quiet" dir="auto">{`${share.patient.first_name} ${share.patient.last_name}`}</p>
				<Select id="change-level" label={t('family.level')} value={level} options={(['view', 'edit', 'full'] as Level[]).map((l) => [l, levelName(l)])} onPick={(v) => form.set({ level: v, ends })} />
				<Input id="change-ends" label={t('family.ends')} type="date" value={ends} onInput={(v) => form.set({ level, ends: v })} />
				<div class="buttons"><Button onClick={() => void close()}>{t('cancel')}</Button><Button type="submit" kind="main" icon="check" disabled={!form.dirty}>{t('save')}</Button></div>
			</form>
		</Dialog>
	);
}

export function ShareForm({ of = [], relative, onClose }: { of?: number[]; relative?: number; onClose: (sent: boolean) => void }): JSX.Element {
	const form = useUnsaved<Wish>(`share.${of.join('-')}.${relative ?? ''}`, { whom: '', people: of, relatives: relative === undefined ? [] : [relative], level: 'view', ends: '', days: 7, note: '' });
	const { whom, people: chosen, relatives: some, level, ends, days, note } = form.typed;
	const put = (more: Partial<Wish>): void => form.set((was) => ({ ...was, ...more }));
	const [relatives, setRelatives] = useState<Relative[]>([]);
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	useEffect(() => {
		get<{ owned_family_history: Relative[] }>('/family-history-sharing/mine').then((a) => setRelatives(a.owned_family_history), () => undefined);
	}, []);
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		if (!chosen.length && !some.length) return setError(t('family.choose'));
		setBusy(true);
		try {
			await invite(form.typed);
			form.saved();
			tell(t('family.invited'));
			onClose(true);
		} catch (failure) {
			setError(wordsFor(failure));
			setBusy(false);
		}
		return undefined;
	};
	const close = async (): Promise<void> => {
		if (await form.leave()) onClose(false);
	};
	const mine = people.value.filter((p) => p.owner_user_id === user.value?.id).map((p) => ({ id: p.id, name: fullName(p) }));
	return (
		<Dialog title={t('family.share')} onClose={() => void close()}>
			{form.restored && <div class="notice draft"><span>{t('form.draft')}</span><Button small kind="quiet" onClick={form.discard}>{t('form.discard')}</Button></div>}
			{error && <Notice tone="bad">{error}</Notice>}
			<form class="stack" onSubmit={(e) => void submit(e)}>
				<Input id="share-whom" label={t('family.whom')} help={t('family.whomHelp')} value={whom} onInput={(v) => put({ whom: v })} autocomplete="off" required />
				{relative === undefined && <Choices title={t('family.whose')} list={mine} chosen={chosen} onPick={(ids) => put({ people: ids })} />}
				<Choices title={t('family.relatives')} list={relatives.map((r) => ({ id: r.id, name: `${r.name} (${relationName(r.relationship)})` }))} chosen={some} onPick={(ids) => put({ relatives: ids })} />
				<div class="fields">
					{chosen.length > 0 && <Select id="share-level" label={t('family.level')} value={level} options={(['view', 'edit', 'full'] as Level[]).map((l) => [l, levelName(l)])} onPick={(v) => put({ level: v })} />}
					{chosen.length > 0 && <Input id="share-ends" label={t('family.ends')} help={t('family.endsHelp')} type="date" value={ends} onInput={(v) => put({ ends: v })} />}
					<Select id="share-days" label={t('family.answerBy')} value={String(days)} options={['1', '7', '30'].map((d) => [d, t('family.days', { n: Number(d) })])} onPick={(v) => put({ days: Number(v) })} />
				</div>
				<Input id="share-note" label={t('family.note')} value={note} onInput={(v) => put({ note: v })} />
				<div class="buttons"><Button onClick={() => void close()}>{t('cancel')}</Button><Button type="submit" kind="main" icon="share" busy={busy}>{t('family.invite')}</Button></div>
			</form>
		</Dialog>
	);
}
