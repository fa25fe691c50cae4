import { describe, expect, it } from 'vitest';
import { givenBackOf, refundable, refundedOf } from '../../main/domain/given-back.ts';
import { refundId } from '../../main/domain/ids.ts';
import { classify } from '../../main/domain/reconcile.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import { transition } from '../../main/domain/sale-transition.ts';
import type { Sale } from '../../main/domain/sale.ts';
import { after, at, captured, held, ourKiosk, read } from '../support/fakes/sales.ts';

const id = refundId('refund_request00001');
const giving = (amount: number): SaleEvent => ({ kind: 'giving_back', refundId: id, amount });
const notGiven = (amount: number): SaleEvent => ({ kind: 'not_given_back', refundId: id, amount });
const shown = (amountRefunded: number): SaleEvent => read({ ...captured, amountRefunded });

function verdictOf(sale: Sale) {
  return classify({ sale, addedAtMs: 0, sighting: null }, ourKiosk, 1);
}

describe('what may be given back of a sale', () => {
  it('is what was taken, less what this kiosk asked for and Stripe does not show yet', () => {
    expect(refundable(at.paid())).toBe(2_800);
    expect(refundable(after(at.paid(), giving(800)))).toBe(2_000);
  });

  it('counts a refund that Stripe shows and this kiosk asked for once', () => {
    expect(refundable(after(at.paid(), giving(800), shown(800)))).toBe(2_000);
  });

  it('is nothing of a hold', () => {
    expect(refundable({ ...at.paid(), paymentIntent: held })).toBe(0);
  });

  it('does not take what was never taken of a hold for given back', () => {
    const partly = { ...captured, amountReceived: 1_500, amountRefunded: 1_300 };

    expect(refundedOf(partly)).toBe(0);
    expect(refundedOf({ ...partly, amountRefunded: 1_800 })).toBe(500);
    expect(refundable({ ...at.paid(), paymentIntent: partly })).toBe(1_500);
  });

  it.each([0, -1, 2_801])('is not asked for as %i', (amount) => {
    expect(transition(at.paid(), giving(amount)).kind).toBe('ignored');
  });

  it('grows again only by what was asked for', () => {
    const sale = after(at.paid(), giving(800));

    expect(transition(sale, notGiven(801)).kind).toBe('ignored');
    expect(givenBackOf(after(sale, notGiven(800)))).toBe(0);
  });
});

describe('a paid sale on the books', () => {
  it('stays settled when all or a part of it is given back by this kiosk, and shows what was taken', () => {
    for (const amount of [500, 2_800]) {
      expect(verdictOf(after(at.paid(), giving(amount), shown(amount)))).toMatchObject({
        class: 'captured_ordered',
        resolved: true,
        amountAtStake: { amount: 2_800 },
      });
    }
  });

  it('is for staff when somebody else gave more of it back', () => {
    expect(verdictOf(after(at.paid(), giving(500), shown(501)))).toMatchObject({
      class: 'amount_mismatch',
      resolved: false,
      proposal: 'close',
    });
  });

  it('is for staff when the cardholder’s bank disputes it', () => {
    const disputed = after(at.paid(), read({ ...captured, disputed: true }));

    expect(verdictOf(disputed)).toMatchObject({ resolved: false, proposal: 'close' });
  });
});
