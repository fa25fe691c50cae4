import type Stripe from 'stripe';

import type { Ledger } from '../model/ledger.ts';
import { redeemConnectionToken } from '../model/moves/connection-tokens.ts';
import { attempt, failure, isFailure, type ReaderResult } from './reader-result.ts';
import { sdkSimulatorReader } from './sdk-simulator-reader.ts';

/** A discovery as the page asked for it. */
export interface DiscoveryOrder {
  readonly connectionToken: string;
  readonly simulated: boolean;
  readonly location: string | null;
  readonly deviceType: string | null;
}

const readersMax = 100;

/** Finds readers, offline ones too. Spends the connection token. */
export function discoverReaders(
  ledger: Ledger,
  order: DiscoveryOrder,
): ReaderResult<{ readonly discoveredReaders: readonly Stripe.Terminal.Reader[] }> {
  const token = attempt(() => ({
    location: redeemConnectionToken(ledger, order.connectionToken),
  }));
  if (isFailure(token)) {
    return token;
  }
  if (order.simulated) {
    return { discoveredReaders: [sdkSimulatorReader] };
  }
  const found = [...ledger.readers.newestFirst()].filter(
    (reader) =>
      (token.location === null || reader.location === token.location) &&
      (order.location === null || reader.location === order.location) &&
      (order.deviceType === null || reader.device_type === order.deviceType),
  );
  return found.length > readersMax
    ? failure(
        'discovery_too_many_readers',
        `More than ${readersMax} readers were found. Name a location to find fewer.`,
      )
    : { discoveredReaders: found };
}
