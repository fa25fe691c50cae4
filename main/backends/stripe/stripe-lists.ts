import { z } from 'zod';
import { paymentIntentStatuses } from '../../domain/payment-intent.ts';
import type { Sighting } from '../../ports/books.ts';
import type { Page } from '../../ports/payments-api.ts';
import { metadata, textIn } from './metadata.ts';
import { paymentIntentIdText } from './stripe-ids.ts';
import { believed, UnbelievableReply } from './stripe-replies.ts';

/*
 * What is believed of Stripe's lists. A list also holds what others made, in forms this kiosk never makes: of those
 * only what tells them apart is needed, and an odd one must not hide the rest of its page.
 */

const amount = z.int().nonnegative();
const currency = z.string().regex(/^[a-z]{3}$/);
const seconds = z.int().nonnegative();

const page = z.looseObject({
  object: z.literal('list'),
  has_more: z.boolean(),
  data: z.array(z.looseObject({ id: z.string() })),
});

const captureBefore = z.looseObject({ capture_before: seconds.nullish() });

const latestCharge = z.looseObject({
  amount_refunded: amount.default(0),
  payment_method_details: z
    .looseObject({
      card_present: captureBefore.nullish(),
      interac_present: captureBefore.nullish(),
    })
    .nullish(),
});

/** A PaymentIntent that bears a kiosk's name: what is read of its money must be right. */
const kioskEntry = z.looseObject({
  id: paymentIntentIdText,
  status: z.enum(paymentIntentStatuses),
  amount,
  currency,
  amount_capturable: amount,
  amount_received: amount,
  created: seconds,
  latest_charge: z.union([z.string(), latestCharge]).nullish(),
  metadata,
});

/** Anybody else's: its id, and of the rest whatever can be understood. */
const anyEntry = z.looseObject({
  id: paymentIntentIdText,
  status: z.enum(paymentIntentStatuses).catch('processing'),
  amount: amount.catch(0),
  currency: currency.catch('xxx'),
  amount_capturable: amount.catch(0),
  amount_received: amount.catch(0),
  created: seconds.catch(0),
  latest_charge: z.union([z.string(), latestCharge]).nullish().catch(null),
  metadata,
});

/** Each refuses, by UnbelievableReply, a reply that is not such a page, or one that goes on and shows nothing. */
export function readPage(reply: unknown, what: string): z.infer<typeof page> {
  const read = believed(page, reply, what);
  if (read.has_more && read.data.length === 0) throw new UnbelievableReply(what, reply);
  return read;
}

export function readPaymentIntentPage(reply: unknown): Page<Sighting> {
  const what = 'a list of PaymentIntents';
  const { data, has_more: hasMore } = readPage(reply, what);
  return { entries: data.map((entry) => sightingOf(entry, what)), hasMore };
}

function sightingOf(entry: object, what: string): Sighting {
  const any = believed(anyEntry, entry, what);
  const kioskId = textIn(any.metadata, 'kiosk');
  const read = kioskId === null ? any : believed(kioskEntry, entry, what);
  const charge = typeof read.latest_charge === 'object' ? read.latest_charge : null;
  const details = charge?.payment_method_details;
  const until = (details?.card_present ?? details?.interac_present)?.capture_before ?? null;
  return {
    id: read.id,
    status: read.status,
    amount: read.amount,
    currency: read.currency,
    amountCapturable: read.amount_capturable,
    amountReceived: read.amount_received,
    amountRefunded: charge?.amount_refunded ?? 0,
    createdAtMs: read.created * 1_000,
    captureBeforeMs: until === null ? null : until * 1_000,
    saleId: textIn(read.metadata, 'sale'),
    kioskId,
    orderHash: textIn(read.metadata, 'order'),
  };
}
