import type { Behind } from '../plan/backend.ts';
import type { Tally } from './tally.ts';

/** What a platform does with orders, and what is done with them at the kiosk, by the name under which it is counted. */
export const orderFaultNames: readonly string[] = [
  'order_submitted',
  'order_submitted_late',
  'order_failed_after_charge',
  'order_failed_on_decline',
  'order_never_noticed',
  'order_spent',
  'order_shown_again',
  'balance_used',
  'balance_left',
  'order_recorded',
  'order_disagrees',
  'record_refused',
];

/** What can go wrong behind every platform. */
const everywhere: readonly string[] = [
  'request_lost',
  'answer_lost',
  'request_late',
  'answer_slow',
  'request_twice',
  'rate_limited',
  'worked_on_long',
  'server_error_before',
  'server_error_after',
  'odd_reply',
  'network_off',
  'stripe_down',
  'key_denied',
  'disk_full',
  'killed',
  'page_reloaded',
  'database_lost',
  'backup_restored',
  'row_damaged',
  'clock_set_forward',
  'clock_set_back',
  'crash_commit_before',
  'crash_commit_after',
  'crash_call_leaves',
  'crash_answer_arrives',
  'cancels',
  'walks_away',
  'declined_declined',
  'process_answer_lost',
  'process_connection_error',
  'dashboard_cancels',
  'day_closed_accepted',
  'day_closed_refused',
];

const inEverySale = [
  'open',
  'creating',
  'presenting',
  'authorizing',
  'capturing',
  'paid',
  'finding_out',
  'canceling',
  'canceled',
  'needs_staff',
] as const;

const platforms = ['mariana_tek', 'portal', 'commerce_maker', 'commerce_recorder'] as const;

/** The same of each platform by itself. */
export const platformFaultNames: readonly string[] = platforms.flatMap((behind) =>
  everywhere.map((name) => `${behind}/${name}`),
);

/** States that a sale is seen in behind each platform; a hold of ours is known where the kiosk settles. */
export const platformStateNames: readonly string[] = platforms.flatMap((behind) => {
  const settled = behind === 'mariana_tek' ? [] : ['authorized', 'expired'];
  return [...inEverySale, ...settled].map((state) => `${behind}/${state}`);
});

/** Counts what happened in a seed once more under the name of its platform. */
export function nameBehind(behind: Behind, faults: Tally, states: Tally): void {
  if (behind === 'direct') return;
  for (const name of everywhere) {
    const times = faults.counts.get(name);
    if (times !== undefined) faults.add(`${behind}/${name}`, times);
  }
  for (const [state, times] of [...states.counts]) states.add(`${behind}/${state}`, times);
}
