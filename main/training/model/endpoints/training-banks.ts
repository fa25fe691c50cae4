import { invalidRequest } from '../api-error.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { findDecline } from '../declines.ts';
import { disputeCharge } from '../moves/dispute-charge.ts';
import { find } from '../moves/find.ts';

const declinePath = '/v1/test_helpers/training/payment_methods/:id/next_decline';
const card = { object: 'payment_method', list: false } as const;

const armDecline: Endpoint = {
  method: 'POST',
  path: declinePath,
  returns: card,
  prepare: ({ params, id }) => {
    const code = params.required('decline_code', params.text('decline_code'));
    const decline = findDecline(code);
    if (decline === undefined) {
      throw invalidRequest(`Stripe documents no decline code ${code}.`, { param: 'decline_code' });
    }
    return (ledger) => {
      const paymentMethod = find(ledger.paymentMethods, 'PaymentMethod', id);
      ledger.declines.arm(id, decline);
      return paymentMethod;
    };
  },
};

const disarmDecline: Endpoint = {
  method: 'DELETE',
  path: declinePath,
  returns: card,
  prepare:
    ({ id }) =>
    (ledger) => {
      ledger.declines.disarm(id);
      return find(ledger.paymentMethods, 'PaymentMethod', id);
    },
};

const dispute: Endpoint = {
  method: 'POST',
  path: '/v1/test_helpers/training/charges/:id/dispute',
  returns: { object: 'dispute', list: false },
  prepare: ({ params, id }) => {
    const reason = params.text('reason') ?? 'general';
    return (ledger) => disputeCharge(ledger, id, reason);
  },
};

/** What banks do to a payment. Training mode's own: Stripe has no such addresses. */
export const trainingBankEndpoints: readonly Endpoint[] = [armDecline, disarmDecline, dispute];
