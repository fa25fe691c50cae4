import { boundaries, declineKinds, type Fault } from './fault.ts';

const first = { call: 'capture', nth: 1, times: 1 } as const;
const started = { at: 'started', afterMs: 0 } as const;
const processed = { at: 'process_done', afterMs: 0 } as const;
const day = 24 * 3_600_000;

/** For each name under which a fault is counted, faults of one sale that make it happen. */
export const sampleFaults: Readonly<Record<string, readonly Fault[]>> = {
  request_lost: [{ ...first, kind: 'request_lost', quickly: true }],
  answer_lost: [{ ...first, kind: 'answer_lost', quickly: false }],
  request_late: [{ ...first, kind: 'request_late', lateMs: 5_000 }],
  answer_slow: [{ ...first, kind: 'answer_slow', slowMs: 9_000 }],
  request_twice: [{ ...first, kind: 'request_twice', apartMs: 40 }],
  rate_limited: [{ ...first, kind: 'rate_limited' }],
  worked_on_long: [{ ...first, kind: 'worked_on_long', longMs: 40_000 }],
  server_error_before: [{ ...first, kind: 'server_error_before' }],
  server_error_after: [{ ...first, kind: 'server_error_after' }],
  odd_reply: [{ ...first, kind: 'odd_reply' }],
  ...Object.fromEntries(
    declineKinds.map((how): [string, readonly Fault[]] => [
      `declined_${how}`,
      [{ kind: 'card_declined', turn: 1, how }],
    ]),
  ),
  charged_at_second_try: [{ kind: 'charged_at_second_try', turn: 1 }],
  reader_silent: [{ kind: 'reader_silent', turn: 1 }],
  reader_lost_collecting: [{ kind: 'reader_lost_collecting', turn: 1 }],
  canceled_on_reader: [{ kind: 'canceled_on_reader', turn: 1 }],
  hesitates: [{ kind: 'hesitates', turn: 1 }],
  process_connection_error: [
    { kind: 'process_connection_error', turn: 1, effect: 'done', lateMs: 0 },
  ],
  process_answer_lost: [{ kind: 'process_answer_lost', turn: 1, effect: 'late', lateMs: 9_000 }],
  process_answer_late: [{ kind: 'process_answer_late', turn: 1, lateMs: 30_000 }],
  walks_away: [{ kind: 'walks_away', from: 'reader' }],
  cancels: [{ kind: 'cancels', from: 'reader' }],
  wants_receipt: [{ kind: 'wants_receipt' }],
  page_reloaded: [{ at: 'process_sent', afterMs: 1, kind: 'page_reloaded' }],
  network_off: [{ ...processed, kind: 'network_off', forMs: 60_000 }],
  network_off_for_days: [{ ...processed, kind: 'network_off', forMs: 3 * day }],
  captures_limited: [{ ...started, kind: 'captures_limited', forMs: 60_000, hurryAfterMs: 30_000 }],
  hurried: [{ ...started, kind: 'captures_limited', forMs: 60_000, hurryAfterMs: 30_000 }],
  stripe_down: [{ ...processed, kind: 'stripe_down', forMs: 60_000 }],
  key_denied: [{ ...processed, kind: 'key_denied', forMs: 60_000 }],
  disk_full: [{ ...processed, kind: 'disk_full', forMs: 60_000 }],
  clock_set_forward: [{ ...started, kind: 'clock_set', byMs: 3_650 * day }],
  clock_set_back: [{ ...started, kind: 'clock_set', byMs: -3 * day }],
  closed_cleanly: [{ ...processed, kind: 'closed_cleanly', downMs: 5_000 }],
  killed: [{ ...processed, kind: 'killed', downMs: 5_000 }],
  killed_for_days: [{ ...processed, kind: 'killed', downMs: 3 * day }],
  down_for_days: [{ kind: 'crash', where: 'commit_after', nth: 6, downMs: 3 * day, clockByMs: 0 }],
  clock_lost_while_down: [
    { kind: 'crash', where: 'commit_after', nth: 6, downMs: 5_000, clockByMs: -3_650 * day },
  ],
  row_damaged: [{ ...processed, kind: 'row_damaged', downMs: 5_000, place: 1 }],
  database_lost: [{ ...processed, kind: 'database_lost', downMs: 5_000 }],
  backup_restored: [{ ...processed, kind: 'backup_restored', downMs: 5_000 }],
  dashboard_captures: [{ ...processed, kind: 'dashboard', does: 'captures' }],
  dashboard_captures_part: [{ ...processed, kind: 'dashboard', does: 'captures_part' }],
  dashboard_cancels: [{ ...processed, kind: 'dashboard', does: 'cancels' }],
  dashboard_refunds: [{ at: 'ended', afterMs: 0, kind: 'dashboard', does: 'refunds' }],
  dashboard_changes_amount: [
    { at: 'collecting', afterMs: 0, kind: 'dashboard', does: 'changes_amount' },
  ],
  dashboard_gives_away: [{ at: 'ended', afterMs: 0, kind: 'dashboard', does: 'gives_away' }],
  other_kiosk_open: [{ ...started, kind: 'other_kiosk', status: 'open' }],
  other_kiosk_held: [{ ...started, kind: 'other_kiosk', status: 'held' }],
  other_kiosk_captured: [{ ...started, kind: 'other_kiosk', status: 'captured' }],
  other_kiosk_claims_sale: [{ ...started, kind: 'other_kiosk', status: 'claims_sale' }],
  events_late: [{ ...started, kind: 'events_late', byMs: 30_000, forMs: 60_000 }],
  events_twice: [{ ...started, kind: 'events_twice', forMs: 60_000 }],
  events_shuffled: [{ ...started, kind: 'events_shuffled', forMs: 60_000 }],
  tender_recorded: [
    { ...first, times: 5, kind: 'request_lost', quickly: false },
    { at: 'capture_sent', afterMs: 1_000, kind: 'tender', tender: 'cash' },
  ],
  tender_refused: [{ at: 'process_sent', afterMs: 1, kind: 'tender', tender: 'cash' }],
  day_closed_refused: [{ at: 'process_sent', afterMs: 1, kind: 'day_closed' }],
  day_closed_accepted: [{ at: 'ended', afterMs: 60_000, kind: 'day_closed' }],
  ...Object.fromEntries(
    boundaries.map((where): [string, readonly Fault[]] => [
      `crash_${where}`,
      [{ kind: 'crash', where, nth: 1, downMs: 5_000, clockByMs: 0 }],
    ]),
  ),
  ...Object.fromEntries(
    boundaries
      .filter((where) => where !== 'reader_commanded')
      .map((where): [string, readonly Fault[]] => [
        `crash_in_recovery_${where}`,
        [
          { kind: 'crash', where: 'call_leaves', nth: 1, downMs: 5_000, clockByMs: 0 },
          { kind: 'crash_in_recovery', where, nth: 1, downMs: 5_000, clockByMs: 0 },
        ],
      ]),
  ),
};
