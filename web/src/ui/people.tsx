// people - a person's face: a photo, or initials on a colour of their own.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { fullName, hueOf, photoOf, type Person } from '../core/store';

export const initials = (p: Person): string => `${[...p.first_name][0] ?? ''}${[...p.last_name][0] ?? ''}`.toUpperCase();

export function Avatar({ person, size = '' }: { person: Person; size?: '' | 'small' | 'large' }): JSX.Element {
	const photo = photoOf(person.id);
	const [broken, setBroken] = useState<string | null>(null);
	return (
		<span class={`avatar ${hueOf(person.id)} ${size}`} aria-hidden="true" title={fullName(person)}>
			{initials(person)}
			{photo && photo !== broken && <img key={photo} src={photo} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setBroken(photo)} />}
		</span>
	);
}
