import { expect, type Page } from 'playwright/test';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { CancelReason, DeclineReason, SaleView } from '../../preload/contract/sale.ts';
import { aStoredCard } from './support/cards.ts';
import { splitSale } from './support/order-scenes.ts';
import { aReceipt, aSale, aSnapshot } from './support/snapshots.ts';
import { test } from './support/test.ts';

const storedCard = aStoredCard();

const selling = (part: Partial<SaleView>): Snapshot => aSnapshot({ sale: aSale(part) });

const cancelReasons: readonly (CancelReason | null)[] = [
  'customer',
  'customer_on_reader',
  'timeout',
  'reader_unavailable',
  'reader_in_use',
  'reader_busy',
  'stripe_unavailable',
  'stripe_refused',
  'not_confirmed',
  'canceled_elsewhere',
  'kiosk_restarted',
  'amounts_disagree',
  'card_declined',
  'consent_revoked',
  'wait_expired',
  null,
];

const declineReasons: readonly (DeclineReason | null)[] = [
  'declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_pin',
  'insert_card',
  'try_again',
  'not_read',
  'connection_lost',
  'prompt_replaced',
  'authentication_required',
  null,
];

/** Every state but `paid`, with every reason, proved and not. */
const unpaid: readonly SaleView[] = [true, false].flatMap((provedNotCharged) => [
  ...cancelReasons.map((cancelReason) =>
    aSale({ state: 'canceled', canCancel: false, cancelReason, provedNotCharged }),
  ),
  ...declineReasons.map((decline) =>
    aSale({ state: 'presenting', stage: 'declined', decline, provedNotCharged }),
  ),
  ...declineReasons.map((decline) =>
    aSale({ state: 'presenting', stage: 'declined', decline, provedNotCharged, storedCard }),
  ),
  ...(['open', 'creating', 'authorizing', 'capturing', 'finding_out', 'canceling'] as const).map(
    (state) => aSale({ state, provedNotCharged, storedCard }),
  ),
  ...([false, true] as const).flatMap((lingering) => [
    aSale({ state: 'open', lingering, provedNotCharged }),
    aSale({ state: 'creating', lingering, provedNotCharged }),
    aSale({ state: 'presenting', stage: 'waking_reader', lingering, provedNotCharged }),
    aSale({ state: 'presenting', stage: 'awaiting_card', lingering, provedNotCharged }),
    aSale({ state: 'presenting', stage: 'still_paying', lingering, provedNotCharged }),
    aSale({ state: 'presenting', stage: 'card_read', lingering, provedNotCharged }),
    aSale({ state: 'authorizing', lingering, provedNotCharged }),
    aSale({ state: 'authorized', lingering, provedNotCharged }),
    aSale({ state: 'capturing', lingering, provedNotCharged }),
    aSale({ state: 'finding_out', lingering, provedNotCharged, connectivityTrouble: lingering }),
    aSale({ state: 'canceling', lingering, provedNotCharged }),
    aSale({ state: 'expired', lingering, provedNotCharged }),
    aSale({ state: 'needs_staff', lingering, provedNotCharged }),
    splitSale({ state: 'open', lingering, provedNotCharged }),
    splitSale({ state: 'presenting', stage: 'awaiting_card', lingering, provedNotCharged }),
    splitSale({ state: 'authorizing', lingering, provedNotCharged }),
    splitSale({ state: 'authorized', lingering, provedNotCharged }),
    splitSale({ state: 'capturing', lingering, provedNotCharged }),
    splitSale({ state: 'finding_out', lingering, provedNotCharged }),
    splitSale({ state: 'expired', lingering, provedNotCharged }),
    splitSale({ state: 'needs_staff', lingering, provedNotCharged }),
  ]),
]);

/** A long row of screens is shown sooner where none of them moves; their words are the same. */
async function holdStill(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '*, ::before, ::after { animation: none !important; transition: none !important; }',
    );
    document.adoptedStyleSheets = [sheet];
  });
}

function title(sale: SaleView): string {
  const { state, stage, decline, cancelReason, lingering, provedNotCharged } = sale;
  return JSON.stringify({ state, stage, decline, cancelReason, lingering, provedNotCharged });
}

