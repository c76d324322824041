// pages - what a page is; the list of them is pages/index.ts.
import type { ComponentType } from 'preact';
import type { IconName } from '../ui/icons';
import type { TextKey } from './i18n';

export interface PageProps {
	params: Record<string, string>;
}

export interface Page {
	path: string; // "/records/:type/:id"
	load: () => Promise<{ default: ComponentType<PageProps> }>;
	who?: 'staff' | 'admin'; // everybody signed in when absent
	instead?: string; // stands in the sidebar in place of the list of this type
	// A place in the sidebar, the palette and, with `key`, under g.
	nav?: { text: TextKey; icon: IconName; group: 'home' | 'person' | 'clinic' | 'admin' | 'end'; order: number; key?: string };
	doctor?: boolean; // of the staff, doctors and administrators only
}
