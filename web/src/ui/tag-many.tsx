// tag-many - a tag put on many records at once, or taken from them; undone with one key.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { label, t } from '../core/i18n';
import { saveMany, type Grid } from '../core/records';
import type { RecordType } from '../core/schema';
import { personId } from '../core/store';
import { Button, described } from './basics';
import { Dialog } from './dialog';
import { knownTags, readTags } from './tag-names';
import { complain, tell } from './toast';

export function TagMany({ type, grid, ids, onClose }: { type: RecordType; grid: Grid; ids: number[]; onClose: () => void }): JSX.Element {
	const [typed, setTyped] = useState('');
	const [busy, setBusy] = useState(false);
	useEffect(readTags, []);
	const at = grid.at.tags ?? -1;
	const of = grid.rows.filter((row) => ids.includes(row[0] as number)).map((row) => ({ id: row[0] as number, tags: (row[at] as string[] | null) ?? [] }));
	const here = [...new Set(of.flatMap((r) => r.tags))].sort((a, b) => a.localeCompare(b));
	const change = async (next: (tags: string[]) => string[]): Promise<void> => {
		const patient = personId.value;
		const some = of.filter((r) => String(next(r.tags)) !== String(r.tags));
		setBusy(true);
		try {
			await saveMany(type, patient, some.map((r) => ({ id: r.id, body: { tags: next(r.tags) } })));
			onClose();
			tell(t('family.recordsChanged', { n: some.length }), () => void saveMany(type, patient, some.map((r) => ({ id: r.id, body: { tags: r.tags } }))).catch(complain));
		} catch (error) {
			setBusy(false);
			complain(error);
		}
	};
	const submit = (event: Event): void => {
		event.preventDefault();
		const tag = typed.trim().toLowerCase();
		if (tag && !busy) void change((tags) => (tags.includes(tag) ? tags : [...tags, tag]));
	};
	return (
		<Dialog title={`${label('Tags')}: ${t('list.chosen', { n: ids.length })}`} onClose={onClose}>
			<form class="stack" onSubmit={submit}>
				<div class="line">
					<label for="tag-many">{t('form.addTag')}</label>
					<input id="tag-many" list="tag-many-names" maxLength={50} autocomplete="off" autofocus value={typed} aria-describedby={described('tag-many')} onInput={(e) => setTyped(e.currentTarget.value)} />
					<datalist id="tag-many-names">{knownTags.value.map((name) => <option key={name} value={name} />)}</datalist>
				</div>
				{here.length > 0 && (
					<ul class="tags">{here.map((tag) => (
						<li key={tag} class="chip"><span dir="auto">{tag}</span><button type="button" disabled={busy} aria-label={t('form.removeTag', { name: tag })} onClick={() => void change((tags) => tags.filter((x) => x !== tag))}>×</button></li>
					))}</ul>
				)}
				<div class="buttons"><Button onClick={onClose}>{t('cancel')}</Button><Button type="submit" kind="main" icon="tag" busy={busy} disabled={!typed.trim()}>{t('form.addTag')}</Button></div>
			</form>
		</Dialog>
	);
}
