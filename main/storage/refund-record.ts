import { z } from 'zod';
import {
  chargeId,
  kioskId,
  paymentIntentId,
  refundId,
  saleId,
  stripeRefundId,
} from '../domain/ids.ts';
import {
  type Refund,
  refundReasons,
  refundStates,
  stripeRefundStatuses,
} from '../domain/refund.ts';
import { readerAttempt } from './reader-attempt-record.ts';
import { count, id, money, textOrNull } from './record-parts.ts';

const stripeRefund = z.strictObject({
  id: id(stripeRefundId),
  status: z.enum(stripeRefundStatuses),
  amount: z.int(),
  currency: z.string(),
  paymentIntentId: id(paymentIntentId).nullable(),
  failureReason: textOrNull,
  createdAtMs: z.int(),
  refundId: textOrNull,
  kioskId: textOrNull,
});

const refundRecord = z.strictObject({
  id: id(refundId),
  kioskId: id(kioskId),
  saleId: id(saleId),
  paymentIntentId: id(paymentIntentId),
  chargeId: id(chargeId).nullable(),
  amount: money,
  reason: z.enum(refundReasons),
  way: z.enum(['by_api', 'in_person']),
  by: z.string(),
  why: z.string(),
  approvedBy: z.string(),
  state: z.enum(refundStates),
  stripeRefund: stripeRefund.nullable(),
  before: z.array(id(stripeRefundId)).nullable(),
  attempt: readerAttempt.nullable(),
  attemptsMade: count,
  problem: textOrNull,
  acknowledged: z.boolean(),
  ordinal: count,
  unanswered: count,
  inconclusiveLooks: count,
  revision: count,
});

/** A refund in the form that is stored, its fields in the schema's order. Throws when it is none. */
export function refundOf(value: unknown): Refund {
  return refundRecord.parse(value);
}
