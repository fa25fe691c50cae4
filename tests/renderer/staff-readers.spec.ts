import { expect, type Locator, type Page } from 'playwright/test';
import type { ReaderUse, ReadersView } from '../../preload/contract/readers.ts';
import { evening } from './support/catalogues.ts';
import {
  aReader,
  done,
  idleUse,
  noReaders,
  readersView,
  sdkOnly,
  strangersReader,
  unlistedReaders,
} from './support/readers-answers.ts';
import { aSnapshot } from './support/snapshots.ts';
import { staffAnswers, type StaffAnswers } from './support/staff-answers.ts';
import { toSection } from './support/staff-walks.ts';
import { type Kiosk, test } from './support/test.ts';

async function openReaders(kiosk: Kiosk, page: Page, answers: StaffAnswers = {}): Promise<void> {
  await kiosk.open(aSnapshot(), evening, staffAnswers(answers));
  await toSection('readers')(page);
}

/** The view with one reader that does this. */
function busyWith(use: Partial<ReaderUse>): ReadersView {
  return { ...readersView, readers: [aReader({ use: { ...idleUse, ...use } })] };
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const card = (page: Page, label: string): Locator =>
  page.getByRole('listitem').getByRole('article', { name: label, exact: true });

test('the reader that takes payments, how it is led and its spare stand at the top', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);
  const now = page.getByRole('article').first();

  for (const told of [
    'Takes payments now',
    'Front desk',
    'Stripe Reader S700',
    'This screen (SDK)',
    'Only this kiosk',
    'Front desk 2',
  ]) {
    await expect(now).toContainText(told);
  }
});

test('each reader tells what it does, for whom, when it was heard from and how it last failed', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);

  await expect(card(page, 'Front desk')).toContainText('Has our sale T6RB on it.');
  await expect(card(page, 'Front desk 2')).toContainText('4 min ago. Stripe calls it offline.');
  await expect(card(page, 'Front desk 2')).toContainText(
    'Could not connect to Stripe. (connection_error)',
  );
  await expect(card(page, 'Pilates room')).toContainText('another till (kiosk_pilates)');
  await expect(card(page, 'Pilates room')).toContainText('14%');
  await expect(card(page, 'Old reader')).toContainText('Shows something on its display');
});

test('a check says what main found, at the reader that was asked about', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);

  await page.getByRole('button', { name: 'Check, Pilates room' }).click();

  const said = 'The reader waits for a card. Stripe says that nothing is charged yet.';
  await expect(card(page, 'Pilates room').getByRole('status')).toHaveText(said);
  await expect(page.getByText(said)).toHaveCount(1);
  expect(await kiosk.askedFor('readers:check')).toEqual([{ readerId: strangersReader.id }]);
  expect(await kiosk.askedFor('readers:list')).toHaveLength(2);
});

test('freeing a reader says whose payment is ended, and asks for exactly that one', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);
  await page.getByRole('button', { name: 'Free the reader, Pilates room' }).click();
  await expect(page.locator('main')).toContainText(
    "A payment of the till kiosk_pilates is taken off Pilates room. Its customer can't pay",
  );
  await expect(page.locator('main')).toContainText('pi_3SVx2eKq8mTzYd0a9StRaNgEr');
  expect(await kiosk.askedFor('readers:free')).toEqual([]);

  await page.getByLabel('Your name').fill('Mara');
  await page.getByRole('button', { name: 'Free the reader' }).click();

  await expect(card(page, 'Pilates room').getByRole('status')).toHaveText(
    'Stripe shows nothing on the reader any more.',
  );
  expect(await kiosk.askedFor('readers:free')).toEqual([
    {
      readerId: strangersReader.id,
      paymentIntentId: 'pi_3SVx2eKq8mTzYd0a9StRaNgEr',
      by: 'Mara',
    },
  ]);
});

