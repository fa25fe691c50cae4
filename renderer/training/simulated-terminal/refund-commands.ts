import type {
  ErrorResponse,
  ICollectRefundPaymentMethodResponse,
  IRefund,
  RefundOptions,
} from '@stripe/terminal-js';

import type { CardCommands } from './card-commands.ts';
import { parseRefund } from './parse-objects.ts';
import { sdkError } from './sdk-error.ts';

/** A Charge's id, by its shape. */
const chargeIdShape = /^(ch|py)_\w+$/;

/** The SDK's refund in person, whose two methods share a card and no object. */
export class RefundCommands {
  readonly #commands: CardCommands;
  /** The card that was read, by the readers' name of it. */
  #refund: string | null = null;

  constructor(commands: CardCommands) {
    this.#commands = commands;
  }

  /** collectRefundPaymentMethod: prompts for the card that paid. */
  async collect(
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
    const params = { charge, amount, currency };
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

  /**
   * Gives the money back to the card that was read. When no answer came it may be asked again:
   * what was done is not done twice.
   */
  async process(): Promise<ErrorResponse | { refund: IRefund }> {
    const refusal = this.#commands.refusal();
    if (refusal !== null) {
      return refusal;
    }
    if (this.#refund === null) {
      return sdkError('illegal_state', 'processRefund comes after collectRefundPaymentMethod.');
    }
    const params = { collected: this.#refund };
    return this.#commands.process('refund', params, (answer) => {
      const refund = parseRefund(answer['refund']);
      return refund && { refund };
    });
  }
}
