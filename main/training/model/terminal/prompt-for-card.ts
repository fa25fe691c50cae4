import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { find } from '../moves/find.ts';
import { cardShownByItself } from './card-shown-by-itself.ts';
import { checkPurpose } from './check-purpose.ts';
import { commandReader, requireNotLost } from './command-reader.ts';
import { forgetCollected } from './forget-collected.ts';
import { enterPhase, showAction } from './reader-phases.ts';
import type { CardOrder, CustomerPlan } from './reader-state.ts';

/** A prompt as a client ordered it; `shown` is what the action shows of the order. */
export interface PromptOrder {
  readonly card: CardOrder;
  readonly shown: Pick<
    Stripe.Terminal.Reader.Action,
    'process_payment_intent' | 'collect_payment_method' | 'process_setup_intent' | 'refund_payment'
  >;
}

/** How long a customer looks for the cancel button when nobody shows cards, in milliseconds. */
const cancelAfterMs = 1500;

/**
 * Asks for a card on a reader, whatever it is for. A prompt that shows already is replaced without
 * a word, as Stripe does. Refuses an intent that is not `requires_payment_method`.
 */
export function promptForCard(
  ledger: Ledger,
  id: string,
  { card, shown }: PromptOrder,
): Stripe.Terminal.Reader {
  find(ledger.readers, 'reader', id);
  checkPurpose(ledger, card);
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
  const card = cardShownByItself(ledger, order.purpose, autoPresent.testPaymentMethod);
  return { does: 'presents', atMs: nowMs + autoPresent.afterMs, card };
}
