import type { Effect, OutboxEffect, RecordOrderEffect, SaveCardEffect } from './effect.ts';
import { type AttemptId, attemptIdOf } from './ids.ts';
import { mayHaveCharged } from './may-have-charged.ts';
import type { CancelReason, PaymentAttempt, Sale, StaffReason } from './sale.ts';

export type Transition =
  | { readonly kind: 'moved'; readonly sale: Sale; readonly effects: readonly Effect[] }
  /** Work is wanted for the sale as it is; nothing of it changes. */
  | { readonly kind: 'asked'; readonly effects: readonly OutboxEffect[] }
  /** The event says nothing to a sale in this state; nothing changes. */
  | { readonly kind: 'ignored'; readonly why: string };

/** Moves the sale; a new state starts without the lingering of the old one. */
export function move(
  sale: Sale,
  changes: Partial<Sale>,
  effects: readonly Effect[] = [],
): Transition {
  const entersState = changes.state !== undefined && changes.state !== sale.state;
  const fresh = entersState ? { lingering: false, inconclusiveReads: 0 } : {};
  return {
    kind: 'moved',
    sale: { ...sale, ...fresh, ...changes, revision: sale.revision + 1 },
    effects,
  };
}

export function ignore(why: string): Transition {
  return { kind: 'ignored', why };
}

/** The card is kept only after its payment is captured, and only where the customer agreed to it. */
export function saveCard(sale: Sale): readonly SaveCardEffect[] {
  return sale.keeping === undefined ? [] : [{ kind: 'card.save', ordinal: 1, afterMs: 0 }];
}

/** A platform that did not make the payment itself is told of it, once it is paid. */
export function recordOrder(sale: Sale): readonly RecordOrderEffect[] {
  return sale.recordsOrder === true ? [{ kind: 'order.record', ordinal: 1, afterMs: 0 }] : [];
}

/**
 * A hold that came to nothing may have left a card behind all the same, which Stripe attaches by itself: whoever saves
 * cards finds the sale unpaid, and takes it off. https://docs.stripe.com/terminal/features/saving-payment-details
 */
export function dropCard(sale: Sale): readonly SaveCardEffect[] {
  return (sale.paymentIntent?.latestChargeId ?? null) === null ? [] : saveCard(sale);
}

/** The effect that ends the reader's prompt, if this sale may have one on the reader. */
export function withdrawPrompt(sale: Sale): readonly Effect[] {
  return sale.attempt === null ? [] : [{ kind: 'reader.cancel', attemptId: sale.attempt.id }];
}

/**
 * Gives the sale up. With a PaymentIntent it is cancelled at Stripe and read before anything else is said;
 * while the create is still unanswered its late answer is cancelled; before any call it is over at once.
 */
export function giveUp(sale: Sale, reason: CancelReason): Transition {
  const cancelReason = sale.cancelReason ?? reason;
  const withdrawn = withdrawPrompt(sale);
  if (sale.paymentIntent !== null && sale.settledBy === 'platform') return abandon(sale, reason);
  if (sale.paymentIntent !== null) {
    const ordinal = sale.ordinals.cancel + 1;
    return move(
      sale,
      {
        state: 'canceling',
        cancelReason,
        attempt: null,
        unsettledStep: null,
        ordinals: { ...sale.ordinals, cancel: ordinal },
      },
      [...withdrawn, { kind: 'payment_intent.cancel', ordinal, afterMs: 0 }],
    );
  }
  const state = sale.ordinals.create > 0 ? 'canceling' : 'canceled';
  return move(sale, { state, cancelReason, attempt: null }, withdrawn);
}

/**
 * What can't be cancelled is left: its prompt is withdrawn and its secret forgotten once a read has shown that no card
 * was charged. Where one may have been, nothing is called ended.
 */
