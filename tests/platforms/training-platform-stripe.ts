import Stripe from 'stripe';
import { stripeClient } from '../../main/backends/stripe/stripe-client.ts';
import {
  type PlatformPaymentIntent,
  type PlatformStripe,
  StripeRefused,
} from './platform-stripe.ts';

/** A platform's Stripe over HTTP: the training Stripe with its secret key. */
export function trainingPlatformStripe(url: string, secretKey: string): PlatformStripe {
  const stripe = stripeClient({ secretKey, apiBase: url, timeoutMs: 10_000 });
  return {
    createPaymentIntent: ({ amount, currency, types, captureMethod, ...order }) =>
      asking(async () =>
        seen(
          await stripe.paymentIntents.create({
            amount,
            currency,
            allowed_payment_method_types: [...types],
            capture_method: captureMethod,
            ...(order.customer === undefined ? {} : { customer: order.customer }),
            ...(order.keepsCard === true ? { setup_future_usage: 'off_session' } : {}),
            ...(order.receiptEmail === undefined ? {} : { receipt_email: order.receiptEmail }),
            ...(order.metadata === undefined ? {} : { metadata: { ...order.metadata } }),
          }),
        ),
      ),
    readPaymentIntent: (id) => asking(async () => seen(await stripe.paymentIntents.retrieve(id))),
    capture: (id, amount) =>
      asking(async () =>
        seen(await stripe.paymentIntents.capture(id, { amount_to_capture: amount })),
      ),
    readCharge: (id) => asking(async () => chargeSeen(await stripe.charges.retrieve(id))),
    createCustomer: (name) => asking(async () => (await stripe.customers.create({ name })).id),
    createSetupIntent: ({ customer, type }) =>
      asking(async () => {
        const { id, client_secret: clientSecret } = await stripe.setupIntents.create({
          customer,
          allowed_payment_method_types: [type],
          usage: 'off_session',
        });
        return { id, clientSecret: clientSecret ?? '' };
      }),
    readSetupIntent: (id) =>
      asking(async () => {
        const row = await stripe.setupIntents.retrieve(id, { expand: ['latest_attempt'] });
        const { latest_attempt: attempt } = row;
        const details =
          typeof attempt === 'object' ? attempt?.payment_method_details.card_present : undefined;
        return {
          paymentMethod: idOf(row.payment_method),
          generatedCard: idOf(details?.generated_card),
        };
      }),
    readPaymentMethod: (id) =>
      asking(async () => {
        const { type, customer } = await stripe.paymentMethods.retrieve(id);
        return { type, customer: idOf(customer) };
      }),
    attach: (id, customer) =>
      asking(async () => {
        await stripe.paymentMethods.attach(id, { customer });
      }),
    setBilling: (id, { name, postalCode }) =>
      asking(async () => {
        await stripe.paymentMethods.update(id, {
          billing_details: {
            address: { postal_code: postalCode },
            ...(name === null ? {} : { name }),
          },
        });
      }),
    ...readersOf(stripe),
  };
}

function readersOf(
  stripe: Stripe,
): Pick<
  PlatformStripe,
  'connectionToken' | 'listReaders' | 'registerReader' | 'renameReader' | 'removeReader'
> {
  const { connectionTokens, readers } = stripe.terminal;
  return {
    connectionToken: (location) =>
      asking(async () => (await connectionTokens.create({ location })).secret),
    listReaders: (location) =>
      asking(async () => (await readers.list({ location, limit: 100 })).data),
    registerReader: ({ code, label, location }) =>
      asking(async () => {
        await readers.create({ registration_code: code, label, location });
      }),
    renameReader: (id, label) =>
      asking(async () => {
        await readers.update(id, { label });
      }),
    removeReader: (id) =>
      asking(async () => {
        await readers.del(id);
      }),
  };
}

async function asking<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.statusCode !== undefined) {
      throw new StripeRefused(error.statusCode, error.code ?? '', error.message);
    }
    throw error;
  }
}

function seen(row: Stripe.PaymentIntent): PlatformPaymentIntent {
  return {
    id: row.id,
    clientSecret: row.client_secret ?? '',
    status: row.status,
    amount: row.amount,
    currency: row.currency,
    customer: idOf(row.customer),
    chargeId: idOf(row.latest_charge),
    error: row.last_payment_error?.message ?? null,
    json: { ...row },
  };
}

function chargeSeen(row: Stripe.Charge): Awaited<ReturnType<PlatformStripe['readCharge']>> {
  const card = row.payment_method_details?.card_present;
  return {
    paymentMethod: row.payment_method,
    generatedCard: idOf(card?.generated_card),
    brand: card?.brand ?? null,
    issuer: card?.issuer ?? null,
  };
}

function idOf(held: string | { readonly id: string } | null | undefined): string | null {
  return typeof held === 'string' ? held : (held?.id ?? null);
}
