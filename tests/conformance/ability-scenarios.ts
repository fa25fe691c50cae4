import { expect } from 'vitest';
import { wordsOnScreen } from '../support/studio/words-on-screen.ts';
import { staffReadOf } from './staff-read-of.ts';
import type { Scenario } from './scenario.ts';
import { expectPaidOnce, charged } from './what-was-taken.ts';
import { price } from './joined-kiosk.ts';

const orders: readonly Scenario[] = [
  {
    name: 'one order is paid by one sale, and by no other',
    isSupported: ({ order }) => order === 'required',
    tell: async (joined) => {
      const code = joined.newOrder();
      const saleId = await joined.pay('visa', code);
      await joined.kiosk.page.ask('sale:dismiss', { saleId });

      const again = await joined.kiosk.page.ask('order:open', { code: code ?? '' });

      expect(again).toEqual({ kind: 'refused', why: 'spent' });
      expect(joined.createsArrived).toBe(1);
      await expectPaidOnce(joined);
    },
    otherwise: async (joined) => {
      const answer = await joined.kiosk.page.ask('order:open', {
        code: 'foyer:order?id=1&total=1',
      });
      expect(answer).toEqual({ kind: 'refused', why: 'no_orders_here' });
      expect(joined.snapshot.features.orders).toBe(false);
      await staffReadOf(joined, 'orders');
    },
  },
  {
    name: 'nothing is charged before the order is named',
    isSupported: ({ order }) => order === 'required',
    tell: async (joined) => {
      const { page } = joined.kiosk;
      const lines = [{ itemId: 'evening-flow', quantity: 1 }];
      const { saleId } = await page.ask('sale:start', { lines });
      expect((await page.bridge.ask('sale:confirm', { saleId })).ok).toBe(false);
      expect(joined.snapshot.sale?.needsOrder).toBe(true);

      const code = joined.newOrder(0, joined.snapshot.sale?.orderTotal.amount ?? 0) ?? '';
      await page.ask('order:attach', { saleId, code });
      await page.ask('sale:confirm', { saleId });
      await joined.kiosk.untilState('awaiting_card');
      joined.kiosk.present('visa');
      await joined.kiosk.untilState('paid');

      expect(charged(await joined.ledger())).toHaveLength(1);
    },
    otherwise: (joined) => staffReadOf(joined, 'orders'),
  },
  {
    name: 'a part is paid from the member’s account, the rest with the card',
    isSupported: ({ accountBalance }) => accountBalance,
    tell: async (joined) => {
      const saleId = await joined.review(joined.newOrder(1_000));
      expect(joined.snapshot.sale).toMatchObject({
        total: { amount: price - 1_000 },
        orderTotal: { amount: price },
      });
      await joined.kiosk.page.ask('order:balance', { saleId, use: false });
      expect(joined.snapshot.sale?.total.amount).toBe(price);
      await joined.kiosk.page.ask('order:balance', { saleId, use: true });
      await joined.kiosk.page.ask('sale:confirm', { saleId });
      await joined.kiosk.untilState('awaiting_card');
      joined.kiosk.present('visa');
      await joined.kiosk.untilState('paid');

      await expectPaidOnce(joined, price - 1_000);
    },
    otherwise: (joined) => staffReadOf(joined, 'account_balance'),
  },
  {
    name: 'the card is charged, and the order fails: the customer hears the truth, staff get a task',
    isSupported: ({ settles }) => settles === 'platform',
    tell: async (joined) => {
      const { bench } = joined.parts;
      if (bench === null || !('shop' in bench.platform.model)) throw new Error('no such platform');
      bench.platform.model.behaviour.failsAfterCharge = 'Cool T-Shirt is out of stock :(';
      await joined.buy();
      joined.kiosk.present('visa');
      const { sale } = await joined.kiosk.untilState('needs_staff');

      expect(sale?.provedNotCharged).toBe(false);
      expect(await wordsOnScreen(joined.snapshot)).toContain('Your card was charged');
      await joined.asStaff();
      const { toSettle } = await joined.kiosk.page.ask('money:overview', {});
      expect(toSettle).toMatchObject([
        { class: 'charged_order_failed', staffReason: 'order_failed' },
      ]);
      await expectPaidOnce(joined);
    },
    // Where the kiosk itself takes the money, an order can't fail behind its back: staff may cancel until then.
    otherwise: async (joined) => {
      const { cannot } = await joined.asStaff();
      expect(cannot).not.toContain('cancel');
    },
  },
  {
    name: 'a paid order is recorded once, although the first reply is lost',
    isSupported: ({ recordsOrder }) => recordsOrder,
    tell: async (joined) => {
      const { bench } = joined.parts;
      if (bench === null || !('payments' in bench.platform.model)) throw new Error('no platform');
      bench.platform.faults.next({ kind: 'reply_lost' }, { on: 'stripe_payments', method: 'POST' });
      await joined.pay();
      const { model, received } = bench.platform;
      await joined.kiosk.untilTrue(() => Promise.resolve(received.length >= 3));

      expect(model.payments).toHaveLength(1);
      await expectPaidOnce(joined);
      expect(joined.snapshot.sale?.state).toBe('paid');
    },
    // The platform made the payment, or has no order: there is nothing to record.
    otherwise: async (joined) => {
      await joined.pay();
      const rows = await joined.asStaff().then(() => joined.kiosk.page.ask('money:overview', {}));
      expect(rows.queue.rows.map(({ kind }) => kind)).not.toContain('order.record');
    },
  },
];

