import { z } from 'zod';
import { declineReasons } from '../domain/decline.ts';
import {
  attemptId,
  chargeId,
  consentId,
  customerId,
  kioskId,
  memberKey,
  paymentIntentId,
  paymentMethodId,
  saleId,
} from '../domain/ids.ts';
import { paymentIntentStatuses } from '../domain/payment-intent.ts';
import { platformStatuses } from '../domain/platform-order.ts';
import {
  attemptStages,
  cancelReasons,
  processWords,
  type Sale,
  saleStates,
  staffDecisions,
  staffReasons,
  tenders,
} from '../domain/sale.ts';
import { count, id, money, textOrNull } from './record-parts.ts';

/** A part that most steps carry on as it is: what has come out of its schema once is not looked through again. */
function part<Schema extends z.ZodType>(schema: Schema) {
  // The domain changes nothing in place, so what was in the schema's form still is.
  const known = new WeakSet();
  return z.unknown().transform((value, context): z.output<Schema> => {
    if (typeof value === 'object' && value !== null && known.has(value)) {
      return value as z.output<Schema>;
    }
    const read = schema.safeParse(value);
    if (!read.success) {
      context.addIssue(z.prettifyError(read.error));
      return z.NEVER;
    }
    if (typeof read.data === 'object' && read.data !== null) known.add(read.data);
    return read.data;
  });
}

const order = z.strictObject({
  lines: z.array(
    z.strictObject({
      itemId: z.string(),
      name: z.string(),
      quantity: z.int().min(1),
      unitPrice: money,
      total: money,
    }),
  ),
  subtotal: money,
  taxes: z.array(z.strictObject({ label: z.string(), amount: money, included: z.boolean() })),
  total: money,
});

const card = z.strictObject({
  brand: z.string(),
  last4: z.string(),
  readMethod: textOrNull,
  applicationPreferredName: textOrNull,
  dedicatedFileName: textOrNull,
  authorizationCode: textOrNull,
  authorizationResponseCode: textOrNull,
  applicationCryptogram: textOrNull,
  terminalVerificationResults: textOrNull,
  transactionStatusInformation: textOrNull,
  cardholderVerificationMethod: textOrNull,
  accountType: textOrNull,
});

const paymentIntent = z.strictObject({
  id: id(paymentIntentId),
  status: z.enum(paymentIntentStatuses),
  amount: z.int(),
  currency: z.string(),
  amountCapturable: z.int(),
  amountReceived: z.int(),
  amountRefunded: z.int().default(0),
  disputed: z.boolean().default(false),
  acceptsCardPresent: z.boolean(),
  latestChargeId: id(chargeId).nullable(),
  lastPaymentError: z.strictObject({ code: z.string(), declineCode: textOrNull }).nullable(),
  cancellationReason: textOrNull.default(null),
  captureBeforeMs: z.int().nullable(),
  card: card.nullable(),
  saleId: textOrNull,
  kioskId: textOrNull,
  livemode: z.boolean(),
  account: z.string().exactOptional(),
  platform: z
    .strictObject({ status: z.enum(platformStatuses), orderId: textOrNull, error: textOrNull })
    .exactOptional(),
  unseen: z.literal(true).exactOptional(),
});

const attempt = z.strictObject({
  id: id(attemptId),
  ordinal: z.int().min(1),
  stage: z.enum(attemptStages),
  chargeBefore: id(chargeId).nullable(),
  processCount: count,
  inFlight: z.boolean(),
  windowHoldsCard: z.boolean(),
  hint: z.enum(processWords),
  answeredAt: count.nullable(),
  serverDriven: z.enum(['one_step', 'two_step']).exactOptional(),
  atSpare: z.literal(true).exactOptional(),
});

const keeping = z.strictObject({ memberKey: id(memberKey), consentId: id(consentId) });

const storedCard = z.strictObject({
  paymentMethodId: id(paymentMethodId),
  customerId: id(customerId),
  memberKey: id(memberKey),
  brand: z.string(),
  last4: z.string(),
  mayWaitUntilMs: z.int().nullable(),
});

const platformOrder = z.strictObject({
  id: z.string().min(1),
  fromBalance: count,
  balance: count,
  userId: textOrNull,
  partnerId: textOrNull,
});

const saleRecord = z.strictObject({
  id: id(saleId),
  kioskId: id(kioskId),
  state: z.enum(saleStates),
  order: part(order),
  completed: z.boolean(),
  attended: z.boolean(),
  lingering: z.boolean(),
  cancelReason: z.enum(cancelReasons).nullable(),
  staffReason: z.enum(staffReasons).nullable(),
  tender: z.enum(tenders).nullable().default(null),
  staffDecision: z.enum(staffDecisions).nullable().default(null),
  paymentIntent: part(paymentIntent.nullable()),
  attempt: attempt.nullable(),
  attemptsMade: count,
  decline: z.enum(declineReasons).nullable(),
  ordinals: z.strictObject({
    create: count,
    capture: count,
    cancel: count,
    confirm: count.exactOptional(),
  }),
  unsettledStep: z
    .strictObject({
      step: z.enum(['capture', 'cancel', 'confirm']),
      how: z.enum(['refused', 'unproved']),
    })
    .nullable(),
  inconclusiveReads: count,
  unanswered: count,
  revision: count,
  // Absent where it was never wished for: records from before these fields keep their hashes.
  keeping: keeping.exactOptional(),
  storedCard: storedCard.exactOptional(),
  payAnew: z.literal(true).exactOptional(),
  superseded: id(paymentIntentId).exactOptional(),
  captureAmount: z.int().min(1).exactOptional(),
  platformOrder: platformOrder.exactOptional(),
  settledBy: z.literal('platform').exactOptional(),
  recordsOrder: z.literal(true).exactOptional(),
  givenBack: count.exactOptional(),
});

/**
 * Reads a stored sale back. Throws when it is not one: a damaged row is never guessed at. Fields that records of
 * an earlier version lack have the value they then stood for.
 */
export function parseSale(record: string): Sale {
  return saleRecord.parse(JSON.parse(record));
}

/**
 * The sale and its text as they are stored: the fields in the schema's order whatever made the object, so that
 * the same sale has the same hash again when its journal is replayed. Throws when it would not be read back.
 */
export function recordOf(sale: Sale): { readonly sale: Sale; readonly record: string } {
  const ordered: Sale = saleRecord.parse(sale);
  return { sale: ordered, record: JSON.stringify(ordered) };
}
