import type { TerminalProps } from '@stripe/terminal-js';

import { connectionStatuses, logLevels, paymentStatuses } from './sdk-status.ts';
import { SimulatedTerminal } from './simulated-terminal.ts';
import type { TrainingChannel } from './training-channel.ts';

/**
 * Puts the simulated SDK where `loadStripeTerminal` looks for it, so that the real script is never
 * loaded. Must run before the first `loadStripeTerminal`.
 */
export function installSimulatedTerminal(
  target: { StripeTerminal?: unknown },
  channel: TrainingChannel,
): void {
  target.StripeTerminal = {
    ConnectionStatus: connectionStatuses,
    PaymentStatus: paymentStatuses,
    OutputLogLevel: logLevels,
    create: (props: TerminalProps): SimulatedTerminal => {
      requireHandler(props.onFetchConnectionToken, 'onFetchConnectionToken');
      // Optional by Stripe's types, required by its documentation.
      requireHandler(props.onUnexpectedReaderDisconnect, 'onUnexpectedReaderDisconnect');
      return new SimulatedTerminal(props, channel);
    },
  };
}

function requireHandler(handler: unknown, name: string): void {
  if (typeof handler !== 'function') {
    throw new TypeError(`StripeTerminal.create needs ${name} to be a function.`);
  }
}