function abandon(sale: Sale, reason: CancelReason): Transition {
  if (mayHaveCharged(sale)) return toStaffAndLook(sale, 'outcome_unknown');
  const cancelReason = sale.cancelReason ?? reason;
  const leaving = { state: 'canceling', cancelReason, attempt: null, unsettledStep: null } as const;
  return move(sale, leaving, [
    ...withdrawPrompt(sale),
    { kind: 'payment_intent.read', afterMs: 0 },
  ]);
}

/** Hands the sale to a person; the kiosk itself does nothing more to it. */
export function handToStaff(sale: Sale, staffReason: StaffReason): Transition {
  return move(sale, { state: 'needs_staff', staffReason, attempt: null }, withdrawPrompt(sale));
}

/** How often an order that staff know of is looked at again by itself. Milliseconds. */
const lookAgainMs = 5 * 60_000;

/** Looks at a platform's order after a while. */
export const lookAgain = { kind: 'payment_intent.read', afterMs: lookAgainMs } as const;

/** Hands over what only its platform can still settle: it is looked at again by itself until it has. */
export function toStaffAndLook(
  sale: Sale,
  staffReason: 'order_not_finished' | 'outcome_unknown',
): Transition {
  const handed = { state: 'needs_staff', staffReason, attempt: null } as const;
  return move(sale, handed, [...withdrawPrompt(sale), lookAgain]);
}

/**
 * Repeats a step under a new key, after a read has shown that its effect is absent (P2). As often as it takes, once a
 * minute in the end: a capture or a cancellation is never dropped (P6).
 */
export function repeatStep(sale: Sale, step: 'capture' | 'cancel' | 'confirm'): Transition {
  const ordinal = (sale.ordinals[step] ?? 0) + 1;
  const afterMs = Math.min(60_000, 1_000 * 2 ** Math.min(ordinal, 6));
  return move(sale, { unsettledStep: null, ordinals: { ...sale.ordinals, [step]: ordinal } }, [
    { kind: `payment_intent.${step}`, ordinal, afterMs },
  ]);
}

/** Asks the reader for a card on the sale's one PaymentIntent (P1). */
export function presentAnew(sale: Sale): Transition {
  const ordinal = sale.attemptsMade + 1;
  const attempt = beginning(sale, ordinal);
  return move(sale, { state: 'presenting', attempt, attemptsMade: ordinal, decline: null }, [
    { kind: 'reader.collect', attemptId: attempt.id },
  ]);
}

/** The sale's Nth attempt as it is before a reader has heard of it. */
export function beginning(sale: Sale, ordinal: number): PaymentAttempt {
  return {
    id: attemptIdOf(sale.id, ordinal),
    ordinal,
    stage: 'sent',
    chargeBefore: sale.paymentIntent?.latestChargeId ?? null,
    processCount: 0,
    inFlight: false,
    windowHoldsCard: false,
    hint: 'none',
    answeredAt: null,
  };
}

/** Commands the collected card to be processed, the same object also a second and third time. */
export function process(sale: Sale, attempt: PaymentAttempt): Transition {
  const count = attempt.processCount + 1;
  const processing: PaymentAttempt = {
    ...attempt,
    stage: 'processing',
    processCount: count,
    inFlight: true,
    windowHoldsCard: true,
    hint: 'none',
    answeredAt: null,
  };
  return move(sale, { state: 'authorizing', attempt: processing }, [
    { kind: 'reader.process', attemptId: attempt.id, count },
  ]);
}

/** Enters or stays in `finding_out` and reads. */
export function findOut(
  sale: Sale,
  changes: Pick<Partial<Sale>, 'attempt' | 'attended'>,
  afterMs = 0,
): Transition {
  return move(sale, { ...changes, state: 'finding_out' }, [
    { kind: 'payment_intent.read', afterMs },
  ]);
}

/** The live attempt if it is the one named, else null: late results of old attempts are dropped. */
export function liveAttempt(sale: Sale, id: AttemptId): PaymentAttempt | null {
  return sale.attempt?.id === id ? sale.attempt : null;
}
