import { expect } from 'playwright/test';
import { test } from '../support/app.ts';
import { storedSales } from '../support/stored-sales.ts';

test('a card is tapped and the sale is paid, on the screen and on disk', async ({
  launch,
  dataDir,
}) => {
  const app = await launch();

  await app.chooseAndPay();
  await app.tap('Visa');

  await expect(app.heading('Approved')).toBeVisible();
  await expect(app.page.getByText('$24.00').first()).toBeVisible();
  expect(storedSales(dataDir)).toMatchObject([
    { state: 'paid', amount: 2400, payment_intent_status: 'succeeded', attempts: 1, creates: 1 },
  ]);
});

test('after a decline another card pays the same PaymentIntent', async ({ launch, dataDir }) => {
  const app = await launch();

  await app.chooseAndPay();
  await app.tap('Declined');
  await expect(app.heading('Card declined')).toBeVisible();
  await expect(app.page.getByText('Nothing was charged.')).toBeVisible();
  await app.button('Try another card').click();
  await app.heading('Tap, insert or swipe your card').waitFor();
  await app.tap('Visa');

  await expect(app.heading('Approved')).toBeVisible();
  expect(storedSales(dataDir)).toMatchObject([{ state: 'paid', attempts: 2, creates: 1 }]);
});

test('a customer cancels while the card is awaited, and nothing is charged', async ({
  launch,
  dataDir,
}) => {
  const app = await launch();

  await app.chooseAndPay();
  await app.button('Cancel').click();

  await expect(app.heading('Payment cancelled')).toBeVisible();
  await expect(app.page.getByText('Nothing was charged.')).toBeVisible();
  expect(storedSales(dataDir)).toMatchObject([
    { state: 'canceled', payment_intent_status: 'canceled' },
  ]);
});

test('a window that is loaded anew while the card is awaited goes on with the same sale', async ({
  launch,
  dataDir,
}) => {
  const app = await launch();
  await app.chooseAndPay();

  await app.page.reload();
  await app.heading('Tap, insert or swipe your card').waitFor();
  await app.tap('Visa');

  await expect(app.heading('Approved')).toBeVisible();
  expect(storedSales(dataDir)).toMatchObject([{ state: 'paid', attempts: 2, creates: 1 }]);
});

test('a kiosk killed while the card is awaited cancels that sale when it starts again', async ({
  launch,
  dataDir,
}) => {
  const first = await launch();
  await first.chooseAndPay();
  await first.kill();
  expect(storedSales(dataDir)).toMatchObject([{ state: 'presenting' }]);

  const second = await launch();

  await expect(second.button('Touch anywhere to begin')).toBeVisible();
  await expect
    .poll(() => storedSales(dataDir))
    .toMatchObject([{ state: 'canceled', payment_intent_status: 'canceled' }]);
});

test('a kiosk killed while the bank is asked shows that sale again until its outcome is known', async ({
  launch,
  dataDir,
}) => {
  const first = await launch();
  await first.chooseAndPay();
  await first.tap('Visa');
  await first.heading('Asking your bank').waitFor();
  await first.kill();
  expect(storedSales(dataDir)).toMatchObject([{ state: 'authorizing' }]);

  const second = await launch();

  // The training studio went with the kiosk before it had asked: nothing was held, and that is read before it is said.
  await expect(second.heading('Payment cancelled')).toBeVisible();
  await expect(second.page.getByText('Nothing was charged.')).toBeVisible();
  expect(storedSales(dataDir)).toMatchObject([
    { state: 'canceled', payment_intent_status: 'canceled', creates: 1 },
  ]);
  await second.button('Done').click();
  await expect(second.button('Touch anywhere to begin')).toBeVisible();
});

test('a kiosk left alone warns, and goes back to its first screen', async ({ launch }) => {
  const app = await launch();
  await app.button('Touch anywhere to begin').waitFor();
  await app.page.clock.install();
  await app.page.reload();
  await app.page.clock.runFor(500);
  await app.button('Touch anywhere to begin').click();
  await app.page.clock.runFor(500);
  await app.button('Add Evening flow').click();

  await app.page.clock.runFor(61_000);
  await expect(app.page.getByText('Are you still there?')).toBeVisible();
  await expect(app.button("I'm still here")).toBeFocused();
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByText('Are you still there?')).toBeHidden();

  await app.page.clock.runFor(61_000);
  await expect(app.page.getByText('Are you still there?')).toBeVisible();
  await app.page.clock.runFor(21_000);
  await expect(app.button('Touch anywhere to begin')).toBeVisible();
});
