import { assert } from './assert.ts';

/** `amount` is an integer in the currency's minor unit; `currency` the lower-case code Stripe writes. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/**
 * Digits after the decimal point as Stripe counts them, which is not always ISO's or Intl's count:
 * ISK and UGX are sent as two-decimal amounts. https://docs.stripe.com/currencies#zero-decimal
 */
const exponents: ReadonlyMap<string, number> = new Map([
  ...coded(0, 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'),
  ...coded(3, 'bhd jod kwd omr tnd'),
  ...coded(
    2,
    'aed afn all amd aoa ars aud awg azn bam bbd bdt bmd bnd bob brl bsd bwp byn bzd ' +
      'cad cdf chf cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd ' +
      'gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs khr kyd kzt lak lbp lkr lrd ' +
      'lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab ' +
      'pen pgk php pkr pln qar ron rsd sar sbd scr sek sgd shp sle sos srd std szl thb ' +
      'tjs top try ttd twd tzs uah ugx usd uyu uzs wst xcd yer zar zmw',
  ),
]);

function coded(exponent: number, codes: string): [string, number][] {
  return codes.split(' ').map((code) => [code, exponent]);
}

/** Stripe's count of digits after the decimal point, or null for a currency Stripe does not take. */
export function exponentOf(currency: string): number | null {
  return exponents.get(currency) ?? null;
}

/**
 * The smallest step of an amount Stripe takes: three-decimal amounts end in 0, and ISK and UGX, which have no
 * decimals any more, in 00. https://docs.stripe.com/currencies#special-cases
 */
export function stepOf(currency: string): number {
  if (currency === 'isk' || currency === 'ugx') return 100;
  return exponentOf(currency) === 3 ? 10 : 1;
}

/** Refuses, by assertion, an amount that is not a safe integer or a currency Stripe does not take. */
export function money(amount: number, currency: string): Money {
  assert(Number.isSafeInteger(amount), 'an amount is a whole number of minor units');
  assert(exponents.has(currency), 'a currency is one Stripe takes, in lower case');
  return { amount, currency };
}

/** Refuses mixed currencies. */
export function add(left: Money, right: Money): Money {
  assert(left.currency === right.currency, 'amounts added are of one currency');
  return money(left.amount + right.amount, left.currency);
}

/** Refuses a factor that is not a whole number. */
export function times(unit: Money, factor: number): Money {
  assert(Number.isSafeInteger(factor), 'a quantity is a whole number');
  return money(unit.amount * factor, unit.currency);
}

/** The sum, zero of `currency` for none. */
export function sum(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce(add, money(0, currency));
}

export function equal(left: Money, right: Money): boolean {
  return left.amount === right.amount && left.currency === right.currency;
}

/**
 * The part of `amount` at `basisPoints` (875 is 8.75 %), rounded half up to the currency's step, in whole numbers
 * only. Refuses negative amounts: a discount is not a tax base.
 */
export function portion(base: Money, basisPoints: number): Money {
  assert(base.amount >= 0 && Number.isSafeInteger(basisPoints), 'tax is counted on a whole base');
  const step = BigInt(stepOf(base.currency));
  const steps = halfUp(BigInt(base.amount) * BigInt(basisPoints), 10_000n * step);
  return money(Number(steps * step), base.currency);
}

/** The tax contained in a price that already includes it at `basisPoints`, rounded half up. */
export function containedPortion(gross: Money, basisPoints: number): Money {
  assert(gross.amount >= 0 && Number.isSafeInteger(basisPoints), 'tax is counted on a whole base');
  const divisor = BigInt(10_000 + basisPoints);
  return money(Number(halfUp(BigInt(gross.amount) * BigInt(basisPoints), divisor)), gross.currency);
}

function halfUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend * 2n + divisor) / (divisor * 2n);
}
