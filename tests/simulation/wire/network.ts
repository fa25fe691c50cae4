import type { Agenda } from '../time/agenda.ts';

/** What can be wrong for a while, from outside. */
export const troubles = ['network_off', 'stripe_down', 'key_denied', 'captures_limited'] as const;

export type Trouble = (typeof troubles)[number];

/** A time in which the kiosk ran and could reach the payment system. */
export interface Stretch {
  readonly fromMs: number;
  toMs: number;
}

/** The state of the world between kiosk and payment system, and the times in which all of it was well (P6). */
export class Network {
  readonly #agenda: Agenda;
  readonly #until = new Map<Trouble, number>();
  readonly #stretches: Stretch[] = [];
  #wellSinceMs: number | null = null;
  #kioskRuns = false;
  #isDrained = false;

  constructor(agenda: Agenda) {
    this.#agenda = agenda;
  }

  has(trouble: Trouble): boolean {
    return this.#until.has(trouble);
  }

  begin(trouble: Trouble, forMs: number): void {
    if (this.#isDrained) return;
    const untilMs = this.#agenda.nowMs + forMs;
    this.#until.set(trouble, Math.max(untilMs, this.#until.get(trouble) ?? 0));
    this.#note();
    this.#agenda.after(forMs, () => {
      const endMs = this.#until.get(trouble);
      if (endMs !== undefined && endMs <= this.#agenda.nowMs) this.#until.delete(trouble);
      this.#note();
    });
  }

  /** Everything is well from now on: the end of a seed. */
  mend(): void {
    this.#isDrained = true;
    this.#until.clear();
    this.#note();
  }

  kioskRuns(runs: boolean): void {
    this.#kioskRuns = runs;
    this.#note();
  }

  /** The longest time in the period in which the kiosk ran with network, in milliseconds. */
  longestStretchMs(fromMs: number, toMs: number): number {
    const open = this.#wellSinceMs;
    const all: readonly Stretch[] =
      open === null
        ? this.#stretches
        : [...this.#stretches, { fromMs: open, toMs: this.#agenda.nowMs }];
    return Math.max(
      0,
      ...all.map((stretch) => Math.min(toMs, stretch.toMs) - Math.max(fromMs, stretch.fromMs)),
    );
  }

  #note(): void {
    const isWell = this.#kioskRuns && this.#until.size === 0;
    const nowMs = this.#agenda.nowMs;
    if (isWell) {
      this.#wellSinceMs ??= nowMs;
      return;
    }
    if (this.#wellSinceMs === null) return;
    this.#stretches.push({ fromMs: this.#wellSinceMs, toMs: nowMs });
    this.#wellSinceMs = null;
  }
}
