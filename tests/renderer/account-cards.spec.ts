import { expect } from 'playwright/test';
import { toPostalCode, toWhose, withAccounts } from './support/account-card-scenes.ts';
import { typeDigits } from './support/card-walks.ts';
import { aMember, anOffer, aSetup } from './support/cards.ts';
import { scan } from './support/scan.ts';
import { aSnapshot } from './support/snapshots.ts';
import { test } from './support/test.ts';

/* Behind a system with accounts of its own a card is kept alone, and only where its owner is named. */

const { wordingHash } = anOffer;
const orders = { ...aSnapshot().features, orders: true };

test('a postal code goes to main as it was typed, with the zero it begins with', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(withAccounts());
  await kiosk.answer('card:offer', anOffer);
  await toPostalCode(page);
  await typeDigits(page, '02134');
  await page.getByRole('button', { name: 'Agree and keep the card' }).click();

  expect(await kiosk.askedFor('card:save')).toEqual([
    { saleId: null, wordingHash, copyByEmail: false, postalCode: '02134', orderCode: 'cart-7' },
  ]);
});

test('a postal code with letters is typed on the screen, and sent as it is written', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(withAccounts());
  await kiosk.answer('card:offer', anOffer);
  await toPostalCode(page);
  await page.getByRole('button', { name: 'Letters' }).click();
  for (const key of ['k', '1', 'a', 'Space', '0', 'b', '1']) {
    await page.getByRole('button', { name: key, exact: true }).click();
  }
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Agree and keep the card' }).click();

  expect(await kiosk.askedFor('card:save')).toMatchObject([{ postalCode: 'K1A 0B1' }]);
});

test('what is no postal code is not sent, and the screen says what one looks like', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(withAccounts());
  await toPostalCode(page);
  await typeDigits(page, '02');

  await expect(page.locator('.said .shown')).toHaveText(
    'Please type a postal code: 3 to 10 letters and digits.',
  );
  expect(await kiosk.askedFor('card:offer')).toEqual([]);
});

test('an order of the member is scanned as well as typed, and lands in no field', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(withAccounts({ features: orders }));
  await toWhose(page);
  await scan(page, 'foyer:order?id=cart-7&user=1042&partner=3');

  await expect(page.locator('[data-screen="postal_code"]')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveValue('');
  expect(await kiosk.askedFor('order:open')).toEqual([]);
});

test('a code scanned where a postal code is asked for is not taken for one', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(withAccounts({ features: orders }));
  await toPostalCode(page);
  await page.getByRole('textbox').fill('021');
  await scan(page, 'CART0007');

  await expect(page.locator('[data-screen="postal_code"]')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveValue('021');
});

test("somebody else's order is refused in words, until another one is given", async ({
  kiosk,
  page,
}) => {
  await kiosk.open(withAccounts());
  await kiosk.answer('card:offer', anOffer);
  await kiosk.answer('card:save', { kind: 'not_taken', why: 'other_member' });
  await toPostalCode(page);
  await typeDigits(page, '02134');
  await page.getByRole('button', { name: 'Agree and keep the card' }).click();

  await expect(page.locator('.said .shown')).toHaveText(
    'That order is not yours. Please use one of your own.',
  );
  await typeDigits(page, 'cart-8');
  await page.getByRole('button', { name: 'Agree and keep the card' }).click();

  expect(await kiosk.askedFor('card:save')).toMatchObject([
    { orderCode: 'cart-7', postalCode: '02134' },
    { orderCode: 'cart-8', postalCode: '02134' },
  ]);
});

test('a card that may be kept is not kept a second time', async ({ kiosk, page }) => {
  const setup = aSetup({ state: 'not_kept', stage: null, canCancel: false, unsure: true });
  await kiosk.open(withAccounts({ setup }));

  await expect(page.getByText('has not said whether your card was kept')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try another card' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Done' })).toBeVisible();
});

test('no card is taken off, and nobody is told that it could be, where the system keeps it', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(withAccounts({ member: aMember() }));
  await page.getByRole('button', { name: 'My cards' }).click();
  await expect(page.getByRole('button', { name: 'Add a card' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0);

  const setup = aSetup({ state: 'kept', stage: null, canCancel: false });
  await kiosk.push(withAccounts({ setup }));

  await expect(page.getByText('To have it removed, ask at the desk at any time.')).toBeVisible();
});
