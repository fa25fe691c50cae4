import { describe, expect, it } from 'vitest';
import type { PlatformOrder } from '../../main/domain/platform-order.ts';
import { openSale, type Sale, type SaleState } from '../../main/domain/sale.ts';
import type { Answer } from '../../main/ports/payments-api.ts';
import { OrderLocation } from '../../main/services/order-location.ts';
import { StripeReach } from '../../main/services/stripe-reach.ts';
import { busy, denied, done, refused, unanswered } from '../support/fakes/fake-payments.ts';
import { anOrder, ourKiosk, ourSale } from '../support/fakes/sales.ts';
import { settle } from '../support/fakes/virtual-clock.ts';

type Found = Answer<string | null>;

function anOrderOf(id: string): PlatformOrder {
  return { id, fromBalance: 0, balance: 0, userId: null, partnerId: null };
}

function paying(id: string, state: SaleState = 'creating'): Sale {
  const sale = openSale(ourSale, ourKiosk, anOrder());
  return { ...sale, state, platformOrder: anOrderOf(id) };
}

/** A platform that answers when it is told to, and a screen that looks again at every change. */
function platform() {
  const asked: { readonly id: string; readonly answer: (found: Found) => Promise<void> }[] = [];
  let onScreen: Sale | null = null;
  let shown: string | null = null;
  const look = (): void => {
    shown = location.ofPaying(onScreen);
  };
  const reach = new StripeReach(look);
  const location = new OrderLocation({
    payments: {
      locationOf: ({ id }) =>
        new Promise((resolve) => {
          const answer = async (found: Found): Promise<void> => {
            resolve(found);
            await settle();
          };
          asked.push({ id, answer });
        }),
    },
    reach,
    signal: new AbortController().signal,
    onChange: look,
  });
  return {
    asked,
    reach,
    ids: (): readonly string[] => asked.map(({ id }) => id),
    /** What the screen shows as the reader's location. */
    shown: (): string | null => shown,
    /** Answers the Nth question, 0 for the first. */
    answer: async (question: number, found: Found): Promise<void> => {
      await asked[question]?.answer(found);
    },
    /** Something happens to the sale on the screen. */
    happens: (sale: Sale | null): void => {
      onScreen = sale;
      look();
    },
  };
}

describe('the location of an order’s reader', () => {
  it('is asked for once, however much happens to the sale, and shown when it comes', async () => {
    const { happens, answer, ids, shown } = platform();
    happens(paying('cart-7'));
    happens(paying('cart-7', 'presenting'));
    expect(shown()).toBeNull();

    await answer(0, done('tml_studio'));
    expect(shown()).toBe('tml_studio');
    for (const state of ['presenting', 'authorizing', 'finding_out', 'capturing'] as const) {
      happens(paying('cart-7', state));
      expect(shown()).toBe('tml_studio');
    }
    expect(ids()).toEqual(['cart-7']);
  });

  it('is not asked for again where the platform says that it knows none', async () => {
    const { happens, answer, ids } = platform();
    happens(paying('cart-7'));
    await answer(0, done(null));

    happens(paying('cart-7', 'presenting'));

    expect(ids()).toEqual(['cart-7']);
  });

  it.each(['open', 'paid', 'canceled', 'expired', 'needs_staff'] as const)(
    'is not asked for while the sale is %s',
    (state) => {
      const { happens, ids, shown } = platform();

      happens(paying('cart-7', state));

      expect(ids()).toEqual([]);
      expect(shown()).toBeNull();
    },
  );

  it('is not asked for without a sale, or for a sale without an order', () => {
    const { happens, ids } = platform();

    happens(null);
    happens({ ...openSale(ourSale, ourKiosk, anOrder()), state: 'creating' });

    expect(ids()).toEqual([]);
  });

  it('is asked for anew for the next order, and the last one’s is not shown for it', async () => {
    const { happens, answer, ids, shown } = platform();
    happens(paying('cart-7'));
    await answer(0, done('tml_studio'));

    happens(paying('cart-8'));

    expect(shown()).toBeNull();
    expect(ids()).toEqual(['cart-7', 'cart-8']);
  });
});

describe('a platform that fails', () => {
  it.each([unanswered, busy, denied, refused('not_found')])(
    'is asked again when the sale goes on, and not before (%o)',
    async (failure) => {
      const { happens, answer, ids, shown } = platform();
      happens(paying('cart-7'));
      await answer(0, failure);
      expect(ids()).toHaveLength(1);

      happens(paying('cart-7', 'presenting'));
      expect(ids()).toEqual(['cart-7', 'cart-7']);
      await answer(1, done('tml_studio'));

      expect(shown()).toBe('tml_studio');
    },
  );

  it('is known for one: staff read why no card can be taken', async () => {
    const { happens, answer, reach } = platform();
    happens(paying('cart-7'));

    await answer(0, denied);

    expect(reach.now).toBe('denied');
  });
});

describe('an answer that comes late', () => {
  it('does not take the place of what is known of the present order', async () => {
    const { happens, answer, ids, shown } = platform();
    happens(paying('cart-7'));
    happens(paying('cart-8'));
    await answer(1, done('tml_eight'));

    await answer(0, done('tml_seven'));
    happens(paying('cart-8', 'presenting'));

    expect(shown()).toBe('tml_eight');
    expect(ids()).toEqual(['cart-7', 'cart-8']);
  });

  it('does not make the platform be asked twice for the present order', async () => {
    const { happens, answer, ids } = platform();
    happens(paying('cart-7'));
    happens(paying('cart-8'));

    await answer(0, unanswered);
    happens(paying('cart-8', 'presenting'));

    expect(ids()).toEqual(['cart-7', 'cart-8']);
  });
});

it('a system that knows no location by the order is not asked', () => {
  const location = new OrderLocation({
    payments: {},
    reach: new StripeReach(() => undefined),
    signal: new AbortController().signal,
    onChange: () => undefined,
  });

  expect(location.ofPaying(paying('cart-7'))).toBeNull();
});
