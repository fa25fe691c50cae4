import type { Page } from 'playwright';
import type { CatalogueView } from '../../../preload/contract/catalogue.ts';
import type { Snapshot } from '../../../preload/contract/kiosk.ts';
import type { SaleView } from '../../../preload/contract/sale.ts';
import { accountCardScenes } from './account-card-scenes.ts';
import { cardScenes } from './card-scenes.ts';
import { crowded, manyCategories } from './catalogues.ts';
import { orderScenes } from './order-scenes.ts';
import { platformStaffScenes } from './platform-staff-scenes.ts';
import { staffScenes } from './staff-scenes.ts';
import type { StaffAnswers } from './staff-answers.ts';
import { aReceipt, aSale, aSnapshot } from './snapshots.ts';
import { trainingScenes } from './training-scenes.ts';

/** One thing to look at: what main says, and the taps that lead there. */
export interface Scene {
  readonly name: string;
  readonly snapshot: Snapshot;
  readonly catalogue?: CatalogueView;
  readonly answers?: StaffAnswers;
  readonly walk?: (page: Page) => Promise<void>;
}

const selling = (part: Partial<SaleView>, rest: Partial<Snapshot> = {}): Snapshot =>
  aSnapshot({ ...rest, sale: aSale(part) });

const training: Partial<Snapshot> = { mode: 'training', training: { autoPresent: null } };

const begin = async (page: Page): Promise<void> => {
  await page.locator('.attract button.all').click();
  await page.locator('[data-screen="choose"]').waitFor();
};

const pick = async (page: Page): Promise<void> => {
  await begin(page);
  const add = page.locator('.items .control');
  await add.nth(0).click();
  await add.nth(1).click();
  await add.last().click();
};

const press = (nth: number) => async (page: Page) => {
  await page.locator('.receipt button').nth(nth).click();
};

const paid = selling({ state: 'paid', canCancel: false, receipt: aReceipt() });

/** Every screen and every face of it, in the order a customer could meet them. */
export const scenes: readonly Scene[] = [
  { name: 'attract', snapshot: aSnapshot() },
  {
    name: 'attract-unavailable',
    snapshot: aSnapshot({
      cardPayment: { state: 'unavailable', sentence: 'No reader', readerLabel: null },
    }),
  },
  {
    name: 'attract-connecting',
    snapshot: aSnapshot({
      cardPayment: { state: 'connecting', sentence: 'Looking', readerLabel: null },
    }),
    catalogue: { categories: [] },
  },
  { name: 'choose-empty', snapshot: aSnapshot(), walk: begin },
  { name: 'choose', snapshot: aSnapshot(), walk: pick },
  { name: 'choose-200', snapshot: aSnapshot(), catalogue: crowded, walk: pick },
  { name: 'choose-categories', snapshot: aSnapshot(), catalogue: manyCategories, walk: begin },
  { name: 'choose-nothing', snapshot: aSnapshot(), catalogue: { categories: [] }, walk: begin },
  {
    name: 'idle',
    snapshot: aSnapshot({
      timings: { idleMs: 300, idleWarningMs: 20_000, resultMs: 20_000, stillPayingMs: 20_000 },
    }),
    walk: async (page) => {
      await begin(page);
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'review', snapshot: selling({}) },
  { name: 'starting', snapshot: selling({ state: 'creating' }) },
  { name: 'starting-long', snapshot: selling({ state: 'creating', lingering: true }) },
  { name: 'present-waking', snapshot: selling({ state: 'presenting', stage: 'waking_reader' }) },
  { name: 'present', snapshot: selling({ state: 'presenting', stage: 'awaiting_card' }) },
  {
    name: 'present-left',
    snapshot: selling(
      { state: 'presenting', stage: 'awaiting_card' },
      { reader: { side: 'left', location: null, id: null, integration: 'sdk' } },
    ),
  },
  {
    name: 'present-below',
    snapshot: selling(
      { state: 'presenting', stage: 'awaiting_card' },
      { reader: { side: 'below', location: null, id: null, integration: 'sdk' } },
    ),
  },
  { name: 'present-still', snapshot: selling({ state: 'presenting', stage: 'still_paying' }) },
  { name: 'present-bank', snapshot: selling({ state: 'authorizing', canCancel: false }) },
  {
    name: 'present-training',
    snapshot: selling({ state: 'presenting', stage: 'awaiting_card' }, training),
  },
  {
    name: 'present-training-auto',
    snapshot: selling(
      { state: 'presenting', stage: 'still_paying' },
      { mode: 'training', training: { autoPresent: 'visa' } },
    ),
  },
  { name: 'confirm', snapshot: selling({ state: 'presenting', stage: 'card_read' }) },
  {
    name: 'declined',
    snapshot: selling({
      state: 'presenting',
      stage: 'declined',
      decline: 'declined',
      provedNotCharged: true,
    }),
  },
  {
    name: 'declined-insert',
    snapshot: selling({ state: 'presenting', stage: 'declined', decline: 'insert_card' }),
  },
  { name: 'finishing', snapshot: selling({ state: 'capturing', canCancel: false }) },
  {
    name: 'finishing-long',
    snapshot: selling({ state: 'authorized', canCancel: false, lingering: true }),
  },
  { name: 'approved', snapshot: paid },
  {
    name: 'approved-sent',
    snapshot: selling({
      state: 'paid',
      canCancel: false,
      receipt: aReceipt({ email: 'test_mode' }),
    }),
  },
  { name: 'receipt', snapshot: paid, walk: press(0) },
  {
    name: 'receipt-training',
    snapshot: { ...paid, ...training },
    walk: press(0),
  },
  { name: 'email', snapshot: paid, walk: press(1) },
  {
    name: 'email-problem',
    snapshot: { ...paid, ...training },
    walk: async (page) => {
      await press(1)(page);
      await page.getByRole('textbox').fill('mara@');
      await page.locator('form button[type=submit]').click();
    },
  },
  { name: 'finding-out', snapshot: selling({ state: 'finding_out', canCancel: false }) },
  {
    name: 'finding-out-long',
    snapshot: selling({
      state: 'finding_out',
      canCancel: false,
      lingering: true,
      connectivityTrouble: true,
    }),
  },
  { name: 'canceling', snapshot: selling({ state: 'canceling', canCancel: false }) },
  {
    name: 'canceling-long',
    snapshot: selling({ state: 'canceling', canCancel: false, lingering: true }),
  },
  {
    name: 'canceled',
    snapshot: selling({
      state: 'canceled',
      canCancel: false,
      cancelReason: 'customer',
      provedNotCharged: true,
    }),
  },
  {
    name: 'canceled-unproved',
    snapshot: selling({ state: 'canceled', canCancel: false, cancelReason: 'timeout' }),
  },
  { name: 'needs-staff', snapshot: selling({ state: 'needs_staff', canCancel: false }) },
  { name: 'expired', snapshot: selling({ state: 'expired', canCancel: false }) },
  {
    name: 'closed',
    snapshot: aSnapshot({
      closed: {
        kind: 'catalogue',
        file: 'catalogue.json',
        field: 'categories[0].items[2].price',
        sentence: 'The price must be a whole number of cents, such as 2400. It is "24.00".',
      },
    }),
  },
  ...orderScenes,
  ...cardScenes,
  ...accountCardScenes,
  ...trainingScenes,
  ...staffScenes,
  ...platformStaffScenes,
];
