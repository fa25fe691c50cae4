import type { Ledger } from '../ledger.ts';
import type { TestCard } from '../test-cards.ts';
import { acceptedTypes } from './accepted-types.ts';
import { enterPhase, readerState } from './reader-phases.ts';

/** Why a reader did not take a card. */
export type PresentRefusal = 'reader_not_asking' | 'card_not_accepted';

/**
 * Shows a card to a reader that prompts for one; null when the reader took it. The tip counts only
 * where the order allows one. `fromMs` lies in the past for a customer nobody looked at meanwhile.
 */
export function presentCard(
  ledger: Ledger,
  readerId: string,
  card: TestCard,
  tipAmount: number | null,
  fromMs: number = ledger.clock.nowMs(),
): PresentRefusal | null {
  const { phase } = readerState(ledger, readerId);
  if (phase.kind !== 'prompting') {
    return 'reader_not_asking';
  }
  const { purpose } = phase.order;
  if (!acceptedTypes(ledger, purpose).includes(card.type)) {
    return 'card_not_accepted';
  }
  enterPhase(ledger, readerId, {
    kind: 'reading',
    order: phase.order,
    card,
    tipAmount: purpose.kind === 'payment' && purpose.tipping ? tipAmount : null,
    untilMs: fromMs + ledger.world.timings.readingMs,
  });
  return null;
}
