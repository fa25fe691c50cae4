import { expect, type Page } from 'playwright/test';
import type { CardFeatures, MemberSheet } from '../../preload/contract/cards.ts';
import { allCards } from './support/cards.ts';
import { evening } from './support/catalogues.ts';
import { aSnapshot } from './support/snapshots.ts';
import { staffAnswers, type StaffAnswers } from './support/staff-answers.ts';
import {
  aCharge,
  ada,
  adasSheet,
  amex,
  aStaffCard,
  consentText,
  pendingCharge,
} from './support/staff-member-answers.ts';
import { toSection } from './support/staff-walks.ts';
import { type Kiosk, test } from './support/test.ts';

const all: CardFeatures = allCards;

async function openMembers(
  kiosk: Kiosk,
  page: Page,
  answers: StaffAnswers = {},
  cards: CardFeatures = all,
): Promise<void> {
  await kiosk.open(aSnapshot({ cards }), evening, staffAnswers(answers));
  await toSection('members')(page);
}

async function openAda(
  kiosk: Kiosk,
  page: Page,
  answers: StaffAnswers = {},
  cards: CardFeatures = all,
): Promise<void> {
  await openMembers(kiosk, page, answers, cards);
  await page.getByRole('button', { name: 'Member 1001, Ada Lindqvist' }).click();
  await expect(heading(page)).toHaveText('Ada Lindqvist');
}

/** With her Visa, one Yin & sound, a name and a reason: everything but the confirmation. */
async function fillCharge(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Charge a card on file' }).click();
  await page.getByRole('button', { name: 'Visa •••• 4242' }).click();
  await page.getByRole('group', { name: 'Yin & sound' }).getByRole('button').click();
  await page.getByLabel('Your name').fill('Mara');
  await page.getByLabel('Reason').fill('Booked on the phone.');
  await page.getByRole('button', { name: 'Continue' }).click();
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const card = (page: Page, name: string) => page.getByRole('article', { name });

test('a member is found by what staff type, and all are shown again', async ({ kiosk, page }) => {
  await openMembers(kiosk, page);
  await page.getByLabel('Number, name, e-mail or phone').fill(' linds ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Show all' })).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();

  await expect(page.getByRole('row')).toHaveCount(4);
  expect(await kiosk.askedFor('members:search')).toEqual([
    { words: '' },
    { words: 'linds' },
    { words: '' },
  ]);
});

test('a sheet tells each card, whose else it is, and a removal that waits', async ({
  kiosk,
  page,
}) => {
  await openAda(kiosk, page);

  const visa = card(page, 'Visa •••• 4242');
  await expect(visa).toContainText('Expires 08/2029');
  await expect(visa).toContainText('Also kept for member 1002.');
  const removed = card(page, 'Mastercard •••• 1881');
  await expect(removed).toContainText('by Mara Lindqvist');
  await expect(removed).toContainText('Stripe has not heard of it yet.');
  await expect(removed.getByRole('button')).toHaveCount(0);
});

test('staff are told where the member adds a card, and can’t agree in their place', async ({
  kiosk,
  page,
}) => {
  await openAda(kiosk, page);

  await expect(page.locator('main')).toContainText('Add a card: on the kiosk under My cards.');
  await expect(page.getByRole('button', { name: 'Add' })).toHaveCount(0);
});

test('a kiosk that keeps and charges no cards offers neither', async ({ kiosk, page }) => {
  await openAda(kiosk, page, {}, { keep: false, pay: false });

  await expect(page.locator('main')).toContainText('This kiosk keeps no cards.');
  await expect(page.getByRole('button', { name: 'Charge a card on file' })).toHaveCount(0);
});

test('a consent shows what proves it, and its text to the letter when it is unfolded', async ({
  kiosk,
  page,
}) => {
  await openAda(kiosk, page);
  const consent = card(page, 'Card ending 4242');
  await expect(consent).toContainText('pi_3SVx2eKq8mTzYd0a1bCdEFGH');
  await expect(consent).toContainText('Intact');
  await expect(card(page, 'Card ending 1881')).toContainText('This record was changed');
  await expect(card(page, 'Card ending 1881')).toContainText('by Mara Lindqvist');
  const text = consent.locator('.text');
  await expect(text).toBeHidden();

  await consent.getByRole('button', { name: 'Show the text they saw' }).click();

  await expect(text).toBeVisible();
  expect(await text.evaluate((shown: HTMLElement) => shown.innerText)).toBe(consentText);
});

test('what a member agreed to is exported, and the file is named', async ({ kiosk, page }) => {
  await openAda(kiosk, page);
  await page.getByRole('button', { name: 'Export to a file' }).click();

  await expect(page.getByText('/var/lib/foyer/consents/1001-2026-11-20.txt')).toBeVisible();
  expect(await kiosk.askedFor('members:export-consents')).toEqual([{ memberId: '1001' }]);
});

