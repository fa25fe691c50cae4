import { expect, type Page } from 'playwright/test';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { CloseRefusal, DecisionAnswer } from '../../preload/contract/staff.ts';
import { evening } from './support/catalogues.ts';
import { aSale, aSnapshot } from './support/snapshots.ts';
import {
  anOverview,
  aPinAnswer,
  busyOverview,
  heldRow,
  lockedStatus,
  staffAnswers,
  type StaffAnswers,
} from './support/staff-answers.ts';
import { staffNowMs } from './support/staff-now.ts';
import { enterStaff, toDoor, toSection } from './support/staff-walks.ts';
import { type Kiosk, test } from './support/test.ts';

async function open(
  kiosk: Kiosk,
  answers: StaffAnswers = staffAnswers(),
  snapshot: Snapshot = aSnapshot(),
): Promise<void> {
  await kiosk.open(snapshot, evening, answers);
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('the first to come chooses a PIN, twice, on the pad', async ({ kiosk, page }) => {
  await open(kiosk, staffAnswers({ 'staff:status': { ...lockedStatus, pin: 'not_set' } }));
  await toDoor(page);
  await expect(heading(page)).toHaveText('Choose a PIN');
  const pad = page.getByRole('group', { name: 'Number pad' });
  for (const turn of ['Next', 'Save PIN']) {
    for (const digit of '29478') await pad.getByRole('button', { name: digit }).click();
    await pad.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: turn }).click();
  }

  await expect(heading(page)).toHaveText('To settle');
  expect(await kiosk.askedFor('staff:set-pin')).toEqual([{ pin: '2947', current: null }]);
});

test('two PINs that differ are not sent', async ({ kiosk, page }) => {
  await open(kiosk, staffAnswers({ 'staff:status': { ...lockedStatus, pin: 'not_set' } }));
  await toDoor(page);
  for (const pin of ['294716', '294717']) {
    await page.locator('input').fill(pin);
    await page.keyboard.press('Enter');
  }

  await expect(page.getByRole('status')).toContainText('not the same');
  await expect(heading(page)).toHaveText('Choose a PIN');
  expect(await kiosk.askedFor('staff:set-pin')).toEqual([]);
});

test('a wrong PIN says how many tries are left, and the last one that waits', async ({
  kiosk,
  page,
}) => {
  await page.clock.install();
  await open(
    kiosk,
    staffAnswers({ 'staff:unlock': aPinAnswer({ result: 'wrong', triesLeft: 3 }) }),
  );
  await toDoor(page);
  await page.locator('input').fill('111222');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('3 tries left');

  await kiosk.answer(
    'staff:unlock',
    aPinAnswer({ result: 'locked_out' }, { pin: 'locked_out', lockedForMs: 30_000 }),
  );
  await page.locator('input').fill('111223');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Too many wrong PINs');
  await expect(page.getByRole('status')).toContainText('30 s');
  await page.clock.runFor(12_000);
  await expect(page.getByRole('status')).toContainText('18 s');
  await page.clock.runFor(19_000);

  await expect(heading(page)).toHaveText('Enter your PIN');
});

test('a PIN that can’t be read shows main’s own sentence', async ({ kiosk, page }) => {
  const sentence = 'Delete staff-pin.json.';
  await open(
    kiosk,
    staffAnswers({ 'staff:status': { ...lockedStatus, pin: 'unusable', sentence } }),
  );
  await toDoor(page);

  await expect(page.getByRole('status')).toHaveText(sentence);
});

test('money moves only after a sentence, a name and a reason', async ({ kiosk, page }) => {
  await open(kiosk);
  await enterStaff(page);
  await page.getByRole('article').first().getByRole('button', { name: 'Take the money' }).click();
  await expect(page.locator('main')).toContainText('$26.00 is taken from the card now.');
  expect(await kiosk.askedFor('money:decide')).toEqual([]);

  await page.getByLabel('Your name').fill('Mara');
  await page.getByLabel('Reason').fill('She was in the class.');
  await page.getByRole('button', { name: 'Take the money' }).click();

  await expect(page.getByRole('status').first()).toContainText('Recorded for M4QX');
  expect(await kiosk.askedFor('money:decide')).toEqual([
    {
      saleId: heldRow.saleId,
      decision: 'capture',
      amount: null,
      by: 'Mara',
      why: 'She was in the class.',
      proof: null,
    },
  ]);
});

test('nothing is asked of main when staff go back without doing it', async ({ kiosk, page }) => {
  await open(kiosk);
  await enterStaff(page);
  await page.getByRole('button', { name: 'Release the hold' }).first().click();
  await expect(page.locator('main')).toContainText('The hold of $26.00 is released now.');

  await page.getByRole('button', { name: 'Back without doing it' }).click();

  await expect(heading(page)).toHaveText('To settle');
  expect(await kiosk.askedFor('money:decide')).toEqual([]);
});

