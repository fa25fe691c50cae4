import { expect, type Page } from 'playwright/test';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { SaleView } from '../../preload/contract/sale.ts';
import { aReceipt, aSale, aSnapshot } from './support/snapshots.ts';
import { test } from './support/test.ts';

const selling = (part: Partial<SaleView>): Snapshot => aSnapshot({ sale: aSale(part) });
const saleId = aSale().id;

/** Presses Tab until the control with this name has the focus, then the key. */
async function byKeyboard(page: Page, name: string, key = 'Enter'): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const here = document.activeElement;
      const by = here?.getAttribute('aria-labelledby');
      const label = by ? document.getElementById(by)?.innerText : here?.getAttribute('aria-label');
      return label ?? here?.textContent ?? '';
    });
    if (focused.trim().startsWith(name)) {
      await page.keyboard.press(key);
      return;
    }
  }
  throw new Error(`Tab never reached ${name}.`);
}

test('a whole sale is bought, paid and mailed without touching the screen', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(aSnapshot());
  await byKeyboard(page, 'Touch anywhere');
  await byKeyboard(page, 'Classes', 'ArrowRight');
  await byKeyboard(page, 'Add Ten classes');
  await byKeyboard(page, 'Continue');
  await kiosk.push(selling({}));
  await byKeyboard(page, 'Pay');
  await kiosk.push(selling({ state: 'creating' }));
  await kiosk.push(selling({ state: 'presenting', stage: 'still_paying' }));
  await byKeyboard(page, "I'm still paying");
  await kiosk.push(selling({ state: 'presenting', stage: 'card_read' }));
  await byKeyboard(page, 'Pay');
  await kiosk.push(selling({ state: 'presenting', stage: 'declined', decline: 'declined' }));
  await byKeyboard(page, 'Try another card');
  await kiosk.push(selling({ state: 'authorizing', canCancel: false }));
  await kiosk.push(selling({ state: 'paid', canCancel: false, receipt: aReceipt() }));
  await byKeyboard(page, 'E-mail my receipt');
  await byKeyboard(page, 'E-mail address', 'm');
  await page.keyboard.type('ara@example.com');
  await page.keyboard.press('Enter');
  await byKeyboard(page, 'Done');

  const asked = await kiosk.asked();

  expect(asked.filter(({ name }) => name !== 'catalogue:read')).toEqual([
    { name: 'kiosk:attach', request: {} },
    { name: 'sale:start', request: { lines: [{ itemId: 'ten', quantity: 1 }] } },
    { name: 'sale:confirm', request: { saleId } },
    { name: 'sale:extend', request: { saleId } },
    { name: 'payment:accept', request: { saleId, attemptId: aSale().attemptId } },
    { name: 'payment:retry', request: { saleId } },
    { name: 'receipt:email', request: { saleId, email: 'mara@example.com' } },
    { name: 'sale:dismiss', request: { saleId } },
  ]);
});

test('adding and taking away keeps the focus in the row', async ({ kiosk, page }) => {
  await kiosk.open(aSnapshot());
  await byKeyboard(page, 'Touch anywhere');
  await byKeyboard(page, 'Add Vinyasa flow');

  await expect(page.getByRole('button', { name: 'One more Vinyasa flow' })).toBeFocused();
  await page.getByRole('button', { name: 'One fewer Vinyasa flow' }).press('Enter');

  await expect(page.getByRole('button', { name: 'Add Vinyasa flow' })).toBeFocused();
});

test('a tap anywhere in a row picks it', async ({ kiosk, page }) => {
  await kiosk.open(aSnapshot());
  await page.getByRole('button', { name: 'Touch anywhere' }).click();
  await kiosk.settle();
  const name = await page.getByRole('heading', { name: 'Yin & sound' }).boundingBox();
  await page.mouse.click(name!.x + 5, name!.y + 5);

  await expect(page.getByRole('button', { name: 'One fewer Yin & sound' })).toBeVisible();
});