for (const [told, use] of [
  ['another till or website', { what: 'payment', whose: 'other_kiosk' }],
  ["whose it is can't be read", { what: 'payment', whose: 'unknown' }],
  ['No payment is on it', { what: 'display' }],
  ['something that this kiosk never asks for', { what: 'other', whose: 'unknown' }],
  [
    "This kiosk's own prompt for T6RB",
    {
      what: 'payment',
      whose: 'this_kiosk',
      code: 'T6RB',
      paymentIntentStatus: 'canceled',
      paymentIntentId: 'pi_3SVx2eKq8mTzYd0a1bCdT6RB',
    },
  ],
] as const satisfies readonly (readonly [string, Partial<ReaderUse>])[]) {
  test(`before a reader is freed staff read "${told}"`, async ({ kiosk, page }) => {
    await openReaders(kiosk, page, { 'readers:list': busyWith(use) });

    await page.getByRole('button', { name: 'Free the reader, Front desk' }).click();

    await expect(page.locator('.sentence')).toContainText(told);
  });
}

test('a reader that does nothing can’t be freed', async ({ kiosk, page }) => {
  await openReaders(kiosk, page);

  await expect(page.getByRole('button', { name: 'Free the reader, Front desk 2' })).toHaveCount(0);
});

test('the main reader can’t be deregistered, and the spare in use not given up', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page, { 'readers:list': { ...readersView, using: 'spare' } });

  await expect(page.getByRole('button', { name: /^Deregister/ })).toHaveText([
    'Deregister',
    'Deregister',
  ]);
  await expect(page.getByRole('button', { name: 'No spare any more' })).toHaveCount(0);
});

test('a reader of the settings is named as Stripe lists it, and one that nobody chose says so', async ({
  kiosk,
  page,
}) => {
  const unnamed = { ...readersView.main, label: '' };
  await openReaders(kiosk, page, { 'readers:list': { ...readersView, main: unnamed } });
  const now = page.getByRole('article').first();
  await expect(now.getByRole('heading')).toHaveText('Front desk');

  const unchosen = { ...readersView, main: { ...unnamed, readerId: null } };
  await kiosk.answer('readers:list', unchosen);
  await page.getByRole('button', { name: 'Check, Old reader' }).click();

  await expect(now).toContainText('No reader was chosen.');
  await expect(now.getByRole('heading')).toHaveText('Front desk');
});

test('a reader that is no smart one is not offered to Stripe', async ({ kiosk, page }) => {
  const small = aReader({ deviceType: 'stripe_m2', isSmart: false });
  await openReaders(kiosk, page, { 'readers:list': { ...readersView, readers: [small] } });
  await page.getByRole('button', { name: 'Make it the spare' }).click();

  await expect(page.locator('main')).toContainText('Only smart readers can be led by Stripe.');
  await expect(page.getByRole('button', { name: 'server-driven' })).toHaveCount(0);
});

test('locations that can’t be listed hide no reader, and are not called none', async ({
  kiosk,
  page,
}) => {
  const sentence = 'The locations could not be listed.';
  await openReaders(kiosk, page, {
    'readers:list': { ...readersView, locations: [], sentence },
  });

  await expect(page.getByText(sentence)).toBeVisible();
  await expect(card(page, 'Pilates room')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Locations' })).toHaveCount(0);
});

test('a reader is registered with its words, a name and a place, and main’s answer is read', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);
  await page.getByRole('button', { name: 'Register a reader' }).click();
  await expect(page.locator('main')).toContainText('tap Settings');
  await page.getByLabel('The three words').fill(' puppies-plug-could ');
  await page.getByLabel('Name of the reader').fill('Pilates room');
  await page.getByRole('button', { name: 'Lumen Garden' }).click();
  await page.getByLabel('Your name').fill('Mara');
  await page.getByRole('button', { name: 'Register', exact: true }).click();

  await expect(page.getByText('It is registered.')).toBeVisible();
  expect(await kiosk.askedFor('readers:register')).toEqual([
    { code: 'puppies-plug-could', label: 'Pilates room', locationId: 'tml_Garden', by: 'Mara' },
  ]);
});

