import { expect } from 'playwright/test';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { SaleView } from '../../preload/contract/sale.ts';
import { sizes } from './support/sizes.ts';
import { aKeeping, aSetup } from './support/cards.ts';
import { aReceipt, aSale, aSnapshot } from './support/snapshots.ts';
import { type Kiosk, test } from './support/test.ts';

const selling = (part: Partial<SaleView>): Snapshot => aSnapshot({ sale: aSale(part) });

/** What main may tell in a row while one screen stands. */
const rows: readonly { readonly title: string; readonly told: readonly Snapshot[] }[] = [
  {
    title: 'paying',
    told: [
      selling({ state: 'presenting', stage: 'waking_reader' }),
      selling({ state: 'presenting', stage: 'awaiting_card' }),
      selling({ state: 'presenting', stage: 'still_paying' }),
      selling({ state: 'presenting', stage: 'awaiting_card' }),
      selling({ state: 'authorizing', canCancel: false }),
    ],
  },
  {
    title: 'paying in training',
    told: [
      selling({ state: 'presenting', stage: 'awaiting_card' }),
      selling({ state: 'presenting', stage: 'still_paying' }),
      selling({ state: 'authorizing', canCancel: false }),
    ].map((one) => ({ ...one, mode: 'training', training: { autoPresent: null } })),
  },
  {
    title: 'starting',
    told: [selling({ state: 'creating' }), selling({ state: 'creating', lingering: true })],
  },
  {
    title: 'finishing',
    told: [
      selling({ state: 'authorized', canCancel: false }),
      selling({ state: 'capturing', canCancel: false }),
      selling({ state: 'capturing', canCancel: false, lingering: true }),
    ],
  },
  {
    title: 'finding out',
    told: [
      selling({ state: 'finding_out', canCancel: false }),
      selling({ state: 'finding_out', canCancel: false, lingering: true }),
      selling({
        state: 'finding_out',
        canCancel: false,
        lingering: true,
        connectivityTrouble: true,
      }),
    ],
  },
  {
    title: 'cancelling',
    told: [
      selling({ state: 'canceling', canCancel: false }),
      selling({ state: 'canceling', canCancel: false, lingering: true }),
    ],
  },
  {
    title: 'the result',
    told: (['none', 'sending', 'queued', 'sent', 'test_mode', 'refused'] as const).map((email) =>
      selling({ state: 'paid', canCancel: false, receipt: aReceipt({ email }) }),
    ),
  },
  {
    title: 'a card being kept without a sale',
    told: (
      [
        { state: 'creating', stage: null },
        { stage: 'waking_reader' },
        { stage: 'awaiting_card' },
        { state: 'confirming', stage: null, canCancel: false },
        { state: 'saving', stage: null, canCancel: false },
      ] as const
    ).map((part) => aSnapshot({ setup: aSetup(part) })),
  },
  {
    title: 'the keeping of a paid card',
    told: (
      [{ state: 'waiting' }, { state: 'kept', brand: 'mastercard', last4: '4444' }] as const
    ).map((part) =>
      selling({ state: 'paid', canCancel: false, receipt: aReceipt(), keeping: aKeeping(part) }),
    ),
  },
  {
    title: 'the attract screen',
    told: (['ready', 'connecting', 'unavailable', 'ready'] as const).map((state) =>
      aSnapshot({ cardPayment: { state, sentence: null, readerLabel: null } }),
    ),
  },
  {
    title: 'review',
    told: (['ready', 'unavailable', 'ready'] as const).map((state) => ({
      ...selling({}),
      cardPayment: { state, sentence: null, readerLabel: null },
    })),
  },
];

/** Runs in the page: where everything stands that is seen. */
function rememberPlaces(): void {
  const drawn = [...document.querySelectorAll('.stage *:not(svg *)')].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }),
  );
  window.places = new Map(drawn.map((element) => [element, element.getBoundingClientRect()]));
}

/** Runs in the page: what stands elsewhere than it did, by its words. */
function movedPlaces(): string[] {
  return [...window.places].flatMap(([element, before]) => {
    if (!element.isConnected || !element.checkVisibility({ visibilityProperty: true })) return [];
    const now = element.getBoundingClientRect();
    const moved = Math.abs(now.left - before.left) > 1 || Math.abs(now.top - before.top) > 1;
    return moved ? [`${element.tagName} ${(element.textContent || '').trim().slice(0, 60)}`] : [];
  });
}

/**
 * What moved while `told` was shown, after the screen had arrived. Two measures: where things
 * stand, and the browser's own count, which alone overlooks moves inside a flexible column.
 */
async function shifts(kiosk: Kiosk, told: readonly Snapshot[]): Promise<readonly string[]> {
  const { page } = kiosk;
  const [first, ...rest] = told;
  await kiosk.open(first!);
  await kiosk.settle();
  await page.evaluate(() => {
    window.shifted = [];
    new PerformanceObserver((list) => {
      window.shifted.push(...list.getEntries().map((entry) => entry.name));
    }).observe({ type: 'layout-shift' });
  });
  const moved: string[] = [];
  for (const snapshot of rest) {
    await page.evaluate(rememberPlaces);
    await kiosk.push(snapshot);
    moved.push(...(await page.evaluate(movedPlaces)));
  }
  return [...moved, ...(await page.evaluate(() => window.shifted))];
}

declare global {
  interface Window {
    places: Map<Element, DOMRect>;
    shifted: string[];
  }
}

for (const row of rows) {
  test(`nothing moves by itself while ${row.title} goes on`, async ({ kiosk, page }) => {
    const moved: Record<string, readonly string[]> = {};
    for (const size of sizes.slice(0, 4)) {
      await page.setViewportSize(size);
      const seen = await shifts(kiosk, row.told);
      if (seen.length > 0) moved[`${size.width}x${size.height}`] = seen;
    }

    expect(moved).toEqual({});
  });
}

test('the measure of moving sees a name that pushes what is under it', async ({ kiosk, page }) => {
  await page.setViewportSize({ width: 360, height: 640 });

  const seen = await shifts(kiosk, [
    aSnapshot(),
    aSnapshot({ studio: { name: 'Harbour Yoga & Pilates' } }),
  ]);

  expect(seen).not.toEqual([]);
});
