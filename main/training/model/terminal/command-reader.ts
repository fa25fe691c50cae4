import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { find } from '../moves/find.ts';
import { isWorking, readerState } from './reader-phases.ts';
import {
  otherIntegrationMode,
  readerBroken,
  readerBusy,
  readerOffline,
  readerTimedOut,
} from './reader-refusals.ts';

/**
 * Sends a command to a reader, which carries it out. Refuses when a page holds the reader, when it
 * is offline, broken or updating, and while a card is at work. A command that times out is refused
 * whether the reader heard it or not.
 */
export function commandReader(
  ledger: Ledger,
  id: string,
  carryOut: () => Stripe.Terminal.Reader,
): Stripe.Terminal.Reader {
  const reader = find(ledger.readers, 'reader', id);
  const { world } = ledger;
  if (world.isHeldByPage(id)) {
    throw otherIntegrationMode();
  }
  if (reader.status === 'offline') {
    throw readerOffline();
  }
  if (world.faults.take(id, ['hardware_fault']) !== undefined) {
    throw readerBroken();
  }
  if (
    (world.updatingUntilMs.get(id) ?? 0) > ledger.clock.nowMs() ||
    isWorking(readerState(ledger, id).phase)
  ) {
    throw readerBusy();
  }
  const timeout = world.faults.take(id, ['command_times_out']);
  if (timeout?.arrives === false) {
    throw readerTimedOut();
  }
  const commanded = carryOut();
  if (timeout !== undefined) {
    throw readerTimedOut();
  }
  return commanded;
}

/** Refuses a new command to a reader that was lost with a card: it has to be reset first. */
export function requireNotLost(ledger: Ledger, id: string): void {
  if (readerState(ledger, id).phase.kind === 'lost') {
    throw readerBusy();
  }
}
