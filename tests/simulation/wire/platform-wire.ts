import type { CreateRequest } from '../../../main/ports/payments-api.ts';
import type { ModelOrder, ModelOrders } from '../platforms/model-orders.ts';
import type { Actor } from '../stripe/payment-intents.ts';
import type { Reply } from '../stripe/reply.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import type { Request, Transit } from './transit.ts';

/** What a port of a selling platform is made of. */
export interface PlatformWireParts {
  readonly stripe: StripeModel;
  readonly orders: ModelOrders;
  readonly transit: Transit;
  /** Who changes something through the companion key. */
  readonly by: Actor;
}

/** What the reply to a create holds: the PaymentIntent, and the secret with which a reader collects for it. */
export interface Made {
  readonly id: ModelOrder['intents'][number]['id'];
  readonly clientSecret: string;
}

/** A request that says nothing of itself. */
export const bare = {
  saleId: null,
  intentId: null,
  key: null,
  words: '',
  total: null,
} as const satisfies Omit<Request, 'call'>;

/** The one create of a system that knows no keys. The stored key says which try it is, and does not travel. */
export function createRequestOf({ total, saleId, order }: CreateRequest, key: string): Request {
  const words = `${saleId} ${String(total.amount)} ${total.currency} ${order?.id ?? '-'}`;
  const about = order === undefined ? {} : { orderId: order.id };
  return { ...bare, call: 'create', saleId, key, words, total, isUnkeyed: true, ...about };
}

/** What a reply says of a request that was refused. */
export type Refused = Exclude<Reply<never>, { readonly value: never }>;

/** What the platform refuses of an order, as a reply; null for one that can be paid so. */
export function refusedPayment(
  order: ModelOrder | undefined,
  { total, order: asked }: CreateRequest,
): Refused | null {
  if (order === undefined) return { status: 404, code: 'not_found' };
  if (order.status === 'submitted') return { status: 400, code: 'already_paid' };
  const together = total.amount + (asked?.fromBalance ?? 0);
  return together === order.total ? null : { status: 400, code: 'wrong_total' };
}
