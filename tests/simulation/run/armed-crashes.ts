import type { Boundary, CrashFault } from '../plan/fault.ts';

interface Armed {
  readonly fault: CrashFault;
  left: number;
}

/** Crashes that wait for their boundary, each counted from the moment in which it was armed. */
export class ArmedCrashes {
  #armed: Armed[] = [];
  #forNextStart: CrashFault[] = [];

  arm(fault: CrashFault): void {
    if (fault.kind === 'crash') this.#armed.push({ fault, left: fault.nth });
    else this.#forNextStart.push(fault);
  }

  started(): void {
    for (const fault of this.#forNextStart.splice(0)) {
      this.#armed.push({ fault, left: fault.nth });
    }
  }

  /** The crash that is due at this boundary, or null. */
  passes(boundary: Boundary): CrashFault | null {
    for (const [place, armed] of this.#armed.entries()) {
      if (armed.fault.where !== boundary) continue;
      armed.left -= 1;
      if (armed.left > 0) continue;
      this.#armed.splice(place, 1);
      return armed.fault;
    }
    return null;
  }

  disarm(): void {
    this.#armed = [];
    this.#forNextStart = [];
  }
}
