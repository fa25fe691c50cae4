import { attachPresented, recordPresented } from '../model/moves/attach-presented.ts';
import { find, findPaymentIntent } from '../model/moves/find.ts';
import type { TestCard } from '../model/test-cards.ts';
import type { Purpose } from '../model/terminal/purpose.ts';
import type { Bench } from './bench.ts';
import type { CollectOrder } from './collect.ts';
import { sdkPaymentDetails } from './sdk-payment-details.ts';
import type { SimulatedReader } from './simulated-reader.ts';

/**
 * Records the card that was read and hands it to the page by name. An intent in the answer says
 * `requires_confirmation`, but only in the page: at Stripe it stays as it was, unless
 * `update_payment_intent` was asked for.
 */
export function handOver(
  bench: Bench,
  reader: SimulatedReader,
  order: CollectOrder,
  read: { readonly purpose: Purpose; readonly card: TestCard },
): object {
  const { ledger } = bench;
  const { purpose, card } = read;
  const tipAmount =
    purpose.kind === 'payment' && purpose.tipping ? order.simulator.tipAmount : null;
  const paymentMethod = recordPresented(ledger, card);
  const collected = ledger.ids.next('collected');
  bench.collected.set(collected, {
    sessionId: order.sessionId,
    purpose,
    presentation: {
      card,
      paymentMethod,
      tipAmount,
      allowRedisplay: purpose.kind === 'refund' ? null : purpose.allowRedisplay,
      reader: reader.ledgerId,
      location: reader.location,
    },
    served: null,
  });
  const inPage = {
    status: 'requires_confirmation',
    sdk_payment_details: sdkPaymentDetails(collected, card, tipAmount),
  };
  switch (purpose.kind) {
    case 'payment': {
      const attach = order.wish.kind === 'payment' && order.wish.config.update_payment_intent;
      const paymentIntent =
        attach === true
          ? attachPresented(ledger, purpose.paymentIntent, paymentMethod)
          : findPaymentIntent(ledger, purpose.paymentIntent);
      return { paymentIntent: { ...paymentIntent, ...inPage } };
    }
    case 'setup': {
      const setupIntent = find(ledger.setupIntents, 'setupintent', purpose.setupIntent);
      return { setupIntent: { ...setupIntent, ...inPage } };
    }
    case 'refund':
      return { collected };
  }
}
