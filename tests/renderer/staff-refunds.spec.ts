import { expect, type Page } from 'playwright/test';
import { evening } from './support/catalogues.ts';
import { aSnapshot } from './support/snapshots.ts';
import {
  anOverview,
  aRow,
  heldRow,
  historyLines,
  staffAnswers,
  type StaffAnswers,
} from './support/staff-answers.ts';
import {
  anOffer,
  aRefund,
  failedRefund,
  inPersonOffer,
  pendingRefund,
  promptedRefund,
} from './support/staff-refund-answers.ts';
import { enterStaff, toHistory } from './support/staff-walks.ts';
import { type Kiosk, test } from './support/test.ts';

async function openSale(kiosk: Kiosk, page: Page, answers: StaffAnswers = {}): Promise<void> {
  await kiosk.open(aSnapshot(), evening, staffAnswers(answers));
  await toHistory(page);
}

async function openForm(kiosk: Kiosk, page: Page, answers: StaffAnswers = {}): Promise<void> {
  await openSale(kiosk, page, answers);
  await page.getByRole('button', { name: 'Give money back' }).click();
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const amount = (page: Page) => page.getByLabel(/^Amount/);
const slip = (page: Page, name: string) => page.getByRole('article', { name });

test('the most that can be given back is proposed, and is sent with a reason, a name and the PIN', async ({
  kiosk,
  page,
}) => {
  await openForm(kiosk, page);
  await expect(heading(page)).toHaveText('Give money back for M4QX');
  await expect(amount(page)).toHaveValue('15.00');
  await amount(page).fill('6');
  await page.getByRole('button', { name: 'Paid twice' }).click();
  await page.getByLabel('Why, in your words').fill('Rang up twice.');
  await page.getByLabel('Your name').fill('Mara');
  await page.getByLabel('PIN').fill('2947');
  await page.getByRole('button', { name: 'Give back $6.00' }).click();

  await expect(heading(page)).toHaveText('Sale M4QX');
  await expect(page.getByText('Asked for.')).toBeVisible();
  expect(await kiosk.askedFor('refunds:ask')).toEqual([
    {
      requestId: expect.stringMatching(/^[0-9a-z]{21}$/),
      saleId: heldRow.saleId,
      amount: 600,
      reason: 'duplicate',
      by: 'Mara',
      why: 'Rang up twice.',
      proof: '2947',
    },
  ]);
});

test('the PIN is asked for only where the studio wants it', async ({ kiosk, page }) => {
  await openForm(kiosk, page, { 'refunds:offer': anOffer({ asksProof: false }) });
  await expect(page.getByLabel('PIN')).toHaveCount(0);
  await page.getByRole('button', { name: 'Give back $15.00' }).click();

  await expect(heading(page)).toHaveText('Sale M4QX');
  expect(await kiosk.askedFor('refunds:ask')).toMatchObject([{ proof: null }]);
});

for (const [typed, told] of [
  ['', 'not an amount in USD'],
  ['0', 'not an amount in USD'],
  ['6.005', 'not an amount in USD'],
  ['-6', 'not an amount in USD'],
  ['15.01', 'The most is $15.00.'],
] as const) {
  test(`"${typed}" is no amount to give back of fifteen dollars, and main is not asked`, async ({
    kiosk,
    page,
  }) => {
    await openForm(kiosk, page);
    await amount(page).fill(typed);
    await page.keyboard.press('Enter');

    await expect(page.getByText(told)).toBeVisible();
    await expect(amount(page)).toHaveAttribute('aria-invalid', 'true');
    expect(await kiosk.askedFor('refunds:ask')).toEqual([]);
  });
}

test('an amount is typed in the digits of its currency', async ({ kiosk, page }) => {
  const yen = (minor: number) => ({ amount: minor, currency: 'jpy' });
  const offer = anOffer({ paid: yen(2600), most: yen(1500), refunds: [], asksProof: false });
  await openForm(kiosk, page, { 'refunds:offer': offer });
  await expect(amount(page)).toHaveValue('1500');
  await amount(page).fill('1000');
  await page.keyboard.press('Enter');

  await expect(heading(page)).toHaveText('Sale M4QX');
  expect(await kiosk.askedFor('refunds:ask')).toMatchObject([{ amount: 1000 }]);
});

test('a refused request says why, nothing typed is lost, and the next try is the same request', async ({
  kiosk,
  page,
}) => {
  const sentence = 'That is not the staff PIN. Nothing was given back.';
  await openForm(kiosk, page, { 'refunds:ask': { kind: 'refused', sentence } });
  await page.getByLabel('Why, in your words').fill('Class cancelled.');
  await page.getByLabel('Your name').fill('Mara');
  await page.getByLabel('PIN').fill('1111');
  await page.keyboard.press('Enter');
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByLabel('Why, in your words')).toHaveValue('Class cancelled.');
  await expect(page.getByLabel('Your name')).toHaveValue('Mara');

  await kiosk.answer('refunds:ask', { kind: 'asked', refund: pendingRefund });
  await page.getByLabel('PIN').fill('2947');
  await page.getByRole('button', { name: 'Give back $15.00' }).dblclick();
  await expect(heading(page)).toHaveText('Sale M4QX');

  const asked = (await kiosk.askedFor('refunds:ask')) as readonly { requestId: string }[];
  expect(asked.length).toBeGreaterThanOrEqual(2);
  expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(1);
});