test('nothing typed is lost when main refuses, and its sentence is in sight', async ({
  kiosk,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  const sentence = 'Stripe does not know these words. Have the reader show new ones.';
  await openReaders(kiosk, page, { 'readers:register': { result: 'refused', sentence } });
  await page.getByRole('button', { name: 'Register a reader' }).click();
  await page.getByLabel('The three words').fill('cat-mouse-dog');
  await page.getByLabel('Name of the reader').fill('Bar');
  await page.getByRole('button', { name: 'Lumen Garden' }).click();
  await page.getByLabel('Your name').fill('Mara');
  await page.keyboard.press('Enter');

  await expect(page.getByText(sentence)).toBeInViewport({ ratio: 1 });
  await expect(page.getByLabel('The three words')).toHaveValue('cat-mouse-dog');
  await expect(page.getByLabel('Name of the reader')).toHaveValue('Bar');
  await expect(page.getByLabel('Your name')).toHaveValue('Mara');
  await expect(page.getByRole('button', { name: 'Lumen Garden' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('a reader without a place is not registered, and the form says what is missing', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);
  await page.getByRole('button', { name: 'Register a reader' }).click();
  await page.getByLabel('The three words').fill('cat-mouse-dog');
  await page.keyboard.press('Enter');

  await expect(page.getByText('Choose where it stands.')).toBeVisible();
  expect(await kiosk.askedFor('readers:register')).toEqual([]);
});

test('the first location is made on the way, and what was typed of the reader is still there', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page, { 'readers:list': noReaders });
  await page.getByRole('button', { name: 'Register a reader' }).click();
  await page.getByLabel('The three words').fill('cat-mouse-dog');
  await page.getByRole('button', { name: 'New location' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Lumen');
  await page.getByLabel('Country').fill('us');
  await expect(page.getByText('This stands for United States.')).toBeVisible();
  await page.getByLabel('Street').fill('14 Harbour Street');
  await page.getByLabel('City').fill('Portland');
  await page.getByLabel('State').fill('OR');
  await page.getByLabel('Postal code').fill('97201');
  await page.getByLabel('Your name').fill('Mara');
  const { locations } = readersView;
  await kiosk.answer('readers:list', { ...noReaders, locations: locations.slice(0, 1) });
  await page.getByRole('button', { name: 'Create' }).click();

  await expect(heading(page)).toHaveText('Register a reader');
  await expect(page.getByText('The location is there.')).toBeVisible();
  await expect(page.getByLabel('The three words')).toHaveValue('cat-mouse-dog');
  await expect(page.getByRole('button', { name: 'Lumen Yoga' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  expect(await kiosk.askedFor('locations:create')).toEqual([
    {
      name: 'Lumen',
      country: 'US',
      line1: '14 Harbour Street',
      city: 'Portland',
      state: 'OR',
      postalCode: '97201',
      by: 'Mara',
    },
  ]);
});

test('a location asks for what its country needs, and sends nothing else', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);
  await page.getByRole('button', { name: 'New location' }).click();
  await page.getByLabel('City').fill('Portland');
  await page.getByLabel('Country').fill('DE');
  await expect(page.getByLabel('State')).toHaveCount(0);
  await page.getByLabel('Country').fill('SG');
  await expect(page.getByLabel('City')).toHaveCount(0);
  await page.getByLabel('Postal code').fill('018956');
  await page.getByRole('button', { name: 'Create' }).click();

  await expect(page.getByText('The location is there.')).toBeVisible();
  expect(await kiosk.askedFor('locations:create')).toMatchObject([
    { country: 'SG', city: null, state: null, postalCode: '018956' },
  ]);
});

test('another reader is made the main one, with how it is led and who shares it', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);
  await card(page, 'Pilates room').getByRole('button', { name: 'main reader' }).click();
  await expect(page.getByRole('button', { name: 'This screen (SDK)' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.getByRole('button', { name: 'Stripe (server-driven)' }).click();
  await page.getByRole('button', { name: 'Another kiosk too' }).click();
  await page.getByLabel('Your name').fill('Mara');
  await page.keyboard.press('Enter');

  await expect(card(page, 'Pilates room').getByRole('status')).toContainText('without a restart');
  expect(await kiosk.askedFor('readers:choose')).toEqual([
    {
      role: 'main',
      readerId: strangersReader.id,
      integration: 'server_driven',
      isShared: true,
      by: 'Mara',
    },
  ]);
});

test('a smart reader led by the SDK is recommended to be led by Stripe, and changed without a restart', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);
  await expect(page.locator('main')).toContainText('Stripe recommends the server-driven way');
  await page.getByRole('button', { name: 'Let Stripe lead it' }).click();
  await page.getByLabel('Your name').fill('Mara');
  await page.getByRole('button', { name: 'Save' }).click();

  await expect(heading(page)).toHaveText('Card readers');
  expect(await kiosk.askedFor('readers:choose')).toMatchObject([
    { role: 'main', readerId: 'tmr_FrontDesk1', integration: 'server_driven', isShared: false },
  ]);
});

test('where the system behind offers only the SDK nothing else is recommended or offered', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page, {
    'readers:list': { ...readersView, serverDrivenOffered: false },
  });
  await expect(page.getByText('recommends')).toHaveCount(0);
  await card(page, 'Front desk').getByRole('button', { name: 'Change how it is used' }).click();

  await expect(page.locator('main')).toContainText('offers only the SDK');
  await expect(page.getByRole('button', { name: 'server-driven' })).toHaveCount(0);
});

test('the spare is used and the main reader taken back, with a name', async ({ kiosk, page }) => {
  await openReaders(kiosk, page);
  await page.getByRole('button', { name: 'Use the spare now' }).click();
  await expect(page.locator('main')).toContainText('go to Front desk 2');
  await kiosk.answer('readers:list', { ...readersView, using: 'spare' });
  await page.getByLabel('Your name').fill('Mara');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Back to the main reader' }).click();
  await expect(page.getByLabel('Your name')).toHaveValue('Mara');
  await page.keyboard.press('Escape');

  await expect(page.getByRole('article').first()).toContainText('Front desk 2');
  expect(await kiosk.askedFor('readers:use')).toEqual([{ role: 'spare', by: 'Mara' }]);
});

test('the spare is taken away', async ({ kiosk, page }) => {
  await openReaders(kiosk, page, {
    'readers:choose': { result: 'done', sentence: 'There is no spare now.' },
  });
  await page.getByRole('button', { name: 'No spare any more' }).click();
  await page.getByLabel('Your name').fill('Mara');
  await page.keyboard.press('Enter');

  await expect(page.getByText('There is no spare now.')).toBeVisible();
  expect(await kiosk.askedFor('readers:choose')).toMatchObject([{ role: 'spare', readerId: null }]);
});

test('a reader is renamed', async ({ kiosk, page }) => {
  await openReaders(kiosk, page);
  await page.getByRole('button', { name: 'Rename, Old reader' }).click();
  await page.getByLabel('Name of the reader').fill('Bar');
  await page.getByLabel('Your name').fill('Mara');
  await page.keyboard.press('Enter');

  await expect(card(page, 'Old reader').getByRole('status')).toContainText('new name');
  expect(await kiosk.askedFor('readers:rename')).toEqual([
    { readerId: 'tmr_OldOne', label: 'Bar', by: 'Mara' },
  ]);
});

test('a reader is deregistered only after a sentence and a name', async ({ kiosk, page }) => {
  await openReaders(kiosk, page, { 'readers:deregister': { result: 'no_name', sentence: null } });
  await page.getByRole('button', { name: 'Deregister, Old reader' }).click();
  await expect(page.locator('main')).toContainText('Old reader leaves the Stripe account.');
  await page.getByRole('button', { name: 'Deregister', exact: true }).click();
  await expect(page.getByText('Your name is missing')).toBeVisible();
  await expect(page.getByLabel('Your name')).toHaveAttribute('aria-invalid', 'true');

  await kiosk.answer('readers:deregister', done);
  await kiosk.answer('readers:list', { ...readersView, readers: readersView.readers.slice(0, 3) });
  await page.getByLabel('Your name').fill('Mara');
  await page.keyboard.press('Enter');

  await expect(page.getByText('The reader is deregistered.')).toBeVisible();
  await expect(card(page, 'Old reader')).toHaveCount(0);
});

test('nothing is asked of main when staff go back, and they are where they were', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);
  await page.getByRole('button', { name: 'Deregister, Old reader' }).click();
  await page.getByRole('button', { name: 'Back without doing it' }).click();

  await expect(page.getByRole('region', { name: 'All readers' })).toBeFocused();
  expect(await kiosk.askedFor('readers:deregister')).toEqual([]);
});

