import { expect } from 'playwright/test';
import { accountCards } from './support/cards.ts';
import { evening } from './support/catalogues.ts';
import { ordering } from './support/order-scenes.ts';
import { platformAnswers } from './support/platform-staff-scenes.ts';
import type { Section } from '../../renderer/staff/staff-state.svelte.ts';
import { toMember, toSection } from './support/staff-walks.ts';
import { type Kiosk, test } from './support/test.ts';

/* The staff page offers nothing that the system behind the kiosk does not do, and says where it is done instead. */

async function openAt(kiosk: Kiosk, section: Section): Promise<void> {
  await kiosk.open(ordering({ cards: accountCards }), evening, platformAnswers);
  await toSection(section)(kiosk.page);
}

test('a system that lists no payments is not compared with, and staff are told what to compare', async ({
  kiosk,
  page,
}) => {
  await openAt(kiosk, 'day');

  await expect(page.locator('main')).toContainText('Mariana Tek lists no payments.');
  await expect(page.getByRole('button', { name: /^Compare with/ })).toHaveCount(0);
  await expect(page.locator('main')).not.toContainText('compares with Stripe first');
  await expect(page.locator('main')).not.toContainText('Not from this kiosk');
});

test('the kiosk’s page names the system, and what staff do there instead', async ({
  kiosk,
  page,
}) => {
  await openAt(kiosk, 'kiosk');
  const main = page.locator('main');

  await expect(main).toContainText('Reaching Mariana Tek');
  await expect(main).toContainText('Giving money back: do that in Mariana Tek.');
  await expect(main).not.toContainText('Following events');
});

test('a card that the system does not take off has no button for it, and one that nobody answered for is told', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(ordering({ cards: accountCards }), evening, platformAnswers);
  await toMember(page);
  const main = page.locator('main');

  await expect(page.getByRole('button', { name: /^Remove card/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Charge a card on file' })).toHaveCount(0);
  await expect(main).toContainText('no answer came. Look in the studio’s own system');
});

test('a reader that only the page can lead is renamed and removed, and neither freed nor looked into', async ({
  kiosk,
  page,
}) => {
  await openAt(kiosk, 'readers');
  const reader = page.locator('li article').first();

  await expect(reader.getByRole('button', { name: /^Rename/ })).toBeVisible();
  await expect(reader.getByRole('button', { name: /^(Free|Check)/ })).toHaveCount(0);
  await expect(reader.getByText('Free', { exact: true })).toHaveCount(0);
});
