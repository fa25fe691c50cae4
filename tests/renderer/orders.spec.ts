import { expect, type Page } from 'playwright/test';
import type { OrderRefusal } from '../../preload/contract/orders.ts';
import {
  ordering,
  orderSale,
  platformFeatures,
  splitSale,
  toOrderCode,
} from './support/order-scenes.ts';
import { scan } from './support/scan.ts';
import { anOrder, aReceipt, aSale, aSnapshot } from './support/snapshots.ts';
import { type Kiosk, test } from './support/test.ts';

/* An order that a platform made: how its code comes to the sale, and what the screens say of it. */

const saleId = aSale().id;
const needing = ordering({ sale: aSale({ needsOrder: true }) });
const done = { kind: 'done', saleId } as const;
/** A system with orders that mails receipts as well. */
const mailing = ordering({ features: { ...platformFeatures, receiptEmail: true } });

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox').fill(code);
  await button(page, 'Continue').click();
}

async function atChoice(kiosk: Kiosk): Promise<void> {
  await kiosk.open(ordering());
  await button(kiosk.page, /^Touch/).click();
  await kiosk.settle();
}

test('a scan on the first screen opens the order', async ({ kiosk, page }) => {
  await kiosk.open(ordering());
  await kiosk.answer('order:open', done);
  await scan(page, 'foyer:order?id=48213&total=5534');
  await kiosk.push(ordering({ sale: orderSale() }));

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Does this look right?');
  expect(await kiosk.asked()).toContainEqual({
    name: 'order:open',
    request: { code: 'foyer:order?id=48213&total=5534' },
  });
});

test('a scan at the choice opens the order, and presses nothing that has the focus', async ({
  kiosk,
  page,
}) => {
  await atChoice(kiosk);
  await button(page, 'Start over').focus();
  await kiosk.answer('order:open', done);

  await scan(page, 'CART 48213');

  expect(await kiosk.askedFor('order:open')).toEqual([{ code: 'CART 48213' }]);
  await expect(page.locator('[data-screen="choose"]')).toBeVisible();
});

test('a code is typed on the screen where there is no scanner, capitals as well', async ({
  kiosk,
  page,
}) => {
  await atChoice(kiosk);
  await kiosk.answer('order:open', done);
  await button(page, 'I have an order').click();
  await page.getByRole('button', { name: 'p', exact: true }).click();
  await page.locator('.keyboard button[aria-pressed]:visible').click();
  for (const name of ['B', 'N']) await page.getByRole('button', { name, exact: true }).click();
  await button(page, 'Continue').click();

  expect(await kiosk.askedFor('order:open')).toEqual([{ code: 'pBN' }]);
});

test('a sale that needs its order is paid only after the order is named', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(needing);
  await kiosk.answer('order:attach', done);
  await expect(button(page, /^Pay/)).toHaveCount(0);

  await button(page, 'Enter order code').click();
  await typeCode(page, '48213');
  await kiosk.push(ordering({ sale: aSale({ platformOrder: anOrder({ id: '48213' }) }) }));
  await button(page, /^Pay/).click();

  expect(await kiosk.askedFor('order:attach')).toEqual([{ saleId, code: '48213' }]);
  expect(await kiosk.askedFor('sale:confirm')).toEqual([{ saleId }]);
});

test('a scan at review names the order of a sale that needs one, and of no other', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(needing);
  await kiosk.answer('order:attach', done);
  await scan(page, '48213');
  await kiosk.push(ordering({ sale: orderSale() }));
  await scan(page, '99999');

  expect(await kiosk.askedFor('order:attach')).toEqual([{ saleId, code: '48213' }]);
});

const refusals: Readonly<Record<OrderRefusal, RegExp>> = {
  not_a_code: /not the code of an order/,
  no_orders_here: /takes no orders/,
  no_total: /doesn't say what the order costs/,
  other_total: /something else than what you chose/,
  spent: /paid or tried before. Please ask the studio for a new one/,
  not_now: /did not work just now/,
};

for (const [why, sentence] of Object.entries(refusals)) {
  test(`an order refused as ${why} is told in words on the screen of its code`, async ({
    kiosk,
    page,
  }) => {
    await kiosk.open(ordering());
    await kiosk.answer('order:open', { kind: 'refused', why: why as OrderRefusal });
    await scan(page, 'CART0007');

    await expect(page.locator('.said .shown')).toHaveText(sentence);
    await button(page, 'Back').click();
    await expect(page.locator('[data-screen="attract"]')).toBeVisible();
  });
}

