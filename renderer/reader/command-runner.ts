import type { Terminal } from '@stripe/terminal-js';
import type { KioskBridge } from '../../preload/contract/contract.ts';
import type { ReaderCommand, ReaderReport } from '../../preload/contract/reader.ts';
import { cardCollectOf } from './card-collect-of.ts';
import type { CardCollect, Collected, Processed, SdkError } from './card-collect.ts';
import type { Connected } from './reader-connection.ts';
import { errorCode } from './terminal-words.ts';
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

/** How long a cancelled collect may take to end, and how often it is cancelled until then. */
const cancelEveryMs = 1_500;
const cancelTriesMax = 6;
/**
 * Stripe says of payments alone that the SDK tells when their prompt is shown. Any other collect that has not failed
 * for so long is taken to wait for a card. Milliseconds.
 */
const promptTakenAsShownMs = 5_000;

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

/** The collect that is under way, and how it is ended. */
interface Collecting {
  readonly command: Command<'collect'>;
  readonly cards: CardCollect;
}

/** A card that was read and waits to be processed. */
interface Held extends Extract<Collected, { kind: 'collected' }> {
  readonly attemptId: string;
}

/**
 * Carries out main's reader commands one after the other and tells what came of each. It decides nothing: what
 * the SDK says is a hint that main checks. Holds the collected card of the live attempt, and only that.
 */
export class CommandRunner {
  readonly #options: CommandRunnerOptions;
  readonly #canceled = new Set<string>();
  #held: Held | null = null;
  #collecting: Collecting | null = null;
  #isShowing = false;
  #promptReported = false;
  #queue: Promise<void> = Promise.resolve();
  /** The SDK refuses a command while another is under way: the next collect waits for this one. */
  #clearing: Promise<void> = Promise.resolve();

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
    void this.#report(this.#collecting.command, { kind: 'awaiting_card' });
  }

  async #collect(command: Command<'collect'>): Promise<void> {
    this.#held = null;
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
    this.#held = { ...outcome, attemptId: command.attemptId };
    await this.#report(command, { kind: 'collected' });
  }

  async #collectOnce(
    command: Command<'collect'>,
    connect: () => Promise<Connected>,
  ): Promise<Collected | { readonly kind: 'canceled' }> {
    this.#promptReported = false;
    const connected = await connect();
    await this.#clearing;
    if (this.#canceled.has(command.attemptId)) return { kind: 'canceled' };
    if (connected.kind === 'failed') return connected;
    const cards = cardCollectOf(this.#options.terminal, command.collect);
    this.#isShowing = true;
    await cards.show();
    this.#isShowing = false;
    if (this.#canceled.has(command.attemptId)) return { kind: 'canceled' };

    this.#collecting = { command, cards };
    const taken = cards.purpose === 'payment' ? undefined : this.#takePromptAsShown();
    try {
      return await cards.collect();
    } finally {
      clearTimeout(taken);
      this.#collecting = null;
    }
  }

  #takePromptAsShown(): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.promptShown();
    }, promptTakenAsShownMs);
  }

  async #process(command: Command<'process'>): Promise<void> {
    const { bridge, connect } = this.#options;
    const connected: Connected =
      this.#heldFor(command) === null
        ? { kind: 'failed', code: 'nothing_collected' }
        : await connect();
    if (connected.kind === 'failed') {
      await this.#processFailed(command, connected, statusUntouched(command));
      return;
    }
    // Looked at again: it may have been cancelled while the reader was being connected.
    const held = this.#heldFor(command);
    if (held === null) {
      await this.#processFailed(command, { code: 'nothing_collected' }, statusUntouched(command));
      return;
    }
    const processed: Processed = await held.process();
    if (processed.kind === 'failed') {
      await this.#processFailed(command, processed.error, processed.status);
    } else if (isForSale(command)) {
      const { ownerId, attemptId, commandId } = command;
      await bridge.ask('payment:capture', { ownerId, attemptId, commandId });
    } else {
      await this.#report(command, { kind: 'processed' });
    }
  }

  #heldFor({ attemptId }: ReaderCommand): Held | null {
    return this.#held?.attemptId === attemptId ? this.#held : null;
  }

  async #processFailed(
    command: Command<'process'>,
    error: SdkError,
    paymentIntentStatus: string | null,
  ): Promise<void> {
    const declineCode = error.decline_code ?? null;
    await this.#report(command, {
      kind: 'process_failed',
      code: errorCode(error.code),
      declineCode: declineCode === null ? null : errorCode(declineCode),
      paymentIntentStatus,
    });
  }

  /** The SDK rejected or fell silent. After a process nobody knows what came of it: main finds out. */
  async #failed(command: Command<'collect' | 'process'>, error: unknown): Promise<void> {
    const code = error instanceof SdkSilent ? 'sdk_silent' : 'sdk_fault';
    if (error instanceof SdkSilent) this.#options.onSilent();
    if (command.kind === 'process') await this.#processFailed(command, { code }, null);
    else await this.#report(command, { kind: 'collect_failed', code });
  }

  /** Cancels until the collect has ended: a cancel that comes too early is refused by the SDK and lost. */
  async #cancel(command: Command<'cancel'>): Promise<void> {
    const { terminal, onSilent } = this.#options;
    this.#canceled.add(command.attemptId);
    if (this.#held?.attemptId === command.attemptId) this.#held = null;
    for (let tries = 0; tries < cancelTriesMax; tries += 1) {
      const cards = this.#collects(command);
      if (cards === null) break;
      await within(cancelEveryMs, () => cards.cancel()).catch(() => undefined);
      await this.#collectEnded(command);
    }
    if (this.#collects(command) !== null) onSilent();
    else await this.#clearDisplay(terminal);
  }

  /** Not while the next collect has begun: it puts its own cart there. */
  async #clearDisplay(terminal: Terminal): Promise<void> {
    if (this.#collecting !== null || this.#isShowing) return;
    this.#clearing = within(cancelEveryMs, () => terminal.clearReaderDisplay()).then(
      () => undefined,
      () => undefined,
    );
    await this.#clearing;
  }

  #collects({ attemptId }: ReaderCommand): CardCollect | null {
    return this.#collecting?.command.attemptId === attemptId ? this.#collecting.cards : null;
  }

  #collectEnded(command: Command<'cancel'>): Promise<void> {
    return new Promise((resolve) => {
      const startedMs = performance.now();
      const look = (): void => {
        const hasEnded = this.#collects(command) === null;
        if (hasEnded || performance.now() - startedMs > cancelEveryMs) resolve();
        else setTimeout(look, 50);
      };
      look();
    });
  }

  /** Never rejects: a report is a hint, and main's own waits decide when it does not arrive. */
  async #report(command: ReaderCommand, report: ReaderReport): Promise<void> {
    const { ownerId, attemptId, commandId } = command;
    await this.#options.bridge
      .ask('reader:report', { ownerId, attemptId, commandId, report })
      .catch(() => undefined);
  }
}

/** Main reads and captures a payment that was processed; anything else is only told of. */
function isForSale({ ownerId }: ReaderCommand): boolean {
  return ownerId.startsWith('sale_');
}

/**
 * What is known when the SDK was never asked to process. Main asks it for a payment up to three times, so of that
 * nothing is known; a setup or a refund is asked for once, and nothing came of it.
 */
function statusUntouched(command: ReaderCommand): string | null {
  return isForSale(command) ? null : 'requires_payment_method';
}
