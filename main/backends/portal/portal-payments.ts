import type { PaymentsApi } from '../../ports/payments-api.ts';
import type { CompanionApis } from '../platform-http/companion.ts';
import type { JsonCall } from '../platform-http/json-call.ts';
import { refusedHere } from '../platform-http/refused-here.ts';
import { unproved } from '../platform-http/unproved.ts';
import { doneReply, intentReply } from './portal-replies.ts';
import { captureBody, intentBody } from './portal-requests.ts';

export interface PortalPaymentsOptions {
  readonly call: JsonCall;
  readonly stripe: CompanionApis;
  /** `external_account_id`: the merchant at the portal. */
  readonly accountId: string;
  readonly clientSecretPath: string;
}

/**
 * A payments portal: it makes the PaymentIntent and takes the money, each by one call without a key. Everything that is
 * believed of a PaymentIntent is what Stripe itself says of it to the companion key.
 */
export function portalPayments({
  call,
  stripe,
  accountId,
  clientSecretPath,
}: PortalPaymentsOptions): PaymentsApi {
  const madeReply = intentReply(clientSecretPath);
  return {
    ...stripe.payments,

    create: async (request, _key, signal) => {
      const made = await call(
        {
          method: 'POST',
          path: '/v1/payment/intent',
          body: intentBody(accountId, request),
          reply: madeReply,
        },
        signal,
      );
      if (made.kind !== 'done') return made;
      const { id, clientSecret } = made.value;
      // Unmarked it would be nobody's to every later read, event and list (P10): no card is asked for before.
      const marked = await stripe.mark(id, request, signal);
      if (marked.kind !== 'done') return unproved(marked);
      return { ...marked, value: { ...marked.value, clientSecret } };
    },

    /** Asked twice, the portal's Stripe refuses the second; whether the money was taken, the read that follows says. */
    capture: (id, total, _key, signal) =>
      call(
        {
          method: 'POST',
          path: '/v1/payment/capture',
          body: captureBody(accountId, id, total),
          reply: doneReply,
        },
        signal,
      ),

    confirm: () => Promise.resolve(refusedHere('not_supported')),

    /** The portal documents nothing that could be asked without asking for something: only Stripe is. */
    probe: (signal) => stripe.payments.probe(signal),
  };
}
