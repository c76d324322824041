// copy-link - the way to the copy that is read without the server.
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { copyOwner } from '../core/copy';
import { t } from '../core/i18n';
import { stage } from '../core/store';
import { Button, Skeleton } from './basics';

export const CopyLink = (): JSX.Element | null =>
	copyOwner() === null ? null : <div class="door-links"><Button icon="clipboard" onClick={() => { stage.value = 'copy'; }}>{t('house.open')}</Button></div>;

export function CopyFace(): JSX.Element {
	const [found, setFound] = useState<{ Face: ComponentType } | null>(null);
	useEffect(() => {
		import('../pages/copy-view').then((m) => setFound({ Face: m.default }), () => { stage.value = 'offline'; });
	}, []);
	return found ? <found.Face /> : <Skeleton />;
}
