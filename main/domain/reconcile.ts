import { assert } from './assert.ts';
import { withoutReleased } from './given-back.ts';
import type { KioskId } from './ids.ts';
import type { Money } from './money.ts';
import { judgeSale } from './reconcile-sale.ts';
import type { Sale, StaffDecision } from './sale.ts';
import { isQuiet, moneyIn, type SeenMoney } from './seen-money.ts';

/** What a sale and its PaymentIntent can come to. All but the last are a sum on the day's report. */
export const reconcileClasses = [
  'captured_ordered',
  'authorised_ordered',
  'authorised_no_order',
  'charged_order_failed',
  'amount_mismatch',
  /** Paid in cash or otherwise: a tender was recorded by staff. */
  'paid_elsewhere',
  'expired',
  'unknown',
  'not_ours',
  /** No money came of it: nothing to settle. */
  'nothing_taken',
] as const;

export type ReconcileClass = (typeof reconcileClasses)[number];

/** The safe thing to do: a decision of staff, or why none is asked for. */
export type Proposal =
  | StaffDecision
  /** Nothing is left to do. */
  | 'none'
  /** The kiosk is finding out or settling it by itself. */
  | 'wait'
  /** No sale of ours knows it: a person settles it on Stripe's own pages. */
  | 'settle_at_stripe';

/** The class of a pair and what it asks for. */
export interface Verdict {
  readonly class: ReconcileClass;
  /** False keeps the day from being closed. */
  readonly resolved: boolean;
  readonly proposal: Proposal;
  /** When the hold lapses, epoch milliseconds; null when nothing is held. */
  readonly deadlineMs: number | null;
  /** What is taken, held or in doubt, in minor units; zero when nothing is. */
  readonly amountAtStake: Money;
}

/** A sale and the PaymentIntent that belongs to it; one of them may be missing. */
export interface ReconcilePair {
  readonly sale: Sale | null;
  readonly addedAtMs: number | null;
  readonly sighting:
    (SeenMoney & { readonly createdAtMs: number; readonly kioskId: string | null }) | null;
}

/** Stripe's words: a hold of a card that was present lasts at least this long. Milliseconds. */
const holdAtLeastMs = 2 * 24 * 3_600_000;
/** A processPayment that has not ended after this long has ended all the same. Milliseconds. */
const inFlightMaxMs = 3_600_000;

/**
 * The one class a pair falls into. What the sale last read of its PaymentIntent outweighs what a list showed: every
 * difference between the two is read anew by the sweep that saw it. Refuses, by assertion, a pair of nothing.
 */
export function classify(pair: ReconcilePair, kioskId: KioskId, nowMs: number): Verdict {
  const { sale, addedAtMs } = pair;
  const sighting = pair.sighting === null ? null : withoutReleased(pair.sighting);
  if (sale !== null) {
    const isOurs = sighting?.kioskId === sale.kioskId;
    const read = sale.paymentIntent === null ? null : withoutReleased(sale.paymentIntent);
    const seen = read ?? (isOurs ? sighting : null);
    const deadlineMs = deadlineOf(seen, addedAtMs ?? sighting?.createdAtMs ?? nowMs);
    return { ...judgeSale(sale, seen), deadlineMs };
  }
  assert(sighting !== null, 'a pair has a sale or a PaymentIntent');
  const amountAtStake = moneyIn(sighting);
  if (sighting.kioskId !== kioskId) {
    return {
      class: 'not_ours',
      resolved: true,
      proposal: 'none',
      deadlineMs: null,
      amountAtStake,
    };
  }
  const deadlineMs = deadlineOf(sighting, sighting.createdAtMs);
  if (isQuiet(sighting)) {
    return { class: 'nothing_taken', resolved: true, proposal: 'none', deadlineMs, amountAtStake };
  }
  const resolved = isForgotten(sighting, nowMs - sighting.createdAtMs);
  const proposal = resolved ? 'none' : 'settle_at_stripe';
  return { class: 'unknown', resolved, proposal, deadlineMs, amountAtStake };
}

/** A PaymentIntent without money that no card can reach any more: nobody has to do anything. */
function isForgotten(seen: SeenMoney, ageMs: number): boolean {
  const mayMove = seen.status === 'processing' || seen.status === 'requires_action';
  const holds = seen.status === 'requires_capture' || moneyIn(seen).amount > 0;
  return !mayMove && !holds && ageMs > inFlightMaxMs;
}

function deadlineOf(seen: SeenMoney | null, beganAtMs: number): number | null {
  if (seen?.status !== 'requires_capture') return null;
  return seen.captureBeforeMs ?? beganAtMs + holdAtLeastMs;
}
