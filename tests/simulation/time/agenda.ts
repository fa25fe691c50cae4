/** Something that is to happen; may be called off. */
export interface Appointment {
  called: boolean;
}

interface Entry {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
  readonly appointment: Appointment;
}

/** True time, which nobody in the simulation can set, and everything that is to happen in it, in one fixed order. */
export class Agenda {
  #nowMs: number;
  #order = 0;
  #steps = 0;
  readonly #heap: Entry[] = [];

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  /** Epoch milliseconds. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** How many things have happened. */
  get steps(): number {
    return this.#steps;
  }

  after(ms: number, run: () => void): Appointment {
    const appointment: Appointment = { called: true };
    this.#order += 1;
    this.#push({ atMs: this.#nowMs + Math.max(0, ms), order: this.#order, run, appointment });
    return appointment;
  }

  /** Lets the next thing happen; false when there is none before `untilMs`, and then it is `untilMs`. */
  next(untilMs: number): boolean {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.atMs > untilMs) {
        this.#nowMs = Math.max(this.#nowMs, untilMs);
        return false;
      }
      this.#pop();
      if (!first.appointment.called) continue;
      this.#nowMs = first.atMs;
      this.#steps += 1;
      first.run();
      return true;
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let place = heap.length;
    heap.push(entry);
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above]!;
      if (!isBefore(entry, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let place = 0;
    for (;;) {
      let below = place * 2 + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below += 1;
      if (!isBefore(heap[below]!, last)) break;
      heap[place] = heap[below]!;
      place = below;
    }
    heap[place] = last;
  }
}

function isBefore(left: Entry, right: Entry): boolean {
  return left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order);
}

/**
 * Lets every promise that can go on do so. A tick that was asked for by a microtask runs after all the others, so one
 * of these is enough, and costs far less than a turn of the event loop.
 */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    queueMicrotask(() => {
      process.nextTick(resolve);
    });
  });
}