test('a card is removed only with a name, and main is asked once', async ({ kiosk, page }) => {
  await openAda(kiosk, page);
  await page.getByRole('button', { name: 'Remove card Visa •••• 4242' }).click();
  await expect(page.locator('main')).toContainText('It is not charged again for Ada Lindqvist');
  await page.getByRole('button', { name: 'Remove card' }).click();
  await expect(page.getByLabel('Your name')).toHaveAttribute('aria-invalid', 'true');
  expect(await kiosk.askedFor('members:remove-card')).toEqual([]);

  await page.getByLabel('Your name').fill('Mara');
  await page.keyboard.press('Enter');

  await expect(page.getByText('Visa •••• 4242 is removed.')).toBeVisible();
  expect(await kiosk.askedFor('members:remove-card')).toEqual([
    { cardId: aStaffCard().cardId, by: 'Mara' },
  ]);
});

test('a member is added, and their sheet is opened', async ({ kiosk, page }) => {
  await openMembers(kiosk, page);
  await page.getByRole('button', { name: 'Add a member' }).click();
  await page.getByLabel('Number').fill('1001');
  await page.getByLabel('Name', { exact: true }).fill('Ada Lindqvist');
  await page.getByLabel('Phone').fill('503 555 0142');
  await kiosk.refuse('members:read', 'not_now');
  await page.keyboard.press('Enter');

  await expect(heading(page)).toHaveText('Ada Lindqvist');
  await expect(page.getByText('Saved.')).toBeVisible();
  expect(await kiosk.askedFor('members:save')).toEqual([
    { memberId: '1001', name: 'Ada Lindqvist', email: null, phone: '503 555 0142' },
  ]);
});

test('adding somebody under a number that is taken changes nobody', async ({ kiosk, page }) => {
  await openMembers(kiosk, page);
  await page.getByRole('button', { name: 'Add a member' }).click();
  await page.getByLabel('Number').fill('1001');
  await page.getByLabel('Name', { exact: true }).fill('Theo');
  await page.keyboard.press('Enter');

  await expect(page.getByText('Number 1001 is Ada Lindqvist already.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Theo');
  expect(await kiosk.askedFor('members:save')).toEqual([]);
});

test('a refusal names its field, and nothing typed is lost', async ({ kiosk, page }) => {
  const sentence = 'This is not an e-mail address.';
  await openAda(kiosk, page, {
    'members:save': { kind: 'refused', field: 'email', sentence },
  });
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Ada L.');
  await page.getByLabel('E-mail').fill('ada');
  await page.keyboard.press('Enter');

  await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('E-mail')).toHaveValue('ada');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ada L.');
  expect(await kiosk.askedFor('members:save')).toMatchObject([{ memberId: '1001' }]);
});

test('a card is charged only after the amount, the card and the member were confirmed', async ({
  kiosk,
  page,
}) => {
  await openAda(kiosk, page);
  await fillCharge(page);
  await expect(heading(page)).toHaveText('Charge $26.00 to Visa •••• 4242 of Ada Lindqvist?');
  expect(await kiosk.askedFor('members:charge')).toEqual([]);

  await page.getByRole('button', { name: 'Charge $26.00' }).click();

  await expect(heading(page)).toHaveText('Ada Lindqvist');
  expect(await kiosk.askedFor('members:charge')).toEqual([
    {
      requestId: expect.stringMatching(/^[0-9a-z]{21}$/),
      cardId: aStaffCard().cardId,
      lines: [{ itemId: 'yin', quantity: 1 }],
      by: 'Mara',
      why: 'Booked on the phone.',
    },
  ]);
});

test('a charge that is tapped twice, or tried again after a lost answer, is one request', async ({
  kiosk,
  page,
}) => {
  await openAda(kiosk, page);
  await fillCharge(page);
  await kiosk.refuse('members:charge', 'internal');
  await page.getByRole('button', { name: 'Charge $26.00' }).click();
  await expect(page.getByRole('status').last()).toContainText('Something went wrong here.');
  await page.getByRole('button', { name: 'Charge $26.00' }).dblclick();
  await expect(heading(page)).toHaveText('Ada Lindqvist');

  const asked = (await kiosk.askedFor('members:charge')) as readonly { requestId: string }[];
  expect(asked.length).toBeGreaterThanOrEqual(2);
  expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(1);
});

test('each form is a request of its own', async ({ kiosk, page }) => {
  await openAda(kiosk, page);
  for (let form = 1; form <= 2; form += 1) {
    await fillCharge(page);
    await page.getByRole('button', { name: 'Charge $26.00' }).click();
    await expect(heading(page)).toHaveText('Ada Lindqvist');
  }

  const asked = (await kiosk.askedFor('members:charge')) as readonly { requestId: string }[];
  expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(2);
});

