import { invalidRequest } from '../api-error.ts';
import { sellsInPerson } from '../currencies.ts';

/** The payment method types the training account has switched on, and where each fits. */
const accountTypes: ReadonlyMap<string, (currency: string) => boolean> = new Map([
  ['card', () => true],
  ['card_present', sellsInPerson],
  ['interac_present', (currency: string) => currency === 'cad'],
]);

/** What a client asked for, under the old name or the new. */
export interface RequestedTypes {
  readonly allowed: readonly string[] | undefined;
  readonly exact: readonly string[] | undefined;
}

/**
 * Settles `payment_method_types`. The new parameter drops silently what does not fit; the old one
 * refuses it. With neither, the account's online defaults hold: a card in person must be asked for.
 */
export function settleTypes(requested: RequestedTypes, currency: string): readonly string[] {
  return settle(requested, 'Payment Intent', (type) => accountTypes.get(type)?.(currency) ?? false);
}

/** The same for a SetupIntent, which knows no currency and cannot keep an Interac card. */
export function settleSetupTypes(requested: RequestedTypes): readonly string[] {
  return settle(requested, 'Setup Intent', (type) => type === 'card' || type === 'card_present');
}

function settle(
  requested: RequestedTypes,
  noun: string,
  fits: (type: string) => boolean,
): readonly string[] {
  const wanted = requested.exact ?? requested.allowed ?? ['card'];
  const fitting = [...new Set(wanted)].filter(fits);
  const misfit = wanted.find((type) => !fitting.includes(type));
  if (requested.exact !== undefined && misfit !== undefined) {
    throw invalidRequest(
      `The payment method type "${misfit}" is invalid. Please ensure the provided type is activated in your dashboard and your account is enabled for any preview features that you are trying to use.`,
      { param: 'payment_method_types' },
    );
  }
  if (fitting.length === 0) {
    throw invalidRequest(
      `No valid payment method types for this ${noun}. Please ensure that you have activated payment methods compatible with your chosen currency.`,
      {
        param:
          requested.exact === undefined ? 'allowed_payment_method_types' : 'payment_method_types',
      },
    );
  }
  return fitting;
}
