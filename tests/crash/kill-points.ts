import { writeSync } from 'node:fs';
import type { KillOrder } from './messages.ts';

/** Where the name of the point that killed the process goes: its standard output, written before it dies. */
const lastWords = 1;

/** Counts the points a process passes and ends it, without a chance to tidy up, at the one that was ordered. */
export class KillPoints {
  #order: KillOrder = { kind: 'never' };
  #isCounting = false;
  #names: string[] = [];

  /** Begins anew; nothing is counted until `count`. */
  reset(order: KillOrder): void {
    this.#order = order;
    this.#isCounting = false;
    this.#names = [];
  }

  count(): void {
    this.#isCounting = true;
  }

  stop(): void {
    this.#isCounting = false;
  }

  /** The points passed, in order. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Here the process may die. */
  reach(name: string): void {
    if (!this.#isCounting) return;
    this.#names.push(name);
    if (!this.#isWhereToDie(name)) return;
    writeSync(lastWords, `${this.#names.length} ${name}\n`);
    process.kill(process.pid, 'SIGKILL');
    // The signal may take a moment; nothing more may happen in it.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }

  #isWhereToDie(name: string): boolean {
    switch (this.#order.kind) {
      case 'never':
        return false;
      case 'at_point':
        return this.#names.length === this.#order.nth;
      case 'at_name':
        return (
          name === this.#order.name &&
          this.#names.filter((passed) => passed === name).length === this.#order.nth
        );
    }
  }
}
