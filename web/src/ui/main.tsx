// main - which of the few faces the page shows.
import { render, type JSX } from 'preact';
import { greet, t } from '../core/i18n';
import { stage, start } from '../core/store';
import { Button, Empty, Skeleton } from './basics';
import { CopyFace, CopyLink } from './copy-link';
import { Shell } from './shell';
import { Held, Setup, SignIn } from './sign-in';

function Main(): JSX.Element {
	switch (stage.value) {
	case 'loading': return <Skeleton lines={6} />;
	case 'setup': return <Setup />;
	case 'nobody': return <SignIn />;
	case 'copy': return <CopyFace />;
	case 'password': return <Held />;
	case 'user': return <Shell />;
	default: return <main><Empty icon="alert" title={t('error.offline')}><Button kind="main" onClick={() => void start()}>{t('retry')}</Button><CopyLink /></Empty></main>;
	}
}

export async function open(): Promise<void> {
	const [,] = await Promise.all([greet(), start()]);
	render(<Main />, document.getElementById('app')!);
}
