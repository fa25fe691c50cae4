import type { PlatformCharge, PlatformPaymentIntent } from '../platform-stripe.ts';

/** An order that can be paid. */
export interface CommerceLayerOrder {
  readonly id: string;
  /** Minor units; it may change after a payment was made. */
  total: number;
  readonly currency: string;
}

/** A stripe payment as it is kept. */
export interface StripePayment {
  readonly id: string;
  readonly orderId: string;
  readonly stripeId: string;
  /** Whether the PaymentIntent was made with it, or only recorded. */
  readonly isMadeHere: boolean;
  readonly clientSecret: string;
  readonly options: object;
  readonly returnUrl: string | null;
  readonly receiptEmail: string | null;
  readonly reference: string | null;
  readonly referenceOrigin: string | null;
  readonly metadata: object;
  readonly createdAtMs: number;
}

/** What the document leaves open. May be changed at any time. */
export interface CommerceLayerBehaviour {
  mode: 'test' | 'live';
  organizationId: string;
  publishableKey: string;
  connectedAccount: string | null;
  onBehalfOf: string | null;
  transferGroup: string | null;
}

/** Everything a resource is written from. */
export interface ResourceParts {
  readonly url: string;
  readonly behaviour: CommerceLayerBehaviour;
  readonly payment: StripePayment;
  readonly order: CommerceLayerOrder;
  readonly paymentIntent: PlatformPaymentIntent;
  /** Null while no card was charged. */
  readonly charge: PlatformCharge | null;
  readonly traceId: string;
}

const related = ['order', 'payment_gateway', 'versions', 'event_stores'] as const;

/** The created or read resource, in the shape of the document's example. */
export function stripePaymentResource(parts: ResourceParts): object {
  const { behaviour, payment, order, paymentIntent, charge } = parts;
  const self = `${parts.url}/api/stripe_payments/${payment.id}`;
  const at = new Date(payment.createdAtMs).toISOString();
  return {
    id: payment.id,
    type: 'stripe_payments',
    links: { self },
    attributes: {
      stripe_id: payment.stripeId,
      client_secret: payment.clientSecret,
      connected_account: behaviour.connectedAccount,
      charge_id: paymentIntent.chargeId,
      publishable_key: behaviour.publishableKey,
      on_behalf_of: behaviour.onBehalfOf,
      transfer_group: behaviour.transferGroup,
      options: payment.options,
      payment_method: idOrNothing(charge?.paymentMethod ?? null),
      mismatched_amounts: mismatches(order, paymentIntent),
      return_url: payment.returnUrl,
      receipt_email: payment.receiptEmail,
      payment_instrument: instrument(charge),
      created_at: at,
      updated_at: at,
      reference: payment.reference,
      reference_origin: payment.referenceOrigin,
      metadata: payment.metadata,
    },
    relationships: Object.fromEntries(
      related.map((name) => [
        name,
        { links: { self: `${self}/relationships/${name}`, related: `${self}/${name}` } },
      ]),
    ),
    meta: {
      mode: behaviour.mode,
      organization_id: behaviour.organizationId,
      trace_id: parts.traceId,
    },
  };
}

function mismatches(order: CommerceLayerOrder, paymentIntent: PlatformPaymentIntent): boolean {
  return paymentIntent.amount !== order.total || paymentIntent.currency !== order.currency;
}

function idOrNothing(id: string | null): object | null {
  return id === null ? null : { id };
}

function instrument(charge: PlatformCharge | null): object | null {
  return charge === null ? null : { issuer: charge.issuer, card_type: charge.brand };
}
