import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../../renderer/components/format-money.ts';

describe('an amount', () => {
  it.each([
    [5534, 'usd', 2, '$55.34'],
    [0, 'usd', 2, '$0.00'],
    [5, 'usd', 2, '$0.05'],
    [123456789, 'usd', 2, '$1,234,567.89'],
    [8300, 'jpy', 0, '¥8,300'],
  ])('%d in %s is written %s', (amount, code, exponent, written) => {
    expect(formatMoney(amount, { code, exponent }, 'en')).toBe(written);
  });

  it('has as many decimals as Stripe counts, not as Intl would write', () => {
    expect(formatMoney(150_000, { code: 'isk', exponent: 2 }, 'en')).toMatch(/1,500\.00$/);
    expect(formatMoney(12_340, { code: 'kwd', exponent: 3 }, 'en')).toMatch(/12\.340$/);
  });

  it('is exact up to the largest amount a card takes', () => {
    expect(formatMoney(99_999_999, { code: 'usd', exponent: 2 }, 'en')).toBe('$999,999.99');
  });
});
