import type { CardPrompt } from './card-fault.ts';

/** How a charge ends whose outcome the reader could not hear. `late`: it reaches the bank after the reader gave up. */
export const lostEffects = ['done', 'none', 'late'] as const;

/** What another till does to a reader that waits for our customer's card. */
export const takings = ['prompt', 'display', 'cleared'] as const;

/** How the events of readers misbehave for a while. */
export const eventTroubles = ['missing', 'late', 'twice'] as const;

interface LostCharge {
  readonly effect: (typeof lostEffects)[number];
  readonly lateMs: number;
}

/** Tied to the Nth prompt of the sale on a reader that main leads, counted from 1. */
export type PromptFault = { readonly turn: number } & (
  | ({ readonly kind: 'reader_connection_error' } & LostCharge)
  /** Cut off in the middle of a payment: what it was doing stays in progress for ever. */
  | ({ readonly kind: 'reader_lost_charging'; readonly forMs: number } & LostCharge)
  | { readonly kind: 'customer_canceled' }
  /** The chip could not be read, again and again. */
  | { readonly kind: 'card_unreadable' }
  | {
      readonly kind: 'prompt_taken';
      readonly how: (typeof takings)[number];
      /** So long the other till's customer takes. */
      readonly forMs: number;
    }
);

/** The Nth command of the sale to a reader gets no acknowledgement, whether or not the reader heard it. */
export interface CommandFault {
  readonly kind: 'reader_times_out';
  readonly command: number;
  readonly times: number;
  readonly heard: boolean;
}

/** Happens to the kiosk's readers at a moment of the sale. */
export type ReaderMoment =
  | { readonly kind: 'reader_offline'; readonly forMs: number }
  | { readonly kind: 'reader_updates'; readonly forMs: number }
  /** Another till has the reader before us. */
  | { readonly kind: 'reader_in_use'; readonly forMs: number }
  | {
      readonly kind: 'reader_events';
      readonly how: (typeof eventTroubles)[number];
      readonly forMs: number;
    }
  /** Staff look at the reader, and end what they were shown. */
  | { readonly kind: 'reader_freed'; readonly thinksMs: number };

/** Calls to a reader that a fault can hit. */
export const readerCalls = [
  'reader_read',
  'reader_process',
  'reader_collect',
  'reader_confirm',
  'reader_cancel',
  'reader_display',
] as const;

export type ReaderCall = (typeof readerCalls)[number] | CardPrompt;
