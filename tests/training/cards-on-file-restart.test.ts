import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { randomIds } from '../../main/training/random-ids.ts';
import {
  confirmWith,
  createSetup,
  eventsOf,
  keepCard,
  payInPerson,
} from './support/cards-on-file.ts';
import { rejection } from './support/pay.ts';
import { openTraining, type Training } from './support/training.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'training-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A training Stripe that keeps its ledger; each begins at the same moment. */
function open(): Promise<Training> {
  return openTraining({ journalFile: join(folder, 'ledger.jsonl'), ids: randomIds });
}

test('a kept card, its setup and its customer are found again after a restart', async () => {
  const before = await open();
  const { id: customer } = await before.stripe.customers.create({ metadata: { member: 'M-1' } });
  const setup = await createSetup(before, { customer });
  const confirmed = confirmWith(before, setup.id, 'visa');
  await before.close();

  await using after = await open();
  const read = await after.stripe.setupIntents.retrieve(setup.id, { expand: ['latest_attempt'] });
  const listed = await after.stripe.customers.listPaymentMethods(customer);

  expect(read).toMatchObject({
    status: 'succeeded',
    client_secret: setup.client_secret,
    latest_attempt: { object: 'setup_attempt' },
  });
  expect(confirmed).toMatchObject({ generatedCard: listed.data[0]!.id });
});

test('a card that was presented just before the process died is kept all the same', async () => {
  const before = await open();
  const setup = await createSetup(before);
  confirmWith(before, setup.id, 'visa');
  await Promise.resolve();

  await using after = await open();
  const read = await after.stripe.setupIntents.retrieve(setup.id);
  await before.close();

  expect(read.status).toBe('succeeded');
});

test('the search has not caught up with a new customer because of a restart', async () => {
  const before = await open();
  const { id } = await before.stripe.customers.create({ metadata: { member: 'M-1' } });
  await before.close();
  // The second start reads what the first one wrote anew, not what was recorded as it happened.
  await (await open()).close();

  await using after = await open();
  const search = async (): Promise<string[]> =>
    (await after.stripe.customers.search({ query: "metadata['member']:'M-1'" })).data.map(
      (found) => found.id,
    );
  const early = await search();
  after.clock.advance(60_000);

  expect(early).toEqual([]);
  expect(await search()).toEqual([id]);
});

test('a detached card and a deleted customer stay what they are over a restart', async () => {
  const before = await open();
  const { id: customer } = await before.stripe.customers.create({});
  const { id: gone } = await before.stripe.customers.create({});
  const card = await keepCard(before, customer);
  await before.stripe.paymentMethods.detach(card);
  await before.stripe.customers.del(gone);
  await before.close();
  await (await open()).close();

  await using after = await open();
  const error = await rejection(after.stripe.paymentMethods.attach(card, { customer }));

  expect(error.message).toContain('may not be used again');
  expect(await after.stripe.customers.retrieve(gone)).toMatchObject({ deleted: true });
});

test.each([
  ['refund_fail', 'failed', 0],
  ['refund_pending', 'succeeded', 1200],
])(
  'a refund to %s turns %s although Stripe restarted meanwhile',
  async (name, status, refunded) => {
    const before = await open();
    const { paymentIntent, charge } = await payInPerson(before, name);
    await before.stripe.paymentIntents.capture(paymentIntent.id);
    const refund = await before.stripe.refunds.create({ charge: charge.id });
    await before.close();

    await using after = await open();
    after.clock.advance(60_000);

    expect((await after.stripe.refunds.retrieve(refund.id)).status).toBe(status);
    expect((await after.stripe.charges.retrieve(charge.id)).amount_refunded).toBe(refunded);
  },
);

test('a refund that turned before a restart does not turn again after it', async () => {
  const before = await open();
  const { paymentIntent, charge } = await payInPerson(before, 'refund_fail');
  await before.stripe.paymentIntents.capture(paymentIntent.id);
  await before.stripe.refunds.create({ charge: charge.id });
  before.clock.advance(60_000);
  await before.stripe.refunds.list();
  await before.close();

  await using after = await open();
  after.clock.advance(120_000);

  expect(await eventsOf(after, 'refund.failed')).toHaveLength(1);
});

test('a dispute comes although Stripe restarted, and only once', async () => {
  const before = await open();
  const { paymentIntent, charge } = await payInPerson(before, 'disputed');
  await before.stripe.paymentIntents.capture(paymentIntent.id);
  await before.close();

  const between = await open();
  between.clock.advance(60_000);
  const disputed = await between.stripe.charges.retrieve(charge.id);
  await between.close();
  await using after = await open();
  after.clock.advance(120_000);

  expect(disputed.disputed).toBe(true);
  expect((await after.stripe.disputes.list()).data).toHaveLength(1);
});

test('the hold of a kept card ends in its time although Stripe restarted', async () => {
  const before = await open();
  const { id: customer } = await before.stripe.customers.create({});
  const payment_method = await keepCard(before, customer);
  const { id } = await before.stripe.paymentIntents.create({
    amount: 4500,
    currency: 'usd',
    allowed_payment_method_types: ['card'],
    capture_method: 'manual',
    customer,
    payment_method,
    off_session: true,
    confirm: true,
  });
  await before.close();

  await using after = await open();
  after.clock.advance(7 * 24 * 3_600_000);

  expect((await after.stripe.paymentIntents.retrieve(id)).status).toBe('canceled');
});
