import { KioskChild } from './kiosk-child.ts';

/**
 * Kiosk processes that are loaded and wait. One that has recovered and closed its kiosk is the next one's victim, so
 * that each kill costs one start; the next is started while the present one works.
 */
export class ProcessPool {
  readonly #file: string;
  readonly #idle: KioskChild[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  async take(): Promise<KioskChild> {
    const child = this.#idle.shift() ?? new KioskChild(this.#file);
    if (this.#idle.length === 0) this.#idle.push(new KioskChild(this.#file));
    await child.ready();
    return child;
  }

  /** Takes a process back whose kiosk is closed. */
  giveBack(child: KioskChild): void {
    if (child.isAlive) this.#idle.unshift(child);
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((child) => child.end()));
  }
}
