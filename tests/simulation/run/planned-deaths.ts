import type { Boundary, CrashFault } from '../plan/fault.ts';
import type { WallClock } from '../time/kiosk-clock.ts';
import { ArmedCrashes } from './armed-crashes.ts';
import type { Shared } from './shared.ts';

const day = 24 * 3_600_000;

/** The planned deaths of one kiosk's process, and what its machine's clock does meanwhile. */
export class PlannedDeaths {
  readonly #shared: Shared;
  readonly #wall: WallClock;
  readonly #armed = new ArmedCrashes();
  readonly #onClockSet: () => void;

  constructor(shared: Shared, wall: WallClock, onClockSet: () => void) {
    this.#shared = shared;
    this.#wall = wall;
    this.#onClockSet = onClockSet;
  }

  arm(fault: CrashFault): void {
    this.#armed.arm(fault);
  }

  /** The process runs again: those of its recovery begin to count. */
  started(): void {
    this.#armed.started();
  }

  disarm(): void {
    this.#armed.disarm();
  }

  /** How long the machine stays down, when the process dies at this boundary; null when it lives on. */
  at(boundary: Boundary): number | null {
    const { faults, agenda, trace } = this.#shared;
    const due = this.#armed.passes(boundary);
    if (due === null) return null;
    const { kind, downMs, clockByMs } = due;
    faults.add(`${kind}_${boundary}`);
    if (downMs > 2 * day) faults.add('down_for_days');
    if (clockByMs !== 0) {
      faults.add('clock_lost_while_down');
      this.#onClockSet();
      agenda.after(Math.floor(downMs / 2), () => {
        this.#wall.aheadMs += clockByMs;
      });
    }
    trace.add(`fault: ${kind} at ${boundary}, down for ${String(downMs)} ms`);
    return downMs;
  }
}
