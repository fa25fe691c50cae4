import type { ConnectionStatus, OutputLogLevel, PaymentStatus } from '@stripe/terminal-js';

/**
 * The SDK declares its statuses as enums that do not exist at run time; only their texts do. These
 * two maps are what `StripeTerminal.ConnectionStatus` and `.PaymentStatus` hold in a page.
 */
export const connectionStatuses = {
  CONNECTING: 'connecting',
  CONNECTED: 'connected',
  NOT_CONNECTED: 'not_connected',
} as const satisfies Record<keyof typeof ConnectionStatus, `${ConnectionStatus}`>;

export const paymentStatuses = {
  NOT_READY: 'not_ready',
  READY: 'ready',
  WAITING_FOR_INPUT: 'waiting_for_input',
  PROCESSING: 'processing',
} as const satisfies Record<keyof typeof PaymentStatus, `${PaymentStatus}`>;

export const logLevels = {
  NONE: 'none',
  VERBOSE: 'verbose',
} as const satisfies Record<keyof typeof OutputLogLevel, `${OutputLogLevel}`>;

/** Gives a connection status the type the SDK declares for it. */
export function connectionStatus(status: `${ConnectionStatus}`): ConnectionStatus {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum exists in types only, so no member of it can be written.
  return status as ConnectionStatus;
}

/** Gives a payment status the type the SDK declares for it. */
export function paymentStatus(status: `${PaymentStatus}`): PaymentStatus {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum exists in types only, so no member of it can be written.
  return status as PaymentStatus;
}
