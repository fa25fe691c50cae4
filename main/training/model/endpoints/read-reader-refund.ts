import { invalidRequest } from '../api-error.ts';
import { readMetadata } from '../form/metadata.ts';
import type { Params } from '../form/params.ts';
import type { ReaderRefundOrder } from '../terminal/refund-on-reader.ts';
import { readCancelable } from './read-cancelable.ts';

/** Reads the parameters of `refund_payment`. Refuses neither and both of its two names. */
export function readRefundOrder(params: Params): ReaderRefundOrder {
  params.refuseUnmodelled(['refund_application_fee', 'reverse_transfer']);
  const charge = params.text('charge');
  const paymentIntent = params.text('payment_intent');
  if (charge !== undefined && paymentIntent !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: charge, payment_intent.', {
      code: 'parameters_exclusive',
    });
  }
  if (charge === undefined && paymentIntent === undefined) {
    throw invalidRequest(
      'One of the following params should be provided: payment_intent, charge.',
      {
        code: 'parameter_missing',
      },
    );
  }
  return {
    charge,
    paymentIntent,
    amount: params.positiveInteger('amount'),
    metadata: readMetadata(params),
    config: readCancelable(params, 'refund_payment_config'),
  };
}
