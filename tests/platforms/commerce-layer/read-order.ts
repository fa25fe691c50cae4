import type { Fields } from '../fields.ts';
import { unprocessable } from '../refused.ts';

/** What `POST /api/stripe_payments` asks for. */
export interface StripePaymentOrder {
  readonly orderId: string;
  readonly orderPointer: string;
  /** Both or neither; with neither, a PaymentIntent is made. */
  readonly recorded: { readonly stripeId: string; readonly clientSecret: string } | null;
  /** As they were sent. */
  readonly options: object;
  readonly types: readonly string[];
  readonly captureMethod: 'automatic' | 'manual';
  readonly customer: string | null;
  readonly keepsCard: boolean;
  readonly returnUrl: string | null;
  readonly receiptEmail: string | null;
  readonly reference: string | null;
  readonly referenceOrigin: string | null;
  readonly metadata: object;
}

/** Reads the resource arguments. Refuses what the document does not name. */
export function readStripePaymentOrder(body: Fields): StripePaymentOrder {
  const data = body.object('data');
  body.done();
  expectType(data, 'stripe_payments');
  const attributes = data.optionalObject('attributes');
  const relationships = data.object('relationships');
  data.done();
  const order = relationships.object('order').object('data');
  relationships.done();
  expectType(order, 'orders');
  const orderId = order.text('id');
  order.done();
  const recorded = readRecorded(attributes);
  const optionsSent = attributes?.take('options') ?? {};
  const read = {
    orderId,
    orderPointer: order.pointerTo('id'),
    recorded,
    options: typeof optionsSent === 'object' ? optionsSent : {},
    ...readOptions(attributes?.optionalObject('options') ?? null, recorded !== null),
    returnUrl: attributes?.optionalText('return_url') ?? null,
    receiptEmail: attributes?.optionalText('receipt_email') ?? null,
    reference: attributes?.optionalText('reference') ?? null,
    referenceOrigin: attributes?.optionalText('reference_origin') ?? null,
    metadata: readMetadata(attributes),
  };
  attributes?.done();
  return read;
}

function expectType(resource: Fields, type: string): void {
  if (resource.text('type') !== type) {
    throw unprocessable(`type must be ${type}`, resource.pointerTo('type'));
  }
}

function readRecorded(attributes: Fields | null): StripePaymentOrder['recorded'] {
  const stripeId = attributes?.optionalText('stripe_id') ?? null;
  const clientSecret = attributes?.optionalText('client_secret') ?? null;
  if (stripeId !== null && clientSecret !== null) return { stripeId, clientSecret };
  if (stripeId === null && clientSecret === null) return null;
  const missing = stripeId === null ? 'stripe_id' : 'client_secret';
  throw unprocessable(`${missing} can't be blank`, `/data/attributes/${missing}`);
}

/** What the platform hands on to Stripe. What is asked for in no way is a card typed by hand, held first. */
function readOptions(
  options: Fields | null,
  recorded: boolean,
): Pick<StripePaymentOrder, 'types' | 'captureMethod' | 'customer' | 'keepsCard'> {
  if (options === null) {
    return { types: ['card'], captureMethod: 'manual', customer: null, keepsCard: false };
  }
  const types = options.take('payment_method_types') ?? ['card'];
  if (!Array.isArray(types) || !types.every((type) => typeof type === 'string')) {
    throw unprocessable('must be a list of texts', options.pointerTo('payment_method_types'));
  }
  const captureMethod =
    options.optionalOneOf('capture_method', ['automatic', 'manual']) ?? 'manual';
  const customer = options.optionalText('customer');
  const usage = options.optionalOneOf('setup_future_usage', ['off_session', 'on_session']);
  // A PaymentIntent that is only recorded has its card already; with one of ours nobody taps any.
  if (recorded) options.take('payment_method');
  options.done();
  return { types, captureMethod, customer, keepsCard: usage === 'off_session' };
}

function readMetadata(attributes: Fields | null): object {
  attributes?.optionalObject('metadata');
  const sent = attributes?.take('metadata');
  return typeof sent === 'object' && sent !== null ? sent : {};
}
