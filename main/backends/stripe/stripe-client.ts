import Stripe from 'stripe';

export interface StripeClientOptions {
  readonly secretKey: string;
  /** Where the API is; null for Stripe's own. `http://127.0.0.1:12111` for a simulator. */
  readonly apiBase: string | null;
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
  /** `acct_…`: every request is about this connected account instead of the key's own. */
  readonly account?: string;
}

/** The version our parsers were written for. */
const apiVersion = '2026-10-28.endive';

/**
 * Stripe's own client with every default that matters spelled out. It retries nothing by itself: repeating
 * is the outbox's work, under a stored key. (A reset connection it repeats once even so, under that same key.)
 */
export function stripeClient({
  secretKey,
  apiBase,
  timeoutMs,
  account,
}: StripeClientOptions): Stripe {
  return new Stripe(secretKey, {
    apiVersion,
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
    emitEventBodies: false,
    ...(apiBase === null ? {} : address(apiBase)),
    // https://docs.stripe.com/connect/authentication
    ...(account === undefined ? {} : { stripeAccount: account }),
  });
}

function address(apiBase: string): { protocol: 'http' | 'https'; host: string; port: string } {
  const { protocol, hostname, port } = new URL(apiBase);
  const isPlain = protocol === 'http:';
  return {
    protocol: isPlain ? 'http' : 'https',
    host: hostname,
    port: port === '' ? (isPlain ? '80' : '443') : port,
  };
}
