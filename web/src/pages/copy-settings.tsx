// copy-settings - keeping, renewing and removing the copy to read without the server.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { copyOwner, dropCopy } from '../core/copy';
import { instant } from '../core/format';
import { t } from '../core/i18n';
import { fullName, people, personId } from '../core/store';
import { Button, Card, Chip, Input, Notice } from '../ui/basics';
import { complain, tell } from '../ui/toast';
import { canKeep, LEAST, made as madeBefore, makeCopy } from './copy-safe';

export function CopySettings(): JSX.Element {
	const [made, setMade] = useState<string | null>(null);
	const [word, setWord] = useState('');
	const [error, setError] = useState('');
	const [busy, setBusy] = useState(false);
	const [picked, setPicked] = useState<number[]>(personId.value === null ? [] : [personId.value]);
	useEffect(() => {
		if (copyOwner() !== null) madeBefore().then((found) => { if (found) { setMade(found.at); setPicked(found.people); } }, complain);
	}, []);
	const submit = async (event: Event): Promise<void> => {
		event.preventDefault();
		setError('');
		if ([...word].length < LEAST) {
			setError(t('house.passphraseHelp'));
			document.getElementById('copy-word')?.focus();
			return;
		}
		setBusy(true);
		await makeCopy(picked, word).then((at) => { setMade(at); setWord(''); tell(t('form.saved')); }, complain);
		setBusy(false);
	};
	const remove = (): Promise<void> => dropCopy().then(() => { setMade(null); tell(t('house.done')); document.getElementById('copy-word')?.focus(); }, complain);
	return (
		<Card title={t('house.offline')} icon="clipboard" action={made && <Chip tone="good">{t('house.made', { when: instant(made) })}</Chip>}>
			<p class="soft">{t('house.offlineText')}</p>
			{!canKeep() ? <Notice>{t('house.unsafe')}</Notice> : (
				<form class="stack" onSubmit={(e) => void submit(e)}>
					<fieldset class="copies">
						<legend>{t('house.whose')}</legend>
						{people.value.map((p) => (
							<label key={p.id}><input type="checkbox" checked={picked.includes(p.id)} onChange={(e) => setPicked(e.currentTarget.checked ? [...picked, p.id] : picked.filter((id) => id !== p.id))} />{fullName(p)}</label>
						))}
					</fieldset>
					<Input id="copy-word" label={t('house.passphrase')} type="password" value={word} onInput={setWord} error={error} help={error ? '' : t('house.passphraseHelp')} autocomplete="off" required />
					<div class="buttons">
						{made && <Button onClick={() => void remove()}>{t('house.drop')}</Button>}
						<Button type="submit" kind="main" busy={busy} disabled={!picked.length}>{t(made ? 'house.renew' : 'house.make')}</Button>
					</div>
				</form>
			)}
		</Card>
	);
}