test('going back from review keeps what was picked', async ({ kiosk, page }) => {
  await kiosk.open(aSnapshot());
  await page.getByRole('button', { name: 'Touch anywhere' }).click();
  await page.getByRole('button', { name: 'Add Vinyasa flow' }).click();
  await page.getByRole('button', { name: 'One more Vinyasa flow' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await kiosk.push(selling({}));
  await page.getByRole('button', { name: 'Change' }).click();
  await kiosk.push(selling({ state: 'canceled', cancelReason: 'customer' }));

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What would you like?');
  await kiosk.push(aSnapshot());

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What would you like?');
  await expect(page.locator('output').first()).toHaveText('2');
});

test('after a result the next customer finds the first screen and an empty cart', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(aSnapshot());
  await page.getByRole('button', { name: 'Touch anywhere' }).click();
  await page.getByRole('button', { name: 'Add Vinyasa flow' }).click();
  await kiosk.push(selling({ state: 'paid', canCancel: false, receipt: aReceipt() }));
  await kiosk.push(aSnapshot());

  await page.getByRole('button', { name: 'Touch anywhere' }).click();

  await expect(page.locator('output')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Continue' })).toHaveCount(0);
});

for (const [code, sentence] of [
  ['bad_request', 'did not fit'],
  ['unknown_sender', 'may not do that'],
  ['not_now', 'not possible right now'],
  ['closed', 'is closed'],
  ['unavailable', 'could not reach'],
  ['internal', 'went wrong'],
] as const) {
  test(`a payment refused with ${code} is explained in words`, async ({ kiosk, page }) => {
    await kiosk.open(selling({}));
    await kiosk.refuse('sale:confirm', code);

    await page.getByRole('button', { name: 'Pay' }).click();

    await expect(page.getByRole('status')).toContainText(sentence);
  });
}

test('an address without its end is mended on the page, before main is asked', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(selling({ state: 'paid', canCancel: false, receipt: aReceipt() }));
  await page.getByRole('button', { name: 'E-mail my receipt' }).click();
  await page.getByRole('textbox').fill('mara@example');
  await page.getByRole('button', { name: 'Send' }).click();

  await expect(page.getByRole('status')).toContainText('After the @');
  expect((await kiosk.asked()).some(({ name }) => name === 'receipt:email')).toBe(false);
});

for (const size of [
  { width: 360, height: 640 },
  { width: 1080, height: 1920 },
]) {
  test(`an address is typed on the drawn keyboard at ${size.width} px`, async ({ kiosk, page }) => {
    await page.setViewportSize(size);
    await kiosk.open(selling({ state: 'paid', canCancel: false, receipt: aReceipt() }));
    await page.getByRole('button', { name: 'E-mail my receipt' }).click();
    const keys = page.locator('.keyboard');
    for (const key of ['m', 'o', 'x', 'Delete', '@', 'a', '.com']) {
      await keys.getByRole('button', { name: key, exact: true }).click();
    }

    await expect(page.getByRole('textbox')).toHaveValue('mo@a.com');
  });
}

test('after a quiet minute the kiosk asks, and a touch keeps everything', async ({
  kiosk,
  page,
}) => {
  await page.clock.install();
  await kiosk.open(aSnapshot());
  await page.getByRole('button', { name: 'Touch anywhere' }).click();
  await page.getByRole('button', { name: 'Add Vinyasa flow' }).click();
  await page.clock.runFor(61_000);
  await expect(page.getByRole('dialog')).toContainText('Are you still there?');

  await page.getByRole('button', { name: "I'm still here" }).click();

  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('output').first()).toHaveText('1');
});

test('when nobody answers, the kiosk starts over', async ({ kiosk, page }) => {
  await page.clock.install();
  await kiosk.open(aSnapshot());
  await page.getByRole('button', { name: 'Touch anywhere' }).click();

  await page.clock.runFor(90_000);

  await expect(page.getByRole('button', { name: 'Touch anywhere' })).toBeVisible();
});

test('the tray holds a test card to the training reader', async ({ kiosk, page }) => {
  await kiosk.open({
    ...selling({ state: 'presenting', stage: 'awaiting_card' }),
    mode: 'training',
    training: { autoPresent: null },
  });

  await page.getByRole('button', { name: 'Visa', exact: true }).click();

  expect(await kiosk.asked()).toContainEqual({
    name: 'training:call',
    request: { method: 'present', params: { testPaymentMethod: 'visa' } },
  });
});

test('the tray is gone when the training reader presents by itself', async ({ kiosk, page }) => {
  await kiosk.open({
    ...selling({ state: 'presenting', stage: 'awaiting_card' }),
    mode: 'training',
    training: { autoPresent: 'visa' },
  });

  await expect(page.getByRole('button', { name: 'Visa', exact: true })).toHaveCount(0);
  await expect(page.getByRole('complementary')).toContainText('by itself');
});

test('a tap meant for the former screen hits nothing on the new one', async ({ kiosk, page }) => {
  await kiosk.open(selling({}));
  await kiosk.settle();
  const taken = await page.evaluate(
    async (next) => {
      window.fakeMain.push(next);
      const frame = (): Promise<number> => new Promise(requestAnimationFrame);
      await frame();
      const main = document.querySelector('main');
      const during = main === null ? '' : getComputedStyle(main).pointerEvents;
      await Promise.all(document.getAnimations().map((one) => one.finished));
      await frame();
      return { during, after: main === null ? '' : getComputedStyle(main).pointerEvents };
    },
    selling({ state: 'presenting', stage: 'awaiting_card' }),
  );

  expect(taken).toEqual({ during: 'none', after: 'auto' });
});
