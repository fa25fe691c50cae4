import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';

/** Refuses a move the SetupIntent's status does not allow; the refusal carries the SetupIntent. */
export function refuseUnexpectedSetup(
  setupIntent: Stripe.SetupIntent,
  done: string,
  allowed: readonly string[],
): void {
  if (!allowed.includes(setupIntent.status)) {
    throw invalidRequest(
      `This SetupIntent could not be ${done} because it has a status of ${setupIntent.status}. Only a SetupIntent with one of the following statuses may be ${done}: ${allowed.join(', ')}.`,
      { code: 'setup_intent_unexpected_state', setup_intent: setupIntent },
    );
  }
}