test('a sale of which nothing can be given back says why', async ({ kiosk, page }) => {
  const sentence = 'The cardholder’s bank has taken this payment back.';
  const most = { amount: 0, currency: 'usd' };
  await openSale(kiosk, page, { 'refunds:offer': anOffer({ most, sentence, refunds: [] }) });

  await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Give money back' })).toHaveCount(0);
});

for (const [told, refund] of [
  ['On its way, not confirmed yet', pendingRefund],
  ['Given back', aRefund()],
  ['Failed: the customer has not got it (the card is not valid any more)', failedRefund],
  [
    "Refused: nothing was given back (there is not enough in the studio's Stripe balance)",
    aRefund({ state: 'refused', problem: 'insufficient_funds' }),
  ],
  [
    'Stopped: nothing was given back (no card was presented in time)',
    aRefund({ state: 'canceled', problem: 'timeout' }),
  ],
  ['Finding out what came of it', aRefund({ state: 'finding_out' })],
] as const) {
  test(`a refund that is ${refund.state} is told as "${told}"`, async ({ kiosk, page }) => {
    await openSale(kiosk, page, { 'refunds:offer': anOffer({ refunds: [refund] }) });

    await expect(page.locator('li article').getByRole('status')).toHaveText(told);
  });
}

test('Interac asks for the same card at the reader, and staff can stop it', async ({
  kiosk,
  page,
}) => {
  await openForm(kiosk, page, {
    'refunds:offer': { ...anOffer({ way: 'in_person', refunds: [] }), asksProof: false },
  });
  await expect(page.locator('main')).toContainText('only at the reader');
  await kiosk.answer('refunds:offer', inPersonOffer);
  await page.getByRole('button', { name: 'Ask for the card' }).click();
  const asked = slip(page, '$26.00');
  await expect(asked).toContainText('Ask the customer for the same card, ending 0341');
  await expect(asked.getByRole('status')).toHaveText('Waiting for the card at the reader');

  await asked.getByRole('button', { name: 'Stop' }).click();

  await expect(page.getByText('Stopped.')).toBeVisible();
  expect(await kiosk.askedFor('refunds:stop')).toEqual([{ refundId: promptedRefund.refundId }]);
});

