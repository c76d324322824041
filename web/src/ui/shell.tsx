// shell - what stands around every page: sidebar, whose record it is, the phone's bar.
import { effect } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { href } from '../core/env';
import { age, day, instant } from '../core/format';
import { t } from '../core/i18n';
import { helpOpen, jumps, onKey, paletteOpen } from '../core/keys';
import type { PageProps } from '../core/pages';
import { onPaper, printedAt } from '../core/paper';
import { nameOfWithdrawn, withdrawn } from '../core/refused';
import { mayEdit } from '../core/rights';
import { go, match, mayLeave, path } from '../core/router';
import { fullName, hueOf, people, person, signOut, stage, switchTo, user } from '../core/store';
import { pages } from '../pages/index';
import { Button, Empty, LinkButton, Skeleton, Title } from './basics';
import { Questions } from './dialog';
import { Icon } from './icons';
import { keyName, KeysHelp } from './keys-help';
import { Menu } from './menu';
import { may, places, placesOf, type Place } from './nav';
import { chartOf, inPractice, PracticeMark, practicePlaces } from './practice';
import { Palette } from './palette';
import { Avatar } from './people';
import { complain, settle, tell, Toasts } from './toast';

const current = (place: Place): 'page' | undefined =>
	place.to === path.value || [place.to, `/records/${place.type?.route ?? ''}`].some((to) => to.length > 1 && to !== '/records/' && path.value.startsWith(`${to}/`)) ? 'page' : undefined;

const Entry = ({ place }: { place: Place }): JSX.Element => (
	<a class="entry" href={href(place.to)} aria-current={current(place)}>
		<Icon name={place.icon} />
		<span>{place.name}</span>
	</a>
);

export const leaveAll = (): void => {
	void mayLeave().then((yes) => {
		if (!yes) return;
		settle();
		void signOut().then(() => go('/', true));
	});
};

export async function show(id: number): Promise<void> {
	if (!(await mayLeave())) return;
	if (/^\/records\/[^/]+\/./.test(path.value)) await go(path.value.split('/').slice(0, 3).join('/'));
	else if (/^\/family\/./.test(path.value)) await go('/family');
	await switchTo(id).catch(complain);
}

function Switcher(): JSX.Element | null {
	const now = person.value;
	if (!now) return <LinkButton href={href('/people/new')} icon="plus" kind="main" small>{t('people.add')}</LinkButton>;
	return (
		<Menu class="switcher" label={t('people.switch', { name: fullName(now) })}
			trigger={<><Avatar person={now} /><span class="whose"><b>{fullName(now)}</b><small>{t('people.age', { n: age(now.birth_date) })}</small></span><Icon name="down" size={16} /></>}
			items={[
				...people.value.map((p) => ({ name: fullName(p), lead: <Avatar person={p} size="small" />, checked: p.id === now.id, run: () => void show(p.id) })),
				null,
				{ name: t('people.add'), icon: 'plus', run: () => void go('/people/new') },
				...(mayEdit(now.id) ? [{ name: t('people.edit'), icon: 'edit' as const, run: () => void go(`/people/${now.id}/edit`) }] : []),
			]} />
	);
}

const Group = ({ group, title }: { group: string; title?: string }): JSX.Element | null => {
	const found = placesOf(group);
	if (!found.length) return null;
	return (
		<>
			{title && <h2 class="group">{title}</h2>}
			<ul>{found.map((place) => <li key={place.to}><Entry place={place} /></li>)}</ul>
		</>
	);
};

const Sidebar = (): JSX.Element => (
	<aside class="sidebar">
		<a class="brand" href={href('/')}><img src={href('/icon.svg')} alt="" width="28" height="28" />Charthouse</a>
		<nav aria-label={t('nav.main')}>
			<Group group="home" />
			<Group group="person" title={t('nav.record')} />
			<Group group="clinic" title={t('nav.clinic')} />
			<Group group="admin" title={t('nav.admin')} />
			<Group group="end" title={t('nav.all')} />
		</nav>
	</aside>
);

const TopBar = (): JSX.Element => (
	<header class={inPractice.value ? 'top practice' : `top ${hueOf(person.value?.id ?? 0)}`}>
		<a class="brand" href={href('/')} aria-label="Charthouse"><img src={href('/icon.svg')} alt="" width="28" height="28" /></a>
		{inPractice.value ? <PracticeMark /> : <Switcher />}
		<button type="button" class="find" onClick={() => { paletteOpen.value = true; }} aria-haspopup="dialog" aria-label={t('palette.open')}>
			<Icon name="search" size={18} /><span>{t('palette.open')}</span><kbd>{keyName('Ctrl')} K</kbd>
		</button>
		<Menu class="me" label={t('nav.account', { name: user.value?.full_name ?? '' })} trigger={<Icon name="person" />}
			items={[
				{ name: t('nav.settings'), icon: 'settings', run: () => void go('/settings') },
				{ name: t('keys.title'), icon: 'key', run: () => { helpOpen.value = true; } },
				null,
				{ name: t('signout'), icon: 'exit', run: leaveAll },
			]} />
	</header>
);

