export type LogLevel = 'info' | 'warn' | 'error';

/**
 * Fields a line may hold. An allow-list: a field that is not here does not compile and is not written.
 * Never secrets, client secrets, connection tokens, e-mail addresses, names or raw Stripe objects.
 */
export interface LogFields {
  readonly sale?: string;
  /** A record of ours that is no sale: a setup, a refund, a member's key, a consent, or a card's id at Stripe. */
  readonly owner?: string;
  readonly attempt?: string;
  readonly state?: string;
  readonly stateBefore?: string;
  readonly step?: string;
  readonly ordinal?: number;
  readonly tries?: number;
  readonly outcome?: string;
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string | undefined;
  readonly durationMs?: number;
  readonly channel?: string;
  readonly why?: string;
  readonly file?: string;
  readonly field?: string | undefined;
  readonly mode?: string;
  readonly version?: string;
  readonly reader?: string;
  readonly count?: number;
}

export interface Log {
  /** `event` is a dotted past: `payment_intent.capture.done`. */
  write(level: LogLevel, event: string, fields?: LogFields): void;
}
