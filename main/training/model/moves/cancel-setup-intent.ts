import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { find } from './find.ts';
import { refuseUnexpectedSetup } from './unexpected-setup.ts';

const cancelable: readonly string[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/** Ends a SetupIntent for good. */
export function cancelSetupIntent(
  ledger: Ledger,
  id: string,
  reason: string | null,
): Stripe.SetupIntent {
  const open = find(ledger.setupIntents, 'setupintent', id);
  refuseUnexpectedSetup(open, 'canceled', cancelable);
  const setupIntent = ledger.setupIntents.replace({
    ...open,
    cancellation_reason: reason,
    status: 'canceled',
  });
  ledger.emit('setup_intent.canceled', setupIntent);
  return setupIntent;
}
