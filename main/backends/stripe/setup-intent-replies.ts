import { z } from 'zod';
import { type SetupIntentFacts, setupIntentStatuses } from '../../domain/card-setup.ts';
import type { LiveSetupIntent } from '../../ports/cards-api.ts';
import { hint, told } from './hint.ts';
import { metadata, textIn } from './metadata.ts';
import { customerIdText, named, paymentMethodIdText, setupIntentIdText } from './stripe-ids.ts';
import { believed, UnbelievableReply } from './stripe-replies.ts';

const wallet = z.looseObject({ type: hint }).nullish().catch(null);

/** One try with one card, always written out: only there does the card stand that came of it. */
const attempt = z.looseObject({
  object: z.literal('setup_attempt'),
  id: z.string().regex(/^setatt_[0-9A-Za-z_]{3,200}$/),
  payment_method_details: z
    .looseObject({
      card_present: z
        .looseObject({ generated_card: named(paymentMethodIdText).nullish(), wallet })
        .nullish(),
    })
    .nullish(),
  payment_method: z
    .looseObject({ card_present: z.looseObject({ wallet }).nullish().catch(null) })
    .nullish()
    .catch(null),
});

const setupIntent = z.looseObject({
  object: z.literal('setup_intent'),
  id: setupIntentIdText,
  status: z.enum(setupIntentStatuses),
  client_secret: z.string().nullish(),
  customer: named(customerIdText).nullish(),
  last_setup_error: z.looseObject({ code: hint, decline_code: hint }).nullish(),
  latest_attempt: attempt.nullish(),
  metadata,
});

/**
 * Refuses, by UnbelievableReply, what is no SetupIntent, another than the one asked for, and one that succeeded and
 * does not show the card's part in it: that no card came of it must be read, not missed.
 * https://docs.stripe.com/api/setup_intents/object
 */
export function readSetupIntent(reply: unknown, asked?: string): LiveSetupIntent {
  const what = 'a SetupIntent';
  const object = believed(setupIntent, reply, what);
  if (asked !== undefined && object.id !== asked) throw new UnbelievableReply(what, reply);
  const isUnshown = (object.latest_attempt?.payment_method_details?.card_present ?? null) === null;
  if (object.status === 'succeeded' && isUnshown) {
    throw new UnbelievableReply('a SetupIntent with the card it was for', reply);
  }
  return { setupIntent: factsOf(object), clientSecret: object.client_secret ?? null };
}

/** A SetupIntent of this setup for which a card can be collected: without its secret it would be of no use. */
export function readNewSetupIntent(reply: unknown, setup: string): LiveSetupIntent {
  const live = readSetupIntent(reply);
  if (live.clientSecret === null || live.setupIntent.setupId !== setup) {
    throw new UnbelievableReply('a new SetupIntent of the setup', reply);
  }
  return live;
}

function factsOf(object: z.infer<typeof setupIntent>): SetupIntentFacts {
  const latest = object.latest_attempt ?? null;
  const present = latest?.payment_method_details?.card_present ?? null;
  const error = object.last_setup_error ?? null;
  return {
    id: object.id,
    status: object.status,
    customerId: object.customer ?? null,
    lastError:
      error === null
        ? null
        : { code: told(error.code) ?? 'unknown', declineCode: told(error.decline_code) },
    latestAttemptId: latest?.id ?? null,
    generatedCard: present?.generated_card ?? null,
    // The attempt's own part does not show it today, the PaymentMethod of the tap does.
    wallet: told(present?.wallet?.type) ?? told(latest?.payment_method?.card_present?.wallet?.type),
    setupId: textIn(object.metadata, 'setup'),
    kioskId: textIn(object.metadata, 'kiosk'),
  };
}
