import { z } from 'zod';
import { type SetupIntentFacts, setupIntentStatuses } from '../../domain/card-setup.ts';
import { type PaymentMethodId, paymentMethodId, type SetupIntentId } from '../../domain/ids.ts';

/*
 * What Stripe shows of a SetupIntent to somebody who has only a publishable key and the client secret.
 * https://docs.stripe.com/api/setup_intents/retrieve
 */

const text = z.string().max(500).nullish().catch(null);
const methodId = z
  .string()
  .regex(/^(pm|card|src)_[0-9A-Za-z_]{3,200}$/)
  .transform(paymentMethodId);
/** Named by its id, or written out. */
const method = z.union([methodId, z.looseObject({ id: methodId }).transform(({ id }) => id)]);

/** Shown only if Stripe writes the attempt out by itself: such a key may not ask for it. */
const attempt = z
  .looseObject({
    payment_method_details: z.looseObject({
      card_present: z.looseObject({ generated_card: method.nullish() }),
    }),
  })
  .nullish()
  .catch(null);

const setupIntent = z.looseObject({
  object: z.literal('setup_intent'),
  id: z.string(),
  status: z.enum(setupIntentStatuses),
  livemode: z.boolean(),
  payment_method_types: z.array(z.string()),
  payment_method: method.nullish(),
  last_setup_error: z
    .looseObject({ code: text, decline_code: text, payment_method: method.nullish().catch(null) })
    .nullish(),
  latest_attempt: attempt,
});

/** Facts but for whose it is, which the secret alone can't tell. */
export interface SetupIntentSeen extends Omit<SetupIntentFacts, 'setupId' | 'kioskId'> {
  readonly acceptsCardPresent: boolean;
  /** What was tapped; null before, and once it was refused. */
  readonly paymentMethod: PaymentMethodId | null;
}

/** A reply that is this SetupIntent, and no other. */
export function setupIntentSeen(asked: SetupIntentId): z.ZodType<SetupIntentSeen> {
  return setupIntent
    .refine(({ id }) => id === asked)
    .transform((object): SetupIntentSeen => {
      const error = object.last_setup_error ?? null;
      const paymentMethod = object.payment_method ?? null;
      const present = object.latest_attempt?.payment_method_details.card_present;
      return {
        id: asked,
        status: object.status,
        customerId: null,
        lastError:
          error === null
            ? null
            : { code: error.code ?? 'unknown', declineCode: error.decline_code ?? null },
        // The attempt itself is not shown. Each tap is a PaymentMethod of its own, and tells one try from another too.
        latestAttemptId: error?.payment_method ?? paymentMethod,
        generatedCard: present?.generated_card ?? null,
        wallet: null,
        acceptsCardPresent: object.payment_method_types.includes('card_present'),
        paymentMethod,
      };
    });
}
