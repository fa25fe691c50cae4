import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { randomIds } from '../../main/training/random-ids.ts';
import { openTrainingStudio } from '../../main/training/training-studio.ts';
import { connectedPage } from './support/page.ts';
import { pay, settle } from './support/pay.ts';
import { dayMs, TestClock } from './support/test-clock.ts';
import { clientFor, openTraining, readerId, saleParams } from './support/training.ts';

let folder = '';
let journalFile = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'training-'));
  journalFile = join(folder, 'ledger.jsonl');
});

afterEach(() => rm(folder, { recursive: true }));

function portOf(studio: { readonly url: string }): number {
  return Number(new URL(studio.url).port);
}

/** A training Stripe that keeps its ledger; names must stay unique over restarts. */
function open(): ReturnType<typeof openTraining> {
  return openTraining({ journalFile, ids: randomIds });
}

test('a held sale is found again after a restart and can be captured', async () => {
  const before = await open();
  const { created } = await pay(before, await connectedPage(before));
  await before.close();

  await using after = await open();
  const read = await after.stripe.paymentIntents.retrieve(created.id);
  const captured = await after.stripe.paymentIntents.capture(created.id);

  expect(read).toMatchObject({ status: 'requires_capture', client_secret: created.client_secret });
  expect(captured.amount_received).toBe(1200);
});

test('what was answered is on file even when the process ends without closing', async () => {
  const before = await open();
  const { id } = await before.stripe.paymentIntents.create(saleParams());

  await using after = await open();
  const read = await after.stripe.paymentIntents.retrieve(id);
  await before.close();

  expect(read.id).toBe(id);
});

test('a key sent again after a restart makes no second PaymentIntent', async () => {
  const key = { idempotencyKey: 'sale-1:create:1' };
  const before = await open();
  const first = await before.stripe.paymentIntents.create(saleParams(), key);
  await before.close();

  await using after = await open();
  const again = await after.stripe.paymentIntents.create(saleParams(), key);

  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers).toMatchObject({ 'idempotent-replayed': 'true' });
});

test('a hold still ends at its deadline after a restart', async () => {
  const before = await open();
  const { created } = await pay(before, await connectedPage(before));
  await before.close();

  await using after = await open();
  after.clock.advance(6 * dayMs);
  const read = await after.stripe.paymentIntents.retrieve(created.id);

  expect(read).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic' });
});

test('the readers and the event log are there after a restart, once', async () => {
  const before = await open();
  await pay(before, await connectedPage(before));
  const events = await before.stripe.events.list();
  await before.close();

  await using after = await open();
  const readers = await after.stripe.terminal.readers.list();

  expect(readers.data).toHaveLength(2);
  expect((await after.stripe.events.list()).data).toEqual(events.data);
  await connectedPage(after);
  expect(after.readers.present(readerId, 'visa')).toMatchObject({ why: 'reader_not_asking' });
});

test('a last line that was cut off counts as never written', async () => {
  const before = await open();
  const { id } = await before.stripe.paymentIntents.create(saleParams());
  await before.close();
  await appendFile(journalFile, '[{"in":"payment_intents","row":{"id":"pi_');

  await using after = await open();
  const { data } = await after.stripe.paymentIntents.list();

  expect(data.map((row) => row.id)).toEqual([id]);
});

test('a file that is broken elsewhere is set aside, never deleted', async () => {
  await writeFile(journalFile, 'not a ledger\n[]\n');

  await using training = await open();
  const { data } = await training.stripe.paymentIntents.list();

  expect(data).toEqual([]);
  expect(await readFile(`${journalFile}.set-aside`, 'utf8')).toBe('not a ledger\n[]\n');
});

