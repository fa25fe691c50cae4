/** Past this size rows that have ended are forgotten; where none has, twice as many are kept. */
const keptUsual = 4_096;

/**
 * Which rows this process has handed out. In memory: the only writer is this process, so a lease is free the
 * moment it is gone. Nothing here is undone when a transaction is; it only ever makes a row count as sent that
 * may not have been.
 */
export class HandedOut {
  /** By the row's id: true while its answer is awaited. */
  readonly #rows = new Map<number, boolean>();
  readonly #isOpen: (id: number) => boolean;
  #keptMax = keptUsual;

  constructor(isOpen: (id: number) => boolean) {
    this.#isOpen = isOpen;
  }

  /** True when it was handed out before by this process. */
  knows(id: number): boolean {
    return this.#rows.has(id);
  }

  isOut(id: number): boolean {
    return this.#rows.get(id) === true;
  }

  goesOut(id: number): void {
    this.#rows.set(id, true);
    if (this.#rows.size > this.#keptMax) this.#forgetEnded();
  }

  cameBack(id: number): void {
    this.#rows.set(id, false);
  }

  #forgetEnded(): void {
    for (const id of this.#rows.keys()) if (!this.#isOpen(id)) this.#rows.delete(id);
    this.#keptMax = Math.max(keptUsual, 2 * this.#rows.size);
  }
}
