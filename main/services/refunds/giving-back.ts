import type { KioskId } from '../../domain/ids.ts';
import { defaultWaitLimits, type WaitLimits } from '../../domain/sale-waits.ts';
import type { Approval } from '../../ports/approval.ts';
import type { Ledger, OutboxRow } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { PaymentsApi } from '../../ports/payments-api.ts';
import type { ReaderDriver } from '../../ports/reader-driver.ts';
import type { RefundBook } from '../../ports/refund-book.ts';
import type { RefundsApi } from '../../ports/refunds-api.ts';
import type { KnownTime } from '../known-time.ts';
import type { Settled } from '../outbox-worker.ts';
import type { SaleSteps } from '../sale-steps.ts';
import type { StripeReach } from '../stripe-reach.ts';
import { Refunds } from './refunds.ts';
import { type RefundSteps, refundSteps } from './refund-steps.ts';
import { RefundTimers } from './refund-timers.ts';
import { RefundWork } from './refund-work.ts';

export interface GivingBackOptions {
  readonly ledger: Ledger;
  /** In the same file as the ledger. */
  readonly book: RefundBook;
  /** Null: the system behind this kiosk gives nothing back. */
  readonly api: RefundsApi | null;
  readonly payments: PaymentsApi;
  readonly approval: Approval;
  readonly sales: Pick<SaleSteps, 'apply'>;
  /** Whoever leads the reader: refunds in person go there. */
  readonly driver: ReaderDriver;
  readonly clock: KnownTime;
  readonly reach: StripeReach;
  readonly log: Log;
  readonly kioskId: KioskId;
  readonly waitLimits?: WaitLimits;
  /** False while a sale or a setup may ask for a card at the reader. */
  readonly isReaderFree: () => boolean;
  /** A refund's step, and perhaps work for the outbox, is on disk. */
  readonly onStep: () => void;
}

export interface GivingBack {
  readonly refunds: Refunds;
  /** Where a reader's driver tells what happened. */
  readonly steps: RefundSteps;
  /** Makes the call of an outbox row whose owner is a refund. */
  carryOut(row: OutboxRow, signal: AbortSignal): Promise<Settled>;
  /** Stops the clocks. */
  close(): void;
}

/** Everything that gives money back, put together. Nothing moves before `refunds.start`. */
export function givingBack(options: GivingBackOptions): GivingBack {
  const { api, clock, onStep } = options;
  const timers = new RefundTimers(clock, options.waitLimits ?? defaultWaitLimits, (id, event) => {
    steps.apply(id, event);
  });
  const steps: RefundSteps = refundSteps({
    ...options,
    onStep: (refund) => {
      timers.follow(refund);
      onStep();
    },
  });
  const work = api === null ? null : new RefundWork({ ...options, api, steps });
  const refunds = new Refunds({
    ...options,
    steps,
    isSupported: api !== null,
    onAsked: onStep,
  });
  return {
    refunds,
    steps,
    carryOut: async (row, signal) => {
      // Nothing is lost: it waits until this kiosk is set up for a system that gives money back.
      if (work === null) throw new Error('the system behind this kiosk gives nothing back');
      return work.carryOut(row, signal);
    },
    close: () => {
      timers.close();
    },
  };
}
