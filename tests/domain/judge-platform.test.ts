import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlatformStatus } from '../../main/domain/platform-order.ts';
import { allowedDecisions, mayRecordTender } from '../../main/domain/staff.ts';
import { provedNotCharged, type Sale } from '../../main/domain/sale.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import {
  aSale,
  after,
  answered,
  captured,
  facts,
  held,
  noIntentInError,
  read,
  step,
} from '../support/fakes/sales.ts';
import { PlatformWorld } from './platform-world.ts';

const opened: Sale = {
  ...aSale(),
  settledBy: 'platform',
  platformOrder: { id: '123', fromBalance: 0, balance: 0, userId: null, partnerId: null },
};
const presenting = after(
  opened,
  { kind: 'confirmed' },
  { kind: 'payment_intent_created', paymentIntent: shows('open') },
);
const charging = after(presenting, {
  kind: 'card_collected',
  attemptId: presenting.attempt?.id ?? ('none' as never),
  askFirst: false,
});

function shows(status: PlatformStatus, seen: PaymentIntentFacts = facts()): PaymentIntentFacts {
  return { ...seen, platform: { status, orderId: null, error: null } };
}

function unseen(status: PlatformStatus): PaymentIntentFacts {
  return { ...shows(status), unseen: true };
}

describe('a sale that its platform settles', () => {
  it('is paid when the order is submitted, and nothing is captured from here', () => {
    const { sale, effects } = step(charging, read(shows('submitted', captured)));

    expect(sale.state).toBe('paid');
    expect(effects).toEqual([]);
  });

  it.each([
    ['held', held],
    ['received', captured],
  ])('waits with the customer while the money is %s and the order is still open', (_, seen) => {
    const { sale, effects } = step(charging, read(shows('open', seen)));

    expect(sale.state).toBe('capturing');
    expect(effects).toEqual([{ kind: 'payment_intent.read', afterMs: 1_000 }]);
    expect(provedNotCharged(sale)).toBe(false);
  });

  it('asks staff when the order is not finished in the end, and looks again by itself', () => {
    let sale = charging;
    for (let reads = 0; sale.state !== 'needs_staff'; reads += 1) {
      expect(reads).toBeLessThan(200);
      sale = step(sale, read(shows('open', captured))).sale;
    }

    expect(sale.staffReason).toBe('order_not_finished');
    expect(allowedDecisions(sale)).toEqual(['close']);
    expect(mayRecordTender(sale)).toBe(false);
    expect(step(sale, read(shows('submitted', captured))).sale.state).toBe('paid');
  });

  it('asks staff at once when the card was charged and the order failed', () => {
    const { sale } = step(charging, read(shows('failed', captured)));

    expect(sale).toMatchObject({ state: 'needs_staff', staffReason: 'order_failed' });
  });

  it('waits a moment where the order had failed with an earlier card and the next one was charged', () => {
    const again = { ...charging, attemptsMade: 2 };
    const first = step(again, read(shows('failed', captured)));
    expect(first.sale.state).toBe('capturing');
    expect(step(first.sale, read(shows('submitted', captured))).sale.state).toBe('paid');

    let { sale } = first;
    for (let reads = 0; sale.state !== 'needs_staff'; reads += 1) {
      expect(reads).toBeLessThan(20);
      sale = step(sale, read(shows('failed', captured))).sale;
    }
    expect(sale.staffReason).toBe('order_failed');
  });

  it('is not paid by its card when the order was submitted and its PaymentIntent is seen uncharged', () => {
    for (const sale of [
      presenting,
      charging,
      step(presenting, { kind: 'customer_canceled' }).sale,
    ]) {
      const judged = step(sale, read(shows('submitted'))).sale;
      expect(judged).toMatchObject({ state: 'needs_staff', staffReason: 'order_paid_otherwise' });
    }
  });

  it('that ended after a card was tried is looked at once more, and a late charge is for staff', () => {
    const declined = { ...presenting, attempt: null, decline: 'connection_lost' } as const;
    const left = step(declined, { kind: 'customer_canceled' }).sale;
    const ended = step(left, read(shows('open')));
    expect(ended.sale.state).toBe('canceled');
    expect(ended.effects).toEqual([{ kind: 'payment_intent.read', afterMs: 300_000 }]);

    const late = step(ended.sale, read(unseen('submitted')));
    expect(late.sale).toMatchObject({ state: 'needs_staff', staffReason: 'paid_after_cancel' });
    expect(late.effects).toEqual([]);
  });

  it('whose page went away while a card was charged is looked at again until its order tells', () => {
    const lost = step(charging, { kind: 'window_loaded' }).sale;
    const { sale, effects } = step(lost, read(shows('open')));

    expect(sale).toMatchObject({ state: 'needs_staff', staffReason: 'outcome_unknown' });
    expect(effects).toContainEqual({ kind: 'payment_intent.read', afterMs: 300_000 });
    expect(step(sale, read(unseen('submitted'))).sale.state).toBe('paid');
  });

  it('asks staff when the order is paid for another amount', () => {
    const { sale } = step(charging, read(shows('submitted', facts({ amount: 1 }))));

    expect(sale).toMatchObject({ state: 'needs_staff', staffReason: 'amounts_disagree' });
  });

  it('that nobody paid ends without a cancel, and does not claim to have proved it', () => {
    const left = step(presenting, { kind: 'customer_canceled' });
    expect(left.effects.map(({ kind }) => kind)).toEqual(['reader.cancel', 'payment_intent.read']);

    const { sale } = step(left.sale, read(shows('open')));
    expect(sale).toMatchObject({ state: 'canceled', cancelReason: 'customer' });
    expect(provedNotCharged(sale)).toBe(false);
  });

  it('goes on with another card after a decline, also where the order failed with it', () => {
    const refused = {
      kind: 'failed',
      code: 'card_declined',
      declineCode: 'generic_decline',
      paymentIntentStatus: 'requires_payment_method',
    } as const;
    const declined = facts({
      latestChargeId: 'ch_declined' as never,
      lastPaymentError: { code: 'card_declined', declineCode: 'generic_decline' },
    });

    for (const status of ['open', 'failed'] as const) {
      const { sale } = step(
        after(charging, answered(charging, refused)),
        read(shows(status, declined)),
      );
      expect(sale).toMatchObject({ state: 'presenting', decline: 'declined' });
    }
  });

  it('whose card may have been charged is never called ended when nobody can read it any more', () => {
    let sale = after(charging, answered(charging, noIntentInError), { kind: 'restarted' });
    for (let reads = 0; sale.state !== 'needs_staff'; reads += 1) {
      expect(reads).toBeLessThan(100);
      expect(sale.state).toBe('finding_out');
      sale = step(sale, read(unseen('open'))).sale;
    }

    expect(sale.staffReason).toBe('outcome_unknown');
    expect(step(sale, read(unseen('submitted'))).sale.state).toBe('paid');
  });

  it('asks staff when the order is found paid although no reply to its create came', () => {
    const lost = after(opened, { kind: 'confirmed' }, { kind: 'step_uncertain', step: 'create' });
    const platform = { status: 'submitted', orderId: '9', error: null } as const;
    const { sale } = step(lost, {
      kind: 'payment_intent_looked_up',
      paymentIntent: null,
      platform,
    });

    expect(sale).toMatchObject({ state: 'needs_staff', staffReason: 'order_paid_otherwise' });
  });
});

describe('whatever happens, in whatever order', () => {
  const choices = fc.array(fc.nat({ max: 59 }), { minLength: 10, maxLength: 90, size: 'max' });

  it('a charged card is never called canceled, and paid is what the platform calls submitted', () => {
    fc.assert(
      fc.property(choices, (chosen) => {
        let place = 0;
        const choose = (options: number): number => (chosen[place++] ?? 0) % options;
        const world = new PlatformWorld(choose);
        while (place < chosen.length) {
          world.happen();
          const { state } = world.sale;
          const told = world.journal.join('\n');
          expect(state === 'canceled' && world.isCharged, told).toBe(false);
          expect(state === 'paid' && world.status !== 'submitted', told).toBe(false);
          expect(provedNotCharged(world.sale) && world.isCharged, told).toBe(false);
        }
        world.settle();
        const { state } = world.sale;
        const told = world.journal.join('\n');
        expect(['paid', 'canceled', 'needs_staff', 'presenting'], told).toContain(state);
        if (world.isCharged) expect(['paid', 'needs_staff'], told).toContain(state);
      }),
      { numRuns: 3_000 },
    );
  });
});
