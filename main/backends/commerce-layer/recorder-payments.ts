import type { PaymentsApi } from '../../ports/payments-api.ts';
import { refusedHere } from '../platform-http/refused-here.ts';
import type { CommerceLayerPaymentsOptions } from './commerce-layer-payments-options.ts';
import { companionPayments } from './companion-payments.ts';
import { probeBoth } from './probe-stripe-payments.ts';
import { isOfMode } from './stripe-payment-replies.ts';
import { recordBody } from './stripe-payment-requests.ts';

/** The kiosk makes each PaymentIntent itself, under a stored key, and Commerce Layer is told of it once it is paid. */
export function recorderPayments({
  calls,
  companion,
  account,
  mode,
}: CommerceLayerPaymentsOptions): PaymentsApi & Required<Pick<PaymentsApi, 'recordOrder'>> {
  const stripe = companionPayments(companion, account);
  return {
    ...stripe,

    recordOrder: async (id, signal, about) => {
      const { order, saleId, kioskId } = about;
      if (order === null) return refusedHere('no_order');
      const found = await calls.ofSale(saleId, signal);
      if (found.kind !== 'done') return found;
      const known = found.value.find((each) => each.stripeId === id);
      if (known !== undefined) return { ...found, value: { agrees: !known.mismatchedAmounts } };

      // The secret is kept nowhere (P9): it is read again for this one call.
      const read = await stripe.read(id, signal, about);
      if (read.kind !== 'done') return read;
      const { clientSecret } = read.value;
      if (clientSecret === null) return refusedHere('no_client_secret');
      const body = recordBody({ orderId: order.id, saleId, kioskId }, { id, clientSecret });
      const made = await calls.create(body, signal);
      if (made.kind !== 'done') return made;
      if (!isOfMode(made.value, mode)) return refusedHere('wrong_mode');
      return { ...made, value: { agrees: !made.value.mismatchedAmounts } };
    },

    probe: (signal) => probeBoth(stripe, calls, signal),
  };
}
