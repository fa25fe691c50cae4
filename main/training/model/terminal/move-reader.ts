import type { Appointment } from '../agenda.ts';
import type { Ledger } from '../ledger.ts';
import { finishAuthorizing } from './authorize-card.ts';
import { cancelOnReader } from './cancel-on-reader.ts';
import { endAction } from './end-action.ts';
import { forgetCollected } from './forget-collected.ts';
import { presentCard } from './present-card.ts';
import { finishReading } from './read-card.ts';
import { enterPhase } from './reader-phases.ts';
import type { CustomerPlan } from './reader-state.ts';

/** Ends the phase an appointment was made for. Does nothing when the reader has moved on since. */
export function moveReader(
  ledger: Ledger,
  { id, turn }: Extract<Appointment, { readonly what: 'reader_moves' }>,
): void {
  const state = ledger.readerStates.get(id);
  if (state?.turn !== turn) {
    return;
  }
  const { phase } = state;
  switch (phase.kind) {
    case 'prompting':
      customerActs(ledger, id, phase.customer);
      break;
    case 'reading':
      finishReading(ledger, id, phase);
      break;
    case 'authorizing':
      finishAuthorizing(ledger, id, phase);
      break;
    case 'reporting':
      enterPhase(ledger, id, phase.next);
      endAction(ledger, id, phase.result);
      break;
    case 'collected':
      expireCollected(ledger, id);
      break;
    case 'resting':
    case 'lost':
      break;
  }
}

function customerActs(ledger: Ledger, id: string, customer: CustomerPlan): void {
  switch (customer?.does) {
    case 'presents':
      presentCard(ledger, id, customer.card, null, customer.atMs);
      break;
    case 'cancels':
      cancelOnReader(ledger, id);
      break;
    case undefined:
      break;
  }
}

/** Nobody confirmed in time: the reader lets go of the card. Stripe names no code for it. */
function expireCollected(ledger: Ledger, id: string): void {
  forgetCollected(ledger, id);
  enterPhase(ledger, id, { kind: 'resting' });
  endAction(ledger, id, {
    status: 'failed',
    code: 'collected_card_expired',
    message: 'The collected payment method was not confirmed within 30 seconds.',
    apiError: null,
  });
}
