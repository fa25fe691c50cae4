import type { AllowRedisplay } from '@stripe/terminal-js';
import { expect, test } from 'vitest';

import { paidByInterac, processRefund } from './support/interac.ts';
import { processSetup, setupFor } from './support/keep.ts';
import { connectedPage } from './support/page.ts';
import { settle, show } from './support/pay.ts';
import { present, promptFor } from './support/server-driven.ts';
import { openTraining, otherReaderId, readerId, type Training } from './support/training.ts';

/** What the trainer's panel is told in a page, of the front reader unless another is named. */
async function promptOf(training: Training, reader: string | null = readerId): Promise<unknown> {
  return training.readers.call('page-1', 'prompt', { reader });
}

test('a reader that asks for nothing has no prompt', async () => {
  await using training = await openTraining();

  expect(await promptOf(training)).toEqual({ prompt: null });
});

test('a server-driven prompt says what the card is for, and how much', async () => {
  await using training = await openTraining();
  const { charge } = await paidByInterac(training);

  await promptFor(training);
  const payment = await promptOf(training);
  await processSetup(training, (await setupFor(training)).setupIntent.id);
  const setup = await promptOf(training);
  await processRefund(training, { charge, amount: 700 });
  const refund = await promptOf(training);
  await present(training);

  expect([payment, setup, refund, await promptOf(training)]).toEqual([
    { prompt: { for: 'payment', amount: { amount: 1200, currency: 'usd' } } },
    { prompt: { for: 'setup', amount: null } },
    { prompt: { for: 'refund', amount: { amount: 700, currency: 'cad' } } },
    { prompt: null },
  ]);
});

test('without a name the prompt is that of the reader that asks', async () => {
  await using training = await openTraining();
  await promptFor(training);

  expect(await promptOf(training, null)).toMatchObject({ prompt: { for: 'payment' } });
  expect(await promptOf(training, otherReaderId)).toEqual({ prompt: null });
});

test('the prompt of a reader that the page holds goes with the card', async () => {
  await using training = await openTraining();
  const { charge } = await paidByInterac(training);
  const { terminal } = await connectedPage(training);
  const { setupIntent } = await setupFor(training);

  const keeping = terminal.collectSetupIntentPaymentMethod(
    setupIntent.client_secret!,
    'always' as unknown as AllowRedisplay,
    null,
  );
  await settle();
  const setup = await promptOf(training);
  await terminal.cancelCollectSetupIntentPaymentMethod();
  await keeping;
  const refunding = terminal.collectRefundPaymentMethod(charge, 700, 'cad');
  await settle();
  const refund = await promptOf(training);
  show(training, 'interac');
  await refunding;

  expect([setup, refund, await promptOf(training)]).toEqual([
    { prompt: { for: 'setup', amount: null } },
    { prompt: { for: 'refund', amount: { amount: 700, currency: 'cad' } } },
    { prompt: null },
  ]);
});
