import type { ISdkManagedPaymentIntent, Terminal } from '@stripe/terminal-js';
import type { KioskBridge } from '../../preload/contract/contract.ts';
import type { ReaderCommand, ReaderReport } from '../../preload/contract/reader.ts';
import type { Connected } from './reader-connection.ts';
import { showCart } from './show-cart.ts';
import { errorCode, stripeWord } from './terminal-words.ts';
import { SdkSilent, within } from './within.ts';

type Command<Kind extends ReaderCommand['kind']> = Extract<ReaderCommand, { kind: Kind }>;

export interface CommandRunnerOptions {
  readonly bridge: KioskBridge;
  readonly terminal: Terminal;
  readonly connect: () => Promise<Connected>;
  /** Ends a connection that answers nothing and makes a new one. */
  readonly reconnect: () => Promise<Connected>;
  /** The SDK has stopped answering: only a new page brings a new one. */
  readonly onSilent: () => void;
}

/** Main gives up an authorization after 90 s; what comes later is of no use to this page. Milliseconds. */
const processLimitMs = 120_000;
/** How long a cancelled collect may take to end, and how often it is cancelled until then. */
const cancelEveryMs = 1_500;
const cancelTriesMax = 6;

/** Errors of the way to the reader, not of the card: a fresh connection may mend them. */
const connectionCodes: ReadonlySet<string> = new Set([
  'no_established_connection',
  'network_error',
  'network_timeout',
  'reader_connection_error',
  'rpc_error',
  'authentication_error',
  'invalid_connection_token',
  'failed_fetch_connection_token',
]);

/**
 * Carries out main's reader commands one after the other and tells what came of each. It decides nothing: what
 * the SDK says is a hint that main checks. Holds the collected object of the live attempt, and only that.
 */
export class CommandRunner {
  readonly #options: CommandRunnerOptions;
  readonly #canceled = new Set<string>();
  #collected: { readonly attemptId: string; readonly intent: ISdkManagedPaymentIntent } | null =
    null;
  #collecting: Command<'collect'> | null = null;
  #isShowing = false;
  #promptReported = false;
  #queue: Promise<void> = Promise.resolve();

  constructor(options: CommandRunnerOptions) {
    this.#options = options;
  }

  /** A cancel overtakes the collect it ends; everything else waits its turn, and a fault stops nothing after it. */
  run(command: ReaderCommand): void {
    if (command.kind === 'cancel') {
      void this.#cancel(command);
      return;
    }
    // Main cancels an attempt at a reader that failed, and asks for it again at the spare: the latest word holds.
    if (command.kind === 'collect') this.#canceled.delete(command.attemptId);
    this.#queue = this.#queue
      .then(() => (command.kind === 'collect' ? this.#collect(command) : this.#process(command)))
      .catch((error: unknown) => this.#failed(command, error));
  }

  /** The reader has begun to wait for a card. */
  promptShown(): void {
    if (this.#collecting === null || this.#promptReported) return;
    this.#promptReported = true;
    void this.#report(this.#collecting, { kind: 'awaiting_card' });
  }

  async #collect(command: Command<'collect'>): Promise<void> {
    this.#collected = null;
    const first = await this.#collectOnce(command, this.#options.connect);
    const mayMend =
      first.kind === 'failed' && !this.#promptReported && connectionCodes.has(first.code);
    const outcome = mayMend ? await this.#collectOnce(command, this.#options.reconnect) : first;
    if (outcome.kind === 'canceled') return;
    // A card presented in the moment of the cancel came too late.
    if (outcome.kind === 'collected' && this.#canceled.has(command.attemptId)) return;
    if (outcome.kind === 'failed') {
      await this.#report(command, { kind: 'collect_failed', code: outcome.code });
      return;
    }
    this.#collected = { attemptId: command.attemptId, intent: outcome.intent };
    await this.#report(command, { kind: 'collected' });
  }

  async #collectOnce(
    command: Command<'collect'>,
    connect: () => Promise<Connected>,
  ): Promise<
    | { readonly kind: 'collected'; readonly intent: ISdkManagedPaymentIntent }
    | { readonly kind: 'failed'; readonly code: string }
    | { readonly kind: 'canceled' }
  > {
    const { terminal } = this.#options;
    this.#promptReported = false;
    const connected = await connect();
    if (this.#canceled.has(command.attemptId)) return { kind: 'canceled' };
    if (connected.kind === 'failed') return connected;
    this.#isShowing = true;
    await showCart(terminal, command.cart);
    this.#isShowing = false;
    if (this.#canceled.has(command.attemptId)) return { kind: 'canceled' };

    this.#collecting = command;
    try {
      const result = await terminal.collectPaymentMethod(command.clientSecret);
      if ('error' in result) return { kind: 'failed', code: errorCode(result.error.code) };
      return { kind: 'collected', intent: result.paymentIntent };
    } finally {
      this.#collecting = null;
    }
  }

  async #process(command: Command<'process'>): Promise<void> {
    const { bridge, terminal, connect } = this.#options;
    const connected: Connected =
      this.#collectedFor(command) === null
        ? { kind: 'failed', code: 'nothing_collected' }
        : await connect();
    if (connected.kind === 'failed') {
      await this.#processFailed(command, connected);
      return;
    }
    // Looked at again: the sale may have been cancelled while the reader was being connected.
    const intent = this.#collectedFor(command);
    if (intent === null) {
      await this.#processFailed(command, { code: 'nothing_collected' });
      return;
    }
    const result = await within(processLimitMs, () => terminal.processPayment(intent));
    if ('error' in result) {
      await this.#processFailed(command, result.error);
      return;
    }
    const { saleId, attemptId, commandId } = command;
    await bridge.ask('payment:capture', { saleId, attemptId, commandId });
  }

  #collectedFor({ attemptId }: ReaderCommand): ISdkManagedPaymentIntent | null {
    return this.#collected?.attemptId === attemptId ? this.#collected.intent : null;
  }

  async #processFailed(
    command: Command<'process'>,
    error: {
      readonly code?: string;
      /** Null as well as left out at run time, whatever Stripe's type says; so is the PaymentIntent. */
      readonly decline_code?: string | null;
      readonly payment_intent?: { readonly status: string } | null;
    },
  ): Promise<void> {
    const declineCode = error.decline_code ?? null;
    await this.#report(command, {
      kind: 'process_failed',
      code: errorCode(error.code),
      declineCode: declineCode === null ? null : errorCode(declineCode),
      paymentIntentStatus: stripeWord(error.payment_intent?.status),
    });
  }

