import { acceptsPaymentMethodTypes } from '../api-version.ts';
import { invalidRequest } from '../api-error.ts';
import type { Params } from '../form/params.ts';
import type { RequestedTypes } from '../moves/payment-method-types.ts';

/**
 * Reads the payment method types under the name this version allows. From 2026-09-30 on the old
 * name is refused; before that both exist, but not in one request.
 * https://docs.stripe.com/changelog/endive
 */
export function readRequestedTypes(params: Params, version: string): RequestedTypes {
  if (params.has('payment_method_types') && !acceptsPaymentMethodTypes(version)) {
    throw invalidRequest(
      'The parameter payment_method_types is no longer supported in this API version. Use allowed_payment_method_types instead.',
      { code: 'payment_method_types_no_longer_supported', param: 'payment_method_types' },
    );
  }
  const exact = params.texts('payment_method_types');
  const allowed = params.texts('allowed_payment_method_types');
  if (exact !== undefined && allowed !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: allowed_payment_method_types, payment_method_types.',
      { param: 'payment_method_types' },
    );
  }
  return { exact, allowed };
}
