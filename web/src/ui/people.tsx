// people - a person's face: initials on a colour of their own.
import type { JSX } from 'preact';
import { fullName, type Person } from '../core/store';

export const initials = (p: Person): string => `${[...p.first_name][0] ?? ''}${[...p.last_name][0] ?? ''}`.toUpperCase();

export const Avatar = ({ person, size = '' }: { person: Person; size?: '' | 'small' | 'large' }): JSX.Element => (
	<span class={`avatar hue-${person.id % 8} ${size}`} aria-hidden="true" title={fullName(person)}>{initials(person)}</span>
);
