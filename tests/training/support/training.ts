import Stripe from 'stripe';

import {
  startTrainingStripe,
  type TrainingStripeServer,
  type TrainingStripeServerOptions,
} from '../../../main/training/http-server.ts';
import type { StartState } from '../../../main/training/model/start/start-state.ts';
import { sequenceIds } from './sequence-ids.ts';
import { TestClock } from './test-clock.ts';

/** A training Stripe over loopback HTTP, the official client for it, and its clock. */
export interface Training extends TrainingStripeServer {
  readonly clock: TestClock;
  readonly stripe: Stripe;
  [Symbol.asyncDispose](): Promise<void>;
}

export const readerId = 'tmr_front';
export const otherReaderId = 'tmr_back';
export const locationId = 'tml_studio';

const nowhere = { city: null, line1: null, line2: null, postal_code: null, state: null };

export const oneStudio: StartState = {
  locations: [{ id: locationId, display_name: 'Studio', address: { ...nowhere, country: 'US' } }],
  readers: [readerId, otherReaderId].map((id, index) => ({
    id,
    label: id,
    location: locationId,
    device_type: 'simulated_stripe_s700',
    serial_number: `S${index}`,
    ip_address: '192.168.1.50',
    status: 'online',
  })),
  customers: [],
  payment_intents: [],
};

/** The official client, pointed at a port of this machine, without retries of its own. */
export function clientFor(port: number, key: string, more: Record<string, unknown> = {}): Stripe {
  return new Stripe(key, {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
    ...more,
  });
}

/** Starts a training Stripe whose readers take no time. */
export async function openTraining(
  options: Partial<TrainingStripeServerOptions> = {},
): Promise<Training> {
  const clock = new TestClock();
  const server = await startTrainingStripe({
    clock,
    ids: sequenceIds(),
    start: oneStudio,
    timings: { readingMs: 0, authorizingMs: 0 },
    ...options,
  });
  return {
    ...server,
    clock,
    stripe: clientFor(server.port, server.secretKey),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** What a kiosk creates for a sale, unless a test says otherwise. */
export const sale = {
  amount: 1200,
  currency: 'usd',
  allowed_payment_method_types: ['card_present'],
  capture_method: 'manual',
} as const satisfies Stripe.PaymentIntentCreateParams;

/** A mutable copy of the above, as the client's types want it. */
export function saleParams(
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Stripe.PaymentIntentCreateParams {
  return { ...sale, allowed_payment_method_types: ['card_present'], ...more };
}
