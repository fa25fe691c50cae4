import type { ISdkManagedPaymentIntent, Terminal } from '@stripe/terminal-js';
import type { KioskBridge } from '../../preload/contract/contract.ts';
import type { ReaderCommand, ReaderReport } from '../../preload/contract/reader.ts';
import type { Connected } from './reader-connection.ts';
import { errorCode } from './terminal-words.ts';

type Command<Kind extends ReaderCommand['kind']> = Extract<ReaderCommand, { kind: Kind }>;

export interface CommandRunnerOptions {
  readonly bridge: KioskBridge;
  readonly terminal: Terminal;
  readonly connect: () => Promise<Connected>;
}

/**
 * Carries out main's reader commands one after the other and tells what came of each. It decides nothing: what
 * the SDK says is a hint that main checks. Holds the collected object of the live attempt, and only that.
 */
export class CommandRunner {
  readonly #options: CommandRunnerOptions;
  #collected: { readonly attemptId: string; readonly intent: ISdkManagedPaymentIntent } | null =
    null;
  #collecting: Command<'collect'> | null = null;
  #promptReported = false;
  #canceled: string | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(options: CommandRunnerOptions) {
    this.#options = options;
  }

  /** A cancel overtakes the collect it ends; everything else waits its turn. */
  run(command: ReaderCommand): void {
    if (command.kind === 'cancel') {
      void this.#cancel(command);
      return;
    }
    this.#queue = this.#queue.then(() =>
      command.kind === 'collect' ? this.#collect(command) : this.#process(command),
    );
  }

  /** The reader has begun to wait for a card. */
  promptShown(): void {
    if (this.#collecting === null || this.#promptReported) return;
    this.#promptReported = true;
    void this.#report(this.#collecting, { kind: 'awaiting_card' });
  }

  async #collect(command: Command<'collect'>): Promise<void> {
    const { terminal, connect } = this.#options;
    this.#collected = null;
    const connected = await connect();
    if (this.#canceled === command.attemptId) return;
    if (connected.kind === 'failed') {
      await this.#report(command, { kind: 'collect_failed', code: connected.code });
      return;
    }
    await showCart(terminal, command);
    if (this.#canceled === command.attemptId) return;

    this.#collecting = command;
    this.#promptReported = false;
    try {
      const result = await terminal.collectPaymentMethod(command.clientSecret);
      if ('error' in result) {
        const code = errorCode(result.error.code);
        await this.#report(command, { kind: 'collect_failed', code });
        return;
      }
      this.#collected = { attemptId: command.attemptId, intent: result.paymentIntent };
      await this.#report(command, { kind: 'collected' });
    } catch {
      await this.#report(command, { kind: 'collect_failed', code: 'sdk_fault' });
    } finally {
      this.#collecting = null;
    }
  }

  async #process(command: Command<'process'>): Promise<void> {
    const { bridge, terminal } = this.#options;
    if (this.#collected?.attemptId !== command.attemptId) {
      await this.#processFailed(command, { code: 'nothing_collected' });
      return;
    }
    try {
      const result = await terminal.processPayment(this.#collected.intent);
      if ('error' in result) {
        await this.#processFailed(command, result.error);
        return;
      }
      const { saleId, attemptId, commandId } = command;
      await bridge.ask('payment:capture', { saleId, attemptId, commandId });
    } catch {
      // Whether anything was charged is not known: main finds out.
      await this.#processFailed(command, { code: 'sdk_fault' });
    }
  }

  async #processFailed(
    command: Command<'process'>,
    error: {
      readonly code?: string;
      readonly decline_code?: string;
      readonly payment_intent?: { readonly status: string } | null;
    },
  ): Promise<void> {
    const { decline_code: declineCode, payment_intent: paymentIntent } = error;
    await this.#report(command, {
      kind: 'process_failed',
      code: errorCode(error.code),
      declineCode: declineCode === undefined ? null : errorCode(declineCode),
      paymentIntentStatus: paymentIntent?.status ?? null,
    });
  }

  async #cancel(command: Command<'cancel'>): Promise<void> {
    this.#canceled = command.attemptId;
    if (this.#collected?.attemptId === command.attemptId) this.#collected = null;
    // The pending collect then resolves with `canceled`; where none is pending there is nothing to end.
    await this.#options.terminal.cancelCollectPaymentMethod().catch(() => undefined);
    await this.#options.terminal.clearReaderDisplay().catch(() => undefined);
  }

  async #report(command: ReaderCommand, report: ReaderReport): Promise<void> {
    const { saleId, attemptId, commandId } = command;
    await this.#options.bridge.ask('reader:report', { saleId, attemptId, commandId, report });
  }
}

/** What the reader shows before it asks for the card. It charges what the PaymentIntent says, so a failure is no harm. */
async function showCart(terminal: Terminal, { cart }: Command<'collect'>): Promise<void> {
  await terminal
    .setReaderDisplay({
      type: 'cart',
      cart: {
        line_items: cart.lineItems.map((line) => ({ ...line })),
        tax: cart.tax,
        total: cart.total,
        currency: cart.currency,
      },
    })
    .catch(() => undefined);
}
