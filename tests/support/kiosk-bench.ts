import type { Kiosk } from '../../main/kiosk.ts';
import type { CommandName, EventName } from '../../preload/contract/channels.ts';
import type { Events, KioskBridge, Requests, Responses } from '../../preload/contract/contract.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { startReader } from '../../renderer/reader/start-reader.ts';
import { installSimulatedTerminal } from '../../renderer/training/simulated-terminal/install.ts';
import { type TrainingChannel, trainingChannel } from '../../renderer/training/training-channel.ts';

interface Sdk {
  StripeTerminal?: { create(props: unknown): unknown };
}

/**
 * The loader remembers the first SDK it finds for the life of its process, as it does for the life of a page.
 * Here many pages share a process, so what it finds asks the SDK of the page that was loaded last.
 */
const sdkOfThisPage: Sdk = {};
const found: Sdk = {
  StripeTerminal: { create: (props) => sdkOfThisPage.StripeTerminal?.create(props) },
};
Object.assign(globalThis, { window: found });

/** The page's side of a kiosk without a page: the real reader driver on the real simulated SDK. */
export class TestPage {
  readonly bridge: KioskBridge;
  readonly #channel: (bridge: KioskBridge) => TrainingChannel;
  readonly #unlisten: () => void;
  readonly #watchers = new Set<(snapshot: Snapshot) => void>();
  #stopReader: () => void = () => undefined;
  #latest: Snapshot | null = null;

  /** `channel` leads to the readers; without it they are those of the kiosk's own training studio. */
  constructor(
    kiosk: Pick<Kiosk, 'ask' | 'on'>,
    channel: (bridge: KioskBridge) => TrainingChannel = trainingChannel,
  ) {
    this.#channel = channel;
    const listeners = new Map<EventName, Set<(payload: never) => void>>();
    this.#unlisten = kiosk.on((name, payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    });
    this.bridge = {
      ask: async (name, request) => (await kiosk.ask(name, structuredClone(request))) as never,
      on: (name, listener) => {
        const heard = listeners.get(name) ?? new Set();
        listeners.set(name, heard.add(listener));
        return () => heard.delete(listener);
      },
    };
    this.bridge.on('kiosk:changed', (snapshot) => {
      this.#see(snapshot);
    });
  }

  get snapshot(): Snapshot {
    if (this.#latest === null) throw new Error('The page has not attached yet.');
    return this.#latest;
  }

  /** What a page load does: attaches, and starts the reader. */
  async load(): Promise<Snapshot> {
    const snapshot = await this.ask('kiosk:attach', {});
    this.#see(snapshot);
    this.#stopReader();
    installSimulatedTerminal(sdkOfThisPage, this.#channel(this.bridge));
    this.#stopReader = startReader(this.bridge, snapshot);
    return snapshot;
  }

  /** The value of a command that must succeed. */
  async ask<Name extends CommandName>(
    name: Name,
    request: Requests[Name],
  ): Promise<Responses[Name]> {
    const answer = await this.bridge.ask(name, request);
    if (!answer.ok) throw new Error(`${name} was refused: ${answer.error.code}`);
    return answer.value;
  }

  /** Resolves with the first snapshot, the present one included, of which `holds` is true. */
  until(holds: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    if (this.#latest !== null && holds(this.#latest)) return Promise.resolve(this.#latest);
    return new Promise((resolve) => {
      const watch = (snapshot: Snapshot): void => {
        if (!holds(snapshot)) return;
        this.#watchers.delete(watch);
        resolve(snapshot);
      };
      this.#watchers.add(watch);
    });
  }

  untilState(...states: string[]): Promise<Snapshot> {
    return this.until(({ sale }) => states.includes(sale?.stage ?? sale?.state ?? 'none'));
  }

  present(testPaymentMethod: string): Promise<unknown> {
    return this.ask('training:call', { method: 'present', params: { testPaymentMethod } });
  }

  /** Chooses, reviews and confirms; resolves with the sale's id. */
  async buy(itemId = 'evening-flow', quantity = 1): Promise<string> {
    const { saleId } = await this.ask('sale:start', { lines: [{ itemId, quantity }] });
    await this.ask('sale:confirm', { saleId });
    return saleId;
  }

  close(): void {
    this.#stopReader();
    this.#unlisten();
  }

  #see(snapshot: Events['kiosk:changed']): void {
    if (this.#latest !== null && snapshot.revision <= this.#latest.revision) return;
    this.#latest = snapshot;
    for (const watch of this.#watchers) watch(snapshot);
  }
}
