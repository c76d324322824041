// paper - whether the page is being printed: then lists are whole, and the sheet says
// whose record it is.  A print that is previewed by style alone counts as well.
import { signal } from '@preact/signals';

const media = matchMedia('print');
export const onPaper = signal(media.matches);
export const printedAt = signal(new Date().toISOString());

function turn(on: boolean): void {
	if (on) printedAt.value = new Date().toISOString();
	onPaper.value = on;
}
addEventListener('beforeprint', () => turn(true));
addEventListener('afterprint', () => turn(media.matches));
media.addEventListener('change', (event) => turn(event.matches));
