import type { CurrencyView } from '../../preload/contract/money.ts';

/**
 * Writes whole minor units as money. The number of decimals is the currency's exponent as Stripe
 * counts it, which is not always Intl's: https://docs.stripe.com/currencies#special-cases
 * The division is for the eye only; nothing is calculated with its result.
 */
export function formatMoney(amount: number, currency: CurrencyView, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.code.toUpperCase(),
    minimumFractionDigits: currency.exponent,
    maximumFractionDigits: currency.exponent,
  }).format(amount / 10 ** currency.exponent);
}
