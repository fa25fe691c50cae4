import { invalidRequest } from './api-error.ts';

/**
 * The smallest amount Stripe charges, in the currency's smallest unit, for each currency the model
 * knows. https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
const minimumAmounts: ReadonlyMap<string, number> = new Map([
  ['usd', 50],
  ['aed', 200],
  ['aud', 50],
  ['bgn', 100],
  ['brl', 50],
  ['cad', 50],
  ['chf', 50],
  ['czk', 1500],
  ['dkk', 250],
  ['eur', 50],
  ['gbp', 30],
  ['hkd', 400],
  ['huf', 17500],
  ['inr', 50],
  ['jpy', 50],
  ['mxn', 1000],
  ['myr', 200],
  ['nok', 300],
  ['nzd', 50],
  ['pln', 200],
  ['ron', 200],
  ['sek', 300],
  ['sgd', 50],
  ['thb', 1000],
]);

/** Currencies of the model in which Stripe does not sell Terminal. */
const withoutTerminal: ReadonlySet<string> = new Set(['aed', 'brl', 'hkd', 'inr', 'mxn', 'thb']);

const largestAmount = 99_999_999;

/** Returns the currency in lower case. Refuses what the model does not know. */
export function parseCurrency(text: string): string {
  const currency = text.toLowerCase();
  if (!minimumAmounts.has(currency)) {
    throw invalidRequest(
      `Invalid currency: ${currency}. Training mode supports these currencies: ${[...minimumAmounts.keys()].join(', ')}`,
      { param: 'currency' },
    );
  }
  return currency;
}

/** Refuses amounts (smallest units) outside what Stripe charges in this currency. */
export function checkAmount(amount: number, currency: string): void {
  const minimum = minimumAmounts.get(currency) ?? 0;
  if (amount < 1) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'amount',
    });
  }
  if (amount < minimum) {
    throw invalidRequest(
      `Amount must be no less than ${minimum} in the smallest unit of ${currency}.`,
      { code: 'amount_too_small', param: 'amount' },
    );
  }
  if (amount > largestAmount) {
    throw invalidRequest(
      `Amount must be no more than ${largestAmount} in the smallest unit of ${currency}.`,
      { code: 'amount_too_large', param: 'amount' },
    );
  }
}

/** Whether a card can be presented to a reader in this currency. */
export function sellsInPerson(currency: string): boolean {
  return minimumAmounts.has(currency) && !withoutTerminal.has(currency);
}
