import type { ConnectionStatus, PaymentStatus, TerminalProps } from '@stripe/terminal-js';

import { connectionStatus, paymentStatus } from './sdk-status.ts';

/** The SDK's two statuses. The page is told of each change, once, in the order they happen. */
export class Statuses {
  #connection: `${ConnectionStatus}` = 'not_connected';
  #payment: `${PaymentStatus}` = 'not_ready';
  readonly #props: TerminalProps;

  constructor(props: TerminalProps) {
    this.#props = props;
  }

  get connection(): `${ConnectionStatus}` {
    return this.#connection;
  }

  get payment(): `${PaymentStatus}` {
    return this.#payment;
  }

  setConnection(status: `${ConnectionStatus}`): void {
    if (status !== this.#connection) {
      this.#connection = status;
      this.#props.onConnectionStatusChange?.({ status: connectionStatus(status) });
    }
  }

  setPayment(status: `${PaymentStatus}`): void {
    if (status !== this.#payment) {
      this.#payment = status;
      this.#props.onPaymentStatusChange?.({ status: paymentStatus(status) });
    }
  }
}
