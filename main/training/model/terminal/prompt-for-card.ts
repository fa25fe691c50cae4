import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { find, findReferenced } from '../moves/find.ts';
import { defaultTestCard, findTestCard } from '../test-cards.ts';
import { commandReader, requireNotLost } from './command-reader.ts';
import { forgetCollected } from './forget-collected.ts';
import { enterPhase, showAction } from './reader-phases.ts';
import { intentInvalidState } from './reader-refusals.ts';
import type { CardOrder, CustomerPlan } from './reader-state.ts';

/** A prompt as a client ordered it; `shown` is what the action shows of the order. */
export interface PromptOrder {
  readonly card: CardOrder;
  readonly shown: Pick<
    Stripe.Terminal.Reader.Action,
    'process_payment_intent' | 'collect_payment_method'
  >;
}

/** How long a customer looks for the cancel button when nobody shows cards, in milliseconds. */
const cancelAfterMs = 1500;

/**
 * Asks for a card on a reader. A prompt that shows already is replaced without a word, as Stripe
 * does. Refuses a PaymentIntent that is not `requires_payment_method`.
 */
export function promptForCard(
  ledger: Ledger,
  id: string,
  { card, shown }: PromptOrder,
): Stripe.Terminal.Reader {
  find(ledger.readers, 'reader', id);
  const paymentIntent = findReferenced(
    ledger.paymentIntents,
    'payment_intent',
    card.paymentIntent,
    'payment_intent',
  );
  checkPaymentIntent(paymentIntent, card);
  return commandReader(ledger, id, () => {
    requireNotLost(ledger, id);
    forgetCollected(ledger, id);
    const customer = customerPlan(ledger, id, card);
    enterPhase(ledger, id, { kind: 'prompting', order: card, customer });
    return showAction(ledger, id, {
      type: card.type,
      status: 'in_progress',
      failure_code: null,
      failure_message: null,
      api_error: null,
      ...shown,
    });
  });
}

function checkPaymentIntent(paymentIntent: Stripe.PaymentIntent, order: CardOrder): void {
  if (paymentIntent.status !== 'requires_payment_method') {
    throw intentInvalidState('requires_payment_method', 'processed');
  }
  if (!paymentIntent.payment_method_types.some((type) => type.endsWith('_present'))) {
    throw invalidRequest(
      'The PaymentIntent cannot be paid in person: its payment_method_types have neither card_present nor interac_present.',
      { param: 'payment_intent' },
    );
  }
  if (paymentIntent.setup_future_usage !== null && order.allowRedisplay === null) {
    const group = order.type === 'collect_payment_method' ? 'collect_config' : 'process_config';
    throw invalidRequest('allow_redisplay is required when setup_future_usage is set.', {
      code: 'parameter_missing',
      param: `${group}[allow_redisplay]`,
    });
  }
}

/** What the customer before the reader is about to do. */
function customerPlan(ledger: Ledger, id: string, order: CardOrder): CustomerPlan {
  const { autoPresent, faults } = ledger.world;
  const nowMs = ledger.clock.nowMs();
  if (order.cancelable && faults.take(id, ['customer_cancels']) !== undefined) {
    return { does: 'cancels', atMs: nowMs + (autoPresent?.afterMs ?? cancelAfterMs) };
  }
  if (autoPresent === null) {
    return null;
  }
  const card = findTestCard(autoPresent.testPaymentMethod) ?? defaultTestCard();
  return { does: 'presents', atMs: nowMs + autoPresent.afterMs, card };
}
