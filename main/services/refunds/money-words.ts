import { exponentOf, type Money } from '../../domain/money.ts';

/** By whole digits, without a float: 2800 usd is 28.00, 500 jpy is 500. An unknown currency stays in minor units. */
export function decimalOf({ amount, currency }: Money): string {
  const exponent = exponentOf(currency) ?? 0;
  const digits = String(amount).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** For a sentence to staff: `28.00 USD`. */
export function moneyWords(money: Money): string {
  return `${decimalOf(money)} ${money.currency.toUpperCase()}`;
}
