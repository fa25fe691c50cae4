import type { PaymentIntentId } from '../../domain/ids.ts';
import type { PlatformFacts } from '../../domain/platform-order.ts';
import type {
  Answer,
  LivePaymentIntent,
  PaymentAbout,
  PaymentsApi,
} from '../../ports/payments-api.ts';
import type { MarianaCalls } from './mariana-calls.ts';
import type { PublishableKeys } from './publishable-keys.ts';
import type { ReadBySecret } from './read-by-secret.ts';
import { refusedHere } from '../platform-http/refused-here.ts';
import { paymentIntentSeen, type SeenBySecret } from './seen-by-secret.ts';

export interface ReadingOptions {
  readonly calls: MarianaCalls;
  readonly read: ReadBySecret;
  readonly keys: PublishableKeys;
}

/**
 * What became of a payment: the cart's status, and the PaymentIntent itself while its secret is in memory. The status
 * is read first: a cart that failed before the card was charged and one that failed because of it look alike, and only
 * the later look at Stripe tells them apart.
 */
export function readPayment({ calls, read, keys }: ReadingOptions): PaymentsApi['read'] {
  return async (id, signal, about) => {
    const cart = about?.order?.id;
    if (about === undefined || cart === undefined) return refusedHere('order_needed');
    const status = await calls.paymentStatus(cart, signal);
    if (status.kind !== 'done') return status;
    const { value: platform, requestId } = status;

    const { clientSecret } = about;
    const seen = clientSecret === null ? notSeen : await look(id, clientSecret, signal);
    if (seen.kind === 'done') {
      const { saleId, kioskId } = about;
      const paymentIntent = { ...seen.value, saleId, kioskId, platform };
      return { kind: 'done', requestId, value: { paymentIntent, clientSecret } };
    }
    const mayComeYet = seen.kind !== 'refused' && seen.kind !== 'denied';
    if (mayComeYet && platform.status !== 'submitted') return seen;
    return asLastKnown(id, about, platform, requestId);
  };

  function look(
    id: PaymentIntentId,
    clientSecret: string,
    signal: AbortSignal,
  ): Promise<Answer<SeenBySecret>> {
    const publishableKey = keys.of(id);
    if (publishableKey === null) return Promise.resolve(notSeen);
    const reply = paymentIntentSeen(id);
    return read({ noun: 'payment_intents', id, publishableKey, clientSecret, reply }, signal);
  }
}

/** Nobody has what would show it. */
const notSeen = refusedHere('no_secret');

function asLastKnown(
  id: PaymentIntentId,
  { last }: PaymentAbout,
  platform: PlatformFacts,
  requestId: string | undefined,
): Answer<LivePaymentIntent> {
  if (last?.id !== id) return refusedHere('never_seen');
  const paymentIntent = { ...last, platform, unseen: true } as const;
  return { kind: 'done', requestId, value: { paymentIntent, clientSecret: null } };
}
