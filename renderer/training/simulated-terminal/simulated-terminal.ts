import type {
  ConnectionStatus,
  ConnectOptions,
  DiscoverResult,
  DiscoveryConfig,
  ErrorResponse,
  ICancelResponse,
  ICollectConfig,
  IDisconnectResponse,
  IPaymentIntent,
  IProcessConfig,
  ISdkManagedPaymentIntent,
  ISetReaderDisplayRequest,
  PaymentStatus,
  Reader,
  SimulatorConfiguration,
  Terminal,
  TerminalProps,
} from '@stripe/terminal-js';

import { fetchConnectionToken } from './connection-token.ts';
import {
  collectedName,
  parseCollected,
  parsePaymentIntent,
  parseReader,
  parseReaders,
} from './parse-objects.ts';
import { askReader } from './reader-line.ts';
import { sdkError } from './sdk-error.ts';
import { connectionStatus, paymentStatus } from './sdk-status.ts';
import { readSimulatorConfiguration } from './simulator-configuration.ts';
import { Statuses } from './statuses.ts';
import type { TrainingChannel } from './training-channel.ts';
import { UnmodelledMethods } from './unmodelled-methods.ts';

/** A PaymentIntent's client secret, by its shape. */
const clientSecretShape = /^pi_\w+_secret_\w+$/;

const notConnected = sdkError('no_established_connection', 'No reader is connected.');
const busy = sdkError('command_already_in_progress', 'Another command is still in progress.');
const unreadable = sdkError('rpc_error', 'The simulated reader gave no readable answer.');

/**
 * Stripe's Terminal JS SDK as a page sees it, over the readers of training mode. Methods resolve to
 * a result or to `{error}`. `getConnectedReader` returns null when there is none, which Stripe's
 * own type leaves out.
 */
