import { expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import { present, promptFor } from './support/server-driven.ts';
import { openTraining, saleParams, type Training } from './support/training.ts';

/** What a kiosk in Canada creates: interac is taken at once, other cards are held. */
const canadian = {
  currency: 'cad',
  allowed_payment_method_types: ['card_present', 'interac_present'],
  capture_method: 'automatic',
  payment_method_options: { card_present: { capture_method: 'manual_preferred' } },
} as const;

async function payWith(
  training: Training,
  card: Parameters<typeof present>[1],
): Promise<{ status: string; type: string | undefined }> {
  const { id } = await promptFor(training, {
    ...canadian,
    allowed_payment_method_types: [...canadian.allowed_payment_method_types],
  });
  await present(training, card);
  const paid = await training.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
  const charge = typeof paid.latest_charge === 'object' ? paid.latest_charge : null;
  return { status: paid.status, type: charge?.payment_method_details?.type };
}

test('with manual_preferred an interac card is paid at once and another card is held', async () => {
  await using training = await openTraining();

  const interac = await payWith(training, { type: 'interac_present' });
  const named = await payWith(training, {
    type: 'interac_present',
    interac_present: { number: '4506445006931933' },
  });
  const visa = await payWith(training, { type: 'card_present' });

  expect(interac).toEqual({ status: 'succeeded', type: 'interac_present' });
  expect(named).toEqual(interac);
  expect(visa).toEqual({ status: 'requires_capture', type: 'card_present' });
});

test('manual capture for the whole PaymentIntent is refused with interac', async () => {
  await using training = await openTraining();

  const error = await rejection(
    training.stripe.paymentIntents.create(
      saleParams({
        currency: 'cad',
        allowed_payment_method_types: ['card_present', 'interac_present'],
        capture_method: 'manual',
      }),
    ),
  );

  expect(error).toMatchObject({ statusCode: 400, param: 'capture_method' });
});

test('an interac card is not taken for a PaymentIntent without it, and the prompt stays', async () => {
  await using training = await openTraining();
  await promptFor(training);

  const error = await rejection(present(training, { type: 'interac_present' }));
  const reader = await present(training);

  expect(error).toMatchObject({ statusCode: 400, param: 'type' });
  expect(reader.action?.status).toBe('succeeded');
});

test('where only interac is allowed it is the card that is presented without a word', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training, {
    currency: 'cad',
    allowed_payment_method_types: ['interac_present'],
    capture_method: 'automatic',
  });

  await present(training);

  expect((await training.stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
});
