import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { IdlePlan } from './idle.svelte.ts';
import type { ScreenName } from './screen.ts';

const formQuietMs = 120_000;
/** Below twenty seconds nobody can answer: https://www.w3.org/TR/WCAG22/#timing-adjustable */
const warningMinMs = 20_000;

/**
 * How long each screen waits for a customer who may have gone. Paying has clocks of its own in
 * main, so it has none here, until main itself says that it takes long and the customer may leave.
 */
export function idlePlan(screen: ScreenName, snapshot: Snapshot): IdlePlan | null {
  const { timings, sale } = snapshot;
  const warningMs = Math.max(timings.idleWarningMs, warningMinMs);
  const browse: IdlePlan = { quietMs: timings.idleMs, warningMs };
  const form: IdlePlan = { quietMs: Math.max(timings.idleMs, formQuietMs), warningMs };
  switch (screen) {
    case 'closed':
    case 'attract':
    case 'starting':
    case 'present':
    case 'confirm':
    case 'declined':
    case 'charging':
    case 'setup':
    case 'setup_declined':
      return null;
    case 'choose':
    case 'review':
      return browse;
    case 'approved':
    case 'canceled':
    case 'setup_kept':
    case 'setup_not_kept':
    case 'setup_canceled':
      return { quietMs: timings.resultMs, warningMs: null };
    case 'receipt':
    case 'email':
    case 'needs_staff':
    case 'pending':
    case 'order_code':
    case 'whose_order':
    case 'postal_code':
    case 'member_number':
    case 'member_phone':
    case 'consent':
    case 'my_cards':
    case 'remove_card':
    case 'pay_with':
      return form;
    case 'finishing':
    case 'finding_out':
    case 'canceling':
      return sale?.lingering === true ? form : null;
  }
}
