import type { CurrencyView } from '../../preload/contract/money.ts';

const none = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
const three = 'bhd jod kwd omr tnd'.split(' ');

/**
 * How Stripe counts a currency: the kiosk's own as main told it, another one by Stripe's list
 * (https://docs.stripe.com/currencies#minor-units). Others appear only among payments that are not
 * this kiosk's.
 */
export function currencyOf(code: string, own: CurrencyView): CurrencyView {
  if (code === own.code) return own;
  return { code, exponent: none.includes(code) ? 0 : three.includes(code) ? 3 : 2 };
}
