import type { KioskBridge } from '../../preload/contract/contract.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { Timers } from './timers.ts';

const attachAgainAfterMs = 2_000;

/** Mirrors the snapshot main sends; decides nothing. */
export class KioskState {
  readonly #bridge: KioskBridge;
  readonly #timers: Timers;
  readonly #changed: (now: Snapshot, before: Snapshot | null) => void;
  #snapshot = $state.raw<Snapshot | null>(null);

  /** `changed` hears every accepted snapshot with the one it replaces. */
  constructor(
    bridge: KioskBridge,
    timers: Timers,
    changed: (now: Snapshot, before: Snapshot | null) => void,
  ) {
    this.#bridge = bridge;
    this.#timers = timers;
    this.#changed = changed;
  }

  /** Null until main has answered for the first time. */
  get snapshot(): Snapshot | null {
    return this.#snapshot;
  }

  /**
   * Listens for changes, then asks main for the whole once. Main may still be starting: a refusal
   * or silence is asked again every two seconds. Resolves with the first snapshot.
   */
  async attach(): Promise<Snapshot> {
    this.#bridge.on('kiosk:changed', (snapshot) => {
      this.accept(snapshot);
    });
    for (;;) {
      const snapshot = await this.#ask();
      if (snapshot !== null) {
        this.accept(snapshot);
        return this.#snapshot ?? snapshot;
      }
      await new Promise<void>((resolve) => this.#timers.after(attachAgainAfterMs, resolve));
    }
  }

  /** Takes a snapshot over, unless one as new or newer is already shown. */
  accept(snapshot: Snapshot): void {
    const before = this.#snapshot;
    if (before !== null && snapshot.revision <= before.revision) return;
    this.#snapshot = snapshot;
    this.#changed(snapshot, before);
  }

  async #ask(): Promise<Snapshot | null> {
    try {
      const answer = await this.#bridge.ask('kiosk:attach', {});
      return answer.ok ? answer.value : null;
    } catch {
      // Main has no ear yet. There is nothing to show for it: the caller asks again.
      return null;
    }
  }
}