// At the head of every sheet of paper: whose record it is, when and by whom it was printed.
function Sheet(): JSX.Element | null {
	if (!onPaper.value) return null;
	const general = /^\/(house|settings|more|sharing|tags|people$)/.test(path.value);
	const chart = chartOf.value;
	const whose = inPractice.value ? (chart ? [chart.name, chart.mrn, day(chart.dob)] : [t('nav.clinic')])
		: !general && person.value ? [fullName(person.value), day(person.value.birth_date)] : ['Charthouse'];
	return (
		<div class="sheet-head"><p>
			<b>{whose.map((word, i) => <>{i > 0 && ' · '}<bdi>{word}</bdi></>)}</b>
			<span dir="auto">{t('print.by', { when: instant(printedAt.value), name: user.value?.full_name ?? '' })}</span>
		</p></div>
	);
}

function BottomBar(): JSX.Element {
	const some = (inPractice.value ? ['/', ...practicePlaces] : ['/', '/records/medications', '/records/vitals', '/records/lab-results']).flatMap((to) => places.value.filter((p) => p.to === to));
	return (
		<nav class="bottom" aria-label={t('nav.main')}>
			{some.map((place) => <Entry key={place.to} place={place} />)}
			<a class="entry" href={href('/more')} aria-current={path.value === '/more' ? 'page' : undefined}><Icon name="menu" /><span>{t('nav.more')}</span></a>
		</nav>
	);
}

const loaded = new Map<string, ComponentType<PageProps>>();

export const Missing = (): JSX.Element => (
	<>
		<Title icon="search">{t('missing.title')}</Title>
		<Empty icon="search" title={t('missing.text')}><LinkButton href={href('/')} kind="main">{t('nav.home')}</LinkButton></Empty>
	</>
);

// A new version of the server has taken this page's files away: begin again, once.  When the
// server is only out of reach, what is open stays.
function beginAgain(): void {
	const once = 'charthouse.reloaded';
	if (sessionStorage.getItem(once)) return;
	fetch(href('/health'), { cache: 'no-store' }).then(() => {
		sessionStorage.setItem(once, '1');
		location.reload();
	}, () => undefined);
}

function Outlet(): JSX.Element {
	const at = path.value;
	const found = pages.map((page) => ({ page, params: match(page.path, at) })).find((f) => f.params && may(f.page));
	const [, again] = useState(0);
	const [broken, setBroken] = useState(false);
	const key = found?.page.path ?? '';
	useEffect(() => {
		setBroken(false);
		if (!found || loaded.has(key)) return;
		found.page.load().then((module) => {
			loaded.set(key, module.default);
			sessionStorage.removeItem('charthouse.reloaded');
			again((n) => n + 1);
		}, () => { setBroken(true); beginAgain(); });
	}, [key]);
	if (!found) return <Missing />;
	const Found = loaded.get(key);
	if (broken) return <Empty icon="alert" title={t('error.offline')}><Button kind="main" onClick={() => location.reload()}>{t('retry')}</Button></Empty>;
	return Found ? <Found key={at} params={found.params!} /> : <Skeleton lines={6} />;
}

export function Shell(): JSX.Element {
	useEffect(() => {
		addEventListener('keydown', onKey);
		return () => removeEventListener('keydown', onKey);
	}, []);
	useEffect(() => effect(() => {
		jumps.value = places.value.filter((p) => p.key).map((p) => ({ key: p.key!, to: p.to, text: () => p.name }));
	}), []);
	useEffect(() => effect(() => {
		if (!withdrawn.value) return;
		tell(t('family.lost', { name: nameOfWithdrawn() }), undefined, 'bad');
		withdrawn.value = null;
		void go('/', true);
	}), []);
	return (
		<div class="shell">
			<button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>('main h1')?.focus()}>{t('nav.skip')}</button>
			<Sidebar />
			<TopBar />
			<Sheet />
			<main id="main"><Outlet /></main>
			<BottomBar />
			<Toasts />
			<Questions />
			<KeysHelp />
			<Palette />
		</div>
	);
}

export const isIn = (): boolean => stage.value === 'user';
