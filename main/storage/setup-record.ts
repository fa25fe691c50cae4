import { z } from 'zod';
import { keepFailures } from '../domain/card-on-file.ts';
import { type CardSetup, setupIntentStatuses, setupStates } from '../domain/card-setup.ts';
import { declineReasons } from '../domain/decline.ts';
import {
  consentId,
  customerId,
  kioskId,
  memberKey,
  paymentMethodId,
  setupId,
  setupIntentId,
} from '../domain/ids.ts';
import { cancelReasons } from '../domain/sale.ts';
import { readerAttempt } from './reader-attempt-record.ts';
import { count, id, textOrNull } from './record-parts.ts';

const setupIntent = z.strictObject({
  id: id(setupIntentId),
  status: z.enum(setupIntentStatuses),
  customerId: id(customerId).nullable(),
  lastError: z.strictObject({ code: z.string(), declineCode: textOrNull }).nullable(),
  latestAttemptId: textOrNull,
  generatedCard: id(paymentMethodId).nullable(),
  wallet: textOrNull,
  setupId: textOrNull,
  kioskId: textOrNull,
});

const setupRecord = z.strictObject({
  id: id(setupId),
  kioskId: id(kioskId),
  memberKey: id(memberKey),
  consentId: id(consentId),
  state: z.enum(setupStates),
  attended: z.boolean(),
  setupIntent: setupIntent.nullable(),
  attempt: readerAttempt.nullable(),
  attemptsMade: count,
  attemptBefore: textOrNull,
  decline: z.enum([...declineReasons, 'wallet']).nullable(),
  cancelReason: z.enum(cancelReasons).nullable(),
  cardId: id(paymentMethodId).nullable(),
  failure: z.enum(keepFailures).nullable(),
  ordinals: z.strictObject({ create: count, cancel: count }),
  inconclusiveReads: count,
  revision: count,
});

/** A setup in the form that is stored, its fields in the schema's order. Throws when it is none. */
export function setupOf(value: unknown): CardSetup {
  return setupRecord.parse(value);
}
