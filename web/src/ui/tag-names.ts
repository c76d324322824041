// tag-names - the tags somebody uses, the most used first, asked for when a tag is typed.
import { signal } from '@preact/signals';
import { get } from '../core/api';
import { user } from '../core/store';

export const knownTags = signal<string[]>([]);
let owner: number | null = null;

export function readTags(): void {
	if (owner !== user.value?.id) knownTags.value = [];
	owner = user.value?.id ?? null;
	get<string[]>('/tags/suggestions?limit=50').then((names) => { knownTags.value = names; }, () => undefined);
}
