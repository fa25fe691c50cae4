import type Stripe from 'stripe';
import { stripeClient } from '../../../main/backends/stripe/stripe-client.ts';
import {
  startTrainingStripe,
  type TrainingStripeServer,
} from '../../../main/training/http-server.ts';
import type { AccountSettings } from '../../../main/training/model/training-account.ts';
import { trainingSecretKey } from '../../../main/training/training-secret-key.ts';
import { VirtualClock } from '../fakes/virtual-clock.ts';
import { ledgerOf, type StripeLedger } from './stripe-ledger.ts';

export const frontReader = 'tmr_front_desk';
export const backReader = 'tmr_back_room';
const location = 'tml_studio';

/** A training Stripe with two readers that outlives every kiosk of a test, and the clock they all go by. */
export class TestStudio {
  readonly clock: VirtualClock;
  readonly server: TrainingStripeServer;
  /** Stripe's dashboard, or another till. */
  readonly stripe: Stripe;
  readonly location = location;

  private constructor(clock: VirtualClock, server: TrainingStripeServer) {
    this.clock = clock;
    this.server = server;
    this.stripe = stripeClient({
      secretKey: trainingSecretKey,
      apiBase: server.url,
      timeoutMs: 10_000,
    });
  }

  static async open(
    country: 'US' | 'CA' = 'US',
    account: Partial<AccountSettings> = {},
  ): Promise<TestStudio> {
    const clock = new VirtualClock();
    const nowhere = { city: null, line1: null, line2: null, postal_code: null, state: null };
    const readers = [[frontReader, 'Front desk'] as const, [backReader, 'Back room'] as const].map(
      ([id, label], place) => ({
        id,
        label,
        location,
        device_type: 'simulated_stripe_s700' as const,
        serial_number: `S700-${place}`,
        ip_address: '192.168.1.50',
        status: 'online' as const,
      }),
    );
    const server = await startTrainingStripe({
      clock,
      account,
      start: {
        locations: [{ id: location, display_name: 'Studio', address: { ...nowhere, country } }],
        readers,
        customers: [],
        payment_intents: [],
      },
    });
    return new TestStudio(clock, server);
  }

  /** What the account shows of money. */
  ledger(): Promise<StripeLedger> {
    return ledgerOf(this.stripe);
  }

  /** Another till asks the front reader for a card, for a payment of its own. */
  async otherTillAsks(): Promise<string> {
    const { id } = await this.stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      allowed_payment_method_types: ['card_present'],
      capture_method: 'manual',
    });
    await this.stripe.terminal.readers.processPaymentIntent(frontReader, { payment_intent: id });
    return id;
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
