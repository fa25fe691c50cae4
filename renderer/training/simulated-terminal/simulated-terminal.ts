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
import { parseReader, parseReaders } from './parse-objects.ts';
import { collectForPayment, processPayment } from './payment-commands.ts';
import { askReader } from './reader-line.ts';
import { RefundCommands } from './refund-commands.ts';
import { sdkError } from './sdk-error.ts';
import { connectionStatus, paymentStatus } from './sdk-status.ts';
import { collectForSetup, confirmSetup } from './setup-commands.ts';
import { readSimulatorConfiguration } from './simulator-configuration.ts';
import { Statuses } from './statuses.ts';
import type { TrainingChannel } from './training-channel.ts';
import { UnmodelledMethods } from './unmodelled-methods.ts';

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
  readonly #refunds: RefundCommands;
  #reader: Reader | null = null;

  constructor(props: TerminalProps, channel: TrainingChannel) {
    super();
    this.#channel = channel;
    this.#props = props;
    this.#statuses = new Statuses(props);
    this.#commands = new CardCommands(channel, this.#statuses);
    this.#refunds = new RefundCommands(this.#commands);
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
    this.#commands.simulator = readSimulatorConfiguration(config);
  }

  getSimulatorConfiguration(): SimulatorConfiguration {
    return { ...this.#commands.simulator };
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
    options?: { tip_configuration?: unknown; config_override?: ICollectConfig },
  ): Promise<ErrorResponse | { paymentIntent: ISdkManagedPaymentIntent }> {
    return collectForPayment(this.#commands, clientSecret, options);
  }

  async cancelCollectPaymentMethod(): Promise<ErrorResponse | ICancelResponse> {
    return this.#commands.cancelCollect('payment');
  }

  async processPayment(
    request: ISdkManagedPaymentIntent,
    options?: { config_override?: IProcessConfig },
  ): Promise<ErrorResponse | { paymentIntent: IPaymentIntent }> {
    return processPayment(this.#commands, request, options);
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
    return collectForSetup(this.#commands, clientSecret, allowRedisplay, config);
  }

  async cancelCollectSetupIntentPaymentMethod(): Promise<ErrorResponse | ICancelResponse> {
    return this.#commands.cancelCollect('setup');
  }

  async confirmSetupIntent(
    request: ISetupIntent,
  ): Promise<ErrorResponse | { setupIntent: ISetupIntent }> {
    return confirmSetup(this.#commands, request);
  }

  async cancelConfirmSetupIntent(): Promise<ErrorResponse | ICancelResponse> {
    return this.#commands.cancelProcess('setup');
  }

  async collectRefundPaymentMethod(
    charge: string,
    amount: number,
    currency: string,
    options?: RefundOptions,
  ): Promise<ErrorResponse | ICollectRefundPaymentMethodResponse> {
    return this.#refunds.collect(charge, amount, currency, options);
  }

  async cancelCollectRefundPaymentMethod(): Promise<ErrorResponse | ICancelResponse> {
    return this.#commands.cancelCollect('refund');
  }

  async processRefund(): Promise<ErrorResponse | { refund: IRefund }> {
    return this.#refunds.process();
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
