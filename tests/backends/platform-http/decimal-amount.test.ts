import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decimalNumber,
  decimalString,
  minorUnits,
} from '../../../main/backends/platform-http/decimal-amount.ts';
import { exponentOf, money } from '../../../main/domain/money.ts';

const currencies = ['jpy', 'clp', 'usd', 'eur', 'isk', 'kwd', 'bhd'] as const;
const currency = fc.constantFrom(...currencies);
const amount = fc.oneof(fc.nat({ max: 99_999_999 }), fc.nat({ max: 150_000 }), fc.nat({ max: 99 }));

test('each amount survives the way to the platform and back, as a text and as a number', () => {
  fc.assert(
    fc.property(amount, currency, (units, code) => {
      const paid = money(units, code);

      expect(minorUnits(decimalString(paid), code)).toBe(units);
      expect(minorUnits(decimalNumber(paid), code)).toBe(units);
      expect(minorUnits(JSON.parse(JSON.stringify(decimalNumber(paid))) as number, code)).toBe(
        units,
      );
    }),
  );
});

test('the number prints like the text but for zeros at its end', () => {
  fc.assert(
    fc.property(amount, currency, (units, code) => {
      const written = decimalString(money(units, code));
      const shortest = written.includes('.') ? written.replace(/\.?0+$/, '') : written;

      expect(JSON.stringify(decimalNumber(money(units, code)))).toBe(shortest);
    }),
  );
});

test('a text has as many decimals as the currency', () => {
  fc.assert(
    fc.property(amount, currency, (units, code) => {
      const [, decimals = ''] = decimalString(money(units, code)).split('.');

      expect(decimals).toHaveLength(exponentOf(code)!);
    }),
  );
});

test.for([
  [5678, 'usd', '56.78'],
  [5, 'usd', '0.05'],
  [0, 'usd', '0.00'],
  [500, 'jpy', '500'],
  [12_340, 'kwd', '12.340'],
] as const)('%i minor units of %s are %s', ([units, code, written]) => {
  expect(decimalString(money(units, code))).toBe(written);
});

test.for([
  ['12.990000000000002', 'usd'],
  [12.990000000000002, 'usd'],
  [0.1 + 0.2, 'usd'],
  [1e21, 'usd'],
  [1e-7, 'usd'],
  [-1, 'usd'],
  [Number.NaN, 'usd'],
  [Number.POSITIVE_INFINITY, 'usd'],
  ['-1.00', 'usd'],
  ['+1.00', 'usd'],
  ['1e2', 'usd'],
  ['1,00', 'usd'],
  ['1 000', 'usd'],
  ['.50', 'usd'],
  ['5.', 'usd'],
  ['05.00', 'usd'],
  ['', 'usd'],
  [' 5.00', 'usd'],
  ['0x10', 'usd'],
  ['5.001', 'usd'],
  ['500.0', 'jpy'],
  ['5.0001', 'kwd'],
  ['5.00', 'xyz'],
  ['99999999999999999.00', 'usd'],
] as const)('%s is no amount of %s, and is not rounded to one', ([value, code]) => {
  expect(minorUnits(value, code)).toBeNull();
});

test('an amount with fewer decimals than the currency has is understood', () => {
  expect(minorUnits('12.5', 'usd')).toBe(1250);
  expect(minorUnits(12, 'kwd')).toBe(12_000);
});

test('a negative amount can’t be written', () => {
  expect(() => decimalString(money(-1, 'usd'))).toThrow();
});
