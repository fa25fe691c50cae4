import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  containedPortion,
  equal,
  stepOf,
  exponentOf,
  money,
  portion,
  sum,
  times,
} from '../../main/domain/money.ts';

const someCurrency = fc.constantFrom('usd', 'eur', 'isk', 'jpy', 'krw', 'kwd', 'bhd');
const someAmount = fc.integer({ min: 0, max: 99_999_999 });
const someRate = fc.integer({ min: 0, max: 10_000 });

describe('amounts', () => {
  it('know how many digits Stripe counts after the point', () => {
    expect(exponentOf('usd')).toBe(2);
    expect(exponentOf('jpy')).toBe(0);
    expect(exponentOf('kwd')).toBe(3);
    // Stripe's table is not ISO's: these have no decimals elsewhere.
    expect(exponentOf('isk')).toBe(2);
    expect(exponentOf('ugx')).toBe(2);
    expect(exponentOf('USD')).toBeNull();
    expect(exponentOf('xxx')).toBeNull();
  });

  it('are refused when they are not whole minor units of a currency Stripe takes', () => {
    for (const amount of [0.1, 12.5, Number.NaN, Infinity, 2 ** 53]) {
      expect(() => money(amount, 'usd')).toThrow('whole number of minor units');
    }
    for (const currency of ['USD', 'dollar', '', 'btc']) {
      expect(() => money(1, currency)).toThrow('currency');
    }
  });

  it('of two currencies are never added', () => {
    expect(() => add(money(1, 'usd'), money(1, 'eur'))).toThrow('one currency');
    expect(equal(money(1, 'usd'), money(1, 'eur'))).toBe(false);
  });

  it('add up in any order, exactly', () => {
    fc.assert(
      fc.property(someCurrency, fc.array(someAmount, { maxLength: 20 }), (currency, amounts) => {
        const all = amounts.map((amount) => money(amount, currency));
        const total = amounts.reduce((left, right) => left + right, 0);
        expect(sum(all, currency)).toEqual(money(total, currency));
        expect(sum([...all].reverse(), currency)).toEqual(money(total, currency));
      }),
    );
  });

  it('multiply by whole quantities only, and never past what can be counted', () => {
    expect(times(money(333, 'usd'), 3)).toEqual(money(999, 'usd'));
    expect(() => times(money(333, 'usd'), 1.5)).toThrow('whole number');
    expect(() => times(money(Number.MAX_SAFE_INTEGER, 'usd'), 2)).toThrow('whole number');
  });
});

describe('tax', () => {
  it('is rounded half up, in whole minor units', () => {
    expect(portion(money(1_000, 'usd'), 875).amount).toBe(88);
    expect(portion(money(100, 'usd'), 50).amount).toBe(1);
    expect(portion(money(99, 'usd'), 50).amount).toBe(0);
    expect(containedPortion(money(1_190, 'eur'), 1_900).amount).toBe(190);
    expect(containedPortion(money(1_000, 'jpy'), 1_000).amount).toBe(91);
  });

  it('is never further from the exact share than half of the least step', () => {
    fc.assert(
      fc.property(someCurrency, someAmount, someRate, (currency, amount, rate) => {
        const added = portion(money(amount, currency), rate).amount;
        const half = 5_000 * stepOf(currency);
        expect(Math.abs(added * 10_000 - amount * rate)).toBeLessThanOrEqual(half);
        const contained = containedPortion(money(amount, currency), rate).amount;
        const exact = (amount * rate) / (10_000 + rate);
        expect(Math.abs(contained - exact)).toBeLessThanOrEqual(0.500_001);
        expect(contained).toBeLessThanOrEqual(amount);
      }),
    );
  });

  it('contained in a price is what adding it to the net would have added', () => {
    fc.assert(
      fc.property(someAmount, someRate, (gross, rate) => {
        const tax = containedPortion(money(gross, 'eur'), rate);
        const again = portion(money(gross - tax.amount, 'eur'), rate);
        expect(Math.abs(again.amount - tax.amount)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has no base below zero', () => {
    expect(() => portion(money(-1, 'usd'), 875)).toThrow('whole base');
    expect(() => containedPortion(money(-1, 'usd'), 875)).toThrow('whole base');
  });
});
