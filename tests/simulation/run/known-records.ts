import type { SaleRun } from '../plan/sale-run.ts';
import { isFinalWord } from '../promises/at-the-end.ts';
import type { FileView } from '../promises/file-view.ts';

/** What the world knows of a kiosk's file when the file itself is lost, or an old copy takes its place. */
export class KnownRecords {
  readonly #runs: () => Iterable<SaleRun>;
  /** States of the sales in the last copy of the file. */
  readonly #inCopy = new Map<string, string>();

  /** `runs`: everybody who has been there. */
  constructor(runs: () => Iterable<SaleRun>) {
    this.#runs = runs;
  }

  /** A copy of the file is made. */
  copied(view: FileView | null): void {
    this.#inCopy.clear();
    for (const { id, state } of view?.sales() ?? []) this.#inCopy.set(id, state);
  }

  lost(): void {
    for (const run of this.#runs()) {
      run.isStored = false;
      run.wasLost ||= run.id !== null;
      run.isCardForgotten = true;
    }
  }

  /** The last copy is the file now. */
  restored(): void {
    for (const run of this.#runs()) {
      const state = run.id === null ? undefined : this.#inCopy.get(run.id);
      run.isStored = state !== undefined;
      run.wasLost ||= run.id !== null && state === undefined;
      run.wasRestored ||= state !== undefined && !isFinalWord(state);
      // A card may have been kept, or removed, since the copy was made.
      run.isCardForgotten = true;
    }
  }
}
