import type { ErrorResponse, ICollectRefundPaymentMethodResponse } from '@stripe/terminal-js';
import { expect, test } from 'vitest';

import { givenBack, paidByInterac, paidInCanada, type PaidSale } from './support/interac.ts';
import { connectedPage, failed, openPage, type Page, succeeded } from './support/page.ts';
import { settle, show } from './support/pay.ts';
import { openTraining, readerId, type Training } from './support/training.ts';

/** A page at the front reader, where Interac has paid 25.00 before. */
async function afterInterac(training: Training): Promise<{ page: Page } & PaidSale> {
  const paid = await paidByInterac(training);
  return { page: await connectedPage(training), ...paid };
}

/** Reads a card for a refund: prompts and shows it. */
async function collectRefund(
  training: Training,
  page: Page,
  order: { readonly charge: string; readonly amount: number; readonly card?: string },
): Promise<ErrorResponse | ICollectRefundPaymentMethodResponse> {
  const { charge, amount, card = 'interac' } = order;
  const collecting = page.terminal.collectRefundPaymentMethod(charge, amount, 'cad');
  await settle();
  show(training, card);
  return collecting;
}

test('reading the card gives nothing back and answers with nothing', async () => {
  await using training = await openTraining();
  const { page, charge } = await afterInterac(training);

  const collected = await collectRefund(training, page, { charge, amount: 700 });

  expect(collected).toEqual({});
  expect(await givenBack(training, charge)).toBe(0);
  expect(page.told).toEqual(['payment waiting_for_input', 'payment ready']);
});

test('processRefund gives the money back to the card that was read', async () => {
  await using training = await openTraining();
  const { page, charge } = await afterInterac(training);
  await collectRefund(training, page, { charge, amount: 700 });
  page.told.length = 0;

  const { refund } = succeeded(await page.terminal.processRefund());

  expect(refund).toMatchObject({ amount: 700, charge, currency: 'cad', status: 'succeeded' });
  expect(await givenBack(training, charge)).toBe(700);
  expect(page.told).toEqual(['payment processing', 'payment ready']);
});

test('processing the same card twice gives money back once', async () => {
  await using training = await openTraining();
  const { page, charge } = await afterInterac(training);
  await collectRefund(training, page, { charge, amount: 700 });
  const first = succeeded(await page.terminal.processRefund());

  const second = succeeded(await page.terminal.processRefund());

  expect(second.refund.id).toBe(first.refund.id);
  expect(await givenBack(training, charge)).toBe(700);
});

test.each(['interac_other', 'visa'])('%s, which did not pay, gets nothing', async (card) => {
  await using training = await openTraining();
  const { page, charge } = await afterInterac(training);
  await collectRefund(training, page, { charge, amount: 700, card });

  const error = failed(await page.terminal.processRefund());

  expect(error).toMatchObject({ code: 'refund_failed', failure_reason: 'incorrect_card' });
  expect(await givenBack(training, charge)).toBe(0);
});

test('a refund that the bank declines has failed, and says why', async () => {
  await using training = await openTraining();
  const { page, charge } = await afterInterac(training);
  await collectRefund(training, page, { charge, amount: 705 });

  const errors = [
    failed(await page.terminal.processRefund()),
    failed(await page.terminal.processRefund()),
  ];

  const declined = { code: 'refund_failed', failure_reason: 'generic_decline' };
  expect(errors).toEqual([expect.objectContaining(declined), expect.objectContaining(declined)]);
  expect(await givenBack(training, charge)).toBe(0);
});

test('a charge that is not Interac, is another’s or has too little left is not collected for', async () => {
  await using training = await openTraining();
  const visa = await paidInCanada(training, { type: 'card_present' });
  const { page, charge } = await afterInterac(training);
  const { terminal } = page;

  const errors = [
    failed(await terminal.collectRefundPaymentMethod('pi_1', 700, 'cad')),
    failed(await terminal.collectRefundPaymentMethod('ch_none', 700, 'cad')),
    failed(await terminal.collectRefundPaymentMethod(visa.charge, 700, 'cad')),
    failed(await terminal.collectRefundPaymentMethod(charge, 2501, 'cad')),
    failed(await terminal.collectRefundPaymentMethod(charge, 0, 'cad')),
    failed(await terminal.collectRefundPaymentMethod(charge, 700, 'usd')),
    failed(
      await terminal.collectRefundPaymentMethod(charge, 700, 'cad', { reverse_transfer: true }),
    ),
  ];

  expect(errors.map(({ code }) => code)).toEqual([
    'invalid_charge_id_input_shape',
    'resource_missing',
    'charge_not_refundable',
    'amount_too_large',
    'invalid_argument',
    undefined,
    'invalid_argument',
  ]);
});

test('nothing is given back without a card that was read for it', async () => {
  await using training = await openTraining();
  const { page, charge } = await afterInterac(training);

  const before = failed(await page.terminal.processRefund());
  await collectRefund(training, page, { charge, amount: 700 });
  await page.terminal.collectRefundPaymentMethod('ch_none', 700, 'cad');
  const after = failed(await page.terminal.processRefund());

  expect([before.code, after.code]).toEqual(['illegal_state', 'illegal_state']);
  expect(await givenBack(training, charge)).toBe(0);
});

test('nothing is given back without a reader', async () => {
  await using training = await openTraining();
  const { terminal } = openPage(training);

  const errors = [
    failed(await terminal.collectRefundPaymentMethod('ch_1', 700, 'cad')),
    failed(await terminal.processRefund()),
  ];

  expect(errors.map(({ code }) => code)).toEqual(Array(2).fill('no_established_connection'));
});

test('a canceled prompt for a refund resolves with canceled', async () => {
  await using training = await openTraining();
  const { page, charge } = await afterInterac(training);
  const collecting = page.terminal.collectRefundPaymentMethod(charge, 700, 'cad');
  await settle();

  const cancel = await page.terminal.cancelCollectRefundPaymentMethod();

  expect(cancel).toEqual({});
  expect(failed(await collecting).code).toBe('canceled');
  expect(training.readers.present(readerId, 'interac')).toMatchObject({ kind: 'refused' });
});

test('a refund whose answer was lost can be asked for again and is made once', async () => {
  await using training = await openTraining();
  const { page, charge } = await afterInterac(training);
  await collectRefund(training, page, { charge, amount: 700 });
  training.readers.arm({ kind: 'process_reply_lost_after_effect' });

  const lost = failed(await page.terminal.processRefund());
  const again = succeeded(await page.terminal.processRefund());

  expect(lost.code).toBe('network_timeout');
  expect(again.refund.amount).toBe(700);
  expect(await givenBack(training, charge)).toBe(700);
});

test('a refund that was sent cannot be called back', async () => {
  await using training = await openTraining();
  const { page, charge } = await afterInterac(training);
  await collectRefund(training, page, { charge, amount: 700 });
  training.readers.arm({ kind: 'slow_authorization', extraMs: 1000 });
  const processing = page.terminal.processRefund();
  await settle();

  const cancel = failed(await page.terminal.cancelProcessRefund());
  training.clock.advance(1000);

  expect(cancel.code).toBe('cancelable_already_completed');
  expect(succeeded(await processing).refund.amount).toBe(700);
});