test('cash over a held card says that the hold is released', async ({ kiosk, page }) => {
  await open(kiosk);
  await enterStaff(page);
  await page.getByRole('button', { name: 'Record cash' }).first().click();
  await expect(page.locator('main')).toContainText('What the card still holds is released now.');
  await page.getByLabel('Your name').fill('Mara');
  await page.getByLabel('Reason').fill('Paid at the desk.');
  await page.keyboard.press('Enter');

  await expect(heading(page)).toHaveText('To settle');
  expect(await kiosk.askedFor('money:tender')).toMatchObject([{ tender: 'cash' }]);
});

for (const [result, said] of [
  ['no_name', 'Your name is missing'],
  ['no_reason', 'The reason is missing'],
  ['no_sale', 'not on file any more'],
  ['not_allowed', 'has changed meanwhile'],
] as const satisfies readonly (readonly [DecisionAnswer['result'], string])[]) {
  test(`a decision main does not take (${result}) is explained, and what was typed stays`, async ({
    kiosk,
    page,
  }) => {
    await open(kiosk, staffAnswers({ 'money:decide': { result } }));
    await enterStaff(page);
    await page.getByRole('button', { name: 'Take the money' }).first().click();
    await page.getByLabel('Reason').fill('Because.');
    await page.keyboard.press('Enter');

    await expect(page.getByRole('status')).toContainText(said);
    await expect(page.getByLabel('Reason')).toHaveValue('Because.');
  });
}

test('what the kiosk does by itself has no button, and what only Stripe’s pages settle says so', async ({
  kiosk,
  page,
}) => {
  await open(kiosk);
  await enterStaff(page);
  const waits = page.getByRole('article').filter({ hasText: 'settling this by itself' });
  await expect(waits.getByRole('button')).toHaveText(['History']);
  const strangers = page.getByRole('article').filter({ hasText: 'own pages' });

  await strangers.getByRole('button', { name: 'Compare with Stripe now' }).click();

  await expect(page.locator('main')).toContainText('Stripe lists 41; new to this kiosk: 1.');
});

test('the overview is asked every five seconds and whenever the kiosk has changed', async ({
  kiosk,
  page,
}) => {
  await page.clock.install();
  await open(kiosk);
  await enterStaff(page);
  expect(await kiosk.askedFor('money:overview')).toHaveLength(1);
  await page.clock.runFor(5_000);
  expect(await kiosk.askedFor('money:overview')).toHaveLength(2);

  await kiosk.answer('money:overview', anOverview());
  await kiosk.push(aSnapshot());

  await expect(page.locator('main')).toContainText('Nothing to settle');
});

test('two minutes without a touch lock the page, after it has said so', async ({ kiosk, page }) => {
  await page.clock.install();
  await open(kiosk);
  await enterStaff(page);
  await page.clock.runFor(101_000);
  await expect(page.getByRole('status').first()).toContainText('This page locks in');
  await page.clock.runFor(20_000);

  await expect(heading(page)).toHaveText('Enter your PIN');
  await expect(page.getByRole('status')).toContainText('Locked, because nobody touched');
  expect(await kiosk.askedFor('staff:lock')).toHaveLength(1);
});

test('a touch keeps the page open', async ({ kiosk, page }) => {
  await page.clock.install();
  await open(kiosk);
  await enterStaff(page);
  await page.clock.runFor(110_000);
  await page.mouse.move(300, 300);
  await page.clock.runFor(90_000);

  await expect(heading(page)).toHaveText('To settle');
  expect(await kiosk.askedFor('staff:lock')).toEqual([]);
});

test('a door that nobody opens gives the screen back to customers', async ({ kiosk, page }) => {
  await page.clock.install();
  await open(kiosk);
  await toDoor(page);

  await page.clock.runFor(61_000);

  await expect(page.getByRole('button', { name: 'Touch anywhere' })).toBeVisible();
});

for (const name of ['money:overview', 'money:sales', 'day:close'] as const) {
  test(`an answer "locked" to ${name} brings back the door, without what was seen`, async ({
    kiosk,
    page,
  }) => {
    await open(kiosk);
    await toSection('day')(page);
    await kiosk.refuse(name, 'locked');
    if (name === 'money:overview') await kiosk.push(aSnapshot());
    if (name === 'money:sales') await page.getByRole('button', { name: 'Sales' }).click();
    if (name === 'day:close') await page.getByRole('button', { name: 'Close the day' }).click();

    await expect(heading(page)).toHaveText('Enter your PIN');
    await expect(page.locator('main')).not.toContainText('$');
  });
}