  /** The SDK rejected or fell silent. After a process nobody knows whether anything was charged: main finds out. */
  async #failed(command: Command<'collect' | 'process'>, error: unknown): Promise<void> {
    const code = error instanceof SdkSilent ? 'sdk_silent' : 'sdk_fault';
    if (error instanceof SdkSilent) this.#options.onSilent();
    if (command.kind === 'process') await this.#processFailed(command, { code });
    else await this.#report(command, { kind: 'collect_failed', code });
  }

  /** Cancels until the collect has ended: a cancel that comes too early is refused by the SDK and lost. */
  async #cancel(command: Command<'cancel'>): Promise<void> {
    const { terminal, onSilent } = this.#options;
    this.#canceled.add(command.attemptId);
    if (this.#collected?.attemptId === command.attemptId) this.#collected = null;
    for (let tries = 0; tries < cancelTriesMax && this.#collects(command); tries += 1) {
      await within(cancelEveryMs, () => terminal.cancelCollectPaymentMethod()).catch(
        () => undefined,
      );
      await this.#collectEnded(command);
    }
    if (this.#collects(command)) onSilent();
    else await this.#clearDisplay(terminal);
  }

  /** Not while the next collect has begun: it puts its own cart there. */
  async #clearDisplay(terminal: Terminal): Promise<void> {
    if (this.#collecting !== null || this.#isShowing) return;
    await within(cancelEveryMs, () => terminal.clearReaderDisplay()).catch(() => undefined);
  }

  #collects({ attemptId }: ReaderCommand): boolean {
    return this.#collecting?.attemptId === attemptId;
  }

  #collectEnded(command: Command<'cancel'>): Promise<void> {
    return new Promise((resolve) => {
      const startedMs = performance.now();
      const look = (): void => {
        const hasEnded = !this.#collects(command);
        if (hasEnded || performance.now() - startedMs > cancelEveryMs) resolve();
        else setTimeout(look, 50);
      };
      look();
    });
  }

  /** Never rejects: a report is a hint, and main's own waits decide when it does not arrive. */
  async #report(command: ReaderCommand, report: ReaderReport): Promise<void> {
    const { saleId, attemptId, commandId } = command;
    await this.#options.bridge
      .ask('reader:report', { saleId, attemptId, commandId, report })
      .catch(() => undefined);
  }
}
