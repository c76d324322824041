// The pages.  One line each: its address, its file (loaded when somebody goes there) and,
// with `nav`, its place in the sidebar.  The first that fits an address is taken.
import type { Page } from '../core/pages';

export const pages: Page[] = [
	{ path: '/', load: () => import('./dashboard'), nav: { text: 'nav.home', icon: 'home', group: 'home', order: 0, key: 'h' } },
	// ---- health ----
	{ path: '/records/:type', load: () => import('./records') },
	{ path: '/records/:type/new', load: () => import('./record-form') },
	// ---- clinic ----
	{ path: '/records/:type/:id', load: () => import('./record') },
	{ path: '/records/:type/:id/edit', load: () => import('./record-form') },
	// ---- family ----
	{ path: '/people', load: () => import('./people'), nav: { text: 'nav.people', icon: 'family', group: 'end', order: 10, key: 'p' } },
	{ path: '/people/new', load: () => import('./person-form') },
	{ path: '/people/:id', load: () => import('./person-form') },
	// ---- house ----
	{ path: '/house/users', load: () => import('./house-users'), who: 'admin', nav: { text: 'house.users', icon: 'person', group: 'admin', order: 60 } },
	{ path: '/house/activity', load: () => import('./house-activity'), who: 'admin', nav: { text: 'house.activity', icon: 'clock', group: 'admin', order: 61 } },
	{ path: '/house/health', load: () => import('./house-health'), who: 'admin', nav: { text: 'house.health', icon: 'pulse', group: 'admin', order: 62 } },
	{ path: '/settings', load: () => import('./settings'), nav: { text: 'nav.settings', icon: 'settings', group: 'end', order: 90, key: 's' } },
	{ path: '/more', load: () => import('./more') },
];
