import { expect, test } from 'vitest';

import { connect, connectedPage, failed, openPage, succeeded } from './support/page.ts';
import { collectCard, rejection } from './support/pay.ts';
import { present, process, promptFor, statusOf } from './support/server-driven.ts';
import { openTraining, readerId, saleParams } from './support/training.ts';

const otherMode = 'Reader is currently processing a transaction from a different integration mode.';

test('while a page holds the reader every server-driven command is refused', async () => {
  await using training = await openTraining();
  await connectedPage(training);
  const { id } = await training.stripe.paymentIntents.create(saleParams());

  const processing = await rejection(process(training, id));
  const canceling = await rejection(training.stripe.terminal.readers.cancelAction(readerId));

  expect(processing).toMatchObject({ statusCode: 400, message: otherMode });
  expect(processing.code).toBeUndefined();
  expect(canceling.message).toBe(otherMode);
});

test.each(['disconnects', 'goes away'])(
  'once the page %s the reader can be driven by the server',
  async (how) => {
    await using training = await openTraining();
    const page = await connectedPage(training);
    const { id } = await training.stripe.paymentIntents.create(saleParams());

    if (how === 'disconnects') {
      succeeded(await page.terminal.disconnectReader());
    } else {
      training.readers.endSession('page-1');
    }
    await process(training, id);
    await present(training);

    expect(await statusOf(training, id)).toBe('requires_capture');
  },
);

test('a page cannot connect to a reader that prompts for the server, until the prompt is gone', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training);
  const page = openPage(training);
  const { discoveredReaders } = succeeded(await page.terminal.discoverReaders());
  const front = discoveredReaders.find((reader) => reader.id === readerId)!;

  const refused = failed(await page.terminal.connectReader(front));
  await present(training);
  const connected = await connect(page);

  expect(refused.message).toBe(otherMode);
  expect(connected.id).toBe(readerId);
  expect(await statusOf(training, id)).toBe('requires_capture');
});

test('one PaymentIntent declined by the server’s prompt can be paid on the page, and only once', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training);
  await present(training, { card_present: { number: '4000000000000002' } });

  const page = await connectedPage(training);
  const paymentIntent = await training.stripe.paymentIntents.retrieve(id);
  const collected = await collectCard(training, page, paymentIntent);
  succeeded(await page.terminal.processPayment(collected));
  succeeded(await page.terminal.disconnectReader());

  expect(await statusOf(training, id)).toBe('requires_capture');
  expect((await rejection(process(training, id))).code).toBe('intent_invalid_state');
});
