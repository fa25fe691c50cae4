import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Locator } from 'playwright/test';
import type { RunningApp } from '../support/app.ts';
import { test } from '../support/app.ts';
import { storedCards, storedConsents, storedRefunds } from '../support/stored-cards.ts';
import { storedSales } from '../support/stored-sales.ts';

const pin = '294716';

/** A sentence that is read, without the room that is kept for others. */
function said(app: RunningApp, text: string): Locator {
  return app.page.locator('main').locator('p, .shown').filter({ hasText: text }).first();
}

async function toReview(app: RunningApp): Promise<void> {
  await app.button('Touch anywhere to begin').click();
  await app.button('Add Evening flow').click();
  await app.button('Continue').click();
  await app.heading('Does this look right?').waitFor();
}

/** Says who one is, key by key on the keypad. */
async function identify(app: RunningApp, number = '1001', lastFour = '0001'): Promise<void> {
  for (const digit of number) await app.button(digit).click();
  await app.button('Continue').click();
  await app.heading('And the last four digits of your phone?').waitFor();
  for (const digit of lastFour) await app.button(digit).click();
  await app.button('Continue').click();
}

/** Agrees to keep the card of the sale at review; what is paid with is up to the caller. */
async function askToKeep(app: RunningApp): Promise<void> {
  await app.button('Keep this card for next time').click();
  await identify(app);
  await app.heading('Keep this card on file?').waitFor();
  await app.button('Agree and keep the card').click();
  await expect(said(app, 'Your card will be kept – Robin S.')).toBeVisible();
}

async function payAtReader(app: RunningApp): Promise<void> {
  await app.button(/^Pay \$/).click();
  await app.heading('Tap, insert or swipe your card').waitFor();
}

/** Holds a card of the trainer's panel, and not of the tray, to the training reader. The panel closes by itself. */
async function tapFromPanel(app: RunningApp, card: string): Promise<void> {
  await app.button('Training reader').click();
  const panel = app.page.getByRole('dialog');
  await panel.getByRole('button', { name: card, exact: true }).click();
}

async function done(app: RunningApp): Promise<void> {
  await app.button('Done').click();
  await app.button('Touch anywhere to begin').waitFor();
}

/** Through the door of a kiosk whose staff have chosen no PIN yet. */
async function firstStaff(app: RunningApp): Promise<void> {
  await app.button('Staff').click();
  for (const heading of ['Choose a PIN', 'Type it once more']) {
    await app.heading(heading).waitFor();
    for (const digit of pin) await app.button(digit).click();
    await app.page.keyboard.press('Enter');
  }
  await app.heading('To settle').waitFor();
}

async function toSection(app: RunningApp, name: string): Promise<void> {
  await app.page.getByRole('navigation').getByRole('button', { name }).click();
  await app.page.locator('nav [aria-current]', { hasText: name }).waitFor();
}

test('a card kept with a sale pays the next one, and another is added and removed without a sale', async ({
  launch,
  dataDir,
}) => {
  const app = await launch();

  await toReview(app);
  await askToKeep(app);
  await payAtReader(app);
  await expect(said(app, 'To keep it, use a card')).toBeVisible();
  await app.tap('Visa');
  await expect(app.heading('Approved')).toBeVisible();
  await expect(said(app, 'Card kept: Visa •••• 4242.')).toBeVisible();
  expect(storedCards(dataDir)).toMatchObject([{ member: '1001', last4: '4242', removed: 0 }]);
  await done(app);

  await toReview(app);
  await expect(app.page.locator('main')).not.toContainText('Robin');
  await app.button("I'm a member").click();
  await identify(app);
  await expect(said(app, 'Hello, Robin S.')).toBeVisible();
  await app.button('Pay with Visa •••• 4242').click();
  await expect(said(app, 'Visa •••• 4242 pays – Robin S.')).toBeVisible();
  await expect(app.button('Pay at the reader')).toBeFocused();
  await app.button('Pay with Visa •••• 4242 $24.00').click();
  await expect(app.heading('Approved')).toBeVisible();
  expect(storedSales(dataDir)).toMatchObject([
    { state: 'paid', payment_intent_status: 'succeeded', attempts: 1 },
    { state: 'paid', payment_intent_status: 'succeeded', attempts: 0, creates: 1 },
  ]);
  await done(app);

  await app.button('My cards').click();
  await identify(app, '1001', '0009');
  await expect(said(app, "We don't know that number with these digits.")).toBeVisible();
  await app.page.getByRole('textbox').fill('0001');
  await app.button('Continue').click();
  await app.heading('My cards').waitFor();
  await app.button('Add a card').click();
  await app.button('Agree and keep the card').click();
  await app.heading('Tap the card you want to keep').waitFor();
  await app.tap('Declined');
  await expect(app.heading('Card declined')).toBeVisible();
  await expect(app.page.getByText('No money was taken.')).toBeVisible();
  await app.button('Try another card').click();
  await app.heading('Tap the card you want to keep').waitFor();
  await tapFromPanel(app, 'Mastercard');
  await expect(app.heading('Card kept')).toBeVisible();
  await app.button('Done').click();
  await app.heading('My cards').waitFor();
  await app.button('Remove Visa •••• 4242').click();
  await app.heading('Remove Visa •••• 4242?').waitFor();
  await app.button('Remove this card').click();
  await app.heading('My cards').waitFor();
  await expect(app.button('Remove Visa •••• 4242')).toHaveCount(0);
  await expect(app.button(/^Remove Mastercard/)).toBeVisible();
  await done(app);

  expect(storedCards(dataDir)).toMatchObject([
    { member: '1001', last4: '4242', removed: 1 },
    { member: '1001', brand: 'mastercard', removed: 0 },
  ]);
  expect(storedConsents(dataDir)).toMatchObject([
    { last4: '4242', revoked: 1 },
    { last4: storedCards(dataDir)[1]?.last4, revoked: 0 },
  ]);
  // Whoever walks up next is nobody the kiosk knows.
  await app.button('My cards').click();
  await app.heading("What's your member number?").waitFor();
  await expect(app.page.getByRole('textbox')).toHaveValue('');
});

