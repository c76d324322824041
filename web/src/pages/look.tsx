// look - how a person looks: a photo taken in by button, drop or paste, and a colour.
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ApiError, drop, post, put } from '../core/api';
import { t } from '../core/i18n';
import { HUES, hueOf, looks, setLook, user, type Person } from '../core/store';
import { Button, Card } from '../ui/basics';
import { Icon } from '../ui/icons';
import { Avatar } from '../ui/people';
import { complain, later, tell } from '../ui/toast';

const SIDE = 1000; // what the server keeps
const TAKEN = ['image/jpeg', 'image/png', 'image/gif', 'image/bmp', 'image/heic', 'image/heif'];
const names = ['people.hue0', 'people.hue1', 'people.hue2', 'people.hue3', 'people.hue4', 'people.hue5', 'people.hue6', 'people.hue7'] as const;

// Small already, where the browser can read it: a phone's picture goes over a slow line in
// no time, and without the place it was taken at.
async function small(file: File): Promise<Blob> {
	let picture: ImageBitmap;
	try {
		picture = await createImageBitmap(file);
	} catch {
		if (TAKEN.includes(file.type)) return file; // the server may know it
		throw new ApiError(400, t('people.photoBad'), {});
	}
	const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(picture.width * scale));
	canvas.height = Math.max(1, Math.round(picture.height * scale));
	const pen = canvas.getContext('2d')!;
	pen.fillStyle = '#fff';
	pen.fillRect(0, 0, canvas.width, canvas.height);
	pen.imageSmoothingQuality = 'high';
	pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
	picture.close();
	return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), 'image/jpeg', 0.95));
}

// One picture at a time is read there: who is told to wait a second does.
async function send(id: number, body: FormData, tries = 4): Promise<{ file_path: string }> {
	try {
		return await post<{ file_path: string }>(`/patients/${id}/photo`, body);
	} catch (error) {
		if (!(error instanceof ApiError) || error.status !== 503 || tries <= 1) throw error;
		await new Promise((go) => { setTimeout(go, 1000); });
		return send(id, body, tries - 1);
	}
}

function Colours({ who }: { who: Person }): JSX.Element {
	const name = useId();
	const now = Number(hueOf(who.id).slice(4));
	const choose = (hue: number): void => {
		const before = looks.value[who.id]?.hue ?? null;
		setLook(who.id, { hue });
		put(`/people/${who.id}/look`, { hue }).catch((error: unknown) => {
			setLook(who.id, { hue: before });
			complain(error);
		});
	};
	return (
		<fieldset class="swatches">
			<legend>{t('people.colour')}</legend>
			{Array.from({ length: HUES }, (_, hue) => (
				<label key={hue} class={`swatch hue-${hue}`} title={t(names[hue]!)}>
					<input type="radio" name={name} aria-label={t(names[hue]!)} checked={hue === now} onChange={() => choose(hue)} />
					<span aria-hidden="true"><Icon name="check" size={18} /></span>
				</label>
			))}
		</fieldset>
	);
}

export function LookCard({ who }: { who: Person }): JSX.Element {
	const [busy, setBusy] = useState(false);
	const [over, setOver] = useState(false);
	const input = useRef<HTMLInputElement>(null);
	const photo = looks.value[who.id]?.photo ?? null;
	const take = async (file: File | undefined | null): Promise<void> => {
		if (!file || busy) return;
		setBusy(true);
		try {
			const body = new FormData();
			body.append('file', await small(file), 'photo.jpg');
			const kept = await send(who.id, body);
			setLook(who.id, { photo: kept.file_path.split('/').pop()!.slice(0, 16) });
			tell(t('people.photoSaved'));
		} catch (error) {
			complain(error);
		} finally {
			setBusy(false);
			if (input.current) input.current.value = '';
		}
	};
	const remove = (): void => {
		setLook(who.id, { photo: null });
		later(t('people.photoRemoved'), () => drop(`/patients/${who.id}/photo`, { keepalive: true }), () => setLook(who.id, { photo }));
		input.current?.focus();
	};
	useEffect(() => {
		const paste = (event: ClipboardEvent): void => {
			const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith('image/'));
			if (!file) return;
			event.preventDefault();
			void take(file);
		};
		addEventListener('paste', paste);
		return () => removeEventListener('paste', paste);
	}, [who.id, busy]);
	return (
		<Card title={t('people.look')}>
			<div class={`look${over ? ' over' : ''}`} onDragOver={(e) => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
				onDrop={(e) => { e.preventDefault(); setOver(false); void take(e.dataTransfer?.files[0]); }}>
				<Avatar person={who} size="large" />
				<div class="buttons">
					<label class="button small" aria-busy={busy ? true : undefined}>
						<input ref={input} class="hidden" type="file" accept="image/*" disabled={busy} onChange={(e) => void take(e.currentTarget.files?.[0])} />
						<Icon name={photo ? 'edit' : 'plus'} /><span>{t(photo ? 'people.photoChange' : 'people.photoAdd')}</span>
					</label>
					{photo && who.owner_user_id === user.value?.id && <Button small icon="trash" onClick={remove}>{t('people.photoRemove')}</Button>}
				</div>
				<p class="quiet hint">{t('people.photoHint')}</p>
			</div>
			<Colours who={who} />
		</Card>
	);
}
