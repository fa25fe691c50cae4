import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { find } from '../moves/find.ts';
import { forgetCollected } from './forget-collected.ts';
import { isWorking, readerState } from './reader-phases.ts';
import { readerBusy } from './reader-refusals.ts';

/** Takes a reader out of the account, its prompt with it. Refuses while a card is at work. */
export function deleteReader(ledger: Ledger, id: string): Stripe.Terminal.DeletedReader {
  const { device_type, serial_number } = find(ledger.readers, 'reader', id);
  if (isWorking(readerState(ledger, id).phase)) {
    throw readerBusy();
  }
  forgetCollected(ledger, id);
  ledger.readers.remove(id);
  if (ledger.readerStates.get(id) !== undefined) {
    ledger.readerStates.remove(id);
  }
  return { id, object: 'terminal.reader', deleted: true, device_type, serial_number };
}
