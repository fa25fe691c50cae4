import { describe, expect, it } from 'vitest';
import { foundSale } from '../../main/domain/found-sale.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import { transition } from '../../main/domain/sale-transition.ts';
import type { StaffDecision } from '../../main/domain/sale.ts';
import { allowedDecisions, isPaidInFull, mayRecordTender } from '../../main/domain/staff.ts';
import {
  after,
  at,
  captured,
  facts,
  held,
  ourKiosk,
  ourSale,
  read,
  step,
} from '../support/fakes/sales.ts';

const cash: SaleEvent = { kind: 'tender_recorded', tender: 'cash', by: 'Ada', why: 'at the desk' };

function decided(decision: StaffDecision): SaleEvent {
  return { kind: 'staff_decided', decision, by: 'Ada', why: 'as agreed' };
}

describe('a PaymentIntent whose sale was lost with the database', () => {
  it('is left alone until a person decides', () => {
    const found = foundSale(ourSale, ourKiosk, held);

    expect(found.state).toBe('needs_staff');
    expect(allowedDecisions(found)).toEqual(['capture', 'cancel', 'capture_part']);
    const seenAgain = step(found, read({ ...held, captureBeforeMs: 5 }));
    expect(seenAgain.effects).toEqual([]);
    expect(seenAgain.sale.state).toBe('needs_staff');
  });

  it('is captured when a person says that the order was given', () => {
    const { sale, effects } = step(foundSale(ourSale, ourKiosk, held), decided('capture'));

    expect(sale).toMatchObject({ state: 'authorized', completed: true, staffReason: null });
    expect(effects).toEqual([{ kind: 'payment_intent.capture', ordinal: 101, afterMs: 0 }]);
    expect(after(sale, read(captured)).state).toBe('paid');
  });

  it('is released when a person says so, and that is said only once it is read', () => {
    const { sale, effects } = step(foundSale(ourSale, ourKiosk, held), decided('cancel'));

    expect(sale.state).toBe('canceling');
    // No key of the lost life is used again.
    expect(effects).toEqual([{ kind: 'payment_intent.cancel', ordinal: 101, afterMs: 0 }]);
  });

  it('may be kept as paid if it was captured, and not be captured again', () => {
    const found = foundSale(ourSale, ourKiosk, captured);

    expect(transition(found, decided('capture')).kind).toBe('ignored');
    expect(step(found, decided('accept')).sale.state).toBe('paid');
  });
});

describe('a sale whose record came from a backup', () => {
  it('is neither captured nor cancelled by itself, wherever it stood', () => {
    const unfinished = [
      at.review(),
      at.creating(),
      at.awaitingCard(),
      at.authorizing(),
      at.capturing(),
    ];
    for (const sale of unfinished) {
      const { sale: restored, effects } = step(sale, { kind: 'record_restored' });
      expect(restored).toMatchObject({ state: 'needs_staff', staffReason: 'record_lost' });
      const asked = effects.map(({ kind }) => kind);
      expect(asked).not.toContain('payment_intent.cancel');
      expect(asked).not.toContain('payment_intent.capture');
    }
  });

  it('learns of its PaymentIntent from the sweep and still waits for a person', () => {
    const restored = after(at.review(), { kind: 'record_restored' });
    const { sale, effects } = step(restored, { kind: 'payment_intent_found', paymentIntent: held });

    expect(sale.state).toBe('needs_staff');
    expect(effects).toEqual([]);
    expect(allowedDecisions(sale)).toEqual(['capture', 'cancel', 'capture_part']);
  });

  it('is to be decided anew when its PaymentIntent is found after it was closed', () => {
    const closed = after(at.review(), { kind: 'record_restored' }, decided('close'));
    const found = after(closed, { kind: 'payment_intent_found', paymentIntent: captured });

    expect(closed.staffDecision).toBe('close');
    expect(found.staffDecision).toBeNull();
    expect(allowedDecisions(found)).not.toEqual([]);
  });

  it('stays as it had ended', () => {
    expect(transition(at.paid(), { kind: 'record_restored' }).kind).toBe('ignored');
  });
});