test('a scan while an address is typed changes nothing, and sends nothing', async ({
  kiosk,
  page,
}) => {
  const sale = orderSale({ state: 'paid', canCancel: false, receipt: aReceipt() });
  await kiosk.open({ ...mailing, sale });
  await button(page, 'E-mail my receipt').click();
  await page.getByRole('textbox').fill('mara@example.com');
  await scan(page, 'CART0007');

  await expect(page.getByRole('textbox')).toHaveValue('mara@example.com');
  expect(await kiosk.askedFor('receipt:email')).toEqual([]);
  expect(await kiosk.askedFor('order:open')).toEqual([]);
});

test('a scan while a card is awaited cancels nothing, although Cancel has the focus', async ({
  kiosk,
  page,
}) => {
  const sale = orderSale({ state: 'presenting', stage: 'awaiting_card' });
  await kiosk.open(ordering({ sale }));
  await button(page, 'Cancel').focus();
  await scan(page, 'CART0007');

  expect(await kiosk.askedFor('sale:cancel')).toEqual([]);
  expect(await kiosk.askedFor('order:attach')).toEqual([]);
});

test('nothing is asked of a system without orders, whatever is scanned', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(aSnapshot());
  await expect(button(page, 'I have an order')).toHaveCount(0);
  await scan(page, 'CART0007');

  expect(await kiosk.askedFor('order:open')).toEqual([]);
});

test('review parts the order into account and card, and takes the account out again', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(ordering({ sale: splitSale() }));
  await expect(page.locator('.sums')).toContainText('Order total');
  await expect(page.locator('.sums')).toContainText('$55.34');
  await expect(page.locator('.sums')).toContainText('From your account');
  await expect(page.locator('.sums')).toContainText('$20.00');
  await expect(page.locator('.total')).toHaveText(/By card\s*\$35\.34/);
  await expect(button(page, /^Pay/)).toHaveText(/\$35\.34/);

  await button(page, "Don't use my account").click();
  const platformOrder = anOrder({ balance: { amount: 2000, currency: 'usd' } });
  await kiosk.push(ordering({ sale: orderSale({ platformOrder }) }));
  await button(page, 'Use my account: $20.00 available').click();

  expect(await kiosk.askedFor('order:balance')).toEqual([
    { saleId, use: false },
    { saleId, use: true },
  ]);
});

test('an order without an account is paid by card alone, and nothing is said of one', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(ordering({ sale: orderSale() }));

  await expect(page.getByText('From your account')).toHaveCount(0);
  await expect(button(page, /my account/)).toHaveCount(0);
  await expect(button(page, /^Pay/)).toHaveText(/\$55\.34/);
});

test('the result and the receipt say what the card paid and what the account did', async ({
  kiosk,
  page,
}) => {
  const sale = splitSale({ state: 'paid', canCancel: false, receipt: aReceipt() });
  await kiosk.open(ordering({ sale }));
  await expect(page.locator('.sum')).toHaveText(/^\$35\.34 paid/);
  await expect(page.getByText('$20.00 of $55.34 came from your account.')).toBeVisible();
  await expect(button(page, 'E-mail my receipt')).toHaveCount(0);

  await button(page, 'See receipt').click();

  const slip = page.locator('.slip');
  await expect(slip).toContainText('48213');
  await expect(slip).toContainText('$55.34');
  await expect(slip).toContainText('$20.00');
  await expect(slip.locator('.total')).toHaveText(/Paid by card\s*\$35\.34/);
});

test('an order whose card was accepted is never said not to be charged', async ({
  kiosk,
  page,
}) => {
  const charged = { canCancel: false, stage: null } as const;
  await kiosk.open(ordering({ sale: orderSale({ ...charged, state: 'capturing' }) }));
  await expect(page.getByText('Your card was accepted.').first()).toBeVisible();

  await kiosk.push(ordering({ sale: orderSale({ ...charged, state: 'needs_staff' }) }));
  await expect(page.getByText('your card may have been charged')).toBeVisible();
  await expect(page.getByText('7F3K')).toBeVisible();
  await expect(page.getByText(/nothing was charged|not charged/i)).toHaveCount(0);
});

test('an order that was brought along leaves no choice behind when it is not wanted', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(ordering({ sale: orderSale() }));
  await button(page, 'Start over').click();
  await kiosk.push(
    ordering({
      sale: orderSale({ state: 'canceled', canCancel: false, cancelReason: 'customer' }),
    }),
  );
  await kiosk.push(ordering());

  await expect(page.locator('[data-screen="attract"]')).toBeVisible();
});

test('the way to the code is quiet, and back leads to where the customer was', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(ordering());
  await toOrderCode(page);
  await button(page, 'Back').click();
  await expect(page.locator('[data-screen="attract"]')).toBeVisible();

  await kiosk.push(needing);
  await button(page, 'Enter order code').click();
  await button(page, 'Back').click();
  await expect(page.locator('[data-screen="review"]')).toBeVisible();
});