test('the reader’s state is followed until the money is given back', async ({ kiosk, page }) => {
  await page.clock.install();
  await openSale(kiosk, page, { 'refunds:offer': inPersonOffer });
  const state = slip(page, '$26.00').getByRole('status');
  await expect(state).toHaveText('Waiting for the card at the reader');

  for (const [next, told] of [
    ['processing', 'The reader is giving it back'],
    ['succeeded', 'Given back'],
  ] as const) {
    const refunds = [{ ...promptedRefund, state: next }];
    await kiosk.answer('refunds:offer', { ...inPersonOffer, refunds });
    await page.clock.runFor(3_500);
    await expect(state).toHaveText(told);
  }
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
});

test('a prompt that can’t be stopped any more says so', async ({ kiosk, page }) => {
  const sentence = 'It can’t be stopped any more.';
  await openSale(kiosk, page, {
    'refunds:offer': inPersonOffer,
    'refunds:stop': { kind: 'refused', sentence },
  });
  await page.getByRole('button', { name: 'Stop' }).click();

  await expect(page.getByText(sentence)).toBeVisible();
});

test('a failed refund is marked as dealt with, by a name and in words', async ({ kiosk, page }) => {
  await openSale(kiosk, page);
  await page.getByRole('button', { name: 'Mark as dealt with: $4.00' }).click();
  await expect(page.locator('main')).toContainText('You say that the $4.00 is dealt with');
  await page.getByLabel('Your name').fill('Mara');
  await page.getByLabel('How it was dealt with').fill('Paid in cash.');
  await page.keyboard.press('Enter');

  await expect(page.getByText('Marked as dealt with.')).toBeVisible();
  expect(await kiosk.askedFor('refunds:acknowledge')).toEqual([
    { refundId: failedRefund.refundId, by: 'Mara', why: 'Paid in cash.' },
  ]);
});

test('a refund on its way is checked at once', async ({ kiosk, page }) => {
  await openSale(kiosk, page);
  await page.getByRole('button', { name: 'Check now on $5.00' }).click();

  await expect(page.getByText('Stripe is asked.', { exact: true })).toBeVisible();
  expect(await kiosk.askedFor('refunds:check')).toEqual([{ refundId: pendingRefund.refundId }]);
});

test('what is pending, failed or waits for the network stands in the first section', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(
    aSnapshot(),
    evening,
    staffAnswers({ 'refunds:list': [pendingRefund, failedRefund, aRefund()] }),
  );
  await enterStaff(page);
  const rowsOf = (name: string) => page.getByRole('table', { name }).locator('tbody tr');
  const wanted = rowsOf('Refunds that need somebody');
  const waiting = rowsOf('On its way');

  await expect(wanted).toHaveCount(1);
  await expect(wanted).toContainText('Failed: the customer has not got it');
  await expect(waiting).toHaveCount(2);
  await expect(waiting.nth(0)).toContainText('On its way, not confirmed yet');
  await expect(waiting.nth(1)).toContainText('Pending: nothing is paid yet');
  await wanted.getByRole('button').click();
  await expect(heading(page)).toHaveText('Sale M4QX');
});

test('a charge that waits for the network is no sale to settle, a failed refund is one more', async ({
  kiosk,
  page,
}) => {
  const waiting = aRow({ pending: true, resolved: false, proposal: 'wait' });
  await kiosk.open(
    aSnapshot(),
    evening,
    staffAnswers({
      'money:overview': anOverview({ toSettle: [waiting] }),
      'refunds:list': [failedRefund],
    }),
  );
  await enterStaff(page);

  await expect(page.getByText('Nothing to settle')).toBeVisible();
  await expect(page.getByRole('button', { name: 'To settle' })).toHaveText('To settle 1');
});

test('a sale says what was given back of it and that the bank disputes it', async ({
  kiosk,
  page,
}) => {
  const row = aRow({ disputed: true, givenBack: { amount: 1000, currency: 'usd' } });
  await openSale(kiosk, page, { 'money:history': { row, lines: historyLines } });

  await expect(page.locator('main')).toContainText('Disputed at the bank');
  await expect(page.locator('main')).toContainText('$10.00 given back');
});

