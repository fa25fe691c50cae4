import type { Ledger } from '../model/ledger.ts';
import { comeDue } from '../model/moves/come-due.ts';
import { armFault, disarmFaults } from '../model/terminal/arm-fault.ts';
import { cancelOnReader } from '../model/terminal/cancel-on-reader.ts';
import { presentCard, type PresentRefusal } from '../model/terminal/present-card.ts';
import type { Purpose } from '../model/terminal/purpose.ts';
import { readerState } from '../model/terminal/reader-phases.ts';
import type { ServerDrivenFault } from '../model/terminal/server-driven-fault.ts';
import type { TestCard } from '../model/test-cards.ts';
import type { Sleep } from './bench.ts';
import { Pace } from './pace.ts';
import type { ReaderEventListener, ReaderScreen } from './reader-event.ts';
import { screenOf } from './reader-screen.ts';

/** What stands before the readers that the server drives: a customer, a trainer, and the clock. */
export class PromptedReaders {
  readonly #ledger: Ledger;
  readonly #pace: Pace;

  /** `tell` hears each new screen of a reader, `onBug` what only a bug can cause. */
  constructor(
    ledger: Ledger,
    sleep: Sleep,
    tell: ReaderEventListener,
    onBug: (error: unknown) => void,
  ) {
    this.#ledger = ledger;
    this.#pace = new Pace(ledger, sleep, onBug);
    ledger.world.onPhase = (state) => {
      this.#pace.follow(state);
      const screen = screenOf(ledger, state);
      tell({ type: 'reader_screen', sessionId: null, readerId: state.id, screen });
    };
    this.#pace.followAll();
  }

  /** Whether a reader asks for a card right now. */
  isPrompting(readerId: string): boolean {
    comeDue(this.#ledger);
    return readerState(this.#ledger, readerId).phase.kind === 'prompting';
  }

  /** What a reader asks a card for, or with null the first that asks; null when it asks for none. */
  purpose(readerId: string | null): Purpose | null {
    comeDue(this.#ledger);
    for (const { id, phase } of this.#ledger.readerStates.oldestFirst()) {
      if (phase.kind === 'prompting' && (readerId === null || readerId === id)) {
        return phase.order.purpose;
      }
    }
    return null;
  }

  /** Shows a card; null when the reader took it. */
  present(readerId: string, card: TestCard, tipAmount: number | null): PresentRefusal | null {
    comeDue(this.#ledger);
    const refusal = presentCard(this.#ledger, readerId, card, tipAmount);
    comeDue(this.#ledger);
    return refusal;
  }

  /** The customer presses cancel; false when the prompt has no such button. */
  cancel(readerId: string): boolean {
    comeDue(this.#ledger);
    return cancelOnReader(this.#ledger, readerId);
  }

  /** What a reader's own screen shows. */
  screen(readerId: string): ReaderScreen {
    comeDue(this.#ledger);
    return screenOf(this.#ledger, readerState(this.#ledger, readerId));
  }

  /** Arms a mishap for one reader, or for any. */
  arm(fault: ServerDrivenFault, readerId: string | null): void {
    comeDue(this.#ledger);
    armFault(this.#ledger, fault, readerId);
  }

  /** Calls off everything that is armed and brings every reader back. */
  disarmAll(): void {
    disarmFaults(this.#ledger, null);
  }

  /** Stops following the clock; what is due then comes with the next request. */
  close(): void {
    this.#pace.stop();
  }
}