test('the list is asked every ten seconds, but not under a form', async ({ kiosk, page }) => {
  await page.clock.install();
  await openReaders(kiosk, page);
  expect(await kiosk.askedFor('readers:list')).toHaveLength(1);
  await page.clock.runFor(10_000);
  expect(await kiosk.askedFor('readers:list')).toHaveLength(2);
  await page.getByRole('button', { name: 'Rename, Old reader' }).click();

  await page.clock.runFor(30_000);

  expect(await kiosk.askedFor('readers:list')).toHaveLength(2);
});

test('the readers are not asked for behind another section', async ({ kiosk, page }) => {
  await page.clock.install();
  await openReaders(kiosk, page);
  await page.getByRole('button', { name: 'Kiosk' }).click();

  await page.clock.runFor(30_000);

  expect(await kiosk.askedFor('readers:list')).toHaveLength(1);
});

test('a kiosk without readers promises none', async ({ kiosk, page }) => {
  await openReaders(kiosk, page, { 'readers:list': noReaders });

  await expect(page.locator('main')).toContainText('No readers yet');
  await expect(page.locator('main')).toContainText('No reader was chosen.');
  await expect(page.getByRole('button', { name: 'Use the spare now' })).toHaveCount(0);
});

test('a system behind that tells nothing of readers is no fault, and nothing is offered that it can’t do', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page, { 'readers:list': sdkOnly });
  await expect(page.getByText('tells nothing of readers')).toBeVisible();

  for (const name of ['Ask again', 'Register a reader', 'New location']) {
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  }
});