describe('what staff may decide', () => {
  it('is nothing at all about a sale the kiosk can finish by itself', () => {
    for (const sale of [at.findingOut(), at.canceling(), at.paid()]) {
      expect(allowedDecisions(sale)).toEqual([]);
    }
  });

  it('is to release a hold that has not been taken yet', () => {
    for (const sale of [at.authorized(), at.capturing()]) {
      expect(allowedDecisions(sale)).toEqual(['cancel']);
      const { sale: released, effects } = step(sale, decided('cancel'));
      expect(released).toMatchObject({ state: 'canceling', cancelReason: 'staff' });
      expect(effects).toContainEqual({ kind: 'payment_intent.cancel', ordinal: 1, afterMs: 0 });
    }
  });

  it('is to take a part of a hold, never more than the order’s total and never more than is held', () => {
    const found = foundSale(ourSale, ourKiosk, held);
    const part = (amount?: number): SaleEvent => ({
      ...decided('capture_part'),
      ...(amount === undefined ? {} : { amount }),
    });
    const rest = { ...held, amountCapturable: 1_000 };
    const heldLess = { ...found, paymentIntent: rest };

    for (const amount of [undefined, 0, -1, held.amount + 1]) {
      expect(transition(found, part(amount)).kind).toBe('ignored');
    }
    expect(transition(heldLess, part(1_001)).kind).toBe('ignored');

    const { sale } = step(found, part(1_500));
    expect(sale).toMatchObject({ state: 'authorized', captureAmount: 1_500 });
    const taken = { ...captured, amountReceived: 1_500, amountRefunded: 1_300 };
    expect(after(sale, read(taken)).state).toBe('paid');
    expect(isPaidInFull(after(sale, read(taken)))).toBe(true);
  });

  it('is never to close over money that is held', () => {
    const refusedCapture = { ...at.needsStaff(), staffReason: 'capture_refused' as const };

    expect(refusedCapture.paymentIntent?.status).toBe('requires_capture');
    expect(allowedDecisions(refusedCapture)).not.toContain('close');
  });

  it('is only to close what belongs to somebody else', () => {
    expect(allowedDecisions(at.needsStaff())).toEqual(['close']);
  });

  it('is not to capture an amount that is not the sale’s, but what is held of it may be taken', () => {
    const other = facts({ status: 'requires_capture', amount: 100, amountCapturable: 100 });
    const odd = { ...foundSale(ourSale, ourKiosk, held), paymentIntent: other };

    expect(allowedDecisions(odd)).toEqual(['cancel', 'capture_part']);
  });

  it('is asked anew when Stripe shows something else afterwards', () => {
    const refunded = after(at.paid(), read({ ...captured, amountRefunded: 500 }));
    const closed = after(refunded, decided('close'));
    expect(allowedDecisions(closed)).toEqual([]);

    const again = after(closed, read({ ...captured, amountRefunded: 900 }));

    expect(allowedDecisions(again)).toEqual(['close']);
  });
});

describe('a sale paid another way', () => {
  it('releases its hold', () => {
    for (const sale of [at.authorized(), at.capturing()]) {
      const { sale: tendered, effects } = step(sale, cash);
      expect(tendered).toMatchObject({ state: 'canceling', tender: 'cash' });
      expect(effects).toContainEqual({ kind: 'payment_intent.cancel', ordinal: 1, afterMs: 0 });
    }
  });

  it('is only noted where nothing is held', () => {
    const { sale, effects } = step(at.canceled(), cash);

    expect(sale).toMatchObject({ state: 'canceled', tender: 'cash' });
    expect(effects).toEqual([]);
  });

  it('can’t be recorded while it is not known whether the card was charged', () => {
    for (const sale of [at.authorizing(), at.findingOut(), at.canceling()]) {
      expect(mayRecordTender(sale)).toBe(false);
      expect(transition(sale, cash).kind).toBe('ignored');
    }
  });

  it('goes to a person when the card had been charged all the same', () => {
    const both = after(at.capturing(), cash, read(captured));

    expect(both).toMatchObject({ state: 'needs_staff', staffReason: 'paid_after_cancel' });
    expect(allowedDecisions(both)).toEqual(['close']);
  });
});
