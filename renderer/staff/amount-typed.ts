import type { CurrencyView } from '../../preload/contract/money.ts';

/** Minor units as they are typed into a field: `2600` of dollars is `26.00`, of yen `2600`. */
export function amountText(amount: number, { exponent }: CurrencyView): string {
  const digits = String(amount).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** What was typed, in minor units; null for what is no amount above zero with at most the currency's decimals. */
export function typedAmount(text: string, { exponent }: CurrencyView): number | null {
  const [, whole, part = ''] = /^(\d{1,9})(?:[.,](\d*))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || part.length > exponent) return null;
  const amount = Number(`${whole}${part.padEnd(exponent, '0')}`);
  return Number.isSafeInteger(amount) && amount > 0 ? amount : null;
}
