import type { Timers } from '../../../renderer/state/timers.ts';

/** A clock whose hands the test turns; what is due is called in order. */
export class FakeTimers implements Timers {
  #nowMs: number;
  #nextId = 1;
  readonly #due = new Map<number, { readonly atMs: number; readonly call: () => void }>();

  constructor(nowMs = 0) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, call: () => void): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#due.set(id, { atMs: this.#nowMs + ms, call });
    return id;
  }

  cancel(timer: number): void {
    this.#due.delete(timer);
  }

  /** Lets `ms` pass. */
  pass(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const [next] = [...this.#due]
        .filter(([, { atMs }]) => atMs <= untilMs)
        .sort(([, one], [, other]) => one.atMs - other.atMs);
      if (next === undefined) break;
      const [id, { atMs, call }] = next;
      this.#due.delete(id);
      this.#nowMs = atMs;
      call();
    }
    this.#nowMs = untilMs;
  }
}
