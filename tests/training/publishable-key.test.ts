import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { processSetup, setupFor } from './support/keep.ts';
import { connectedPage } from './support/page.ts';
import { pay, settle, show } from './support/pay.ts';
import { openTraining, saleParams, type Training } from './support/training.ts';

interface Read {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** What a page that has the publishable key is answered. */
async function readAsPage(training: Training, path: string, method = 'GET'): Promise<Read> {
  const response = await fetch(`${training.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${training.publishableKey}` },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function withSecret(intent: Stripe.PaymentIntent | Stripe.SetupIntent): string {
  const noun = intent.object === 'payment_intent' ? 'payment_intents' : 'setup_intents';
  return `/v1/${noun}/${intent.id}?client_secret=${intent.client_secret ?? ''}`;
}

test('a page that knows the secret reads the PaymentIntent, without what is the account’s own', async () => {
  await using training = await openTraining();
  const created = await training.stripe.paymentIntents.create(
    saleParams({ metadata: { sale: 'sale_1' } }),
  );

  const { status, body } = await readAsPage(training, withSecret(created));

  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: created.id,
    object: 'payment_intent',
    status: 'requires_payment_method',
    amount: 1200,
    currency: 'usd',
    capture_method: 'manual',
    payment_method_types: ['card_present'],
    client_secret: created.client_secret,
    livemode: false,
  });
  expect(Object.keys(body)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(metadata|customer|latest_charge)$/)]),
  );
});

test('a page reads why the last card was declined, and by which charge', async () => {
  await using training = await openTraining();
  const { created } = await pay(training, await connectedPage(training), 'charge_declined');

  const { body } = await readAsPage(training, withSecret(created));

  expect(body).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'card_declined', charge: expect.stringMatching(/^ch_/) as string },
  });
});

test('a page with a wrong secret is told so, and one without any which it lacks', async () => {
  await using training = await openTraining();
  const created = await training.stripe.paymentIntents.create(saleParams());

  const wrong = await readAsPage(training, `${withSecret(created)}x`);
  const none = await readAsPage(training, `/v1/payment_intents/${created.id}`);

  expect(wrong).toMatchObject({
    status: 400,
    body: { error: { type: 'invalid_request_error', param: 'client_secret' } },
  });
  expect(none).toMatchObject({
    status: 400,
    body: { error: { code: 'parameter_missing', param: 'client_secret' } },
  });
});

test('a page cannot expand the charge', async () => {
  await using training = await openTraining();
  const created = await training.stripe.paymentIntents.create(saleParams());

  const { status } = await readAsPage(training, `${withSecret(created)}&expand[]=latest_charge`);

  expect(status).toBe(400);
});

test('a page can do nothing else', async () => {
  await using training = await openTraining();
  const created = await training.stripe.paymentIntents.create(saleParams());

  const answers = [
    await readAsPage(training, '/v1/payment_intents'),
    await readAsPage(training, `/v1/payment_intents/${created.id}/cancel`, 'POST'),
    await readAsPage(training, '/v1/terminal/connection_tokens', 'POST'),
    await readAsPage(training, '/v1/events'),
  ];

  for (const answer of answers) {
    expect(answer).toMatchObject({
      status: 401,
      body: { error: { code: 'secret_key_required' } },
    });
  }
  expect((await training.stripe.paymentIntents.retrieve(created.id)).status).toBe(
    'requires_payment_method',
  );
});

test('a page that knows its secret reads a SetupIntent and the card it got', async () => {
  await using training = await openTraining();
  const { setupIntent } = await setupFor(training);
  await processSetup(training, setupIntent.id);
  show(training, 'visa');
  await settle();

  const { body } = await readAsPage(training, withSecret(setupIntent));

  expect(body).toMatchObject({
    object: 'setup_intent',
    status: 'succeeded',
    payment_method: expect.stringMatching(/^pm_/) as string,
    last_setup_error: null,
  });
  expect(body).not.toHaveProperty('latest_attempt');
  expect((await readAsPage(training, `${withSecret(setupIntent)}x`)).status).toBe(400);
});

test('a request that names the account itself is answered as one that names none', async () => {
  await using training = await openTraining();
  const created = await training.stripe.paymentIntents.create(saleParams());

  const read = await training.stripe.paymentIntents.retrieve(
    created.id,
    {},
    { stripeAccount: 'acct_training' },
  );

  expect(read.id).toBe(created.id);
});

test('a kept card gets the postal code of its holder', async () => {
  await using training = await openTraining();
  const { customer, setupIntent } = await setupFor(training);
  await processSetup(training, setupIntent.id);
  show(training, 'visa');
  await settle();
  const { data } = await training.stripe.customers.listPaymentMethods(customer);

  const updated = await training.stripe.paymentMethods.update(data[0]!.id, {
    billing_details: { address: { postal_code: '02138' } },
  });

  expect(updated.billing_details.address).toMatchObject({ postal_code: '02138', country: null });
});
