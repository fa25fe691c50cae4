import type { Attachment } from 'svelte/attachments';
import type { Place } from './reader-draft.ts';
import type { ReaderDeeds } from './reader-deeds.svelte.ts';

/** Who leaves a form comes back to where it was begun, and the next Tab goes on from there. */
export function returnHere(deeds: ReaderDeeds, place: Place): Attachment<HTMLElement> {
  return (element) => {
    if (!deeds.takeReturn(place)) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
  };
}
