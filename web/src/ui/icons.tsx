// icons - our own drawings, 24 by 24, in the colour of the text around them.
import type { JSX } from 'preact';

const paths = {
	home: 'M4 11.5 12 4l8 7.5V20h-5.5v-5h-5v5H4z',
	pill: 'M10.5 4.6a5 5 0 0 1 7 0 5 5 0 0 1 0 7l-5.9 5.9a5 5 0 0 1-7-7zM7.5 7.5l7 7',
	alert: 'M12 4 3 19.5h18zM12 10v4.5M12 17.2v.3',
	heart: 'M12 20S4 15 4 9.5A4.3 4.3 0 0 1 12 7.300A4.3 4.3 0 0 1 20 9.500C20 15 12 20 12 20z',
	pulse: 'M3 12h4l2.5-6 4.5 12 2.5-6H21',
	flask: 'M10 4h4M10.5 4v5.500L5.5 18a1.3 1.3 0 0 0 1.2 2h10.600a1.3 1.3 0 0 0 1.2-2l-5-8.500V4M8 15h8',
	syringe: 'M14 4l6 6M17 7l-2.5 2.500M9.5 9.500l5 5L9 20H4v-5zM11 11l2 2',
	scissors: 'M7 9.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM7 19.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 8.5 20 17M9 15.5 20 7',
	stethoscope: 'M6 4v5a4 4 0 0 0 8 0V4M10 13v2.500a4.5 4.5 0 0 0 9 0V13M19 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
	clipboard: 'M9 5H6v15h12V5h-3M9 3.500h6v3H9zM9 11h6M9 15h4',
	phone: 'M6 4h4l1.5 4.5-2 1.500a10 10 0 0 0 4.5 4.500l1.5-2L20 14v4a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
	card: 'M3.5 6h17v12h-17zM3.5 10h17M7 14.500h4',
	family: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM16.5 11.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM2.5 19c0-3 2.5-5 5.5-5s5.5 2 5.5 5M15.5 14.500c3 0 6 1.5 6 4.5',
	person: 'M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.500c0-3.5 3.3-6 7.5-6s7.5 2.5 7.5 6',
	plus: 'M12 5v14M5 12h14',
	minus: 'M5 12h14',
	search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20.5 20.5',
	settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM9 19.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
	menu: 'M4 7h16M4 12h16M4 17h16',
	more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
	close: 'M6 6l12 12M18 6 6 18',
	check: 'M5 12.5 10 17.5 19.5 7',
	trash: 'M4.5 7h15M9 7V4.500h6V7M6.5 7l1 13h9l1-13M10 11v5M14 11v5',
	edit: 'M4.5 19.500l1-4.500L16 4.500l3.5 3.500L9 18.500z',
	left: 'M14.5 5 8 12l6.5 7',
	right: 'M9.5 5 16 12l-6.5 7',
	down: 'M5 9.5 12 16l7-6.5',
	up: 'M5 14.5 12 8l7 6.5',
	sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.500v2M12 19.500v2M2.5 12h2M19.5 12h2M5.3 5.300l1.4 1.400M17.3 17.300l1.4 1.400M18.7 5.300l-1.4 1.400M6.7 17.300l-1.4 1.4',
	exit: 'M10 4H5v16h5M15 8l4 4-4 4M9 12h10',
	calendar: 'M4 6h16v14H4zM4 10.500h16M8.5 3.500V8M15.5 3.500V8',
	clock: 'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.500V12l3 2.5',
	chart: 'M4 4v16h16M7.5 15l4-5 3.5 3L20 7',
	tag: 'M4 4h8l8 8-8 8-8-8zM8.5 8.500h.01',
	share: 'M12 15V3.500M8 7l4-3.500L16 7M6 11H5v9.500h14V11h-1',
	eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
	shield: 'M12 3.500l7.5 3V12c0 4.5-3.5 7.5-7.5 8.500C8 19.5 4.5 16.5 4.5 12V6.500z',
	store: 'M4 10v10h16V10M3 10l2-6h14l2 6zM10 20v-5h4v5',
	link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
	filter: 'M4 6h16M7 12h10M10 18h4',
	key: 'M8 15.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 11.500h9M18 11.500V15M21 11.500V14',
	print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
	bolt: 'M13 3 5 13.500h6L10.5 21 19 10.500h-6z',
} as const;
export type IconName = keyof typeof paths;

const ofType: Record<string, IconName> = {
	medications: 'pill', allergies: 'alert', conditions: 'heart', vitals: 'pulse', 'lab-results': 'flask', immunizations: 'syringe',
	procedures: 'scissors', treatments: 'bolt', encounters: 'calendar', 'emergency-contacts': 'phone', insurances: 'card',
	'family-members': 'family', practitioners: 'stethoscope', pharmacies: 'store',
};
export const iconOf = (route: string | null): IconName => ofType[route ?? ''] ?? 'clipboard';

export function Icon({ name, size = 20, flip = false }: { name: IconName; size?: number; flip?: boolean }): JSX.Element {
	return (
		<svg class={flip ? 'icon flip' : 'icon'} width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
			stroke-width={name === 'more' ? 2.6 : 1.7} stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
			<path d={paths[name]} />
		</svg>
	);
}
