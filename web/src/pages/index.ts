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
	{ path: '/family', load: () => import('./pedigree'), instead: 'family-members' },
	{ path: '/family/:member', load: () => import('./relative') },
	{ path: '/family/:member/conditions/:id', load: () => import('./relative-condition') },
	{ path: '/vaccines', load: () => import('./vaccines'), instead: 'immunizations' },
	{ path: '/insurance-cards', load: () => import('./insurance-cards'), instead: 'insurances' },
	{ path: '/emergency-card', load: () => import('./emergency-card'), nav: { text: 'family.emergency', icon: 'shield', group: 'person', order: 160, key: 'k' } },
	{ path: '/activity', load: () => import('./activity'), nav: { text: 'family.activity', icon: 'eye', group: 'person', order: 170, key: 'w' } },
	{ path: '/sharing', load: () => import('./sharing'), nav: { text: 'family.sharing', icon: 'share', group: 'end', order: 20, key: 'x' } },
	{ path: '/tags', load: () => import('./tags'), nav: { text: 'family.tags', icon: 'tag', group: 'end', order: 30, key: 'y' } },
	{ path: '/people', load: () => import('./people'), nav: { text: 'nav.people', icon: 'family', group: 'end', order: 10, key: 'p' } },
	{ path: '/people/new', load: () => import('./person-form') },
	{ path: '/people/:id', load: () => import('./person') },
	{ path: '/people/:id/edit', load: () => import('./person-form') },
	// ---- house ----
	{ path: '/settings', load: () => import('./settings'), nav: { text: 'nav.settings', icon: 'settings', group: 'end', order: 90, key: 's' } },
	{ path: '/more', load: () => import('./more') },
];