test('staff export what a member agreed to, give a part back, and charge the card on file', async ({
  launch,
  dataDir,
}) => {
  const app = await launch();
  await toReview(app);
  await askToKeep(app);
  await payAtReader(app);
  await app.tap('Visa');
  await expect(said(app, 'Card kept')).toBeVisible();
  await done(app);
  await firstStaff(app);

  await toSection(app, 'Members');
  await app.button('Member 1001, Robin Sample').click();
  await app.heading('Robin Sample').waitFor();
  const consent = app.page.getByRole('article', { name: 'Card ending 4242' });
  await expect(consent).toContainText('Intact');
  await app.button('Export to a file').click();
  await expect(app.page.getByText(/^Written to/)).toBeVisible();
  const reports = path.join(dataDir, 'reports');
  const [file, ...others] = readdirSync(reports);
  expect(others).toEqual([]);
  const [stored] = storedConsents(dataDir);
  expect(readFileSync(path.join(reports, file ?? ''), 'utf8')).toContain(stored?.text);

  await app.button('Charge a card on file').click();
  await app.button('Visa •••• 4242').click();
  await app.page.getByRole('group', { name: 'Evening flow' }).getByRole('button').last().click();
  await app.page.getByLabel('Your name').fill('Mara');
  await app.page.getByLabel('Reason').fill('Booked by phone.');
  await app.button('Continue').click();
  await app.heading('Charge $24.00 to Visa •••• 4242 of Robin Sample?').waitFor();
  await app.button('Charge $24.00').click();
  await app.heading('Robin Sample').waitFor();
  await expect(app.page.getByRole('row').filter({ hasText: '4242' })).toContainText('Paid');

  await app.page.getByRole('row').filter({ hasText: '4242' }).getByRole('button').click();
  await app.button('Give money back').click();
  await expect(app.page.getByLabel(/^Amount/)).toHaveValue('24.00');
  await app.page.getByLabel(/^Amount/).fill('6');
  await app.page.getByLabel('Why, in your words').fill('Left early.');
  await app.page.getByLabel('Your name').fill('Mara');
  await app.page.getByLabel('PIN').fill('111111');
  await app.button('Give back $6.00').click();
  await expect(app.page.getByText('That is not the staff PIN.')).toBeVisible();
  expect(storedRefunds(dataDir)).toEqual([]);
  await app.page.getByLabel('PIN').fill(pin);
  await app.button('Give back $6.00').click();
  await expect(app.page.getByRole('article', { name: /6\.00/ })).toContainText('Given back');
  await expect(app.page.getByText('$18.00 can still be given back.')).toBeVisible();

  expect(storedRefunds(dataDir)).toMatchObject([{ amount: 600, state: 'succeeded' }]);
  expect(storedSales(dataDir)).toMatchObject([{ state: 'paid' }, { state: 'paid', amount: 2400 }]);
});

test('a member with two cards chooses one, and when its bank asks for them pays the same sale at the reader', async ({
  launch,
  dataDir,
}) => {
  const app = await launch();
  await toReview(app);
  await askToKeep(app);
  await payAtReader(app);
  // The training Stripe can keep a phone; that it need not is said before.
  await tapFromPanel(app, 'Phone (Apple Pay)');
  await expect(app.heading('Approved')).toBeVisible();
  await expect(said(app, 'Card kept: Visa')).toBeVisible();
  await done(app);
  await app.button('My cards').click();
  await identify(app);
  await app.button('Add a card').click();
  await app.button('Agree and keep the card').click();
  await app.heading('Tap the card you want to keep').waitFor();
  await tapFromPanel(app, 'Later its holder is asked for');
  await expect(app.heading('Card kept')).toBeVisible();
  await app.button('Done').click();
  await app.heading('My cards').waitFor();
  await done(app);
  const [phone, strict] = storedCards(dataDir);
  expect(phone?.last4).not.toBe(strict?.last4);

  await toReview(app);
  await app.button("I'm a member").click();
  await identify(app);
  await app.button('Pay with a card on file').click();
  await app.heading('Which card pays?').waitFor();
  await app.button(new RegExp(`${strict?.last4 ?? ''}$`)).click();
  await app.button(/^Pay with .* \$24\.00$/).click();
  await expect(app.heading('Please confirm in person')).toBeVisible();
  await expect(app.page.getByText('Nothing was charged.')).toBeVisible();
  await app.button('Pay at the reader').click();
  await app.heading('Tap, insert or swipe your card').waitFor();
  await app.tap('Visa');
  await expect(app.heading('Approved')).toBeVisible();

  expect(storedSales(dataDir)).toMatchObject([
    { state: 'paid', creates: 1 },
    { state: 'paid', payment_intent_status: 'succeeded', creates: 2 },
  ]);
});
