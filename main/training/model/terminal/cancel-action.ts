import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { commandReader } from './command-reader.ts';
import { forgetCollected } from './forget-collected.ts';
import { enterPhase, showAction } from './reader-phases.ts';

/**
 * Resets a reader: its prompt, its collected card, or what it was lost with. No event tells of it.
 * Refuses while a card is at work.
 */
export function cancelAction(ledger: Ledger, id: string): Stripe.Terminal.Reader {
  return commandReader(ledger, id, () => {
    forgetCollected(ledger, id);
    enterPhase(ledger, id, { kind: 'resting' });
    return showAction(ledger, id, null);
  });
}
