import type { CatalogueView } from '../../../preload/contract/catalogue.ts';
import type { CommandName } from '../../../preload/contract/channels.ts';
import type { KioskBridge } from '../../../preload/contract/contract.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type { Asked } from './fake-kiosk.ts';

/** Main, as far as the page's state is concerned: it answers, it refuses, it tells. */
export class FakeBridge {
  readonly asked: Asked[] = [];
  readonly refused = new Set<CommandName>();
  /** What other commands are answered with; null where nothing is given. */
  readonly answers = new Map<CommandName, unknown>();
  snapshot: Snapshot;
  readonly #catalogue: CatalogueView;
  #heard: ((snapshot: Snapshot) => void) | null = null;
  readonly bridge: KioskBridge;

  constructor(snapshot: Snapshot, catalogue: CatalogueView) {
    this.snapshot = snapshot;
    this.#catalogue = catalogue;
    const ask = (name: CommandName, request: unknown): Promise<unknown> =>
      Promise.resolve(this.#answer(name, request));
    const on = (name: string, listener: (payload: never) => void): (() => void) => {
      if (name === 'kiosk:changed') this.#heard = listener as (snapshot: Snapshot) => void;
      return () => undefined;
    };
    this.bridge = { ask, on } as KioskBridge;
  }

  /** Tells the page of a new snapshot, one revision on. */
  tell(snapshot: Snapshot): void {
    this.snapshot = { ...snapshot, revision: this.snapshot.revision + 1 };
    this.#heard?.(this.snapshot);
  }

  names(): readonly CommandName[] {
    return this.asked.map(({ name }) => name);
  }

  #answer(name: CommandName, request: unknown): unknown {
    this.asked.push({ name, request });
    if (this.refused.has(name)) {
      return { ok: false, error: { code: 'not_now', messageKey: 'not_now', retryable: true } };
    }
    if (name === 'kiosk:attach') return { ok: true, value: this.snapshot };
    if (name === 'catalogue:read') return { ok: true, value: this.#catalogue };
    return { ok: true, value: this.answers.get(name) ?? null };
  }
}
