import type { RefundId } from '../../domain/ids.ts';
import {
  type AnyRefundEffect,
  refundTransition,
  type RefundEvent,
} from '../../domain/refund-transition.ts';
import { gaveNothingBack, isRefundOver, type Refund } from '../../domain/refund.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { ReaderDriver } from '../../ports/reader-driver.ts';
import type { RefundBook } from '../../ports/refund-book.ts';
import { RecordSteps } from '../record-steps.ts';
import type { SaleSteps } from '../sale-steps.ts';

/** No work waits longer in the outbox, in milliseconds. */
const soonMs = 60_000;

export interface RefundStepsOptions {
  readonly ledger: Ledger;
  readonly book: RefundBook;
  /** The sales' own door: what becomes of a refund is stored with the sale it belongs to. */
  readonly sales: Pick<SaleSteps, 'apply'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly driver: ReaderDriver;
  /** After a step is on disk. */
  readonly onStep: (refund: Refund) => void;
}

export type RefundSteps = RecordSteps<RefundId, Refund, RefundEvent>;

/** The one door through which anything happens to a refund. The sale hears of it in the same transaction. */
export function refundSteps(options: RefundStepsOptions): RefundSteps {
  const { ledger, book, clock, log, driver, onStep } = options;
  return new RecordSteps<RefundId, Refund, RefundEvent>(
    { ledger, clock, log },
    {
      name: 'refund',
      find: (id) => book.findRefund(id),
      transition: (refund, event) => {
        const result = refundTransition(refund, event);
        if (result.kind === 'ignored') return result;
        return { kind: 'moved', after: result.refund, effects: result.effects.filter(isSoon) };
      },
      stateOf: ({ state }) => state,
      save: (before, after, event, nowMs) => {
        book.saveRefundStep(before, after, event, nowMs);
      },
      withStep: (before, after) => {
        tellSale(options, before, after);
      },
      onStep,
      command: (refund, effect) => {
        driver.command({ kind: 'refund', refund }, effect, null);
      },
    },
  );
}

/**
 * The outbox keeps nothing waiting for longer than its own delays last: it would take that for the work of a clock
 * that was set back. A look that is wanted in an hour is asked for by Refunds.findStuck, when it is due.
 */
function isSoon(effect: AnyRefundEffect): boolean {
  return !('afterMs' in effect) || effect.afterMs <= soonMs;
}

/**
 * The sale counts what is given back of it, so it is told once when a refund turns out to give nothing back, and once
 * more should that turn out otherwise. Where a refund has come to an end the PaymentIntent is read again: only what
 * Stripe shows there proves how much is left (P4).
 */
function tellSale({ sales, log }: RefundStepsOptions, before: Refund, after: Refund): void {
  if (before.state === after.state) return;
  const { id: refundId, saleId, amount } = after;
  const wasNothing = gaveNothingBack(before.state);
  const isNothing = gaveNothingBack(after.state);
  if (isNothing && !wasNothing) {
    sales.apply(saleId, { kind: 'not_given_back', refundId, amount: amount.amount });
  }
  if (wasNothing && !isNothing) {
    const counted = sales.apply(saleId, { kind: 'giving_back', refundId, amount: amount.amount });
    // It stays a difference between the sale and Stripe, which staff are shown.
    if (counted === null) log.write('warn', 'refund.not_counted', { owner: refundId });
  }
  if (isRefundOver(after.state) || after.state === 'pending') {
    sales.apply(saleId, { kind: 'look_asked' });
  }
}
