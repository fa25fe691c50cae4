import type Stripe from 'stripe';

import { ApiError } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { attachPresented, recordPresented } from '../moves/attach-presented.ts';
import { find } from '../moves/find.ts';
import type { Presentation } from '../moves/presentation.ts';
import { beginAuthorizing, failedBy } from './authorize-card.ts';
import { endAction } from './end-action.ts';
import { enterPhase, showAction } from './reader-phases.ts';
import { tellOfReader } from './reader-events.ts';
import type { CollectedPhase, ReaderPhase } from './reader-state.ts';

/** https://docs.stripe.com/terminal/payments/collect-card-payment?process=inspect */
const confirmWithinMs = 30_000;

type Reading = Extract<ReaderPhase, { readonly kind: 'reading' }>;

/** The card was read, or given up: it goes to the bank, or waits for its confirm. */
export function finishReading(ledger: Ledger, readerId: string, phase: Reading): void {
  if (ledger.world.faults.take(readerId, ['card_unreadable']) !== undefined) {
    // Stripe names no code for this. A client must treat one it does not know alike.
    endAction(ledger, readerId, {
      status: 'failed',
      code: 'card_read_error',
      message: 'This action could not be completed due to an error on the card reader.',
      apiError: null,
    });
    enterPhase(ledger, readerId, { kind: 'resting' });
    return;
  }
  const { order, untilMs } = phase;
  const presentation = presented(ledger, readerId, phase);
  if (order.type === 'collect_payment_method') {
    const collected = {
      kind: 'collected' as const,
      order,
      presentation,
      untilMs: untilMs + confirmWithinMs,
    };
    keepCollected(ledger, readerId, collected);
  } else {
    const card = { order, presentation, fromMs: untilMs };
    beginAuthorizing(ledger, readerId, { ...card, collected: null });
  }
}

function presented(
  ledger: Ledger,
  readerId: string,
  { card, order, tipAmount }: Reading,
): Presentation {
  const { location } = find(ledger.readers, 'reader', readerId);
  return {
    card,
    paymentMethod: recordPresented(ledger, card),
    tipAmount,
    allowRedisplay: order.purpose.kind === 'refund' ? null : order.purpose.allowRedisplay,
    reader: readerId,
    location: typeof location === 'string' ? location : null,
  };
}

/**
 * The PaymentIntent gets its PaymentMethod, and the action shows it. Whether Stripe then calls the
 * action succeeded it does not say; the PaymentMethod being there is what counts.
 */
function keepCollected(ledger: Ledger, readerId: string, collected: CollectedPhase): void {
  const { paymentMethod } = collected.presentation;
  try {
    attachPresented(ledger, collected.order.purpose.paymentIntent, paymentMethod);
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    endAction(ledger, readerId, failedBy(error.body));
    enterPhase(ledger, readerId, { kind: 'resting' });
    return;
  }
  const reader = showPaymentMethod(ledger, readerId, paymentMethod);
  tellOfReader(ledger, 'terminal.reader.action_updated', reader);
  enterPhase(ledger, readerId, collected);
}

function showPaymentMethod(ledger: Ledger, readerId: string, id: string): Stripe.Terminal.Reader {
  const { action } = find(ledger.readers, 'reader', readerId);
  const collecting = action?.collect_payment_method;
  if (action === null || collecting === undefined) {
    throw new Error(`${readerId} collected a card without an action that asks for one.`);
  }
  const paymentMethod = find(ledger.paymentMethods, 'PaymentMethod', id);
  return showAction(ledger, readerId, {
    ...action,
    collect_payment_method: { ...collecting, payment_method: paymentMethod },
  });
}
