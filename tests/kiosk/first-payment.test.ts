import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Kiosk } from '../../main/kiosk.ts';
import { TestPage } from '../support/kiosk-bench.ts';
import { openTestKiosk } from '../support/open-test-kiosk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
let kiosk: Kiosk;
let page: TestPage;

beforeEach(async () => {
  kiosk = await openTestKiosk(folder.path);
  page = new TestPage(kiosk);
  await page.load();
  await page.until(({ cardPayment }) => cardPayment.state === 'ready');
});

afterEach(async () => {
  page.close();
  await kiosk.close();
  folder.remove();
});

test('a class is chosen, a card is tapped, and the sale is paid with its receipt', async () => {
  await page.buy();
  await page.untilState('awaiting_card');
  await page.present('visa');

  const { sale } = await page.untilState('paid');

  expect(sale).toMatchObject({
    state: 'paid',
    total: { amount: 2400, currency: 'usd' },
    receipt: {
      card: {
        brand: 'visa',
        last4: '4242',
        applicationPreferredName: expect.any(String) as string,
      },
    },
  });
});

test('a declined card leaves the sale unpaid, and another card pays the same PaymentIntent', async () => {
  await page.buy();
  await page.untilState('awaiting_card');
  await page.present('charge_declined');

  const declined = await page.untilState('declined');
  expect(declined.sale).toMatchObject({ decline: 'declined', provedNotCharged: true });

  const saleId = declined.sale?.id ?? '';
  await page.ask('payment:retry', { saleId });
  await page.untilState('awaiting_card');
  await page.present('visa');
  const { sale } = await page.untilState('paid');
  expect(sale?.id).toBe(saleId);
});

test('a customer who cancels while the card is awaited is not charged, and a read proved it', async () => {
  const saleId = await page.buy();
  await page.untilState('awaiting_card');

  await page.ask('sale:cancel', { saleId });

  const { sale } = await page.untilState('canceled');
  expect(sale).toMatchObject({ cancelReason: 'customer', provedNotCharged: true });
});
