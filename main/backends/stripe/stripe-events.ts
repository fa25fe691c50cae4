import { z } from 'zod';
import type { ReaderId } from '../../domain/ids.ts';
import type { EventNotice, Page } from '../../ports/payments-api.ts';
import { metadata, textIn } from './metadata.ts';
import {
  named,
  paymentIntentIdText,
  readerIdText,
  refundIdText,
  setupIntentIdText,
} from './stripe-ids.ts';
import { readPage } from './stripe-lists.ts';
import { believed } from './stripe-replies.ts';

const event = z.looseObject({
  object: z.literal('event'),
  id: z.string().regex(/^evt_[0-9A-Za-z_]{3,200}$/),
  type: z.string(),
  created: z.int().nonnegative(),
  data: z.looseObject({ object: z.looseObject({}) }).catch({ object: {} }),
});

const reader = z.looseObject({ object: z.literal('terminal.reader'), id: readerIdText });

const readerAction = z.looseObject({ type: z.string() }).catch({ type: '' });

type Fields = Readonly<Record<string, unknown>>;

/** Refuses, by UnbelievableReply, what is no such page, and an event over which the cursor could not be moved. */
export function readEventPage(reply: unknown): Page<EventNotice> {
  const what = 'a list of events';
  const { data, has_more: hasMore } = readPage(reply, what);
  return { entries: data.map((entry) => noticeOf(believed(event, entry, what))), hasMore };
}

/**
 * Which objects an event speaks of: its own, or those that its Charge, Refund or Dispute, or a reader's action, names;
 * and which reader. The object is rendered in the account's own API version and may be old: nothing else of it is
 * looked at.
 */
function noticeOf({ id, type, created, data }: z.infer<typeof event>): EventNotice {
  const { object } = data;
  const readerId = readerOf(object);
  const spoken = readerId === null ? object : actionOf(object);
  const refund = idIn(spoken, 'refund', refundIdText);
  const setup = idIn(spoken, 'setup_intent', setupIntentIdText);
  return {
    id,
    type,
    createdAtMs: created * 1_000,
    paymentIntentId: idIn(spoken, 'payment_intent', paymentIntentIdText),
    kioskId: textIn(metadata.parse(object['metadata']), 'kiosk'),
    readerId,
    ...(refund === null ? {} : { stripeRefundId: refund }),
    ...(setup === null ? {} : { setupIntentId: setup }),
  };
}

function readerOf(object: Fields): ReaderId | null {
  const found = reader.safeParse(object);
  return found.success ? found.data.id : null;
}

/** What a reader's action is about, which stands under the action's own name. */
function actionOf({ action }: Fields): Fields {
  const { type, ...rest } = readerAction.parse(action);
  return z.looseObject({}).catch({}).parse(rest[type]);
}

/** The id of this noun that is spoken of: the object's own, or the one it names. */
function idIn<Id>(spoken: Fields, noun: string, id: z.ZodType<Id, string>): Id | null {
  const found = named(id).safeParse(spoken['object'] === noun ? spoken['id'] : spoken[noun]);
  return found.success ? found.data : null;
}