test('no screen says more than the sale has proved', async ({ kiosk, page }) => {
  const said: string[] = [];
  await kiosk.open(aSnapshot({ mode: 'training', training: { autoPresent: null } }));
  await holdStill(page);

  for (const [index, sale] of unpaid.entries()) {
    const id = `sale_01k9z3m8q2vt${String(index).padStart(4, '0')}`;
    await kiosk.push(aSnapshot({ sale: { ...sale, id } }));
    const words = await page.locator('body').innerText();
    const holds = sale.state === 'authorized' || sale.state === 'capturing';
    if (/\bpaid\b/i.test(words)) said.push(`paid: ${title(sale)}`);
    if (/\bapproved\b/i.test(words) && !(holds && sale.lingering)) {
      said.push(`approved: ${title(sale)}`);
    }
    if (/\baccepted\b/i.test(words) && !holds) said.push(`accepted: ${title(sale)}`);
    if (/not(hing)? (was |been )?charged/i.test(words) && !sale.provedNotCharged) {
      said.push(`not charged: ${title(sale)}`);
    }
  }

  expect(said).toEqual([]);
});

test('a proved cancellation and a proved decline say that nothing was charged', async ({
  kiosk,
  page,
}) => {
  const silent: string[] = [];
  await kiosk.open(aSnapshot());
  await holdStill(page);

  for (const sale of unpaid) {
    if (!sale.provedNotCharged) continue;
    if (sale.state !== 'canceled' && sale.stage !== 'declined') continue;
    await kiosk.push(aSnapshot({ sale }));
    const words = await page.locator('main').innerText();
    if (!words.includes('Nothing was charged.')) silent.push(title(sale));
  }

  expect(silent).toEqual([]);
});

test('a paid sale says approved, the amount and the card', async ({ kiosk, page }) => {
  await kiosk.open(selling({ state: 'paid', canCancel: false, receipt: aReceipt() }));

  await expect(page.getByRole('heading', { name: 'Approved' })).toBeVisible();
  await expect(page.locator('main')).toContainText('$55.34 paid with Visa ending 4242');
});

test('the receipt prints what the card networks ask for', async ({ kiosk, page }) => {
  await kiosk.open(selling({ state: 'paid', canCancel: false, receipt: aReceipt() }));
  await page.getByRole('button', { name: 'See receipt' }).click();

  const slip = await page.locator('article').innerText();

  for (const printed of [
    'Lumen Yoga',
    '14 Harbour Street, Portland, OR',
    'Vinyasa flow',
    '$55.34',
    'Sales tax 8.5 %',
    'Visa ending 4242',
    'Contactless',
    'Visa Credit',
    'A0000000031010',
    '214098',
    'F1A2B3C4D5E6F708',
    'Nov 20, 2026',
    '7F3K',
  ]) {
    expect(slip).toContain(printed);
  }
});

test('finding out asks the customer not to pay again, and shows the code', async ({
  kiosk,
  page,
}) => {
  await kiosk.open(selling({ state: 'finding_out', canCancel: false }));

  await expect(page.locator('main')).toContainText("Please don't pay again.");
  await expect(page.locator('main')).toContainText('7F3K');
  // Nothing to press but the quiet way in for staff.
  await expect(page.getByRole('button')).toHaveText(['Staff']);
});

test('while the bank is asked there is no way to cancel', async ({ kiosk, page }) => {
  await kiosk.open(selling({ state: 'authorizing', canCancel: false }));

  await expect(page.getByRole('button')).toHaveCount(0);
});

test('a closed kiosk tells staff the file, the place and the mend', async ({ kiosk, page }) => {
  await kiosk.open(
    aSnapshot({
      closed: {
        kind: 'catalogue',
        file: 'catalogue.json',
        field: 'items[2]',
        sentence: 'Mend it.',
      },
    }),
  );

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This kiosk is closed');
  for (const told of ['catalogue.json', 'items[2]', 'Mend it.']) {
    await expect(page.locator('main')).toContainText(told);
  }
});

test('training is written on every screen and on the receipt', async ({ kiosk, page }) => {
  const training = { mode: 'training', training: { autoPresent: null } } as const;
  await kiosk.open(aSnapshot(training));
  await holdStill(page);
  const bare: string[] = [];
  for (const sale of unpaid) {
    await kiosk.push({ ...aSnapshot({ sale }), ...training });
    if (!(await page.locator('.band').innerText()).includes('no real money'))
      bare.push(title(sale));
  }
  expect(bare).toEqual([]);

  await kiosk.push({ ...selling({ state: 'paid', receipt: aReceipt() }), ...training });
  await page.getByRole('button', { name: 'See receipt' }).click();

  await expect(page.locator('article')).toContainText('TRAINING');
});
