import { expect } from 'vitest';
import { marianaSeed } from '../platforms/start-platform.ts';
import type { JoinedKiosk } from './joined-kiosk.ts';
import type { Scenario } from './scenario.ts';
import { staffReadOf } from './staff-read-of.ts';
import { expectPaidOnce } from './what-was-taken.ts';

const phone = '+1 555 010 4477';

/** Puts the member in, and they identify themselves at the screen. Behind Mariana Tek their number is its user's. */
async function identify(joined: JoinedKiosk): Promise<void> {
  const memberId = joined.parts.system === 'mariana-tek' ? marianaSeed.userId : 'M-1001';
  const { page } = joined.kiosk;
  await joined.asStaff();
  const details = { memberId, name: 'Robin Sample', email: null, phone };
  expect(await page.ask('members:save', details)).toMatchObject({ kind: 'saved' });
  await page.ask('staff:lock', {});
  const asked = { memberId, phoneLastFour: phone.slice(-4) };
  expect(await page.ask('member:identify', asked)).toMatchObject({ kind: 'identified' });
}

/** Every card that can be charged again, on whatever Customer. */
async function keptCards(joined: JoinedKiosk): Promise<readonly string[]> {
  const { stripe } = joined.parts.studio;
  const customers = await stripe.customers.list({ limit: 100 });
  const cards = await Promise.all(
    customers.data.map(({ id }) => stripe.customers.listPaymentMethods(id)),
  );
  return cards.flatMap(({ data }) => data.map(({ card }) => card?.last4 ?? 'none'));
}

/** Cards on file: each way to keep one, or the sentence that says that there is none. */
export const cardScenarios: readonly Scenario[] = [
  {
    name: 'the card that pays is kept, with the member’s consent',
    isSupported: ({ cards }) => cards.keepWithSale,
    tell: async (joined) => {
      const { page } = joined.kiosk;
      const saleId = await joined.review();
      await identify(joined);
      const { wordingHash } = await page.ask('card:offer', {});
      await page.ask('card:save', { saleId, wordingHash, copyByEmail: false });
      await page.ask('sale:confirm', { saleId });
      await joined.kiosk.untilState('awaiting_card');
      joined.kiosk.present('visa');
      await joined.kiosk.until(({ sale }) => sale?.keeping?.state === 'kept');

      expect(await keptCards(joined)).toEqual(['4242']);
      await expectPaidOnce(joined);
    },
    otherwise: async (joined) => {
      expect(joined.snapshot.cards.keepWithSale).toBe(false);
      await staffReadOf(joined, 'keep_with_sale');
    },
  },
  {
    name: 'a card is kept without a payment',
    isSupported: ({ cards }) => cards.keepAlone,
    tell: async (joined) => {
      const { page } = joined.kiosk;
      await identify(joined);
      const { wordingHash } = await page.ask('card:offer', {});
      const needed = joined.snapshot.cards;
      const started = await page.ask('card:save', {
        saleId: null,
        wordingHash,
        copyByEmail: false,
        ...(needed.postalCode === true ? { postalCode: '01234' } : {}),
        ...(needed.orderCode === true ? { orderCode: joined.newOrder() } : {}),
      });
      expect(started.kind).toBe('setup_started');
      await joined.kiosk.until(({ setup }) => setup?.stage === 'awaiting_card');
      joined.kiosk.present('visa');
      await joined.kiosk.until(({ setup }) => setup?.state === 'kept');

      expect(await keptCards(joined)).toEqual(['4242']);
      const { bench } = joined.parts;
      if (bench !== null && 'shop' in bench.platform.model) {
        expect(bench.platform.model.shop.bankcards).toMatchObject([{ postalCode: '01234' }]);
      }
    },
    otherwise: async (joined) => {
      expect(joined.snapshot.cards.keepAlone).toBe(false);
      await staffReadOf(joined, 'keep_alone');
    },
  },
  {
    name: 'a card on file is charged',
    isSupported: ({ cards }) => cards.charge,
    tell: async (joined) => {
      const { page } = joined.kiosk;
      await identify(joined);
      const { wordingHash } = await page.ask('card:offer', {});
      await page.ask('card:save', { saleId: null, wordingHash, copyByEmail: false });
      await joined.kiosk.until(({ setup }) => setup?.stage === 'awaiting_card');
      joined.kiosk.present('visa');
      const { setup } = await joined.kiosk.until((now) => now.setup?.state === 'kept');
      await page.ask('setup:dismiss', { setupId: setup?.id ?? '' });
      await identify(joined);
      const saleId = await joined.review();
      const cardId = joined.snapshot.member?.cards[0]?.cardId ?? '';
      await page.ask('card:pay', { saleId, cardId });
      await page.ask('sale:confirm', { saleId });
      await joined.kiosk.untilState('paid');
      await expectPaidOnce(joined);
    },
    otherwise: async (joined) => {
      expect(joined.snapshot.cards.pay).toBe(false);
      await staffReadOf(joined, 'charge_card');
    },
  },
];
