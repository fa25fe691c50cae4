import { z } from 'zod';
import type { CardFacts } from '../../domain/card-on-file.ts';
import type { LeftBehind } from '../../ports/cards-api.ts';
import type { Page } from '../../ports/payments-api.ts';
import { hint, told } from './hint.ts';
import { customerIdText, named, paymentIntentIdText, paymentMethodIdText } from './stripe-ids.ts';
import { readPage } from './stripe-lists.ts';
import { believed, UnbelievableReply } from './stripe-replies.ts';

/*
 * What is believed of Stripe's cards. Which card it is, whose, and until when must be right; how it looks and where it
 * came from are hints. https://docs.stripe.com/api/payment_methods/object
 */

const wallet = z.looseObject({ type: hint }).nullish().catch(null);

const generatedFrom = z
  .looseObject({
    payment_method_details: z
      .looseObject({ card_present: z.looseObject({ wallet }).nullish().catch(null) })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null);

const card = z.looseObject({
  object: z.literal('payment_method'),
  id: paymentMethodIdText,
  type: z.literal('card'),
  customer: named(customerIdText).nullish(),
  // The least that can be meant, where it is not told.
  allow_redisplay: z.enum(['always', 'limited', 'unspecified']).catch('unspecified'),
  card: z.looseObject({
    brand: hint,
    last4: hint,
    exp_month: z.int().min(1).max(12),
    exp_year: z.int().min(1_900).max(9_999),
    fingerprint: hint,
    wallet,
    generated_from: generatedFrom,
  }),
});

const presented = z.looseObject({
  generated_card: named(paymentMethodIdText).nullish(),
  last4: hint,
  wallet,
});

/** Paid in person, and with its Charge written out: what came of the tap stands nowhere else. */
const paidInPerson = z.looseObject({
  object: z.literal('payment_intent'),
  id: paymentIntentIdText,
  latest_charge: z.looseObject({
    object: z.literal('charge'),
    payment_method_details: z.union([
      z.looseObject({ card_present: presented }).transform((details) => details.card_present),
      z.looseObject({ interac_present: presented }).transform((details) => details.interac_present),
    ]),
  }),
});

/** Refuses, by UnbelievableReply, what is no card, or another than the one asked for. */
export function readCard(reply: unknown, asked: string): CardFacts {
  const facts = cardOf(reply);
  if (facts.id !== asked) throw new UnbelievableReply('the card asked for', reply);
  return facts;
}

/** Refuses, by UnbelievableReply, a card that is not this Customer's. */
export function readCardOf(reply: unknown, asked: string, customer: string): CardFacts {
  const facts = readCard(reply, asked);
  if (facts.customerId !== customer) throw new UnbelievableReply('a card of the Customer', reply);
  return facts;
}

/** Refuses, by UnbelievableReply, a card that still is somebody's. */
export function readDetachedCard(reply: unknown, asked: string): null {
  if (readCard(reply, asked).customerId === null) return null;
  throw new UnbelievableReply('a card that was detached', reply);
}

export function readCardPage(reply: unknown): Page<CardFacts> {
  const { data, has_more: hasMore } = readPage(reply, 'a list of cards');
  return { entries: data.map(cardOf), hasMore };
}

/** Refuses, by UnbelievableReply, a PaymentIntent that was not paid in person, and one that does not show how. */
export function readLeftBehind(reply: unknown, asked: string): LeftBehind {
  const what = 'a PaymentIntent paid in person';
  const { id, latest_charge: charge } = believed(paidInPerson, reply, what);
  if (id !== asked) throw new UnbelievableReply(what, reply);
  const { generated_card: generatedCard, wallet: tapped, last4 } = charge.payment_method_details;
  return {
    generatedCard: generatedCard ?? null,
    wallet: told(tapped?.type),
    last4: told(last4),
  };
}

function cardOf(reply: unknown): CardFacts {
  const {
    id,
    customer,
    allow_redisplay: allowRedisplay,
    card: shown,
  } = believed(card, reply, 'a card');
  const tapped = shown.generated_from?.payment_method_details?.card_present?.wallet;
  return {
    id,
    customerId: customer ?? null,
    brand: told(shown.brand) ?? 'unknown',
    last4: told(shown.last4) ?? '····',
    expMonth: shown.exp_month,
    expYear: shown.exp_year,
    fingerprint: told(shown.fingerprint),
    allowRedisplay,
    wallet: told(shown.wallet?.type) ?? told(tapped?.type),
  };
}
