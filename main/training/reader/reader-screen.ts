import type { Ledger } from '../model/ledger.ts';
import type { ReaderState } from '../model/terminal/reader-state.ts';
import type { ReaderScreen } from './reader-event.ts';

/** What a server-driven reader's screen shows in each of its phases. */
export function screenOf(ledger: Ledger, { id, phase }: ReaderState): ReaderScreen {
  switch (phase.kind) {
    case 'resting':
      return ledger.readers.get(id)?.action?.type === 'set_reader_display' ? 'cart' : 'splash';
    case 'prompting':
      return 'present_card';
    case 'reading':
      return 'reading';
    case 'collected':
    case 'authorizing':
      return 'authorizing';
    case 'reporting':
      return phase.result.status === 'succeeded' ? 'approved' : 'declined';
    case 'lost':
      return 'declined';
  }
}
