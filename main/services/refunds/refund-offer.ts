import { refundable } from '../../domain/given-back.ts';
import type { Money } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import { isFinal, type Sale, totalOf } from '../../domain/sale.ts';
import { noRefundSentence, type NoRefund } from './refund-words.ts';

/** What can be given back of a sale now, and how. */
export interface Refundable {
  /** What was taken, whatever was given back since. */
  readonly paid: Money;
  /** The most that may be asked for now; zero where `why` says why not. */
  readonly most: Money;
  readonly why: NoRefund | null;
  /** For staff; null where something can be given back. */
  readonly sentence: string | null;
  readonly way: Refund['way'];
}

/** Judged by what was last read of the payment; `isSupported` is false where the system behind can't give back. */
export function refundOffer(sale: Sale, isSupported: boolean): Refundable {
  const read = sale.paymentIntent;
  const { currency } = read ?? totalOf(sale);
  const why = whyNot(sale, isSupported);
  return {
    paid: { amount: read?.amountReceived ?? 0, currency },
    most: { amount: why === null ? refundable(sale) : 0, currency },
    why,
    sentence: why === null ? null : noRefundSentence(why),
    way: wayOf(sale),
  };
}

function whyNot(sale: Sale, isSupported: boolean): NoRefund | null {
  const read = sale.paymentIntent;
  if (read?.status === 'requires_capture') return 'only_held';
  if (!isFinal(sale.state)) return 'not_settled';
  if (read?.status !== 'succeeded') return 'nothing_taken';
  if (sale.staffReason === 'not_ours') return 'not_ours';
  if (!isSupported) return 'not_supported';
  if (read.disputed) return 'disputed';
  return refundable(sale) === 0 ? 'all_given_back' : null;
}

/**
 * Interac gives money back only to the card itself, at a reader; every other card needs no card for it.
 * https://docs.stripe.com/terminal/features/refunds
 */
function wayOf({ paymentIntent }: Sale): Refund['way'] {
  return paymentIntent?.card?.brand === 'interac' ? 'in_person' : 'by_api';
}
