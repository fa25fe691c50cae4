/** Something the model's own clock brings about, at a moment in epoch milliseconds. */
export type Appointment =
  | {
      readonly atMs: number;
      readonly what:
        | 'hold_expires'
        | 'charge_settles'
        | 'charge_is_disputed'
        | 'reader_event_arrives'
        | 'refund_turns';
      readonly id: string;
    }
  | {
      readonly atMs: number;
      readonly what: 'reader_moves';
      readonly id: string;
      /** The phase this belongs to; a reader that has moved on since lets it pass. */
      readonly turn: number;
    };

/**
 * What is still to come, soonest first (a binary heap). Nothing here runs by itself: the ledger
 * asks for what is due before it answers anything, so an answer is never older than the clock.
 */
export class Agenda {
  readonly #heap: Appointment[] = [];

  add(appointment: Appointment): void {
    const heap = this.#heap;
    let index = heap.push(appointment) - 1;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || parent.atMs <= appointment.atMs) {
        break;
      }
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = appointment;
  }

  /** Takes out the soonest appointment that is due at `nowMs`, if there is one. */
  takeDue(nowMs: number): Appointment | undefined {
    const soonest = this.#heap[0];
    if (soonest === undefined || soonest.atMs > nowMs) {
      return undefined;
    }
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#sink(last);
    }
    return soonest;
  }

  #sink(appointment: Appointment): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      if (left === undefined) {
        break;
      }
      const goRight = right !== undefined && right.atMs < left.atMs;
      const child = goRight ? right : left;
      if (child.atMs >= appointment.atMs) {
        break;
      }
      heap[index] = child;
      index = 2 * index + (goRight ? 2 : 1);
    }
    heap[index] = appointment;
  }
}
