import { saleStates } from '../../../main/domain/sale.ts';
import { boundaries, declineKinds } from '../plan/fault.ts';
import { promises } from '../promises/verdicts.ts';
import { cardFaultNames, cardOutcomeNames } from './card-coverage.ts';
import { orderFaultNames, platformFaultNames, platformStateNames } from './platform-coverage.ts';
import { readerFaultNames } from './reader-coverage.ts';
import type { SimulationResult } from './result.ts';

/** From this many seeds on, something that never happened is a hole in the simulation. */
export const fullCoverageSeeds = 1_000;

/** Every fault by the name under which it is counted once it has taken effect. */
export const faultNames: readonly string[] = [
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
  ...declineKinds.map((how) => `declined_${how}`),
  'charged_at_second_try',
  'reader_silent',
  'reader_lost_collecting',
  'canceled_on_reader',
  'hesitates',
  'process_connection_error',
  'process_answer_lost',
  'process_answer_late',
  'walks_away',
  'cancels',
  'wants_receipt',
  'page_reloaded',
  'network_off',
  'network_off_for_days',
  'stripe_down',
  'captures_limited',
  'hurried',
  'key_denied',
  'disk_full',
  'reserve_given_up',
  'clock_set_forward',
  'clock_set_back',
  'closed_cleanly',
  'killed',
  'killed_for_days',
  'down_for_days',
  'clock_lost_while_down',
  'row_damaged',
  'database_lost',
  'backup_restored',
  'dashboard_captures',
  'dashboard_captures_part',
  'dashboard_cancels',
  'dashboard_refunds',
  'dashboard_changes_amount',
  'dashboard_gives_away',
  'other_kiosk_open',
  'other_kiosk_held',
  'other_kiosk_captured',
  'other_kiosk_claims_sale',
  'events_late',
  'events_twice',
  'events_shuffled',
  'tender_recorded',
  'tender_refused',
  'day_closed_accepted',
  'day_closed_refused',
  ...boundaries.map((where) => `crash_${where}`),
  ...boundaries.map((where) => `crash_in_recovery_${where}`),
  ...readerFaultNames,
  ...cardFaultNames,
  ...orderFaultNames,
];

/** What never happened or was never checked, in words; empty when there is no hole. */
export function holesOf(result: SimulationResult): readonly string[] {
  return [
    ...[...faultNames, ...platformFaultNames]
      .filter((name) => result.faults[name] === undefined)
      .map((name) => `the fault ${name} never happened`),
    ...[...saleStates, ...platformStateNames]
      .filter((state) => result.states[state] === undefined)
      .map((state) => `no sale was ever ${state}`),
    ...cardOutcomeNames
      .filter((outcome) => result.outcomes[outcome] === undefined)
      .map((outcome) => `nothing ever came to ${outcome}`),
    ...promises
      .filter((promise) => result.promises[promise] === 0)
      .map((promise) => `${promise} was never checked`),
  ];
}
