import { z } from 'zod';
import type { PromptKind, PromptObject } from '../../ports/reader-book.ts';
import type { ReaderAction } from '../../ports/readers-api.ts';
import { hint, told } from './hint.ts';
import { chargeIdText, named, paymentIntentIdText, setupIntentIdText } from './stripe-ids.ts';
import { believed, UnbelievableReply } from './stripe-replies.ts';

const anyAction = z.looseObject({
  type: z.string().min(1),
  status: z.enum(['in_progress', 'succeeded', 'failed']),
  failure_code: hint,
  failure_message: hint,
});

const paymentIntent = z
  .looseObject({ payment_intent: named(paymentIntentIdText) })
  .transform((about) => about.payment_intent);

/** What an action of each kind is about. A refund may name its PaymentIntent instead, which ours never do. */
const objects: Readonly<Record<PromptKind, z.ZodType<PromptObject | null>>> = {
  process_payment_intent: paymentIntent,
  collect_payment_method: paymentIntent,
  confirm_payment_intent: paymentIntent,
  process_setup_intent: z
    .looseObject({ setup_intent: named(setupIntentIdText) })
    .transform((about) => about.setup_intent),
  refund_payment: z
    .looseObject({ charge: named(chargeIdText).nullish() })
    .transform((about) => about.charge ?? null),
};

/** What a reader does that nobody here understands: it is taken to do something, and not for us. */
const notUnderstood: ReaderAction = {
  kind: 'other',
  status: 'in_progress',
  object: null,
  failureCode: null,
  failureMessage: null,
  hasCard: false,
};

/**
 * Null for a reader that does nothing. An action that we could have asked for must say what it is about; of anything
 * else its PaymentIntent is taken where there is one. Refuses the rest, by UnbelievableReply.
 */
export function readAction(action: unknown): ReaderAction | null {
  if (action === null || action === undefined) return null;
  const what = 'an action of a Reader';
  const read = believed(anyAction, action, what);
  const about = z.looseObject({}).catch({}).parse(read[read.type]);
  const facts = {
    status: read.status,
    failureCode: told(read.failure_code),
    failureMessage: told(read.failure_message),
    hasCard: (about['payment_method'] ?? null) !== null,
  };
  if (isPrompt(read.type)) {
    return { ...facts, kind: read.type, object: believed(objects[read.type], about, what) };
  }
  const found = paymentIntent.safeParse(about);
  return {
    ...facts,
    kind: read.type === 'set_reader_display' ? 'set_reader_display' : 'other',
    object: found.success ? found.data : null,
  };
}

function isPrompt(type: string): type is PromptKind {
  return Object.hasOwn(objects, type);
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
