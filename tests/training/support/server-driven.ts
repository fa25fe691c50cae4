import type Stripe from 'stripe';

import { saleParams, readerId, type Training } from './training.ts';

/** Creates a sale's PaymentIntent and prompts for its card on the front reader. */
export async function promptFor(
  training: Training,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
  config: Stripe.Terminal.ReaderProcessPaymentIntentParams.ProcessConfig = {},
): Promise<{ id: string; reader: Stripe.Terminal.Reader }> {
  const { id } = await training.stripe.paymentIntents.create(saleParams(more));
  const reader = await process(training, id, config);
  return { id, reader };
}

/** Prompts for a card for a PaymentIntent on the front reader. */
export function process(
  training: Training,
  paymentIntent: string,
  config: Stripe.Terminal.ReaderProcessPaymentIntentParams.ProcessConfig = {},
): Promise<Stripe.Terminal.Reader> {
  return training.stripe.terminal.readers.processPaymentIntent(readerId, {
    payment_intent: paymentIntent,
    process_config: config,
  });
}

type PresentParams = Parameters<
  Stripe['testHelpers']['terminal']['readers']['presentPaymentMethod']
>[1];

/** Shows a card to the front reader. */
export function present(
  training: Training,
  params: PresentParams = {},
): Promise<Stripe.Terminal.Reader> {
  return training.stripe.testHelpers.terminal.readers.presentPaymentMethod(readerId, params);
}

/** The action that the front reader shows. */
export async function actionOf(training: Training): Promise<Stripe.Terminal.Reader.Action | null> {
  const reader = await training.stripe.terminal.readers.retrieve(readerId);
  return 'action' in reader ? reader.action : null;
}

/** Where a PaymentIntent stands. */
export async function statusOf(training: Training, id: string): Promise<string> {
  return (await training.stripe.paymentIntents.retrieve(id)).status;
}

/** The reader events so far, oldest first. */
export async function readerEvents(training: Training): Promise<Stripe.Event[]> {
  const { data } = await training.stripe.events.list({
    types: [
      'terminal.reader.action_succeeded',
      'terminal.reader.action_failed',
      'terminal.reader.action_updated',
    ],
  });
  return data.reverse();
}

/** The types of the reader events so far, oldest first, without their common beginning. */
export async function eventTypes(training: Training): Promise<string[]> {
  return (await readerEvents(training)).map(({ type }) => type.replace('terminal.reader.', ''));
}

/** Switches a mishap of the front reader on, as any client can. */
export async function fault(
  training: Training,
  kind: string,
  more: Record<string, string> = {},
): Promise<void> {
  const path = `/v1/test_helpers/training/readers/${readerId}/faults`;
  await training.stripe.rawRequest('POST', path, { kind, ...more });
}

/** Timings that leave room between one moment of a payment and the next. */
export const slowly = { readingMs: 100, authorizingMs: 1000, reportingMs: 50 };
