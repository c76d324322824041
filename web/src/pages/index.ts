// The pages.  One line each: its address, its file (loaded when somebody goes there) and,
// with `nav`, its place in the sidebar.  The first that fits an address is taken.
import type { Page } from '../core/pages';

export const pages: Page[] = [
	{ path: '/', load: () => import('./dashboard'), nav: { text: 'nav.home', icon: 'home', group: 'home', order: 0, key: 'h' } },
	// ---- health ----
	{ path: '/trends', load: () => import('./trends'), nav: { text: 'health.trends', icon: 'chart', group: 'person', order: 90, key: 'x' } },
	{ path: '/timeline', load: () => import('./timeline'), nav: { text: 'health.timeline', icon: 'clock', group: 'person', order: 91, key: 'y' } },
	{ path: '/records/:type', load: () => import('./records') },
	{ path: '/records/:type/new', load: () => import('./record-form') },
	// ---- clinic ----
	{ path: '/clinic/appointments', load: () => import('./appointments'), who: 'staff', nav: { text: 'clinic.appointments', icon: 'calendar', group: 'clinic', order: 10, key: 'k' } },
	{ path: '/clinic/patients', load: () => import('./patients'), who: 'staff', nav: { text: 'clinic.patients', icon: 'person', group: 'clinic', order: 11, key: 'b' } },
	{ path: '/clinic/patients/new', load: () => import('./patient-form'), who: 'staff' },
	{ path: '/clinic/patients/:mrn', load: () => import('./patient-chart'), who: 'staff' },
	{ path: '/clinic/patients/:mrn/edit', load: () => import('./patient-form'), who: 'staff' },
	{ path: '/clinic/providers', load: () => import('./providers'), who: 'staff', nav: { text: 'clinic.providers', icon: 'stethoscope', group: 'clinic', order: 12 } },
	{ path: '/clinic/proposals', load: () => import('./proposals'), who: 'staff', doctor: true, nav: { text: 'clinic.proposals', icon: 'bolt', group: 'clinic', order: 13 } },
	{ path: '/clinic/applications', load: () => import('./applications'), who: 'admin', nav: { text: 'clinic.applications', icon: 'key', group: 'clinic', order: 14 } },
	{ path: '/clinic/activity', load: () => import('./clinic-activity'), who: 'staff', doctor: true, nav: { text: 'clinic.activity', icon: 'eye', group: 'clinic', order: 15 } },
	{ path: '/records/:type/:id', load: () => import('./record') },
	{ path: '/records/:type/:id/edit', load: () => import('./record-form') },
	// ---- family ----
	{ path: '/family', load: () => import('./pedigree'), instead: 'family-members' },
	{ path: '/family/:member', load: () => import('./relative') },
	{ path: '/family/:member/conditions/:id', load: () => import('./relative-condition') },
	{ path: '/vaccines', load: () => import('./vaccines'), instead: 'immunizations' },
	{ path: '/insurance-cards', load: () => import('./insurance-cards'), instead: 'insurances' },
	{ path: '/emergency-card', load: () => import('./emergency-card'), nav: { text: 'family.emergency', icon: 'shield', group: 'person', order: 160, key: 'z' } },
	{ path: '/activity', load: () => import('./activity'), nav: { text: 'family.activity', icon: 'eye', group: 'person', order: 170, key: 'w' } },
	{ path: '/sharing', load: () => import('./sharing'), nav: { text: 'family.sharing', icon: 'share', group: 'end', order: 20, key: 'j' } },
	{ path: '/tags', load: () => import('./tags'), nav: { text: 'family.tags', icon: 'tag', group: 'end', order: 30, key: 'g' } },
	{ path: '/people', load: () => import('./people'), nav: { text: 'nav.people', icon: 'family', group: 'end', order: 10, key: 'p' } },
	{ path: '/people/new', load: () => import('./person-form') },
	{ path: '/people/:id', load: () => import('./person') },
	{ path: '/people/:id/edit', load: () => import('./person-form') },
	// ---- house ----
	{ path: '/house/users', load: () => import('./house-users'), who: 'admin', nav: { text: 'house.users', icon: 'person', group: 'admin', order: 60 } },
	{ path: '/house/activity', load: () => import('./house-activity'), who: 'admin', nav: { text: 'house.activity', icon: 'clock', group: 'admin', order: 61 } },
	{ path: '/house/health', load: () => import('./house-health'), who: 'admin', nav: { text: 'house.health', icon: 'pulse', group: 'admin', order: 62 } },
	{ path: '/settings', load: () => import('./settings'), nav: { text: 'nav.settings', icon: 'settings', group: 'end', order: 90, key: 's' } },
	{ path: '/more', load: () => import('./more') },
];
