import { isRefundedOnlyByUs } from './given-back.ts';
import { equal } from './money.ts';
import { dueOf, type Sale, type StaffDecision, totalOf } from './sale.ts';

/**
 * What staff may decide about this sale now, the safest first; empty when nothing is theirs to decide. What is not
 * this kiosk's may only be closed (P10); what holds money of ours may not be closed over (P6).
 */
export function allowedDecisions(sale: Sale): readonly StaffDecision[] {
  if (sale.staffDecision === 'close') return [];
  if (sale.state === 'expired') return ['close'];
  if (sale.state === 'paid') return isPaidInFull(sale) ? [] : ['close'];
  if (sale.settledBy === 'platform') return sale.state === 'needs_staff' ? ['close'] : [];
  // The hold waits for the network: until it is taken it can be released.
  if (sale.state === 'authorized' || sale.state === 'capturing') return ['cancel'];
  if (sale.state !== 'needs_staff') return [];
  if (sale.staffReason === 'not_ours') return ['close'];
  switch (sale.paymentIntent?.status) {
    case 'requires_capture':
      if (mayTake(sale, undefined)) return ['capture', 'cancel', 'capture_part'];
      return mayTake(sale, 1) ? ['cancel', 'capture_part'] : ['cancel'];
    case 'succeeded':
      return sale.tender === null && isPaidInFull(sale) ? ['accept', 'close'] : ['close'];
    case 'canceled':
    case undefined:
      return ['close'];
    case 'requires_payment_method':
    case 'requires_confirmation':
    case 'requires_action':
    case 'processing':
      return ['cancel'];
  }
}

/** True while staff may record that this sale was paid otherwise: never while its outcome is unknown (P5). */
export function mayRecordTender(sale: Sale): boolean {
  if (sale.tender !== null || sale.staffDecision === 'close') return false;
  // Nothing that it may still hold could be released from here.
  if (sale.settledBy === 'platform' && sale.state !== 'canceled') return false;
  switch (sale.state) {
    case 'canceled':
    case 'expired':
    case 'authorized':
    case 'capturing':
      return true;
    case 'needs_staff':
      return sale.staffReason !== 'not_ours' && sale.paymentIntent?.status !== 'succeeded';
    case 'open':
    case 'creating':
    case 'presenting':
    case 'authorizing':
    case 'finding_out':
    case 'canceling':
    case 'paid':
      return false;
  }
}

/** True when Stripe shows all that is due as received, and nothing of it given or taken back but by this kiosk. */
export function isPaidInFull(sale: Sale): boolean {
  const read = sale.paymentIntent;
  if (read?.status !== 'succeeded' || read.disputed) return false;
  if (!isRefundedOnlyByUs(sale)) return false;
  return equal({ amount: read.amountReceived, currency: read.currency }, dueOf(sale));
}

/** True when so much of the hold may be taken: never more than the order's total, and never more than is held. */
export function mayTake(sale: Sale, amount: number | undefined): boolean {
  const read = sale.paymentIntent;
  const total = totalOf(sale);
  if (read?.status !== 'requires_capture' || sale.tender !== null) return false;
  if (read.currency !== total.currency) return false;
  if (amount === undefined) return equal(read, total) && read.amountCapturable === read.amount;
  return amount > 0 && amount <= Math.min(total.amount, read.amountCapturable);
}
