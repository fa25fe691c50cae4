import { z } from 'zod';
import { attemptId } from '../domain/ids.ts';
import { id, textOrNull } from './record-parts.ts';

const hint = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('processed') }),
  z.strictObject({
    kind: z.literal('failed'),
    code: z.string(),
    declineCode: textOrNull,
    paymentIntentStatus: textOrNull,
  }),
]);

/** A setup's or a refund's attempt at a reader, as its record holds it. */
export const readerAttempt = z.strictObject({
  id: id(attemptId),
  ordinal: z.int().min(1),
  stage: z.enum(['sent', 'awaiting_card', 'processing']),
  serverDriven: z.enum(['one_step', 'two_step']).exactOptional(),
  atSpare: z.literal(true).exactOptional(),
  hint: hint.nullable(),
});