test('a disk that cannot be written is told, and the next step brings what is missing', async () => {
  const faults: unknown[] = [];
  const training = await openTraining({
    journalFile,
    ids: randomIds,
    onBug: (error) => faults.push(error),
  });
  await rm(folder, { recursive: true });
  const first = await training.stripe.paymentIntents.create(saleParams());
  await mkdir(folder);
  const second = await training.stripe.paymentIntents.create(saleParams());
  await training.close();

  const text = await readFile(journalFile, 'utf8');

  expect(faults).toHaveLength(1);
  expect(text).toContain(first.id);
  expect(text).toContain(second.id);
});

test('the training studio has one reader, takes a card by itself, and outlives a restart', async () => {
  const clock = new TestClock();
  const options = {
    clock: { nowMs: clock.nowMs, monotonicMs: clock.nowMs, sleep: clock.sleep },
    folder,
    card: 'visa',
    onBug: (error: unknown): void => {
      throw error;
    },
  };
  const studio = await openTrainingStudio(options);
  const stripe = clientFor(portOf(studio), studio.secretKey);
  const heard: string[] = [];
  studio.onEvent((sessionId, event) => heard.push(`${sessionId} ${event.type}`));
  const created = await stripe.paymentIntents.create(saleParams());
  const { secret } = await stripe.terminal.connectionTokens.create({ location: studio.location });
  await studio.call('page-1', 'connectReader', {
    connectionToken: secret,
    reader: studio.reader,
    failIfInUse: false,
  });
  const collecting = studio.call('page-1', 'collectPaymentMethod', {
    clientSecret: created.client_secret,
    config: {},
    simulator: { testPaymentMethod: null, tipAmount: null },
  });
  for (let second = 0; second < 5; second += 1) {
    await settle();
    clock.advance(1000);
  }
  const collected = await collecting;
  studio.endSession('page-1');
  await studio.close();

  const again = await openTrainingStudio(options);
  const read = await clientFor(portOf(again), again.secretKey).paymentIntents.retrieve(created.id);
  await again.close();

  expect(collected).toMatchObject({ paymentIntent: { status: 'requires_confirmation' } });
  expect(heard).toContain('page-1 payment_status');
  expect(read.status).toBe('requires_payment_method');
  expect(await readdir(folder)).toEqual(['training-ledger.jsonl']);
});

test('a trainer’s hand shows cards, presses cancel and brings about mishaps in the studio', async () => {
  const clock = new TestClock();
  const studio = await openTrainingStudio({
    clock: { nowMs: clock.nowMs, monotonicMs: clock.nowMs, sleep: clock.sleep },
    folder,
    card: null,
    onBug: (error: unknown): void => {
      throw error;
    },
  });
  const stripe = clientFor(portOf(studio), studio.secretKey);
  const screens: string[] = [];
  studio.onScreen((reader, screen) => screens.push(`${reader} ${screen}`));
  const { id } = await stripe.paymentIntents.create(saleParams());
  const order = {
    payment_intent: id,
    process_config: { enable_customer_cancellation: true },
  };

  studio.fault(studio.reader, { kind: 'reader_offline' });
  const offline = await stripe.terminal.readers.retrieve(studio.reader);
  studio.calm();
  await stripe.terminal.readers.processPaymentIntent(studio.reader, order);
  const canceled = studio.cancelOnReader(studio.reader);
  await stripe.terminal.readers.processPaymentIntent(studio.reader, order);
  const prompting = studio.screen(studio.reader);
  const presented = studio.present(studio.reader, 'visa', 200);
  clock.advance(600);
  clock.advance(1200);
  const paid = await stripe.paymentIntents.retrieve(id);
  await studio.close();

  expect(offline).toMatchObject({ status: 'offline' });
  expect(canceled).toBe(true);
  expect(prompting).toBe('present_card');
  expect(presented).toEqual({ kind: 'presented' });
  expect(paid).toMatchObject({ status: 'requires_capture', amount_capturable: 1400 });
  expect(screens.slice(0, 4)).toEqual(
    ['present_card', 'splash', 'present_card', 'reading'].map(
      (screen) => `${studio.reader} ${screen}`,
    ),
  );
});
