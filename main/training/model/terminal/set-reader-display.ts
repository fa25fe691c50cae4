import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { commandReader, requireNotLost } from './command-reader.ts';
import { forgetCollected } from './forget-collected.ts';
import { enterPhase, showAction } from './reader-phases.ts';

/** Shows a cart, in the place of a prompt if there is one. No event tells of it. */
export function setReaderDisplay(
  ledger: Ledger,
  id: string,
  shown: Stripe.Terminal.Reader.Action.SetReaderDisplay,
): Stripe.Terminal.Reader {
  return commandReader(ledger, id, () => {
    requireNotLost(ledger, id);
    forgetCollected(ledger, id);
    const reader = showAction(ledger, id, {
      type: 'set_reader_display',
      status: 'succeeded',
      failure_code: null,
      failure_message: null,
      api_error: null,
      set_reader_display: shown,
    });
    enterPhase(ledger, id, { kind: 'resting' });
    return reader;
  });
}
