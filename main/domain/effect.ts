import type { AttemptId } from './ids.ts';

/** Work of a sale for the outbox: stored in the same transaction as the state that asks for it. */
export type OutboxEffect =
  | { readonly kind: 'payment_intent.create'; readonly ordinal: number }
  /** Looks for the sale's PaymentIntent by its metadata when no id came back (P3). */
  | { readonly kind: 'payment_intent.look_up' }
  | { readonly kind: 'payment_intent.read'; readonly afterMs: number }
  | {
      readonly kind: 'payment_intent.capture';
      readonly ordinal: number;
      readonly afterMs: number;
    }
  | {
      readonly kind: 'payment_intent.cancel';
      readonly ordinal: number;
      readonly afterMs: number;
    }
  /** Charges the card on file, off session. */
  | {
      readonly kind: 'payment_intent.confirm';
      readonly ordinal: number;
      readonly afterMs: number;
    }
  | SaveCardEffect
  | RecordOrderEffect;

/** Tells the platform's order that it was paid, and by which PaymentIntent. */
export interface RecordOrderEffect {
  readonly kind: 'order.record';
  readonly ordinal: number;
  readonly afterMs: number;
}

/**
 * Keeps the card that a payment or a setup has left behind; after the capture, never before. Of a sale that came to
 * nothing it is taken off instead.
 */
export interface SaveCardEffect {
  readonly kind: 'card.save';
  readonly ordinal: number;
  readonly afterMs: number;
}

/** A command for the reader. Not stored: a command that was lost with the window must not be repeated. */
export type ReaderEffect =
  | { readonly kind: 'reader.collect'; readonly attemptId: AttemptId }
  | { readonly kind: 'reader.process'; readonly attemptId: AttemptId; readonly count: number }
  | { readonly kind: 'reader.cancel'; readonly attemptId: AttemptId };

export type Effect = OutboxEffect | ReaderEffect;

/** True for a command to the reader, whoever gives it. */
export function isReaderEffect(effect: { readonly kind: string }): effect is ReaderEffect {
  return effect.kind.startsWith('reader.');
}
