import type { ISdkManagedPaymentIntent, Terminal } from '@stripe/terminal-js';
import type { CollectOrder } from '../../preload/contract/reader.ts';
import type { CardCollect, Collected, Processed } from './card-collect.ts';
import { processLimitMs } from './process-limit.ts';
import { showCart } from './show-cart.ts';
import { errorCode, limitedRedisplay, stripeWord } from './terminal-words.ts';
import { within } from './within.ts';

type PaymentOrder = Extract<CollectOrder, { for: 'payment' }>;

/** A card for a payment. The collected object may be processed again as long as no PaymentIntent has come back. */
export function paymentCollect(terminal: Terminal, order: PaymentOrder): CardCollect {
  return {
    purpose: 'payment',
    show: () => showCart(terminal, order.cart),
    collect: () => collect(terminal, order),
    cancel: () => terminal.cancelCollectPaymentMethod(),
  };
}

async function collect(terminal: Terminal, order: PaymentOrder): Promise<Collected> {
  const { clientSecret, keepsCard } = order;
  const result = await terminal.collectPaymentMethod(clientSecret, {
    config_override: {
      // What is charged is what was agreed to on the screen, and what an order elsewhere costs.
      skip_tipping: true,
      // Without the customer's word on it Stripe makes no card that can be charged again.
      ...(keepsCard ? { allow_redisplay: limitedRedisplay } : {}),
    },
  });
  if ('error' in result) return { kind: 'failed', code: errorCode(result.error.code) };
  const { paymentIntent } = result;
  return { kind: 'collected', process: () => process(terminal, paymentIntent) };
}

async function process(terminal: Terminal, intent: ISdkManagedPaymentIntent): Promise<Processed> {
  const result = await within(processLimitMs, () => terminal.processPayment(intent));
  if (!('error' in result)) return { kind: 'processed' };
  const { error } = result;
  return { kind: 'failed', error, status: stripeWord(error.payment_intent?.status) };
}
