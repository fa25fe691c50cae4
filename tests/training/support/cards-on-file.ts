import type Stripe from 'stripe';

import { recordPresented } from '../../../main/training/model/moves/attach-presented.ts';
import {
  confirmSetupIntentWithCard,
  type SetupConfirmation,
} from '../../../main/training/model/moves/confirm-setup-intent.ts';
import { findTestCard, type TestCard } from '../../../main/training/model/test-cards.ts';
import { present, process } from './server-driven.ts';
import { saleParams, type Training } from './training.ts';

export function testCard(name: string): TestCard {
  const card = findTestCard(name);
  if (card === undefined) {
    throw new Error(`There is no test card ${name}.`);
  }
  return card;
}

/** A SetupIntent as a kiosk creates one. */
export function createSetup(
  training: Training,
  more: Partial<Stripe.SetupIntentCreateParams> = {},
): Promise<Stripe.SetupIntent> {
  return training.stripe.setupIntents.create({
    allowed_payment_method_types: ['card_present'],
    usage: 'off_session',
    ...more,
  });
}

/** What a reader does with a card once it has read it for a SetupIntent. */
export function confirmWith(
  training: Training,
  setupIntent: string,
  name: string,
  allowRedisplay: 'always' | 'limited' = 'limited',
): SetupConfirmation {
  const card = testCard(name);
  const { ledger } = training.model;
  const paymentMethod = recordPresented(ledger, card);
  const place = { reader: null, location: null };
  return confirmSetupIntentWithCard(ledger, setupIntent, {
    card,
    paymentMethod,
    allowRedisplay,
    ...place,
  });
}

/** Keeps a card for a customer without a sale. Returns the reusable card's id. */
export async function keepCard(
  training: Training,
  customer: string,
  name = 'visa',
): Promise<string> {
  const { id } = await createSetup(training, { customer });
  const confirmed = confirmWith(training, id, name);
  if (confirmed.kind === 'declined' || confirmed.generatedCard === null) {
    throw new Error(`The card ${name} was not kept.`);
  }
  return confirmed.generatedCard;
}

/** Pays a sale in person on the front reader, up to the issuer's answer. */
export async function payInPerson(
  training: Training,
  name: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
  config: Stripe.Terminal.ReaderProcessPaymentIntentParams.ProcessConfig = {},
): Promise<{ readonly paymentIntent: Stripe.PaymentIntent; readonly charge: Stripe.Charge }> {
  const { number, type } = testCard(name);
  const { id } = await training.stripe.paymentIntents.create(saleParams(more));
  await process(training, id, config);
  await present(training, { type, [type]: { number } });
  const { latest_charge: charge, ...rest } = await training.stripe.paymentIntents.retrieve(id, {
    expand: ['latest_charge'],
  });
  if (typeof charge !== 'object' || charge === null) {
    throw new Error(`${id} has no charge.`);
  }
  return { paymentIntent: { ...rest, latest_charge: charge.id }, charge };
}

/** The types of the events so far, oldest first, that begin with one of these words. */
export async function eventsOf(training: Training, ...prefixes: string[]): Promise<string[]> {
  const { data } = await training.stripe.events.list({ limit: 100 });
  return data
    .map(({ type }) => type)
    .filter((type) => prefixes.some((prefix) => type.startsWith(prefix)))
    .reverse();
}
