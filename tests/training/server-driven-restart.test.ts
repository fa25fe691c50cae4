import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { randomIds } from '../../main/training/random-ids.ts';
import { givenBack, paidByInterac, processRefund } from './support/interac.ts';
import { generatedCardOf, processSetup, setupFor } from './support/keep.ts';
import { rejection } from './support/pay.ts';
import {
  actionOf,
  eventTypes,
  fault,
  present,
  promptFor,
  slowly,
  statusOf,
} from './support/server-driven.ts';
import { openTraining, otherReaderId, readerId, saleParams } from './support/training.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'training-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A training Stripe that keeps its ledger; each begins at the same time of its own clock. */
function open(): ReturnType<typeof openTraining> {
  const journalFile = join(folder, 'ledger.jsonl');
  return openTraining({ journalFile, ids: randomIds, timings: slowly });
}

test('a prompt still waits for its card after a restart', async () => {
  const before = await open();
  const { id, reader } = await promptFor(before);
  await before.close();

  await using after = await open();
  const action = await actionOf(after);
  await present(after);
  after.clock.advance(2000);

  expect(action).toEqual(reader.action);
  expect(await statusOf(after, id)).toBe('requires_capture');
});

test('a prompt to keep a card waits over a restart too, and a card being kept comes to its end', async () => {
  const before = await open();
  const { setupIntent } = await setupFor(before);
  const { action } = await processSetup(before, setupIntent.id);
  await before.close();

  const between = await open();
  const waiting = await actionOf(between);
  await present(between);
  await between.close();
  await using after = await open();
  after.clock.advance(2000);

  const kept = (await actionOf(after))?.process_setup_intent?.generated_card;
  expect(waiting).toEqual(action);
  expect(kept).toBe(await generatedCardOf(after, setupIntent.id));
});

test('a refund under way at a restart is made once, with the metadata it was ordered with', async () => {
  const before = await open();
  const { charge } = await paidByInterac(before, 2000);
  await processRefund(before, { charge, amount: 700, metadata: { approval: 'appr_1' } });
  await present(before);
  await before.close();

  await using after = await open();
  after.clock.advance(2 * 2000);

  const { data } = await after.stripe.refunds.list({ charge });
  const made = (await actionOf(after))?.refund_payment?.refund;
  expect(data).toMatchObject([{ id: made, amount: 700, metadata: { approval: 'appr_1' } }]);
  expect(await givenBack(after, charge)).toBe(700);
});

test('an authorization under way at a restart comes to its end', async () => {
  const before = await open();
  const { id } = await promptFor(before);
  await present(before);
  await before.close();

  await using after = await open();
  const busy = await rejection(after.stripe.terminal.readers.cancelAction(readerId));
  after.clock.advance(2000);

  expect(busy.code).toBe('terminal_reader_busy');
  expect(await statusOf(after, id)).toBe('requires_capture');
  expect((await actionOf(after))?.status).toBe('succeeded');
  expect(await eventTypes(after)).toEqual(['action_succeeded']);
});

test('a collected card can be confirmed after a restart', async () => {
  const before = await open();
  const { id } = await before.stripe.paymentIntents.create(saleParams());
  await before.stripe.terminal.readers.collectPaymentMethod(readerId, { payment_intent: id });
  await present(before);
  before.clock.advance(100);
  await statusOf(before, id);
  await before.close();

  await using after = await open();
  await after.stripe.terminal.readers.confirmPaymentIntent(readerId, { payment_intent: id });
  after.clock.advance(2000);

  expect(await statusOf(after, id)).toBe('requires_capture');
});

test('an event that was held back still arrives after a restart', async () => {
  const before = await open();
  await promptFor(before);
  await fault(before, 'event_late', { by_ms: '60000' });
  await present(before);
  before.clock.advance(2000);
  await eventTypes(before);
  await before.close();

  await using after = await open();
  const early = await eventTypes(after);
  after.clock.advance(70_000);

  expect(early).toEqual([]);
  expect(await eventTypes(after)).toEqual(['action_succeeded']);
});

test('a registered reader is there after a restart and a deleted one is not', async () => {
  const before = await open();
  const { readers } = before.stripe.terminal;
  const { id } = await readers.create({ registration_code: 'simulated-wpe', label: 'Desk' });
  await readers.del(otherReaderId);
  await before.close();
  // The second restart reads what the first has written anew.
  await (await open()).close();

  await using after = await open();
  const { data } = await after.stripe.terminal.readers.list();
  const reset = await after.stripe.terminal.readers.update(id, { label: '' });

  expect(data.map((reader) => reader.id)).toEqual([id, readerId]);
  expect(reset).toMatchObject({ label: 'simulated-wpe' });
});
