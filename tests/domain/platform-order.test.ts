import fc from 'fast-check';
import { expect, it } from 'vitest';
import { largestAmount } from '../../main/domain/order.ts';
import { money, stepOf } from '../../main/domain/money.ts';
import { type PlatformOrder, withBalance } from '../../main/domain/platform-order.ts';
import { totalOf } from '../../main/domain/sale.ts';
import { aSale, anOrder } from '../support/fakes/sales.ts';

function anOrderWith(balance: number): PlatformOrder {
  return { id: '123', fromBalance: 0, balance, userId: null, partnerId: null };
}

const amounts = fc.integer({ min: 0, max: largestAmount });
/** Of every count of decimals, and of every step that Stripe takes. */
const totals = fc
  .tuple(fc.constantFrom('usd', 'jpy', 'kwd', 'isk'), fc.integer({ min: 1, max: 999_999 }))
  .map(([currency, steps]) => money(steps * stepOf(currency), currency));

it('the account never pays more than is in it or was wanted, and always leaves an amount that Stripe takes', () => {
  fc.assert(
    fc.property(amounts, amounts, totals, (balance, wanted, total) => {
      const { fromBalance } = withBalance(anOrderWith(balance), wanted, total);
      const forCard = total.amount - fromBalance;

      expect(fromBalance).toBeGreaterThanOrEqual(0);
      expect(fromBalance).toBeLessThanOrEqual(Math.min(balance, wanted));
      expect(forCard).toBeGreaterThanOrEqual(stepOf(total.currency));
      expect(forCard % stepOf(total.currency)).toBe(0);
    }),
  );
});

it('the account pays as much as it can: one step more would be too much', () => {
  fc.assert(
    fc.property(amounts, amounts, totals, (balance, wanted, total) => {
      const step = stepOf(total.currency);
      const more = withBalance(anOrderWith(balance), wanted, total).fromBalance + step;

      expect(more > Math.min(balance, wanted) || more >= total.amount).toBe(true);
    }),
  );
});

it('what the card pays and what the account pays are the total together', () => {
  fc.assert(
    fc.property(amounts, totals, (balance, total) => {
      const platformOrder = withBalance(anOrderWith(balance), balance, total);
      const order = anOrder(total.amount, total.currency);
      const forCard = totalOf({ ...aSale(), order, platformOrder });

      expect(forCard.currency).toBe(total.currency);
      expect(forCard.amount + platformOrder.fromBalance).toBe(total.amount);
    }),
  );
});

it('taking the account back leaves the order as it was', () => {
  const order = anOrderWith(500);
  const total = money(2_800, 'usd');

  expect(withBalance(withBalance(order, 500, total), 0, total)).toEqual(order);
});
