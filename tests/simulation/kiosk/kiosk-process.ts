import type { Boundary } from '../plan/fault.ts';

/** What a port of a process that is gone throws: nothing it still does can be seen from outside. */
export class ProcessGone extends Error {
  constructor() {
    super('this process is gone');
    this.name = 'ProcessGone';
  }
}

/** One run of the kiosk's process. Gone means gone: its ports throw or never answer. */
export class KioskProcess {
  /** Counts runs, from 1. */
  readonly boot: number;
  readonly #diesAt: (boundary: Boundary) => boolean;
  #isGone = false;

  constructor(boot: number, diesAt: (boundary: Boundary) => boolean) {
    this.boot = boot;
    this.#diesAt = diesAt;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** True when the process is gone, or goes right here. */
  passes(boundary: Boundary): boolean {
    if (!this.#isGone && this.#diesAt(boundary)) this.#isGone = true;
    return this.#isGone;
  }

  end(): void {
    this.#isGone = true;
  }

  /** Refuses, by throwing, when the process is gone. */
  mustLive(): void {
    if (this.#isGone) throw new ProcessGone();
  }
}
