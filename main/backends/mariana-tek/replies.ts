import { z } from 'zod';
import { paymentIntentId, readerId, setupIntentId } from '../../domain/ids.ts';
import type { PlatformFacts, PlatformStatus } from '../../domain/platform-order.ts';

/*
 * What is believed of Mariana Tek's replies. Its document calls every field optional; those without which a reply is
 * of no use are asked for here, and a reply without them is not understood.
 */

/** Their ids are texts by the schema and numbers in the examples. */
const id = z.union([z.string().min(1).max(100), z.int()]).transform(String);
const publishableKey = z.string().regex(/^pk_(test|live)_\w{1,200}$/);
const clientSecret = z.string().min(1).max(300);

/** Told as null, as nothing, or left out. */
const location = z
  .string()
  .max(200)
  .nullish()
  .transform((told) => (told === undefined || told === '' ? null : told));

export const configurationReply = z
  .looseObject({ stripe_publishable_api_key: publishableKey, stripe_location_id: location })
  .transform((reply) => ({
    publishableKey: reply.stripe_publishable_api_key,
    location: reply.stripe_location_id,
  }));

export const paymentIntentReply = z
  .looseObject({
    stripe_payment_intent_id: z
      .string()
      .regex(/^pi_[0-9A-Za-z_]{3,200}$/)
      .transform(paymentIntentId),
    stripe_publishable_api_key: publishableKey,
    client_secret: clientSecret,
  })
  .transform((reply) => ({
    id: reply.stripe_payment_intent_id,
    publishableKey: reply.stripe_publishable_api_key,
    clientSecret: reply.client_secret,
  }));

export const setupIntentReply = z
  .looseObject({
    stripe_setup_intent_id: z
      .string()
      .regex(/^seti_[0-9A-Za-z_]{3,200}$/)
      .transform(setupIntentId),
    stripe_publishable_api_key: publishableKey,
    client_secret: clientSecret,
  })
  .transform((reply) => ({
    id: reply.stripe_setup_intent_id,
    publishableKey: reply.stripe_publishable_api_key,
    clientSecret: reply.client_secret,
  }));

const statuses: Readonly<Record<'Open' | 'Submitted' | 'Failed', PlatformStatus>> = {
  Open: 'open',
  Submitted: 'submitted',
  Failed: 'failed',
};
const errorMax = 300;
/** Secrets of a PaymentIntent, keys and tokens of Stripe's, and card numbers. */
const secrets = /_secret_\w+|\b(?:[rsp]k_(?:test|live)|whsec|pst)_\w+|\b\d(?:[ -]?\d){12,18}\b/g;

/** A status that is none of the three is not believed: what it would mean for the money is not known. */
export const paymentStatusReply = z
  .looseObject({
    status: z.enum(['Open', 'Submitted', 'Failed']),
    order: id.nullish().catch(null),
    error: z.string().nullish().catch(null),
  })
  .transform((reply): PlatformFacts => {
    const status = statuses[reply.status];
    // It is stored with the sale, and may repeat what it was told by others (P9).
    const error = (reply.error ?? '')
      .replaceAll(secrets, '…')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, errorMax);
    return {
      status,
      orderId: status === 'submitted' ? (reply.order ?? null) : null,
      error: error === '' ? null : error,
    };
  });

export const connectionTokenReply = z
  .looseObject({ stripe_connection_token: z.string().regex(/^pst_\w{1,500}$/) })
  .transform((reply) => reply.stripe_connection_token);

/** The bankcard's number is for support alone: a reply without it still names what was stored. */
export const storePaymentMethodReply = z
  .looseObject({ payment_method: z.string().min(1).max(300), bankcard: id.nullish().catch(null) })
  .transform((reply) => ({
    paymentMethod: reply.payment_method,
    bankcard: reply.bankcard ?? null,
  }));

const readersMax = 1_000;

export const terminalListReply = z
  .array(
    z.looseObject({
      terminal_id: z
        .string()
        .regex(/^tmr_[0-9A-Za-z_]{3,200}$/)
        .transform(readerId),
      label: z.string().max(200).nullish().catch(null),
    }),
  )
  .max(readersMax)
  .transform((readers) =>
    readers.map((reader) => ({ id: reader.terminal_id, label: reader.label ?? '' })),
  );
