import type Stripe from 'stripe';

import { readerId, type Training } from './training.ts';

/** Creates a member and a SetupIntent for a card of theirs. */
export async function setupFor(
  training: Training,
): Promise<{ readonly customer: string; readonly setupIntent: Stripe.SetupIntent }> {
  const { id: customer } = await training.stripe.customers.create({ name: 'Alex Morgan' });
  const setupIntent = await training.stripe.setupIntents.create({
    customer,
    allowed_payment_method_types: ['card_present'],
    usage: 'off_session',
  });
  return { customer, setupIntent };
}

/** Prompts on the front reader for a card to keep. */
export function processSetup(
  training: Training,
  setupIntent: string,
  more: Partial<Stripe.Terminal.ReaderProcessSetupIntentParams> = {},
): Promise<Stripe.Terminal.Reader> {
  return training.stripe.terminal.readers.processSetupIntent(readerId, {
    setup_intent: setupIntent,
    allow_redisplay: 'limited',
    ...more,
  });
}

/** The card that a SetupIntent's latest attempt left behind, as a client reads it. */
export async function generatedCardOf(training: Training, id: string): Promise<string | null> {
  const { latest_attempt: attempt } = await training.stripe.setupIntents.retrieve(id, {
    expand: ['latest_attempt'],
  });
  if (attempt === null || typeof attempt === 'string') {
    throw new Error('The SetupIntent has no attempt to look at.');
  }
  const generated = attempt.payment_method_details.card_present?.generated_card ?? null;
  return typeof generated === 'string' ? generated : (generated?.id ?? null);
}
