import { assert } from '../../domain/assert.ts';
import { exponentOf, type Money } from '../../domain/money.ts';

/** More digits than any amount of a kiosk has; short enough for every amount to be exact as a number too. */
const digitsMax = 15;

/**
 * An amount as a platform writes it: `56.78`, `500` where the currency has no decimals, `12.340` where it has three.
 * Refuses, by assertion, what is no amount to pay: a negative one, one of more than 15 digits, an unknown currency.
 */
export function decimalString({ amount, currency }: Money): string {
  const exponent = exponentOf(currency);
  assert(exponent !== null, 'a currency is one Stripe takes, in lower case');
  assert(Number.isSafeInteger(amount) && amount >= 0, 'an amount to pay is a whole number');
  const digits = String(amount).padStart(exponent + 1, '0');
  assert(digits.length <= digitsMax, 'an amount has at most 15 digits');
  if (exponent === 0) return digits;
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** The same as the number whose JSON is that text, but for zeros at its end. */
export function decimalNumber(money: Money): number {
  return Number(decimalString(money));
}

const decimal = /^(0|[1-9]\d*)(?:\.(\d+))?$/;

/**
 * Minor units of a platform's amount, a text or a number. Null for what is no amount of this currency: a sign, an
 * exponent, more decimals than the currency has. A number such as 12.990000000000002 came out of somebody's
 * arithmetic: it is refused like the rest, and not rounded.
 */
export function minorUnits(value: string | number, currency: string): number | null {
  const exponent = exponentOf(currency);
  const found = decimal.exec(String(value));
  const whole = found?.[1];
  if (exponent === null || whole === undefined) return null;
  const decimals = found?.[2] ?? '';
  if (decimals.length > exponent) return null;
  const digits = whole + decimals.padEnd(exponent, '0');
  return digits.length > digitsMax ? null : Number(digits);
}
