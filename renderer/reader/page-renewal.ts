import type { KioskBridge } from '../../preload/contract/contract.ts';

/** How long nobody may have touched the page before it is loaded anew, in milliseconds. */
const untouchedMs = 60_000;

/**
 * Loads the page anew when that is asked for and disturbs nobody: not while somebody is in the middle of something,
 * a choice before any sale included. Listens to the sales from the start, for one may be on when it is asked.
 */
export class PageRenewal {
  readonly #stopped = new AbortController();
  readonly #unlisten: () => void;
  #hasSale: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsked = false;

  constructor(bridge: KioskBridge, hasSale: boolean) {
    this.#hasSale = hasSale;
    this.#unlisten = bridge.on('kiosk:changed', ({ sale }) => {
      this.#hasSale = sale !== null;
    });
  }

  /** True once a new page was asked for: this one is mended no more. */
  get isAsked(): boolean {
    return this.#isAsked;
  }

  /** Asks for a new page, as soon as nobody has touched this one for a minute and no sale is on. */
  ask(): void {
    if (this.#isAsked || this.#stopped.signal.aborted) return;
    this.#isAsked = true;
    let touchedMs = performance.now();
    const touched = (): void => {
      touchedMs = performance.now();
    };
    const listening = { capture: true, signal: this.#stopped.signal };
    window.addEventListener('pointerdown', touched, listening);
    window.addEventListener('keydown', touched, listening);
    const look = (): void => {
      if (!this.#hasSale && performance.now() - touchedMs >= untouchedMs) location.reload();
      else this.#timer = setTimeout(look, untouchedMs / 3);
    };
    this.#timer = setTimeout(look, untouchedMs);
  }

  stop(): void {
    this.#stopped.abort();
    clearTimeout(this.#timer);
    this.#unlisten();
  }
}
