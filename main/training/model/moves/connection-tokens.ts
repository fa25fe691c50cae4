import type Stripe from 'stripe';

import { ApiError } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { findReferenced } from './find.ts';

/** A token nobody redeems is of no use for long. Stripe names no number; this one is short. */
const tokenLifeMs = 15 * 60 * 1000;

/** Issues a connection token, good for one redemption. Refuses an unknown location. */
export function issueConnectionToken(
  ledger: Ledger,
  location: string | undefined,
): Stripe.Terminal.ConnectionToken {
  if (location !== undefined) {
    findReferenced(ledger.locations, 'location', location);
  }
  const secret = ledger.ids.next('pst_test');
  dropStale(ledger);
  ledger.connectionTokens.set(secret, {
    expiresAtMs: ledger.clock.nowMs() + tokenLifeMs,
    location: location ?? null,
    redeemed: false,
  });
  return {
    object: 'terminal.connection_token',
    ...(location === undefined ? {} : { location }),
    secret,
  };
}

/**
 * Redeems a token, once. Returns the location it is bound to, or null for any. Refuses a token that
 * is unknown, spent or too old.
 */
export function redeemConnectionToken(ledger: Ledger, secret: string): string | null {
  const token = ledger.connectionTokens.get(secret);
  if (token === undefined || token.expiresAtMs <= ledger.clock.nowMs()) {
    throw refusal('The ConnectionToken is invalid or has expired.');
  }
  if (token.redeemed) {
    throw refusal('The ConnectionToken has already been redeemed.');
  }
  ledger.connectionTokens.set(secret, { ...token, redeemed: true });
  return token.location;
}

function refusal(message: string): ApiError {
  return new ApiError(400, {
    type: 'invalid_request_error',
    code: 'invalid_connection_token',
    message,
  });
}

/** Tokens stand in the order they were issued, so the stale ones are at the front. */
function dropStale(ledger: Ledger): void {
  for (const [secret, token] of ledger.connectionTokens) {
    if (token.expiresAtMs > ledger.clock.nowMs()) {
      break;
    }
    ledger.connectionTokens.delete(secret);
  }
}
