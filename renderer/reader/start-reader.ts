import { loadStripeTerminal } from '@stripe/terminal-js/pure';
import type { Terminal } from '@stripe/terminal-js';
import type { KioskBridge } from '../../preload/contract/contract.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { CommandRunner } from './command-runner.ts';
import { connect, type Connected } from './reader-connection.ts';
import { connectionWord, paymentWord } from './terminal-words.ts';

/** How long after a failed connection the next try begins, in milliseconds. */
const reconnectMs = 10_000;
/** The SDK remembers that it could not be loaded, so the page itself is loaded anew. */
const reloadMs = 30_000;

/**
 * Starts the reader: loads the SDK, keeps this kiosk's reader connected, tells main how it is, and obeys main's
 * commands. Returns a function that stops it.
 */
export function startReader(bridge: KioskBridge, snapshot: Snapshot): () => void {
  // A closed kiosk takes no cards.
  if (snapshot.closed !== null) return () => undefined;
  const driver = new ReaderStarter(bridge, snapshot);
  void driver.start();
  return () => driver.stop();
}

class ReaderStarter {
  readonly #bridge: KioskBridge;
  readonly #snapshot: Snapshot;
  #terminal: Terminal | null = null;
  #runner: CommandRunner | null = null;
  #connecting: Promise<Connected> | null = null;
  #label: string | null = null;
  #problem: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unlisten: () => void = () => undefined;
  #isStopped = false;

  constructor(bridge: KioskBridge, snapshot: Snapshot) {
    this.#bridge = bridge;
    this.#snapshot = snapshot;
  }

  async start(): Promise<void> {
    const stripeTerminal = await loadStripeTerminal().catch(() => null);
    if (this.#isStopped) return;
    if (stripeTerminal === null) {
      this.#problem = 'sdk_not_loaded';
      this.#tell();
      this.#reloadWhenIdle();
      return;
    }
    const terminal = stripeTerminal.create({
      onFetchConnectionToken: () => this.#connectionToken(),
      onUnexpectedReaderDisconnect: () => this.#lost(),
      onConnectionStatusChange: () => this.#tell(),
      onPaymentStatusChange: ({ status }) => {
        this.#tell();
        if (paymentWord(status) === 'waiting_for_input') this.#runner?.promptShown();
      },
    });
    this.#terminal = terminal;
    const runner = new CommandRunner({
      bridge: this.#bridge,
      terminal,
      connect: () => this.#connect(terminal),
    });
    this.#runner = runner;
    this.#unlisten = this.#bridge.on('reader:commanded', (command) => runner.run(command));
    this.#tell();
    await this.#connect(terminal);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#unlisten();
  }

  /** Not while somebody is in the middle of something: the next look decides. */
  #reloadWhenIdle(): void {
    let isIdle = this.#snapshot.sale === null;
    this.#unlisten = this.#bridge.on('kiosk:changed', ({ sale }) => {
      isIdle = sale === null;
    });
    const look = (): void => {
      if (isIdle) location.reload();
      else this.#timer = setTimeout(look, reloadMs);
    };
    this.#timer = setTimeout(look, reloadMs);
  }

  /** One connecting at a time; whoever asks meanwhile waits for the same. */
  #connect(terminal: Terminal): Promise<Connected> {
    this.#connecting ??= this.#connectOnce(terminal).finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #connectOnce(terminal: Terminal): Promise<Connected> {
    clearTimeout(this.#timer);
    const connected = await connect(terminal, this.#snapshot.reader).catch((): Connected => ({
      kind: 'failed',
      code: 'sdk_fault',
    }));
    this.#label = connected.kind === 'connected' ? connected.label : null;
    this.#problem = connected.kind === 'connected' ? null : connected.code;
    if (connected.kind === 'failed') this.#connectLater(terminal);
    this.#tell();
    return connected;
  }

  #connectLater(terminal: Terminal): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void this.#connect(terminal), reconnectMs);
  }

  /** The reader went away by itself: what was being collected fails by its own answer; look for it again. */
  #lost(): void {
    this.#label = null;
    this.#problem = 'reader_lost';
    this.#tell();
    if (this.#terminal !== null) this.#connectLater(this.#terminal);
  }

  async #connectionToken(): Promise<string> {
    const answer = await this.#bridge.ask('connection-token:create', {});
    if (!answer.ok) throw new Error('no connection token');
    return answer.value.secret;
  }

  #tell(): void {
    if (this.#isStopped) return;
    const terminal = this.#terminal;
    void this.#bridge.ask('reader:status', {
      connection:
        terminal === null ? 'not_connected' : connectionWord(terminal.getConnectionStatus()),
      payment: terminal === null ? 'not_ready' : paymentWord(terminal.getPaymentStatus()),
      label: this.#label,
      problem: this.#problem,
    });
  }
}
