import { loadStripeTerminal } from '@stripe/terminal-js/pure';
import type { StripeTerminal, Terminal, TerminalProps } from '@stripe/terminal-js';
import type { KioskBridge } from '../../preload/contract/contract.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { CommandRunner } from './command-runner.ts';
import { PageRenewal } from './page-renewal.ts';
import { connect, type Connected, reconnect } from './reader-connection.ts';
import { connectionWord, paymentWord } from './terminal-words.ts';
import { within } from './within.ts';

/** How long after a failed connection the next try begins, in milliseconds. */
const reconnectMs = 10_000;
/** How long one connecting may take, in milliseconds. */
const connectLimitMs = 30_000;

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
  readonly #renewal: PageRenewal;
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
    this.#renewal = new PageRenewal(bridge, snapshot.sale !== null);
  }

  async start(): Promise<void> {
    const stripeTerminal = await loadStripeTerminal().catch(() => null);
    if (this.#isStopped) return;
    if (stripeTerminal === null) {
      this.#giveUp('sdk_not_loaded');
      return;
    }
    const terminal = this.#create(stripeTerminal);
    if (terminal === null) {
      this.#giveUp('sdk_fault');
      return;
    }
    this.#terminal = terminal;
    const runner = new CommandRunner({
      bridge: this.#bridge,
      terminal,
      connect: () => this.#connect(() => connect(terminal, this.#snapshot.reader)),
      reconnect: () => this.#connect(() => reconnect(terminal, this.#snapshot.reader)),
      onSilent: () => this.#giveUp('sdk_silent'),
    });
    this.#runner = runner;
    this.#unlisten = this.#bridge.on('reader:commanded', (command) => runner.run(command));
    this.#tell();
    await this.#connect(() => connect(terminal, this.#snapshot.reader));
  }

  #create(sdk: StripeTerminal): Terminal | null {
    const props: TerminalProps = {
      onFetchConnectionToken: () => this.#connectionToken(),
      onUnexpectedReaderDisconnect: () => this.#lost(),
      onConnectionStatusChange: () => this.#tell(),
      onPaymentStatusChange: ({ status }) => {
        this.#tell();
        if (paymentWord(status) === 'waiting_for_input') this.#runner?.promptShown();
      },
    };
    try {
      return sdk.create(props);
    } catch {
      return null;
    }
  }

  /** The SDK stays as it is in this page, even where it could not be loaded; the next page may have more luck. */
  #giveUp(problem: string): void {
    this.#problem = problem;
    this.#tell();
    this.#renewal.ask();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#unlisten();
    this.#renewal.stop();
  }

  /** One connecting at a time; whoever asks meanwhile waits for the same. */
  #connect(how: () => Promise<Connected>): Promise<Connected> {
    this.#connecting ??= this.#connectOnce(how).finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #connectOnce(how: () => Promise<Connected>): Promise<Connected> {
    const connected = await within(connectLimitMs, how).catch((): Connected => ({
      kind: 'failed',
      code: 'sdk_fault',
    }));
    this.#label = connected.kind === 'connected' ? connected.label : null;
    this.#problem = connected.kind === 'connected' ? null : connected.code;
    // One that was put off meanwhile would end the connection that is there now, with the collect on it.
    clearTimeout(this.#timer);
    if (connected.kind === 'failed') this.#connectLater();
    this.#tell();
    return connected;
  }

  #connectLater(): void {
    const terminal = this.#terminal;
    if (this.#isStopped || this.#renewal.isAsked || terminal === null) return;
    const place = this.#snapshot.reader;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.#connect(() => reconnect(terminal, place)),
      reconnectMs,
    );
  }

  /** The reader went away by itself: what was being collected fails by its own answer; look for it again. */
  #lost(): void {
    this.#label = null;
    this.#problem = 'reader_lost';
    this.#tell();
    this.#connectLater();
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
