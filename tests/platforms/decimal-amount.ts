import { exponentOf, stepOf } from '../../main/domain/money.ts';
import { unprocessable } from './refused.ts';

/**
 * Minor units of a decimal such as `12.99`, by digits alone and never through floating point. Refuses, by 422, more
 * digits than the currency has, signs, exponents, and an amount that Stripe could not charge.
 */
export function minorUnits(decimal: string, currency: string, pointer: string): number {
  const exponent = exponentOf(currency);
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(decimal);
  const fraction = match?.[2] ?? '';
  if (match === null || exponent === null || fraction.length > exponent) {
    throw unprocessable(`is no amount in ${currency}`, pointer);
  }
  const amount = Number(`${match[1] ?? ''}${fraction.padEnd(exponent, '0')}`);
  if (!Number.isSafeInteger(amount) || amount % stepOf(currency) !== 0) {
    throw unprocessable(`is no amount that can be charged in ${currency}`, pointer);
  }
  return amount;
}
