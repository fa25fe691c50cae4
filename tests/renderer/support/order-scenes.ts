import type { Page } from 'playwright';
import type { Features, Snapshot } from '../../../preload/contract/kiosk.ts';
import type { MoneyView } from '../../../preload/contract/money.ts';
import type { OrderRefusal } from '../../../preload/contract/orders.ts';
import type { SaleView } from '../../../preload/contract/sale.ts';
import { accountCards } from './cards.ts';
import type { Scene } from './scenes.ts';
import { anOrder, aReceipt, aSale, aSnapshot } from './snapshots.ts';

const usd = (amount: number): MoneyView => ({ amount, currency: 'usd' });

/** A system with orders of its own, which ends the payment by itself and takes nothing back. */
export const platformFeatures: Features = {
  system: 'Mariana Tek',
  orders: true,
  accountBalance: true,
  receiptEmail: false,
  refunds: false,
  sweep: false,
  readers: 'listed',
  readerConnects: 'with_order',
};

/** A kiosk in front of such a system. */
export function ordering(part: Partial<Snapshot> = {}): Snapshot {
  return aSnapshot({ features: platformFeatures, ...part });
}

/** An order of $55.34 that was opened by its code alone. */
export function orderSale(part: Partial<SaleView> = {}): SaleView {
  const line = { itemId: 'platform-order', name: 'Order 48213', quantity: 1 };
  return aSale({
    lines: [{ ...line, unitPrice: usd(5534), total: usd(5534) }],
    subtotal: usd(5534),
    taxes: [],
    platformOrder: anOrder({ id: '48213' }),
    ...part,
  });
}

/** The same, of which the member's account could pay twenty dollars, and does. */
export function splitSale(part: Partial<SaleView> = {}): SaleView {
  return orderSale({
    total: usd(3534),
    platformOrder: anOrder({ id: '48213', balance: usd(2000), fromBalance: usd(2000) }),
    ...part,
  });
}

const paying = (sale: SaleView): Snapshot => ordering({ sale });
const after = { canCancel: false, stage: null } as const;

/** From the first screen to where the code is typed. */
export async function toOrderCode(page: Page): Promise<void> {
  await page.locator('.order button').click();
  await page.locator('[data-screen="order_code"]').waitFor();
}

const typed = async (page: Page): Promise<void> => {
  await toOrderCode(page);
  await page.getByRole('textbox').fill('48213');
  await page.locator('form button[type=submit]').click();
};

const refused = (why: OrderRefusal): Scene => ({
  name: `order-refused-${why}`,
  snapshot: ordering(),
  answers: { 'order:open': { kind: 'refused', why } },
  walk: typed,
});

/** Every screen of a platform's order, in the order a customer could meet them. */
export const orderScenes: readonly Scene[] = [
  { name: 'order-attract', snapshot: ordering() },
  {
    name: 'order-attract-cards',
    snapshot: ordering({
      cards: accountCards,
      cardPayment: { state: 'unavailable', sentence: 'No reader', readerLabel: null },
    }),
  },
  {
    name: 'order-choose',
    snapshot: ordering({ cards: accountCards }),
    walk: async (page) => {
      await page.locator('.attract button.all').click();
      await page.locator('[data-screen="choose"]').waitFor();
    },
  },
  { name: 'order-code', snapshot: ordering(), walk: toOrderCode },
  {
    name: 'order-code-capitals',
    snapshot: ordering(),
    walk: async (page) => {
      await toOrderCode(page);
      await page.locator('.keyboard button[aria-pressed]:visible').click();
    },
  },
  {
    name: 'order-code-empty',
    snapshot: ordering(),
    walk: async (page) => {
      await toOrderCode(page);
      await page.locator('form button[type=submit]').click();
    },
  },
  refused('spent'),
  refused('no_total'),
  refused('other_total'),
  { name: 'order-needed', snapshot: ordering({ sale: aSale({ needsOrder: true }) }) },
  { name: 'order-review', snapshot: paying(orderSale()) },
  { name: 'order-review-split', snapshot: paying(splitSale()) },
  {
    name: 'order-review-unsplit',
    snapshot: paying(
      orderSale({
        platformOrder: anOrder({ id: '48213', balance: usd(2000), fromBalance: usd(0) }),
      }),
    ),
  },
  { name: 'order-starting', snapshot: paying(splitSale({ state: 'creating' })) },
  {
    name: 'order-present',
    snapshot: paying(splitSale({ state: 'presenting', stage: 'awaiting_card' })),
  },
  {
    name: 'order-confirm',
    snapshot: paying(splitSale({ state: 'presenting', stage: 'card_read' })),
  },
  { name: 'order-finishing', snapshot: paying(splitSale({ ...after, state: 'capturing' })) },
  {
    name: 'order-finishing-long',
    snapshot: paying(splitSale({ ...after, state: 'capturing', lingering: true })),
  },
  {
    name: 'order-approved',
    snapshot: ordering({
      cards: accountCards,
      sale: splitSale({ ...after, state: 'paid', receipt: aReceipt() }),
    }),
  },
  {
    name: 'order-receipt',
    snapshot: paying(splitSale({ ...after, state: 'paid', receipt: aReceipt() })),
    walk: async (page) => {
      await page.locator('.receipt button').first().click();
    },
  },
  { name: 'order-needs-staff', snapshot: paying(splitSale({ ...after, state: 'needs_staff' })) },
  {
    name: 'order-needs-staff-charged',
    snapshot: paying(splitSale({ ...after, state: 'needs_staff', charged: 'yes' })),
  },
  {
    name: 'order-needs-staff-not-charged',
    snapshot: paying(splitSale({ ...after, state: 'needs_staff', charged: 'no' })),
  },
];
