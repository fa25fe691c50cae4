import { z } from 'zod';
import { paymentIntentId, type PaymentIntentId } from '../../domain/ids.ts';
import type { ReaderAction, ReaderActionKind } from '../../ports/readers-api.ts';
import { hint, told } from './hint.ts';
import { believed, UnbelievableReply } from './stripe-replies.ts';

const paymentIntentIdText = z.string().regex(/^pi_[0-9A-Za-z_]{3,200}$/);
const paymentIntent = z
  .union([paymentIntentIdText, z.looseObject({ id: paymentIntentIdText })])
  .transform((found) => paymentIntentId(typeof found === 'string' ? found : found.id));

const anyAction = z.looseObject({
  type: z.string().min(1),
  status: z.enum(['in_progress', 'succeeded', 'failed']),
  failure_code: hint,
  failure_message: hint,
});

const ledKinds: readonly Exclude<ReaderActionKind, 'other' | 'set_reader_display'>[] = [
  'process_payment_intent',
  'collect_payment_method',
  'confirm_payment_intent',
];

/** What a reader does that nobody here understands: it is taken to do something, and not for us. */
const notUnderstood: ReaderAction = {
  kind: 'other',
  status: 'in_progress',
  paymentIntentId: null,
  failureCode: null,
  failureMessage: null,
  hasCard: false,
};

/**
 * Null for a reader that does nothing. A payment that we could have asked for must name its PaymentIntent; of anything
 * else it is taken where it is. Refuses the rest, by UnbelievableReply.
 */
export function readAction(action: unknown): ReaderAction | null {
  if (action === null || action === undefined) return null;
  const what = 'an action of a Reader';
  const read = believed(anyAction, action, what);
  const about = z.looseObject({}).catch({}).parse(read[read.type]);
  const kind = ledKinds.find((one) => one === read.type);
  return {
    kind: kind ?? (read.type === 'set_reader_display' ? 'set_reader_display' : 'other'),
    status: read.status,
    paymentIntentId:
      kind === undefined
        ? paymentIntentOf(about)
        : believed(paymentIntent, about['payment_intent'], what),
    failureCode: told(read.failure_code),
    failureMessage: told(read.failure_message),
    hasCard: (about['payment_method'] ?? null) !== null,
  };
}

function paymentIntentOf(about: Readonly<Record<string, unknown>>): PaymentIntentId | null {
  const found = paymentIntent.safeParse(about['payment_intent']);
  return found.success ? found.data : null;
}

/** The same of one reader among many: one that is odd must not hide the others. */
export function actionOrNotUnderstood(action: unknown): ReaderAction | null {
  try {
    return readAction(action);
  } catch (error) {
    if (error instanceof UnbelievableReply) return notUnderstood;
    throw error;
  }
}
