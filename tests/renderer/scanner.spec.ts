import { expect } from 'playwright/test';
import { ordering, orderSale, toOrderCode } from './support/order-scenes.ts';
import { scan } from './support/scan.ts';
import { type Kiosk, test } from './support/test.ts';

/* A scanner types like a keyboard, wherever the focus is: what it writes must not land there. */

const orders = async (kiosk: Kiosk): Promise<readonly unknown[]> =>
  (await kiosk.asked()).filter(({ name }) => name.startsWith('order:'));

test('a scan does not press the button that pays', async ({ kiosk, page }) => {
  await kiosk.open(ordering({ sale: orderSale() }));
  await page.getByRole('button', { name: 'Pay $55.34' }).focus();

  await scan(page, 'two words 48213');

  expect((await kiosk.asked()).map(({ name }) => name)).not.toContain('sale:confirm');
  expect(await orders(kiosk)).toEqual([]);
});

test('a scan takes the place of what was typed where the code is asked for', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(ordering());
  await kiosk.answer('order:open', { kind: 'refused', why: 'spent' });
  await toOrderCode(page);
  await page.getByRole('textbox').fill('482');

  await scan(page, 'cart-7');

  await expect(page.getByRole('textbox')).toHaveValue('cart-7');
  expect(await orders(kiosk)).toEqual([{ name: 'order:open', request: { code: 'cart-7' } }]);
});

test('a second code that is refused is said to be, like the first', async ({ kiosk, page }) => {
  const said = page.getByRole('status').locator('.shown');
  await kiosk.open(ordering());
  await kiosk.answer('order:open', { kind: 'refused', why: 'spent' });
  await scan(page, 'cart-7');
  await expect(said).toContainText('paid or tried before');

  await kiosk.answer('order:open', { kind: 'refused', why: 'not_a_code' });
  await scan(page, 'cart/8');

  await expect(said).toContainText('not the code of an order');
});

test('a member number may be scanned where it is asked for', async ({ kiosk, page }) => {
  await kiosk.open(ordering({ cards: { keep: true, pay: true } }));
  await page.locator('.mine button').click();
  await page.getByRole('textbox').focus();

  await scan(page, '1042');

  await expect(page.locator('[data-screen="member_phone"]')).toBeVisible();
  expect(await orders(kiosk)).toEqual([]);
});
