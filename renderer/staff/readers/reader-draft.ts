import type { ReaderIntegration, ReaderRow } from '../../../preload/contract/readers.ts';

/** The two places of a kiosk for a reader. */
export type ReaderRole = 'main' | 'spare';

/** A deed that only asks whether staff are sure of it. */
export type SureDraft =
  | { readonly kind: 'use'; readonly role: ReaderRole; readonly label: string }
  | { readonly kind: 'no_spare'; readonly label: string; readonly readerId: string | null }
  /** The reader is as staff were shown it: what is freed is compared with this. */
  | { readonly kind: 'free' | 'deregister'; readonly reader: ReaderRow };

/** Something about readers that staff are about to ask for. Nothing was asked of main yet. */
export type ReaderDraft =
  | SureDraft
  | { readonly kind: 'rename'; readonly reader: ReaderRow }
  | {
      readonly kind: 'choose';
      readonly role: ReaderRole;
      readonly reader: ReaderRow;
      readonly integration: ReaderIntegration;
      readonly isShared: boolean;
    }
  | { readonly kind: 'register' }
  /** `isForReader`: asked for while registering a reader, and goes on there. */
  | { readonly kind: 'location'; readonly isForReader: boolean };

/** Where on the page something is said: a reader's id, or one of the page's own places. */
export type Place = string;

/** Where the outcome of a deed is said. */
export function placeOf(draft: ReaderDraft): Place {
  switch (draft.kind) {
    case 'use':
      return 'now';
    case 'register':
    case 'deregister':
      return 'list';
    case 'location':
      return draft.isForReader ? 'register' : 'locations';
    case 'no_spare':
      return draft.readerId ?? 'now';
    case 'free':
    case 'rename':
    case 'choose':
      return draft.reader.id;
  }
}
