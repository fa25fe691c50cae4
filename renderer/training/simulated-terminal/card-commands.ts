import type { ErrorResponse, ICancelResponse, SimulatorConfiguration } from '@stripe/terminal-js';

import { askReader } from './reader-line.ts';
import { sdkError } from './sdk-error.ts';
import type { Statuses } from './statuses.ts';
import type { TrainingChannel } from './training-channel.ts';

/** What the SDK collects a card for; each has methods of its own, and all go the same way. */
export type CardPurpose = 'payment' | 'setup' | 'refund';

/** The names under which the simulated readers know the methods. */
const collects = {
  payment: 'collectPaymentMethod',
  setup: 'collectSetupIntentPaymentMethod',
  refund: 'collectRefundPaymentMethod',
} as const satisfies Record<CardPurpose, string>;

const cancels = {
  payment: 'cancelCollectPaymentMethod',
  setup: 'cancelCollectSetupIntentPaymentMethod',
  refund: 'cancelCollectRefundPaymentMethod',
} as const satisfies Record<CardPurpose, string>;

const processes = {
  payment: 'processPayment',
  setup: 'confirmSetupIntent',
  refund: 'processRefund',
} as const satisfies Record<CardPurpose, string>;

const notConnected = sdkError('no_established_connection', 'No reader is connected.');
const busy = sdkError('command_already_in_progress', 'Another command is still in progress.');
const unreadable = sdkError('rpc_error', 'The simulated reader gave no readable answer.');

/** Finds what a command was to achieve in its answer; null when it is not there. */
type Parse<Value> = (answer: Readonly<Record<string, unknown>>) => Value | null;

/** One page's commands to its reader: one at a time, with the statuses that go with each. */
export class CardCommands {
  readonly #channel: TrainingChannel;
  readonly #statuses: Statuses;
  /** What the page told the SDK's simulator; forgotten when a card has been processed. */
  simulator: SimulatorConfiguration = {};
  #isBusy = false;
  /** The card that is being collected, if there is one. */
  #collecting: { readonly purpose: CardPurpose; isCanceled: boolean } | null = null;
  /** What is being processed, if something is. */
  #processing: CardPurpose | null = null;

  constructor(channel: TrainingChannel, statuses: Statuses) {
    this.#channel = channel;
    this.#statuses = statuses;
  }

  /** Whether a command is in progress. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Why no command for the reader can start now; null when one can. */
  refusal(): ErrorResponse | null {
    if (this.#statuses.connection !== 'connected') {
      return notConnected;
    }
    return this.#isBusy ? busy : null;
  }

  /** Runs the one command that may be in progress. */
  async alone<Result>(command: () => Promise<Result>): Promise<Result> {
    this.#isBusy = true;
    try {
      return await command();
    } finally {
      this.#isBusy = false;
    }
  }

  /** Prompts for a card until it is read or the prompt is taken away. */
  async collect<Value extends object>(
    purpose: CardPurpose,
    params: object,
    parse: Parse<Value>,
  ): Promise<ErrorResponse | Value> {
    return this.alone(async () => {
      this.#collecting = { purpose, isCanceled: false };
      this.#statuses.setPayment('waiting_for_input');
      const { testPaymentMethod, testCardNumber, tipAmount } = this.simulator;
      const answer = await askReader(this.#channel, collects[purpose], {
        ...params,
        simulator: {
          testPaymentMethod: testPaymentMethod ?? testCardNumber ?? null,
          tipAmount: tipAmount ?? null,
        },
      });
      this.#collecting = null;
      this.#backToReady();
      return 'error' in answer ? answer : (parse(answer.value) ?? unreadable);
    });
  }

  /** Takes a prompt away. The SDK documents one code, whatever was to be collected. */
  async cancelCollect(purpose: CardPurpose): Promise<ErrorResponse | ICancelResponse> {
    const collecting = this.#collecting;
    if (collecting?.purpose !== purpose) {
      return sdkError(
        'no_active_collect_payment_method_attempt',
        'No payment method is being collected.',
      );
    }
    if (collecting.isCanceled) {
      return sdkError('cancelable_already_canceled', 'The collection was canceled before.');
    }
    collecting.isCanceled = true;
    const answer = await askReader(this.#channel, cancels[purpose], {});
    if (!('error' in answer)) {
      return {};
    }
    return answer.error.code === 'no_active_collect_payment_method_attempt'
      ? sdkError('cancelable_already_completed', 'The collection had finished before.')
      : answer;
  }

  /** Does with a collected card what it was collected for. */
  async process<Value extends object>(
    purpose: CardPurpose,
    params: object,
    parse: Parse<Value>,
  ): Promise<ErrorResponse | Value> {
    return this.alone(async () => {
      this.#processing = purpose;
      this.#statuses.setPayment('processing');
      const answer = await askReader(this.#channel, processes[purpose], params);
      this.#processing = null;
      this.simulator = {};
      this.#backToReady();
      return 'error' in answer ? answer : (parse(answer.value) ?? unreadable);
    });
  }

  /** What was sent cannot be called back; only the promise's outcome tells. */
  cancelProcess(purpose: CardPurpose): Promise<ErrorResponse> {
    return Promise.resolve(
      this.#processing === purpose
        ? sdkError('cancelable_already_completed', 'The card has been sent to its bank.')
        : sdkError('illegal_state', 'Nothing is being processed.'),
    );
  }

  #backToReady(): void {
    if (this.#statuses.connection === 'connected') {
      this.#statuses.setPayment('ready');
    }
  }
}
