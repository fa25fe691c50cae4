import type { Sale } from '../domain/sale.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger, OutboxRow, ReceiptEmailWork } from '../ports/ledger.ts';
import type { PaymentsApi } from '../ports/payments-api.ts';
import { keyOf } from './key-age.ts';
import type { Settled } from './outbox-worker.ts';

const receiptTriesMax = 5;
const receiptAgainMs = 5_000;

export interface ReceiptWorkOptions {
  readonly ledger: Pick<Ledger, 'atomically' | 'enqueue' | 'receiptEmailsAsked'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly payments: Pick<PaymentsApi, 'setReceiptEmail'>;
  readonly onSettled: () => void;
}

/**
 * Asks for a paid sale's receipt. Setting an address twice does no harm, so after a 5xx it is set again under the next
 * key, a few times. Refuses, by throwing, a sale that has no charge.
 */
export async function setReceiptEmail(
  { ledger, clock, payments, onSettled }: ReceiptWorkOptions,
  row: OutboxRow,
  sale: Sale,
  work: ReceiptEmailWork,
  signal: AbortSignal,
): Promise<Settled> {
  const charge = sale.paymentIntent?.latestChargeId ?? null;
  if (charge === null) throw new Error('a receipt needs the charge of a paid sale');
  const answer = await payments.setReceiptEmail(charge, work.email, keyOf(row), signal);
  const isUncertain = answer.kind === 'uncertain';
  return {
    answer,
    isOver: answer.kind === 'done' || answer.kind === 'refused' || isUncertain,
    store: (settleRow) => {
      ledger.atomically(() => {
        settleRow();
        // A newer address has a higher number, and is the one the customer wants.
        const isNewest = ledger.receiptEmailsAsked(sale.id) === work.ordinal;
        if (!isUncertain || !isNewest || work.ordinal >= receiptTriesMax) return;
        const next = { ...work, ordinal: work.ordinal + 1, afterMs: receiptAgainMs };
        ledger.enqueue(sale.id, next, clock.nowMs());
      });
      onSettled();
    },
  };
}