test('what one person typed is not there for the next', async ({ kiosk, page }) => {
  await open(kiosk);
  await enterStaff(page);
  await page.getByRole('button', { name: 'Take the money' }).first().click();
  await page.getByLabel('Your name').fill('Mara');
  await page.getByLabel('Reason').fill('Because.');
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.locator('input').fill('294716');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Take the money' }).first().click();

  await expect(page.getByLabel('Your name')).toHaveValue('');
  await expect(page.getByLabel('Reason')).toHaveValue('');
});

const underWay: readonly (readonly [string, Snapshot])[] = (
  ['creating', 'presenting', 'authorizing', 'authorized', 'capturing', 'canceling'] as const
).map((state) => [
  state,
  aSnapshot({
    sale: aSale({ state, stage: state === 'presenting' ? 'awaiting_card' : null }),
  }),
]);

for (const [state, snapshot] of underWay) {
  test(`a sale that is ${state} has no way in for staff and is never covered`, async ({
    kiosk,
    page,
  }) => {
    await open(kiosk, staffAnswers(), snapshot);
    await expect(page.getByRole('button', { name: 'Staff' })).toHaveCount(0);
    await kiosk.push(aSnapshot());
    await enterStaff(page);

    await kiosk.push(snapshot);

    await expect(page.locator('.desk')).toHaveCount(0);
    await expect(page.locator('main')).toContainText(/\S/);
    expect(await kiosk.askedFor('staff:lock')).toHaveLength(1);
  });
}

for (const state of ['finding_out', 'needs_staff', 'expired'] as const) {
  test(`staff are called to a sale that is ${state}, and stay while it changes`, async ({
    kiosk,
    page,
  }) => {
    const sale = aSale({ state, canCancel: false });
    await open(kiosk, staffAnswers(), aSnapshot({ sale }));
    await page.getByRole('button', { name: 'Staff' }).click();
    await page.locator('input').fill('294716');
    await page.keyboard.press('Enter');
    await expect(heading(page)).toHaveText('To settle');

    await kiosk.push(aSnapshot({ sale: { ...sale, state: 'canceling' } }));
    await expect(heading(page)).toHaveText('To settle');
    await page.getByRole('button', { name: 'Leave' }).click();

    await expect(heading(page)).toHaveText('Cancelling');
  });
}

test('nobody is asked whether they are still there while staff are', async ({ kiosk, page }) => {
  await page.clock.install();
  const sale = aSale({ state: 'needs_staff', canCancel: false });
  await open(kiosk, staffAnswers(), aSnapshot({ sale }));
  await page.getByRole('button', { name: 'Staff' }).click();
  await page.locator('input').fill('294716');
  await page.keyboard.press('Enter');
  for (let minute = 0; minute < 4; minute += 1) {
    await page.clock.runFor(60_000);
    await page.mouse.move(300 + minute, 300);
  }

  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await kiosk.askedFor('sale:dismiss')).toEqual([]);
});

test('every reason why the day stays open is said', async ({ kiosk, page }) => {
  const reasons: readonly CloseRefusal[] = [
    'no_name',
    'unresolved_money',
    'sales_under_way',
    'work_waiting',
    'not_reached',
    'sweep_incomplete',
    'sweep_old',
  ];
  await open(kiosk, staffAnswers({ 'day:close': { kind: 'refused', reasons } }));
  await toSection('day')(page);
  await page.getByRole('button', { name: 'Close the day' }).click();

  await expect(page.locator('li')).toHaveCount(reasons.length);
  await expect(page.locator('main')).toContainText('The day stays open');
});

test('a day is closed with a name', async ({ kiosk, page }) => {
  await open(kiosk, staffAnswers({ 'day:close': { kind: 'closed', atMs: staffNowMs } }));
  await toSection('day')(page);
  await page.getByLabel('Your name').fill('Mara');
  await page.keyboard.press('Enter');

  await expect(page.locator('main')).toContainText('The day is closed');
  expect(await kiosk.askedFor('day:close')).toEqual([{ by: 'Mara' }]);
});

test('the report goes to paper, and nothing else of the page does', async ({ kiosk, page }) => {
  await page.addInitScript(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes');
  });
  await open(kiosk);
  await toSection('day')(page);
  await page.getByRole('button', { name: 'Print the day' }).click();
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'yes');

  await page.emulateMedia({ media: 'print' });

  await expect(page.getByRole('heading', { name: 'Report of the day' })).toBeVisible();
  await expect(page.locator('nav')).toBeHidden();
  await expect(page.getByRole('button').filter({ visible: true })).toHaveCount(0);
});

