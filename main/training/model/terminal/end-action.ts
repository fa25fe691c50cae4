import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { find } from '../moves/find.ts';
import { showAction } from './reader-phases.ts';
import { tellOfReader } from './reader-events.ts';
import type { ActionResult, Made } from './reader-state.ts';

/** Shows on the Reader how its open action ended and tells the event log. */
export function endAction(ledger: Ledger, readerId: string, result: ActionResult): void {
  const { action } = find(ledger.readers, 'reader', readerId);
  if (action?.status !== 'in_progress') {
    return;
  }
  if (result.status === 'succeeded') {
    const shown = withMade({ ...action, status: 'succeeded' }, result.made);
    const reader = showAction(ledger, readerId, shown);
    tellOfReader(ledger, 'terminal.reader.action_succeeded', reader);
    return;
  }
  const reader = showAction(ledger, readerId, {
    ...action,
    status: 'failed',
    failure_code: result.code,
    failure_message: result.message,
    api_error: result.apiError,
  });
  tellOfReader(ledger, 'terminal.reader.action_failed', reader);
}

/** The action with what came of the card, where Stripe shows it. */
function withMade(
  action: Stripe.Terminal.Reader.Action,
  made: Made,
): Stripe.Terminal.Reader.Action {
  const { process_setup_intent: setup, refund_payment: refund } = action;
  if (setup !== undefined && made.generatedCard !== undefined) {
    return { ...action, process_setup_intent: { ...setup, generated_card: made.generatedCard } };
  }
  if (refund !== undefined && made.refund !== undefined) {
    return { ...action, refund_payment: { ...refund, refund: made.refund } };
  }
  return action;
}