export class SimulatedTerminal
  extends UnmodelledMethods
  implements Omit<Terminal, 'getConnectedReader'>
{
  readonly #channel: TrainingChannel;
  readonly #props: TerminalProps;
  readonly #statuses: Statuses;
  #reader: Reader | null = null;
  #busy = false;
  #collect: 'none' | 'running' | 'canceled' = 'none';
  #simulator: SimulatorConfiguration = {};

  constructor(props: TerminalProps, channel: TrainingChannel) {
    super();
    this.#channel = channel;
    this.#props = props;
    this.#statuses = new Statuses(props);
    channel.onEvent((event) => {
      this.#hear(event);
    });
  }

  getConnectionStatus(): ConnectionStatus {
    return connectionStatus(this.#statuses.connection);
  }

  getPaymentStatus(): PaymentStatus {
    return paymentStatus(this.#statuses.payment);
  }

  getConnectedReader(): Reader | null {
    return this.#reader;
  }

  setSimulatorConfiguration(config: unknown): void {
    this.#simulator = readSimulatorConfiguration(config);
  }

  getSimulatorConfiguration(): SimulatorConfiguration {
    return { ...this.#simulator };
  }

  async discoverReaders(config: DiscoveryConfig = {}): Promise<DiscoverResult | ErrorResponse> {
    const token = await fetchConnectionToken(this.#props.onFetchConnectionToken);
    if ('error' in token) {
      return token;
    }
    const simulated = config.simulated === true;
    const answer = await askReader(this.#channel, 'discoverReaders', {
      connectionToken: token.token,
      simulated,
      location: simulated ? null : (config.location ?? null),
      deviceType: config.device_type ?? null,
    });
    if ('error' in answer) {
      return answer;
    }
    const discoveredReaders = parseReaders(answer.value['discoveredReaders']);
    return discoveredReaders === null ? unreadable : { discoveredReaders };
  }

  async connectReader(
    reader: Reader,
    options: ConnectOptions = {},
  ): Promise<ErrorResponse | { reader: Reader }> {
    if (this.#statuses.connection === 'connected') {
      return sdkError('already_connected', 'A reader is connected already.');
    }
    if (this.#busy) {
      return busy;
    }
    if (parseReader(reader) === null) {
      return sdkError('invalid_reader_shape', 'connectReader needs a reader that was discovered.');
    }
    return this.#alone(async () => {
      this.#statuses.setConnection('connecting');
      const result = await this.#connect(reader.id, options.fail_if_in_use === true);
      if ('error' in result) {
        this.#statuses.setConnection('not_connected');
        return result;
      }
      this.#reader = result.reader;
      this.#statuses.setConnection('connected');
      this.#statuses.setPayment('ready');
      return result;
    });
  }

  async disconnectReader(): Promise<IDisconnectResponse> {
    if (this.#reader !== null) {
      this.#reader = null;
      this.#statuses.setConnection('not_connected');
      this.#statuses.setPayment('not_ready');
      await askReader(this.#channel, 'disconnectReader', {});
    }
    return {};
  }

  async clearCachedCredentials(): Promise<ICancelResponse> {
    return this.disconnectReader();
  }

  async setReaderDisplay(
    request: ISetReaderDisplayRequest,
  ): Promise<ErrorResponse | ICancelResponse> {
    return this.#display('setReaderDisplay', request);
  }

  async clearReaderDisplay(): Promise<ErrorResponse | ICancelResponse> {
    return this.#display('clearReaderDisplay', {});
  }

  async collectPaymentMethod(
    clientSecret: string,
    options: { tip_configuration?: unknown; config_override?: ICollectConfig } = {},
  ): Promise<ErrorResponse | { paymentIntent: ISdkManagedPaymentIntent }> {
    const refusal = this.#refusal();
    if (refusal !== null) {
      return refusal;
    }
    if (!clientSecretShape.test(clientSecret)) {
      return sdkError(
        'invalid_payment_intent_client_secret',
        'collectPaymentMethod needs the client secret of a PaymentIntent.',
      );
    }
    if (options.tip_configuration !== undefined) {
      return sdkError('invalid_argument', 'Training mode does not model tip_configuration yet.');
    }
    return this.#alone(async () => {
      this.#collect = 'running';
      this.#statuses.setPayment('waiting_for_input');
      const answer = await askReader(this.#channel, 'collectPaymentMethod', {
        clientSecret,
        config: options.config_override ?? {},
        simulator: {
          testPaymentMethod:
            this.#simulator.testPaymentMethod ?? this.#simulator.testCardNumber ?? null,
          tipAmount: this.#simulator.tipAmount ?? null,
        },
      });
      this.#collect = 'none';
      this.#backToReady();
      if ('error' in answer) {
        return answer;
      }
      const paymentIntent = parseCollected(answer.value['paymentIntent']);
      return paymentIntent === null ? unreadable : { paymentIntent };
    });
  }

  async cancelCollectPaymentMethod(): Promise<ErrorResponse | ICancelResponse> {
    if (this.#collect === 'canceled') {
      return sdkError('cancelable_already_canceled', 'The collection was canceled before.');
    }
    if (this.#collect === 'none') {
      return sdkError(
        'no_active_collect_payment_method_attempt',
        'No payment method is being collected.',
      );
    }
    this.#collect = 'canceled';
    const answer = await askReader(this.#channel, 'cancelCollectPaymentMethod', {});
    if (!('error' in answer)) {
      return {};
    }
    return answer.error.code === 'no_active_collect_payment_method_attempt'
      ? sdkError('cancelable_already_completed', 'The collection had finished before.')
      : answer;
  }

  async processPayment(
    request: ISdkManagedPaymentIntent,
    options: { config_override?: IProcessConfig } = {},
  ): Promise<ErrorResponse | { paymentIntent: IPaymentIntent }> {
    const refusal = this.#refusal();
    if (refusal !== null) {
      return refusal;
    }
    const collected = collectedName(request);
    if (collected === null) {
      return sdkError(
        'invalid_payment_intent_input_shape',
        'processPayment needs the PaymentIntent that collectPaymentMethod returned.',
      );
    }
    if (Object.values(options.config_override ?? {}).some((value) => value !== null)) {
      return sdkError('invalid_argument', 'Training mode does not model process options yet.');
    }
    return this.#alone(async () => {
      this.#statuses.setPayment('processing');
      const answer = await askReader(this.#channel, 'processPayment', collected);
      this.#simulator = {};
      this.#backToReady();
      if ('error' in answer) {
        return answer;
      }
      const paymentIntent = parsePaymentIntent(answer.value['paymentIntent']);
      return paymentIntent === null ? unreadable : { paymentIntent };
    });
  }

  /** An authorization that was sent cannot be called back; only the promise's outcome tells. */
  cancelProcessPayment(): Promise<ErrorResponse | ICancelResponse> {
    return Promise.resolve(
      this.#statuses.payment === 'processing'
        ? sdkError('cancelable_already_completed', 'The authorization has been sent.')
        : sdkError('illegal_state', 'No payment is being processed.'),
    );
  }

  async #connect(id: string, failIfInUse: boolean): Promise<ErrorResponse | { reader: Reader }> {
    const token = await fetchConnectionToken(this.#props.onFetchConnectionToken);
    if ('error' in token) {
      return token;
    }
    const answer = await askReader(this.#channel, 'connectReader', {
      connectionToken: token.token,
      reader: id,
      failIfInUse,
    });
    if ('error' in answer) {
      return answer;
    }
    const reader = parseReader(answer.value['reader']);
    return reader === null ? unreadable : { reader };
  }

  async #display(method: string, request: object): Promise<ErrorResponse | ICancelResponse> {
    const refusal = this.#refusal();
    if (refusal !== null) {
      return refusal;
    }
    return this.#alone(async () => {
      const answer = await askReader(this.#channel, method, request);
      return 'error' in answer ? answer : {};
    });
  }

  /** Why no command for the reader can start now; null when one can. */
  #refusal(): ErrorResponse | null {
    if (this.#statuses.connection !== 'connected') {
      return notConnected;
    }
    return this.#busy ? busy : null;
  }

  /** Runs the one command that may be in progress. */
  async #alone<Result>(command: () => Promise<Result>): Promise<Result> {
    this.#busy = true;
    try {
      return await command();
    } finally {
      this.#busy = false;
    }
  }

  #backToReady(): void {
    if (this.#statuses.connection === 'connected') {
      this.#statuses.setPayment('ready');
    }
  }

  /** The order of these three is the SDK's own, and pages rely on it. */
  #hear(event: unknown): void {
    const message = disconnectMessage(event);
    if (message === null || this.#reader === null) {
      return;
    }
    this.#reader = null;
    this.#statuses.setPayment('not_ready');
    this.#statuses.setConnection('not_connected');
    this.#props.onUnexpectedReaderDisconnect?.({
      error: { code: 'reader_connection_error', message },
    });
  }
}

/** Reads an event from the channel; null for what is not a disconnect. */
function disconnectMessage(event: unknown): string | null {
  if (typeof event !== 'object' || event === null || !('type' in event)) {
    return null;
  }
  const message = 'message' in event ? event.message : null;
  return event.type === 'unexpected_disconnect' && typeof message === 'string' ? message : null;
}