test('a charge is followed until it is final, and never called paid before', async ({
  kiosk,
  page,
}) => {
  await page.clock.install();
  const withCharge = (state: 'under_way' | 'pending' | 'paid'): MemberSheet => ({
    ...adasSheet,
    charges: [{ ...pendingCharge, state }],
  });
  await openAda(kiosk, page, { 'members:read': withCharge('under_way') });
  await fillCharge(page);
  await page.getByRole('button', { name: 'Charge $26.00' }).click();
  const now = card(page, 'Charge P3ND');
  await expect(now.getByRole('status')).toHaveText('Being charged now');

  await kiosk.answer('members:read', withCharge('pending'));
  await page.clock.runFor(3_500);
  await expect(now.getByRole('status')).toContainText('Pending: nothing is paid yet');
  await expect(now.getByRole('status')).toContainText('at the latest');

  await kiosk.answer('members:read', withCharge('paid'));
  await page.clock.runFor(3_500);
  await expect(now.getByRole('status')).toHaveText('Paid');
});

test('a refused charge says why, and the form is as it was', async ({ kiosk, page }) => {
  const sentence = 'This card may not be charged: it was removed.';
  await openAda(kiosk, page, { 'members:charge': { kind: 'refused', sentence } });
  await fillCharge(page);
  await page.getByRole('button', { name: 'Charge $26.00' }).click();
  await expect(page.getByText(sentence)).toBeVisible();
  await page.keyboard.press('Escape');

  await expect(page.getByLabel('Reason')).toHaveValue('Booked on the phone.');
  await expect(page.getByRole('button', { name: 'Visa •••• 4242' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByRole('group', { name: 'Yin & sound' })).toContainText('1');
});

test('what is missing of a charge is said one thing at a time', async ({ kiosk, page }) => {
  await openAda(kiosk, page);
  await page.getByRole('button', { name: 'Charge a card on file' }).click();
  const go = page.getByRole('button', { name: 'Continue' });
  await go.click();
  await expect(page.getByText('Choose a card.')).toBeVisible();
  await page.getByRole('button', { name: 'American Express •••• 0005' }).click();
  await go.click();
  await expect(page.getByText('Choose what is charged.')).toBeVisible();
  await page.getByRole('group', { name: 'Vinyasa flow' }).getByRole('button').click();
  await go.click();

  await expect(page.getByText('Your name is missing.')).toBeVisible();
  expect(await kiosk.askedFor('members:charge')).toEqual([]);
});

test('removed and expired cards are not offered for a charge', async ({ kiosk, page }) => {
  const cards = [{ ...amex, expired: true }, ...adasSheet.cards.slice(2)];
  await openAda(kiosk, page, { 'members:read': { ...adasSheet, cards } });

  await expect(page.getByRole('button', { name: 'Charge a card on file' })).toHaveCount(0);
  await expect(page.locator('main')).toContainText('There is no card that can be charged.');
});

test('why a charge was not paid stands in plain words, and leads to the sale', async ({
  kiosk,
  page,
}) => {
  const expired = aCharge({ code: 'W4IT', state: 'not_paid', cancelReason: 'wait_expired' });
  const charges = [...adasSheet.charges, expired];
  await openAda(kiosk, page, { 'members:read': { ...adasSheet, charges } });
  await expect(page.getByRole('row', { name: 'N0PE' })).toContainText(
    'The bank wants the member to confirm it: take the card in person.',
  );
  await expect(page.getByRole('row', { name: 'W4IT' })).toContainText('it was given up');
  await page.getByRole('button', { name: 'History of N0PE' }).click();
  await expect(heading(page)).toContainText('Sale');
  await page.keyboard.press('Escape');

  await expect(heading(page)).toHaveText('Ada Lindqvist');
});

test('Escape goes from the confirmation to the form, the sheet and the list', async ({
  kiosk,
  page,
}) => {
  await openAda(kiosk, page);
  await fillCharge(page);
  for (const title of ['Charge a card on file', 'Ada Lindqvist', 'Members']) {
    await page.keyboard.press('Escape');
    await expect(heading(page)).toHaveText(title);
  }
});

test('what one person saw of a member is not there for the next', async ({ kiosk, page }) => {
  await openAda(kiosk, page);
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.locator('input').fill('294716');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Members' }).click();

  await expect(heading(page)).toHaveText('Members');
  expect((await kiosk.askedFor('members:search')).at(-1)).toEqual({ words: '' });
});

test('an address is typed by touch with a key for its sign', async ({ kiosk, page }) => {
  await openMembers(kiosk, page);
  await page.getByRole('button', { name: 'Add a member' }).click();
  await page.getByLabel('E-mail').click();
  for (const key of ['a', '@', 'b', '.com']) {
    await page.locator('.keyboard').getByRole('button', { name: key, exact: true }).click();
  }

  await expect(page.getByLabel('E-mail')).toHaveValue('a@b.com');
});

test('a member whose sheet can’t be read says so', async ({ kiosk, page }) => {
  await openMembers(kiosk, page);
  await kiosk.refuse('members:read', 'not_now');
  await page.getByRole('button', { name: `Member ${ada.memberId}` }).click();

  await expect(page.getByText('This member could not be read.')).toBeVisible();
});

test('a catalogue that can’t be read says so in the form', async ({ kiosk, page }) => {
  await openAda(kiosk, page);
  await kiosk.refuse('catalogue:read', 'internal');
  await page.getByRole('button', { name: 'Charge a card on file' }).click();

  await expect(page.getByText('The catalogue could not be read.')).toBeVisible();
});
