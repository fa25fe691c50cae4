import type { Answer, PaymentsApi } from '../../ports/payments-api.ts';
import { isOfMode, type KeyMode, type Mode } from './key-mode.ts';
import { makePaymentIntent } from './make-payment-intent.ts';
import type { MarianaCalls } from './mariana-calls.ts';
import type { PublishableKeys } from './publishable-keys.ts';
import { readPayment } from './read-payment.ts';
import type { ReadBySecret } from './read-by-secret.ts';
import { refusedHere } from '../platform-http/refused-here.ts';
import { notSupported } from './not-supported.ts';

export interface MarianaPaymentsOptions {
  readonly calls: MarianaCalls;
  readonly read: ReadBySecret;
  readonly mode: Mode;
  readonly keyMode: KeyMode;
  readonly keys: PublishableKeys;
}

/** Payments of Mariana Tek's carts. Keys are taken and not sent: none of its endpoints knows them. */
export function marianaPaymentsApi(options: MarianaPaymentsOptions): PaymentsApi {
  const { calls, mode, keyMode } = options;
  const make = makePaymentIntent({ ...options, mode: keyMode });
  return {
    create: (request, _key, signal) => make(request, signal),
    read: readPayment(options),

    // A PaymentIntent whose making was not answered can't be found; whether the cart is paid can.
    lookUp: async (_saleId, _createdSinceMs, signal, about) => {
      const cart = about?.order?.id;
      if (cart === undefined) return refusedHere('order_needed');
      const status = await calls.paymentStatus(cart, signal);
      if (status.kind !== 'done') return status;
      const { value: platform } = status;
      return { ...status, value: platform.status === 'submitted' ? { platform } : null };
    },

    createConnectionToken: async (signal, order) => {
      if (order === undefined) return refusedHere('order_needed');
      const token = await calls.connectionToken(order.id, signal);
      if (token.kind === 'done' && !isOfMode(token.value, mode)) return refusedHere('wrong_mode');
      return token;
    },

    locationOf: async (order, signal) => {
      const answer = await calls.configuration(order.id, signal);
      if (answer.kind !== 'done') return answer;
      const { publishableKey, location } = answer.value;
      if (!keyMode.seen(publishableKey)) return refusedHere('wrong_mode');
      return { ...answer, value: location };
    },

    // With a Stripe of the other mode no card may be taken here, as with a token that is not valid.
    probe: async (signal) => {
      const answer = await calls.configuration(null, signal);
      if (answer.kind !== 'done') return answer;
      const isOurs = keyMode.seen(answer.value.publishableKey);
      return isOurs ? { ...answer, value: null } : wrongMode;
    },

    capture: notSupported,
    cancel: notSupported,
    confirm: notSupported,
    listPaymentIntents: notSupported,
    listEvents: notSupported,
    setReceiptEmail: notSupported,
  };
}

const wrongMode: Answer<never> = { kind: 'denied', status: 200, code: 'wrong_mode' };