test('sales are found, sorted and opened by keyboard alone', async ({ kiosk, page }) => {
  await open(kiosk);
  await enterStaff(page);
  await page.keyboard.press('Alt+3');
  await expect(heading(page)).toHaveText('Sales of the day');
  await page.keyboard.press('Tab');
  await page.keyboard.type('4242');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Sales found');
  expect((await kiosk.askedFor('money:sales')).at(-1)).toEqual({ search: '4242' });

  const amount = page.getByRole('button', { name: 'Amount' });
  await amount.press('Enter');
  await expect(page.locator('tbody tr').first()).toContainText('$180.00');
  await amount.press('Enter');
  await expect(page.locator('tbody tr').first()).toContainText('$24.00');
  await page.getByRole('button', { name: 'History of M4QX' }).press('Enter');
  await expect(heading(page)).toHaveText('Sale M4QX');
  await page.keyboard.press('Escape');

  await expect(heading(page)).toHaveText('Sales found');
});

test('a history tells who decided, why, and what Stripe answered', async ({ kiosk, page }) => {
  await open(kiosk);
  await toSection('sales')(page);
  await page.getByRole('button', { name: 'History of M4QX' }).click();

  for (const told of [
    'Customer confirmed',
    'money held',
    'not enough money on the card',
    'req_9hK2mQ7rTz1XyB',
    'No answer: no network',
    '6 times',
    'Mara Lindqvist: She was in the class',
  ]) {
    await expect(page.locator('ol')).toContainText(told);
  }
  await page.getByRole('button', { name: 'Check with Stripe now' }).click();
  await expect(page.getByRole('status').first()).toContainText('Stripe is asked');
  expect(await kiosk.askedFor('money:check')).toEqual([{ saleId: heldRow.saleId }]);
});

test('the queue says how old it is in words, and is tried at once', async ({ kiosk, page }) => {
  await open(kiosk);
  await toSection('queue')(page);
  await expect(page.locator('main')).toContainText('3 waiting, oldest 4 min');
  await expect(page.locator('tbody tr').first()).toContainText('No answer: no network');

  await page.getByRole('button', { name: 'Try now' }).click();

  await expect(page.getByRole('status').first()).toContainText('tried now');
  expect(await kiosk.askedFor('money:retry')).toHaveLength(1);
});

test('a clock that is minutes off, a full disk and a lost file are said in words', async ({
  kiosk,
  page,
}) => {
  await open(kiosk);
  await toSection('kiosk')(page);

  for (const told of [
    '3 min behind Stripe. Set the clock',
    'The disk is full',
    'foyer.db.damaged-2026-11-19',
    'sale_01k9z3m8q2vt0000',
    'Not reached',
  ]) {
    await expect(page.locator('main')).toContainText(told);
  }
  await page.getByRole('button', { name: 'Write a support bundle' }).click();
  await expect(page.locator('main')).toContainText('foyer-support-2026-11-20.zip');
});

test('the PIN is changed by who knows the present one', async ({ kiosk, page }) => {
  await open(kiosk);
  await toSection('kiosk')(page);
  await page.getByRole('button', { name: 'Change PIN' }).click();
  for (const pin of ['294716', '581394', '581394']) {
    await page.locator('input').fill(pin);
    await page.keyboard.press('Enter');
  }

  await expect(page.locator('main')).toContainText('The PIN is changed.');
  expect(await kiosk.askedFor('staff:set-pin')).toEqual([{ pin: '581394', current: '294716' }]);
});

test('a touched field brings the drawn keyboard, with a space in it', async ({ kiosk, page }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await open(kiosk);
  await enterStaff(page);
  await page.getByRole('button', { name: 'Take the money' }).first().click();
  await page.getByLabel('Your name').click();
  const keys = page.locator('.keyboard');
  for (const key of ['m', 'a', 'Space', 'b', 'x', 'Delete']) {
    await keys.getByRole('button', { name: key, exact: true }).click();
  }

  await expect(page.getByLabel('Your name')).toHaveValue('ma b');
});

test('what may be old says so when main does not answer', async ({ kiosk, page }) => {
  await open(kiosk);
  await enterStaff(page);
  await kiosk.refuse('money:overview', 'internal');
  await kiosk.push(aSnapshot());

  await expect(page.getByRole('status').first()).toContainText('may be old');
  await kiosk.answer('money:overview', busyOverview);
  await kiosk.push(aSnapshot());
  await expect(page.getByText('may be old')).toHaveCount(0);
});

test('a kiosk without its records has nothing behind the door, and says so', async ({
  kiosk,
  page,
}) => {
  const closed = { kind: 'database', file: 'foyer.db', field: null, sentence: 'Mend it.' } as const;
  await open(kiosk, staffAnswers(), aSnapshot({ closed }));
  await kiosk.refuse('staff:status', 'closed');
  await page.getByRole('button', { name: 'Staff' }).click();
  await expect(heading(page)).toHaveText('Nothing to open here yet');

  await page.getByRole('button', { name: 'Back' }).click();

  await expect(heading(page)).toHaveText('This kiosk is closed');
});
