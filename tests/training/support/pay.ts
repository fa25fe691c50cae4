import type Stripe from 'stripe';
import type { ErrorResponse, IPaymentIntent, ISdkManagedPaymentIntent } from '@stripe/terminal-js';

import { type Page, succeeded } from './page.ts';
import { readerId, saleParams, type Training } from './training.ts';

/** Lets promises that are ready go on, however many steps they have. */
export async function settle(): Promise<void> {
  for (let step = 0; step < 50; step += 1) {
    await Promise.resolve();
  }
}

/** Shows a card to the front reader, which must take it. */
export function show(training: Training, testPaymentMethod: string): void {
  const presented = training.readers.present(readerId, testPaymentMethod);
  if (presented.kind !== 'presented') {
    throw new Error(`The reader did not take the card: ${presented.why}`);
  }
}

/** Collects a card for a PaymentIntent: prompts, shows the card, reads it. */
export async function collectCard(
  training: Training,
  page: Page,
  paymentIntent: Stripe.PaymentIntent,
  testPaymentMethod = 'visa',
  config: object = {},
): Promise<ISdkManagedPaymentIntent> {
  const collecting = page.terminal.collectPaymentMethod(paymentIntent.client_secret!, {
    config_override: config,
  });
  await settle();
  show(training, testPaymentMethod);
  return succeeded(await collecting).paymentIntent;
}

/** Creates a sale's PaymentIntent and takes a card for it up to the issuer's answer. */
export async function pay(
  training: Training,
  page: Page,
  testPaymentMethod = 'visa',
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<{
  readonly created: Stripe.PaymentIntent;
  readonly result: ErrorResponse | { paymentIntent: IPaymentIntent };
}> {
  const created = await training.stripe.paymentIntents.create(saleParams(more));
  const collected = await collectCard(training, page, created, testPaymentMethod);
  return { created, result: await page.terminal.processPayment(collected) };
}

/** The error a promise rejects with; fails when it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome === null) {
    throw new Error('Expected a refusal, but the call succeeded.');
  }
  return outcome as Stripe.errors.StripeError;
}