test('readers that can’t be listed say why, and what needs no list still works', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page, { 'readers:list': unlistedReaders });
  await expect(page.getByRole('status').first()).toContainText('Stripe did not answer.');
  await expect(page.getByRole('button', { name: 'Register a reader' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Back to the main reader' })).toBeVisible();
  await kiosk.answer('readers:list', readersView);

  await page.getByRole('button', { name: 'Ask again' }).click();

  await expect(card(page, 'Pilates room')).toBeVisible();
  await expect(page.getByText('Stripe did not answer.')).toHaveCount(0);
});

test('what may be old says so, and a refusal before the first answer is told', async ({
  kiosk,
  page,
}) => {
  await openReaders(kiosk, page);
  await kiosk.refuse('readers:list', 'internal');
  await page.getByRole('button', { name: 'Check, Old reader' }).click();
  await expect(page.getByText('may be old')).toBeVisible();

  await kiosk.refuse('readers:list', 'not_now');
  await page.getByRole('button', { name: 'Readers' }).click();

  await expect(page.getByText('That is not possible right now.')).toBeVisible();
});

test('what one person typed of a reader is not there for the next', async ({ kiosk, page }) => {
  await openReaders(kiosk, page);
  await page.getByRole('button', { name: 'Register a reader' }).click();
  await page.getByLabel('The three words').fill('cat-mouse-dog');
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.locator('input').fill('294716');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Readers' }).click();
  await page.getByRole('button', { name: 'Register a reader' }).click();

  await expect(page.getByLabel('The three words')).toHaveValue('');
});