const afterwards: readonly Scenario[] = [
  {
    name: 'a payment is given back, once for one request',
    isSupported: ({ refunds }) => refunds,
    tell: async (joined) => {
      const saleId = await joined.pay();
      await joined.asStaff();
      const ask = () =>
        joined.kiosk.page.ask('refunds:ask', {
          requestId: 'aform0000000000000001',
          saleId,
          amount: 1_000,
          reason: 'requested_by_customer',
          by: 'Ada',
          why: 'the class was cancelled',
          proof: null,
        });
      await Promise.all([ask(), ask()]);
      const { stripe } = joined.parts.studio;
      await joined.kiosk.untilTrue(async () => (await stripe.refunds.list()).data.length > 0);

      expect((await stripe.refunds.list()).data.map(({ amount }) => amount)).toEqual([1_000]);
    },
    otherwise: async (joined) => {
      const saleId = await joined.pay();
      await staffReadOf(joined, 'refunds');
      const offer = await joined.kiosk.page.ask('refunds:offer', { saleId });
      expect(offer).toMatchObject({ most: { amount: 0 } });
      expect(offer.sentence).not.toBeNull();
    },
  },
  {
    name: 'the receipt is sent by e-mail',
    isSupported: ({ receiptEmail }) => receiptEmail,
    tell: async (joined) => {
      const saleId = await joined.pay();
      await joined.kiosk.page.ask('receipt:email', { saleId, email: 'mara@example.com' });
      const { stripe } = joined.parts.studio;
      const sentTo = async () => (await stripe.charges.list()).data[0]?.receipt_email;
      await joined.kiosk.untilTrue(async () => (await sentTo()) === 'mara@example.com');
    },
    otherwise: async (joined) => {
      const saleId = await joined.pay();
      const { bridge } = joined.kiosk.page;
      const answer = await bridge.ask('receipt:email', { saleId, email: 'mara@example.com' });
      expect(answer.ok).toBe(false);
      expect(joined.snapshot.features.receiptEmail).toBe(false);
      await staffReadOf(joined, 'receipt_email');
    },
  },
  {
    name: 'the account is compared with the file',
    isSupported: ({ list }) => list,
    tell: async (joined) => {
      await joined.pay();
      await joined.asStaff();
      expect(await joined.kiosk.page.ask('money:sweep', {})).toMatchObject({ kind: 'complete' });
    },
    otherwise: async (joined) => {
      expect(joined.snapshot.features.sweep).toBe(false);
      await staffReadOf(joined, 'sweep');
    },
  },
  {
    name: 'a hold is released by staff',
    isSupported: ({ settles }) => settles === 'kiosk',
    tell: async (joined) => {
      const { faults, target } = joined.faultsOf('settle');
      const saleId = await joined.buy();
      faults.next({ kind: 'request_lost' }, { ...target, times: Number.POSITIVE_INFINITY });
      joined.kiosk.present('visa');
      await joined.kiosk.untilTrue(async () => charged(await joined.ledger()).length === 1);
      await joined.asStaff();
      await joined.kiosk.page.ask('money:decide', {
        saleId,
        decision: 'cancel',
        by: 'Ada',
        why: 'the class is off',
        amount: null,
        proof: null,
      });
      await joined.kiosk.untilTrue(async () => charged(await joined.ledger()).length === 0);
    },
    otherwise: (joined) => staffReadOf(joined, 'cancel'),
  },
];

const readers: readonly Scenario[] = [
  {
    name: 'main leads the reader, without the screen’s SDK',
    options: { integration: 'server_driven' },
    isSupported: ({ readers: kind }) => kind === 'led',
    tell: async (joined) => {
      await joined.pay();
      await expectPaidOnce(joined);
    },
    otherwise: async (joined) => {
      expect(joined.snapshot.reader.integration).toBe('sdk');
      await staffReadOf(joined, 'lead_readers');
    },
  },
  {
    name: 'readers are listed, renamed and removed',
    tell: async (joined) => {
      const { page } = joined.kiosk;
      await joined.asStaff();
      const listed = await page.ask('readers:list', {});
      expect(listed.readers.map(({ label }) => label).sort()).toEqual(['Back room', 'Front desk']);
      const back = listed.readers.find(({ label }) => label === 'Back room')?.id ?? '';
      const by = 'Ada';
      const renamed = await page.ask('readers:rename', { readerId: back, label: 'Studio 2', by });
      expect(renamed).toMatchObject({ result: 'done' });
      const removed = await page.ask('readers:deregister', { readerId: back, by });
      expect(removed).toMatchObject({ result: 'done' });

      const left = await page.ask('readers:list', {});
      expect(left.readers.map(({ label }) => label)).toEqual(['Front desk']);
    },
  },
];

/** What some systems can do and others can't: each of the others says so. */
export const abilityScenarios: readonly Scenario[] = [...orders, ...afterwards, ...readers];
