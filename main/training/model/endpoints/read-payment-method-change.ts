import { readMetadata } from '../form/metadata.ts';
import type { Params } from '../form/params.ts';
import type { PaymentMethodChange } from '../moves/update-payment-method.ts';
import { readEmail } from './read-email.ts';

/** For what a kept card may be shown again. */
export const redisplays = ['always', 'limited', 'unspecified'] as const;

/** Reads the parameters of `POST /v1/payment_methods/:id`. */
export function readPaymentMethodChange(params: Params): PaymentMethodChange {
  params.refuseUnmodelled(['card', 'payto', 'us_bank_account']);
  const details = params.group('billing_details');
  details?.refuseUnmodelled(['tax_id']);
  const address = details?.group('address');
  address?.refuseUnmodelled(['city', 'country', 'line1', 'line2', 'state']);
  const postalCode = address?.clearableText('postal_code');
  address?.done();
  const billing =
    details === undefined
      ? {}
      : {
          postalCode,
          email: readEmail(details, 'email'),
          name: details.clearableText('name'),
          phone: details.clearableText('phone'),
        };
  details?.done();
  return {
    allowRedisplay: params.oneOf('allow_redisplay', redisplays),
    billing,
    metadata: readMetadata(params),
  };
}
