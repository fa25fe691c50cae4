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
/** How long an order may take to say where its reader is, in milliseconds. */
const placeLimitMs = 10_000;
/** How long letting go of a reader may take, in milliseconds. */
const letGoLimitMs = 5_000;

type Place = Snapshot['reader'];

/**
 * Starts the reader: loads the SDK, keeps this kiosk's reader connected, tells main how it is, and obeys main's
 * commands. When staff choose another reader it goes there; while main leads the reader itself, it lets go and does
 * nothing. Behind a system that gives a connection token only for an order, it is connected while one is being paid.
 * Returns a function that stops it.
 */
export function startReader(bridge: KioskBridge, snapshot: Snapshot): () => void {
  // A closed kiosk takes no cards.
  if (snapshot.closed !== null) return () => undefined;
  const driver = new ReaderStarter(bridge, snapshot);
  driver.follow(snapshot);
  const unlisten = bridge.on('kiosk:changed', (next) => driver.follow(next));
  return () => {
    unlisten();
    driver.stop();
  };
}

class ReaderStarter {
  readonly #bridge: KioskBridge;
  readonly #renewal: PageRenewal;
  #revision = 0;
  #place: Place;
  /** Tokens are given, and the reader's place is told, with an order alone. */
  readonly #isOfOrders: boolean;
  /** A connection token can be had, so the reader is to be connected. */
  #isWanted: boolean;
  /** The SDK leads the reader; otherwise main does. */
  #isLeading = false;
  #isLoading = false;
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
    this.#place = snapshot.reader;
    this.#isOfOrders = snapshot.features.readerConnects === 'with_order';
    this.#isWanted = wantsReader(snapshot);
    this.#renewal = new PageRenewal(bridge, snapshot.sale !== null);
  }

  /** Does what the newest snapshot says of the reader. Main changes it only while no payment is on the reader. */
  follow(snapshot: Snapshot): void {
    const { revision, reader } = snapshot;
    if (revision < this.#revision) return;
    this.#revision = revision;
    const former = this.#place;
    const wasWanted = this.#isWanted;
    this.#place = reader;
    this.#isWanted = wantsReader(snapshot);
    const shallLead = reader.integration === 'sdk';
    const isElsewhere = former.id !== reader.id || former.location !== reader.location;
    if (shallLead && !this.#isLeading) this.#lead();
    else if (!shallLead && this.#isLeading) this.#letGo();
    else if (shallLead && wasWanted !== this.#isWanted) this.#wantedNow();
    else if (shallLead && this.#isWanted && isElsewhere) this.#move();
  }

  /** An order begins to be paid, or its payment is over: the next one has tokens of its own. */
  #wantedNow(): void {
    const terminal = this.#terminal;
    if (terminal === null) return;
    clearTimeout(this.#timer);
    if (this.#isWanted) void this.#afterThat(() => this.#there(connect, terminal));
    else this.#disconnect(terminal);
  }

  #lead(): void {
    this.#isLeading = true;
    if (this.#terminal === null) void this.#load();
    else this.#take(this.#terminal);
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const stripeTerminal = await loadStripeTerminal().catch(() => null);
    this.#isLoading = false;
    // Staff may have changed their minds meanwhile.
    if (this.#isStopped || !this.#isLeading) return;
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
    this.#runner = new CommandRunner({
      bridge: this.#bridge,
      terminal,
      connect: () => this.#connect(() => this.#there(connect, terminal)),
      reconnect: () => this.#connect(() => this.#there(reconnect, terminal)),
      onSilent: () => this.#giveUp('sdk_silent'),
    });
    this.#take(terminal);
  }

  /** Begins to obey, and connects. Told of before, so that main knows the page listens. */
  #take(terminal: Terminal): void {
    this.#unlisten = this.#bridge.on('reader:commanded', (command) => this.#runner?.run(command));
    this.#tell();
    if (this.#isWanted) void this.#afterThat(() => this.#there(connect, terminal));
  }

  #move(): void {
    const terminal = this.#terminal;
    // Still being loaded: it will connect to the right one.
    if (terminal === null) return;
    // It waits for this very place, or a card may be asked for already at the reader that was named.
    if (this.#isOfOrders && (this.#label !== null || this.#connecting !== null)) return;
    void this.#afterThat(() => reconnect(terminal, this.#place));
  }

  /** Main leads the reader from now on. Stripe refuses that while the SDK is connected to it. */
  #letGo(): void {
    this.#isLeading = false;
    clearTimeout(this.#timer);
    this.#unlisten();
    if (this.#terminal !== null) this.#disconnect(this.#terminal);
  }

  /** Where the reader is known to be: of an order that may be soon, and until then the only reader may be another's. */
  async #there(how: typeof connect, terminal: Terminal): Promise<Connected> {
    const startedMs = performance.now();
    while (this.#isPlaceless && this.#isWanted) {
      if (performance.now() - startedMs > placeLimitMs) {
        return { kind: 'failed', code: 'no_location' };
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return how(terminal, this.#place);
  }

  get #isPlaceless(): boolean {
    return this.#isOfOrders && this.#place.id === null && this.#place.location === null;
  }

  #disconnect(terminal: Terminal): void {
    void this.#afterThat(async () => {
      await within(letGoLimitMs, () => terminal.disconnectReader()).catch(() => undefined);
      if (this.#isLeading) {
        await within(letGoLimitMs, () => terminal.clearCachedCredentials()).catch(() => undefined);
      }
      return { kind: 'failed', code: 'let_go' };
    });
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
    return this.#connecting ?? this.#afterThat(how);
  }

  /** What was asked for before comes to its end first; whoever asks from now on waits for this. */
  #afterThat(how: () => Promise<Connected>): Promise<Connected> {
    const before = this.#connecting;
    const begun =
      before === null ? this.#connectOnce(how) : before.then(() => this.#connectOnce(how));
    const mine = begun.finally(() => {
      if (this.#connecting === mine) this.#connecting = null;
    });
    this.#connecting = mine;
    return mine;
  }

  async #connectOnce(how: () => Promise<Connected>): Promise<Connected> {
    const connected = await within(connectLimitMs, how).catch((): Connected => ({
      kind: 'failed',
      code: 'sdk_fault',
    }));
    this.#label = connected.kind === 'connected' ? connected.label : null;
    const isMissed = connected.kind === 'failed' && this.#isLeading && this.#isWanted;
    this.#problem = isMissed ? connected.code : null;
    // One that was put off meanwhile would end the connection that is there now, with the collect on it.
    clearTimeout(this.#timer);
    if (connected.kind === 'failed') this.#connectLater();
    this.#tell();
    return connected;
  }

  #connectLater(): void {
    const terminal = this.#terminal;
    if (this.#isStopped || !this.#isLeading || !this.#isWanted) return;
    if (this.#renewal.isAsked || terminal === null) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.#connect(() => this.#there(reconnect, terminal)),
      reconnectMs,
    );
  }

  /** The reader went away by itself: what was being collected fails by its own answer; look for it again. */
  #lost(): void {
    if (!this.#isLeading || !this.#isWanted) return;
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

/** True while a connection token can be had: always, or behind some systems only for an order that is being paid. */
function wantsReader({ features, sale, setup }: Snapshot): boolean {
  if (features.readerConnects === 'at_start') return true;
  if (setup !== null) return !endsOfSetup.has(setup.state);
  if (sale === null || sale.platformOrder === null) return false;
  return sale.state !== 'open' && !endsOfSale.has(sale.state);
}

const endsOfSale: ReadonlySet<string> = new Set(['paid', 'canceled', 'expired', 'needs_staff']);
const endsOfSetup: ReadonlySet<string> = new Set(['kept', 'not_kept', 'canceled']);
