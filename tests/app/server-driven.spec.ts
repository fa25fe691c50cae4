import { expect } from 'playwright/test';
import { test } from '../support/app.ts';
import { storedSales } from '../support/stored-sales.ts';

const env = { FOYER_STRIPE_INTEGRATION: 'server_driven' };

test('main leads the reader: a card is declined, and another pays the same PaymentIntent', async ({
  launch,
  dataDir,
}) => {
  const app = await launch({ env });

  await app.chooseAndPay();
  await app.tap('Declined');
  await expect(app.heading('Card declined')).toBeVisible();
  await expect(app.page.getByText('Nothing was charged.')).toBeVisible();
  await app.button('Try another card').click();
  await app.heading('Tap, insert or swipe your card').waitFor();
  await app.tap('Visa');

  await expect(app.heading('Approved')).toBeVisible();
  expect(storedSales(dataDir)).toMatchObject([
    { state: 'paid', amount: 2400, payment_intent_status: 'succeeded', attempts: 2, creates: 1 },
  ]);
});

test('main leads the reader: a window that is loaded anew leaves its prompt where it is', async ({
  launch,
  dataDir,
}) => {
  const app = await launch({ env });
  await app.chooseAndPay();

  await app.page.reload();
  await app.heading('Tap, insert or swipe your card').waitFor();
  await app.tap('Visa');

  await expect(app.heading('Approved')).toBeVisible();
  expect(storedSales(dataDir)).toMatchObject([{ state: 'paid', attempts: 1, creates: 1 }]);
});

test('main leads the reader: a kiosk killed while the card is awaited shows what became of it', async ({
  launch,
  dataDir,
}) => {
  const first = await launch({ env });
  await first.chooseAndPay();
  await first.kill();

  const second = await launch({ env });

  await expect(second.heading('Payment cancelled')).toBeVisible();
  await expect(second.page.getByText('Nothing was charged.')).toBeVisible();
  expect(storedSales(dataDir)).toMatchObject([
    { state: 'canceled', payment_intent_status: 'canceled', creates: 1 },
  ]);
  await second.button('Done').click();
  await second.chooseAndPay();
  await second.tap('Visa');
  await expect(second.heading('Approved')).toBeVisible();
});
