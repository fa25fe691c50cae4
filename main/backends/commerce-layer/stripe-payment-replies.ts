import { z } from 'zod';
import { type PaymentIntentId, paymentIntentId } from '../../domain/ids.ts';

/*
 * What is believed of Commerce Layer's stripe payments. Which PaymentIntent, on which account, in which mode, and
 * whether the amounts agree must be right; all else is a hint.
 */

/** A stripe payment of Commerce Layer's: its record of a PaymentIntent. */
export interface StripePayment {
  readonly stripeId: PaymentIntentId;
  /** In memory only; null where it is not told. */
  readonly clientSecret: string | null;
  /** `acct_…`, on which the PaymentIntent is; left out for the platform's own. */
  readonly account?: string;
  /** The order costs something else than the PaymentIntent holds. */
  readonly mismatchedAmounts: boolean;
  readonly mode: 'test' | 'live';
  /** Commerce Layer's name for the call, for its support. */
  readonly traceId: string | null;
  readonly reference: string | null;
  readonly referenceOrigin: string | null;
  readonly publishableKey: string | null;
  readonly chargeId: string | null;
  readonly onBehalfOf: string | null;
  readonly transferGroup: string | null;
  readonly paymentMethodId: string | null;
  readonly cardIssuer: string | null;
  readonly cardType: string | null;
}

const hint = z.string().max(500).nullish().catch(null);

const account = z
  .union([z.literal(''), z.string().regex(/^acct_[0-9A-Za-z_-]{1,200}$/)])
  .nullish()
  .transform((text) => (text === '' ? null : text));

const resource = z.looseObject({
  type: z.literal('stripe_payments'),
  id: z.string().min(1).max(200),
  attributes: z.looseObject({
    stripe_id: z
      .string()
      .regex(/^pi_[0-9A-Za-z_]{3,200}$/)
      .transform(paymentIntentId),
    client_secret: hint,
    connected_account: account,
    mismatched_amounts: z.boolean(),
    charge_id: hint,
    publishable_key: hint,
    on_behalf_of: hint,
    transfer_group: hint,
    payment_method: z.looseObject({ id: hint }).nullish().catch(null),
    payment_instrument: z.looseObject({ issuer: hint, card_type: hint }).nullish().catch(null),
    reference: hint,
    reference_origin: hint,
  }),
  meta: z.looseObject({ mode: z.enum(['test', 'live']), trace_id: hint }),
});

const stripePayment = resource.transform(({ attributes, meta }): StripePayment => {
  const { connected_account: connected, payment_instrument: card } = attributes;
  return {
    stripeId: attributes.stripe_id,
    clientSecret: attributes.client_secret ?? null,
    ...(connected === null || connected === undefined ? {} : { account: connected }),
    mismatchedAmounts: attributes.mismatched_amounts,
    mode: meta.mode,
    traceId: meta.trace_id ?? null,
    reference: attributes.reference ?? null,
    referenceOrigin: attributes.reference_origin ?? null,
    publishableKey: attributes.publishable_key ?? null,
    chargeId: attributes.charge_id ?? null,
    onBehalfOf: attributes.on_behalf_of ?? null,
    transferGroup: attributes.transfer_group ?? null,
    paymentMethodId: attributes.payment_method?.id ?? null,
    cardIssuer: card?.issuer ?? null,
    cardType: card?.card_type ?? null,
  };
});

/** The reply to a create. */
export const stripePaymentReply: z.ZodType<StripePayment> = z
  .looseObject({ data: stripePayment })
  .transform(({ data }) => data);

/** A list, of which the first page is all that a filter by one reference can give. */
export const stripePaymentsReply: z.ZodType<readonly StripePayment[]> = z
  .looseObject({ data: z.array(stripePayment) })
  .transform(({ data }) => data);

/** False for a record of the other mode, or one whose publishable key is of the other. */
export function isOfMode({ mode, publishableKey }: StripePayment, ours: 'test' | 'live'): boolean {
  const other = ours === 'test' ? 'pk_live_' : 'pk_test_';
  return mode === ours && publishableKey?.startsWith(other) !== true;
}