test('a refund’s steps in the history speak of money given, not taken', async ({ kiosk, page }) => {
  const step = {
    kind: 'step',
    atMs: historyLines[0]?.atMs ?? 0,
    what: 'refund.refund_read',
    state: null,
    detail: 'succeeded',
    by: null,
    why: null,
    answer: null,
  } as const;
  await openSale(kiosk, page, { 'money:history': { row: heldRow, lines: [step] } });

  await expect(page.locator('ol')).toContainText('Refund read at Stripe given back');
});

test('a part of a hold is taken with its amount, and the PIN once main wants it', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(
    aSnapshot(),
    evening,
    staffAnswers({ 'money:decide': { result: 'proof_wanted' } }),
  );
  await enterStaff(page);
  await page.getByRole('button', { name: 'Take a part' }).first().click();
  await expect(page.getByLabel('PIN')).toHaveCount(0);
  await page.getByLabel('How much is taken').fill('27');
  await page.getByLabel('Your name').fill('Mara');
  await page.getByLabel('Reason').fill('One class only.');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The most is $26.00.')).toBeVisible();
  await page.getByLabel('How much is taken').fill('13,50');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The studio wants the PIN once more')).toBeVisible();

  await kiosk.answer('money:decide', { result: 'recorded' });
  await page.getByLabel('PIN').fill('2947');
  await page.keyboard.press('Enter');

  await expect(page.getByText('Recorded for M4QX.')).toBeVisible();
  const common = { decision: 'capture_part', amount: 1350, by: 'Mara', why: 'One class only.' };
  expect(await kiosk.askedFor('money:decide')).toEqual([
    { saleId: heldRow.saleId, ...common, proof: null },
    { saleId: heldRow.saleId, ...common, proof: '2947' },
  ]);
});

test('releasing a hold asks for the PIN once the studio has wanted it, taking it does not', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(
    aSnapshot(),
    evening,
    staffAnswers({ 'money:decide': { result: 'proof_wanted' } }),
  );
  await enterStaff(page);
  await page.getByRole('button', { name: 'Release the hold' }).first().click();
  await page.keyboard.press('Tab');
  await page.getByLabel('Reason').fill('Not wanted.');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('PIN')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Take the money' }).first().click();

  await expect(page.getByLabel('PIN')).toHaveCount(0);
});

test('a PIN is typed by touch on the drawn keyboard', async ({ kiosk, page }) => {
  await openForm(kiosk, page);
  await page.getByLabel('PIN').click();
  for (const key of ['2', '9', '4', '7']) {
    await page.locator('.keyboard').getByRole('button', { name: key, exact: true }).click();
  }

  await expect(page.getByLabel('PIN')).toHaveValue('2947');
});

test('work that belongs to no sale stands in the queue all the same', async ({ kiosk, page }) => {
  await kiosk.open(aSnapshot(), evening, staffAnswers());
  await enterStaff(page);
  await page.keyboard.press('Alt+2');

  await expect(page.getByRole('row', { name: 'No sale' })).toContainText('Tell Stripe of a member');
});

test('what one person typed of a refund is not there for the next', async ({ kiosk, page }) => {
  await openForm(kiosk, page);
  await page.getByLabel('Your name').fill('Mara');
  await page.getByLabel('PIN').fill('2947');
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.locator('input').fill('294716');
  await page.keyboard.press('Enter');
  await toHistoryAgain(page);
  await page.getByRole('button', { name: 'Give money back' }).click();

  await expect(page.getByLabel('Your name')).toHaveValue('');
  await expect(page.getByLabel('PIN')).toHaveValue('');
});

async function toHistoryAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sales', exact: true }).click();
  await page.locator('tbody th button').first().click();
  await page.locator('ol').waitFor();
}
