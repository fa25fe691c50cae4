import { expect } from 'playwright/test';
import type { TrainingPrompt } from '../../preload/contract/training.ts';
import { aSnapshot } from './support/snapshots.ts';
import { test } from './support/test.ts';
import { aTrainerView, inTraining, openTrainerPanel } from './support/training-scenes.ts';

const looking = { 'training:call': aTrainerView() };

test('a card of the panel is shown to the reader in use, and the kiosk is seen again', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(inTraining('server_driven'), undefined, looking);
  await openTrainerPanel(page);
  await kiosk.answer('training:call', { kind: 'presented' });

  await page.getByRole('button', { name: 'PIN, checked by the bank', exact: true }).click();

  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Training reader' })).toBeFocused();
  expect(await kiosk.askedFor('training:call')).toContainEqual({
    method: 'present',
    params: { testPaymentMethod: 'online_pin_cvm', reader: 'tmr_front' },
  });
});

test('a card that the reader does not take is explained, and the panel stays', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(inTraining('sdk'), undefined, looking);
  await openTrainerPanel(page);
  await kiosk.answer('training:call', { kind: 'refused', why: 'card_not_accepted' });

  await page.getByRole('button', { name: 'girocard, Germany' }).click();

  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(
    'The reader does not take that card for this payment.',
  );
});

test('a reader without a cancel button says so', async ({ kiosk, page }) => {
  await kiosk.open(inTraining('sdk'), undefined, looking);
  await openTrainerPanel(page);
  await kiosk.answer('training:call', { pressed: false });

  await page.getByRole('button', { name: 'Press cancel on the reader' }).click();

  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(
    'The reader shows no cancel button now.',
  );
});

const amount = { amount: 1200, currency: 'usd' };
const prompts: readonly (readonly [TrainingPrompt, string])[] = [
  [{ for: 'setup', amount: null }, 'Save card'],
  [{ for: 'refund', amount }, 'Refund $12.00'],
  [{ for: 'payment', amount }, 'Tap, insert or swipe'],
];

for (const [prompt, words] of prompts) {
  test(`asked for a card for a ${prompt.for}, the reader shows “${words}”`, async ({
    kiosk,
    page,
  }) => {
    const answer = { ...aTrainerView(), prompt };
    await kiosk.open(inTraining('sdk'), undefined, { 'training:call': answer });

    await openTrainerPanel(page);

    await expect(page.locator('dialog.bench [data-shows]')).toHaveText(words);
  });
}

test('what is set is marked until all is well again', async ({ kiosk, page }) => {
  await kiosk.open(inTraining('server_driven'), undefined, looking);
  await openTrainerPanel(page);
  await kiosk.answer('training:call', aTrainerView({ set: ['updating'] }));
  await page.getByRole('button', { name: /^Software update/ }).click();

  await expect(page.getByRole('button', { name: /^Software update Set/ })).toBeVisible();
  await kiosk.answer('training:call', aTrainerView());
  await page.getByRole('button', { name: 'All well again' }).click();

  await expect(page.getByRole('button', { name: /Set/ })).toHaveCount(0);
  expect(await kiosk.askedFor('training:call')).toContainEqual({
    method: 'fault',
    params: { mishap: 'updating', reader: 'tmr_front' },
  });
});

test('the reader’s screen is followed while the panel is open', async ({ kiosk, page }) => {
  await kiosk.open(inTraining('server_driven'), undefined, looking);
  await openTrainerPanel(page);
  await expect(page.locator('[data-shows]')).toHaveText('Tap, insert or swipe');
  await kiosk.answer('training:call', aTrainerView({ screen: 'authorizing' }));

  await page.evaluate(() => {
    window.fakeMain.tell('training:happened', {
      type: 'reader_screen',
      readerId: 'tmr_front',
      screen: 'authorizing',
    });
  });

  await expect(page.locator('[data-shows]')).toHaveText('Asking the bank');
});

test('Escape closes the panel', async ({ kiosk, page }) => {
  await kiosk.open(inTraining('sdk', null), undefined, looking);
  await openTrainerPanel(page);
  await expect(page.getByRole('heading', { name: 'Training reader' })).toBeFocused();

  await page.keyboard.press('Escape');

  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('only mishaps that the integration knows are offered', async ({ kiosk, page }) => {
  await kiosk.open(inTraining('sdk'), undefined, looking);
  await openTrainerPanel(page);

  await expect(page.getByRole('button', { name: /^Timeout after the bank/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Software update/ })).toHaveCount(0);
});

test('a live kiosk has no tray and never fetches the panel', async ({ kiosk, page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await kiosk.open(aSnapshot(), undefined, looking);
  await kiosk.settle();
  await expect(page.getByRole('complementary')).toHaveCount(0);
  expect(fetched.filter((url) => /trainer/i.test(url))).toEqual([]);

  await kiosk.push(inTraining('sdk', null));
  await openTrainerPanel(page);

  expect(fetched.filter((url) => /trainer/i.test(url)).length).toBeGreaterThan(0);
});
