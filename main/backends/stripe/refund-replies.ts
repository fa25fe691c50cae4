import { z } from 'zod';
import { type RefundFacts, stripeRefundStatuses } from '../../domain/refund.ts';
import type { Page } from '../../ports/payments-api.ts';
import type { RefundRequest } from '../../ports/refunds-api.ts';
import { hint, told } from './hint.ts';
import { metadata, textIn } from './metadata.ts';
import { named, paymentIntentIdText, refundIdText } from './stripe-ids.ts';
import { readPage } from './stripe-lists.ts';
import { believed, UnbelievableReply } from './stripe-replies.ts';

/*
 * What is believed of Stripe's Refunds: all of it that counts money, whoever made the Refund.
 * https://docs.stripe.com/api/refunds/object
 */

const refund = z.looseObject({
  object: z.literal('refund'),
  id: refundIdText,
  status: z.enum(stripeRefundStatuses),
  amount: z.int().nonnegative(),
  currency: z.string().regex(/^[a-z]{3}$/),
  payment_intent: named(paymentIntentIdText).nullish(),
  failure_reason: hint,
  created: z.int().nonnegative(),
  metadata,
});

/** Each refuses, by UnbelievableReply, what is no Refund, or another than the one asked for. */
export function readRefund(reply: unknown, asked: string): RefundFacts {
  const facts = refundOf(reply);
  if (facts.id !== asked) throw new UnbelievableReply('the Refund asked for', reply);
  return facts;
}

export function readNewRefund(reply: unknown, asked: RefundRequest): RefundFacts {
  const facts = refundOf(reply);
  const isOurs =
    facts.refundId === asked.refundId && facts.paymentIntentId === asked.paymentIntentId;
  if (!isOurs) throw new UnbelievableReply('the Refund asked for', reply);
  return facts;
}

/** Refuses, by UnbelievableReply, a list that holds a Refund of another payment. */
export function readRefundPage(reply: unknown, paymentIntent: string): Page<RefundFacts> {
  const what = 'a list of the payment’s Refunds';
  const { data, has_more: hasMore } = readPage(reply, what);
  const entries = data.map(refundOf);
  const isStrange = entries.some((entry) => entry.paymentIntentId !== paymentIntent);
  if (isStrange) throw new UnbelievableReply(what, reply);
  return { entries, hasMore };
}

function refundOf(reply: unknown): RefundFacts {
  const read = believed(refund, reply, 'a Refund');
  return {
    id: read.id,
    status: read.status,
    amount: read.amount,
    currency: read.currency,
    paymentIntentId: read.payment_intent ?? null,
    failureReason: told(read.failure_reason),
    createdAtMs: read.created * 1_000,
    refundId: textIn(read.metadata, 'refund'),
    kioskId: textIn(read.metadata, 'kiosk'),
  };
}
