import type {
  AllowRedisplay,
  ConnectionStatus,
  ConnectOptions,
  DiscoverResult,
  DiscoveryConfig,
  ErrorResponse,
  ICancelResponse,
  ICollectConfig,
  ICollectRefundPaymentMethodResponse,
  IDisconnectResponse,
  IPaymentIntent,
  IProcessConfig,
  IRefund,
  ISdkManagedPaymentIntent,
  ISetReaderDisplayRequest,
  ISetupIntent,
  ISetupIntentConfig,
  PaymentStatus,
  Reader,
  RefundOptions,
  SimulatorConfiguration,
  Terminal,
  TerminalProps,
} from '@stripe/terminal-js';

import { CardCommands } from './card-commands.ts';
import { fetchConnectionToken } from './connection-token.ts';
import {
  collectedName,
  parseCollected,
  parseCollectedSetup,
  parsePaymentIntent,
  parseReader,
  parseReaders,
  parseRefund,
  parseSetupIntent,
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

/** A SetupIntent's client secret, by its shape. */
const setupSecretShape = /^seti_\w+_secret_\w+$/;

/** A Charge's id, by its shape. */
const chargeIdShape = /^(ch|py)_\w+$/;

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
  readonly #commands: CardCommands;
  #reader: Reader | null = null;
  /** The card that was read for a refund, by the readers' name of it. */
  #refund: string | null = null;
  #simulator: SimulatorConfiguration = {};

  constructor(props: TerminalProps, channel: TrainingChannel) {
    super();
    this.#channel = channel;
    this.#props = props;
    this.#statuses = new Statuses(props);
    this.#commands = new CardCommands(channel, this.#statuses);
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
    if (this.#commands.isBusy) {
      return busy;
    }
    if (parseReader(reader) === null) {
      return sdkError('invalid_reader_shape', 'connectReader needs a reader that was discovered.');
    }
    return this.#commands.alone(async () => {
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
    const refusal = this.#commands.refusal();
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
    const params = {
      clientSecret,
      config: options.config_override ?? {},
      simulator: this.#forReader(),
    };
    return this.#commands.collect('payment', params, (answer) => {
      const paymentIntent = parseCollected(answer['paymentIntent']);
      return paymentIntent && { paymentIntent };
    });
  }

  async cancelCollectPaymentMethod(): Promise<ErrorResponse | ICancelResponse> {
    return this.#commands.cancelCollect('payment');
  }

  async processPayment(
    request: ISdkManagedPaymentIntent,
    options: { config_override?: IProcessConfig } = {},
  ): Promise<ErrorResponse | { paymentIntent: IPaymentIntent }> {
    const refusal = this.#commands.refusal();
    if (refusal !== null) {
      return refusal;
    }
    const named = collectedName(request);
    if (named === null) {
      return sdkError(
        'invalid_payment_intent_input_shape',
        'processPayment needs the PaymentIntent that collectPaymentMethod returned.',
      );
    }
    if (Object.values(options.config_override ?? {}).some((value) => value !== null)) {
      return sdkError('invalid_argument', 'Training mode does not model process options yet.');
    }
    const params = { paymentIntent: named.intent, collected: named.collected };
    const result = await this.#commands.process('payment', params, (answer) => {
      const paymentIntent = parsePaymentIntent(answer['paymentIntent']);
      return paymentIntent && { paymentIntent };
    });
    this.#simulator = {};
    return result;
  }

  /** An authorization that was sent cannot be called back; only the promise's outcome tells. */
  async cancelProcessPayment(): Promise<ErrorResponse | ICancelResponse> {
    return this.#commands.cancelProcess('payment');
  }

  async collectSetupIntentPaymentMethod(
    clientSecret: string,
    allowRedisplay: boolean | AllowRedisplay,
    config: ISetupIntentConfig | null,
  ): Promise<ErrorResponse | { setupIntent: ISetupIntent }> {
    const refusal = this.#commands.refusal();
    if (refusal !== null) {
      return refusal;
    }
    // Stripe names no code for these two.
    if (!setupSecretShape.test(clientSecret)) {
      return sdkError(
        'invalid_argument',
        'collectSetupIntentPaymentMethod needs the client secret of a SetupIntent.',
      );
    }
    if (typeof allowRedisplay === 'boolean') {
      return sdkError(
        'invalid_argument',
        'A boolean consent is refused since API version 2025-03-31: pass allow_redisplay.',
      );
    }
    const params = {
      clientSecret,
      allowRedisplay,
      config: config ?? {},
      simulator: this.#forReader(),
    };
    return this.#commands.collect('setup', params, (answer) => {
      const setupIntent = parseCollectedSetup(answer['setupIntent']);
      return setupIntent && { setupIntent };
    });
  }

  async cancelCollectSetupIntentPaymentMethod(): Promise<ErrorResponse | ICancelResponse> {
    return this.#commands.cancelCollect('setup');
  }

  async confirmSetupIntent(
    request: ISetupIntent,
  ): Promise<ErrorResponse | { setupIntent: ISetupIntent }> {
    const refusal = this.#commands.refusal();
    if (refusal !== null) {
      return refusal;
    }
    const named = collectedName(request);
    if (named === null) {
      return sdkError(
        'invalid_argument',
        'confirmSetupIntent needs the SetupIntent that collectSetupIntentPaymentMethod returned.',
      );
    }
    const params = { setupIntent: named.intent, collected: named.collected };
    const result = await this.#commands.process('setup', params, (answer) => {
      const setupIntent = parseSetupIntent(answer['setupIntent']);
      return setupIntent && { setupIntent };
    });
    this.#simulator = {};
    return result;
  }

  async cancelConfirmSetupIntent(): Promise<ErrorResponse | ICancelResponse> {
    return this.#commands.cancelProcess('setup');
  }

  async collectRefundPaymentMethod(
    charge: string,
    amount: number,
    currency: string,
    options: RefundOptions = {},
  ): Promise<ErrorResponse | ICollectRefundPaymentMethodResponse> {
    const refusal = this.#commands.refusal();
    if (refusal !== null) {
      return refusal;
    }
    if (!chargeIdShape.test(charge)) {
      return sdkError(
        'invalid_charge_id_input_shape',
        'collectRefundPaymentMethod needs the id of a Charge.',
      );
    }
    if (Object.values(options).some((value) => value === true)) {
      return sdkError('invalid_argument', 'Training mode does not model refund options yet.');
    }
    this.#refund = null;
    const params = { charge, amount, currency, simulator: this.#forReader() };
    const read = await this.#commands.collect('refund', params, (answer) => {
      const collected = answer['collected'];
      return typeof collected === 'string' ? { collected } : null;
    });
    if ('error' in read) {
      return read;
    }
    this.#refund = read.collected;
    return {};
  }

  async cancelCollectRefundPaymentMethod(): Promise<ErrorResponse | ICancelResponse> {
    return this.#commands.cancelCollect('refund');
  }

  /**
   * Gives the money back to the card that was read. When no answer came it may be asked again:
   * what was done is not done twice.
   */
  async processRefund(): Promise<ErrorResponse | { refund: IRefund }> {
    const refusal = this.#commands.refusal();
    if (refusal !== null) {
      return refusal;
    }
    if (this.#refund === null) {
      return sdkError('illegal_state', 'processRefund comes after collectRefundPaymentMethod.');
    }
    const params = { collected: this.#refund };
    const result = await this.#commands.process('refund', params, (answer) => {
      const refund = parseRefund(answer['refund']);
      return refund && { refund };
    });
    this.#simulator = {};
    return result;
  }

  async cancelProcessRefund(): Promise<ErrorResponse | ICancelResponse> {
    return this.#commands.cancelProcess('refund');
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
    const refusal = this.#commands.refusal();
    if (refusal !== null) {
      return refusal;
    }
    return this.#commands.alone(async () => {
      const answer = await askReader(this.#channel, method, request);
      return 'error' in answer ? answer : {};
    });
  }

  /** What the readers are told of the simulator's configuration. */
  #forReader(): object {
    const { testPaymentMethod, testCardNumber, tipAmount } = this.#simulator;
    return {
      testPaymentMethod: testPaymentMethod ?? testCardNumber ?? null,
      tipAmount: tipAmount ?? null,
    };
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
