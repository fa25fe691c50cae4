import type { Ledger } from '../ledger.ts';
import { find } from '../moves/find.ts';
import { showAction } from './reader-phases.ts';
import { tellOfReader } from './reader-events.ts';
import type { ActionResult } from './reader-state.ts';

/** Shows on the Reader how its open action ended and tells the event log. */
export function endAction(ledger: Ledger, readerId: string, result: ActionResult): void {
  const { action } = find(ledger.readers, 'reader', readerId);
  if (action?.status !== 'in_progress') {
    return;
  }
  if (result.status === 'succeeded') {
    const reader = showAction(ledger, readerId, { ...action, status: 'succeeded' });
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
