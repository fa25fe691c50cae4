import type { Fault } from './fault.ts';
import { eventTroubles, lostEffects, takings } from './reader-fault.ts';

const asked = { call: 'reader_process', nth: 1, times: 1 } as const;
const started = { at: 'started', afterMs: 0 } as const;
const collecting = { at: 'collecting', afterMs: 0 } as const;
const timesOut = { kind: 'reader_times_out', command: 2, times: 1 } as const;

function each<Name extends string>(
  names: readonly Name[],
  prefix: string,
  faults: (name: Name) => readonly Fault[],
): Readonly<Record<string, readonly Fault[]>> {
  return Object.fromEntries(names.map((name) => [`${prefix}_${name}`, faults(name)]));
}

/** For each name under which a fault of a reader that main leads is counted, faults of one sale that make it happen. */
export const sampleReaderFaults: Readonly<Record<string, readonly Fault[]>> = {
  ...each(lostEffects, 'reader_connection_error', (effect) => [
    { kind: 'reader_connection_error', turn: 1, effect, lateMs: 5_000 },
  ]),
  ...each(lostEffects, 'reader_lost_charging', (effect) => [
    { kind: 'reader_lost_charging', turn: 1, effect, lateMs: 5_000, forMs: 20_000 },
  ]),
  customer_canceled: [{ kind: 'customer_canceled', turn: 1 }],
  card_unreadable: [{ kind: 'card_unreadable', turn: 1 }],
  ...each(takings, 'prompt_taken', (how) => [{ kind: 'prompt_taken', turn: 1, how, forMs: 9_000 }]),
  // The first command to the reader is the cart.
  reader_times_out_heard: [{ ...timesOut, heard: true }],
  reader_times_out_unheard: [{ ...timesOut, heard: false }],
  reader_offline: [{ ...started, kind: 'reader_offline', forMs: 60_000 }],
  reader_updates: [{ ...started, kind: 'reader_updates', forMs: 60_000 }],
  reader_in_use: [{ ...started, kind: 'reader_in_use', forMs: 30_000 }],
  ...each(eventTroubles, 'reader_events', (how) => [
    { ...started, kind: 'reader_events', how, forMs: 60_000 },
  ]),
  // Another till has left its prompt on the reader.
  reader_freed_accepted: [
    { ...started, kind: 'reader_in_use', forMs: 60_000 },
    { at: 'confirmed', afterMs: 2_000, kind: 'reader_freed', thinksMs: 1_000 },
  ],
  reader_freed_refused: [
    { kind: 'hesitates', turn: 1 },
    { ...collecting, kind: 'reader_freed', thinksMs: 1_000 },
  ],
  refused_while_charging: [
    { at: 'process_sent', afterMs: 1, kind: 'dashboard', does: 'cancels' },
    { at: 'process_sent', afterMs: 2, kind: 'killed', downMs: 20 },
  ],
  refused_terminal_reader_busy: [{ ...started, kind: 'reader_updates', forMs: 60_000 }],
  refused_terminal_reader_offline: [{ ...started, kind: 'reader_offline', forMs: 60_000 }],
  refused_intent_invalid_state: [
    { ...started, kind: 'events_late', byMs: 30_000, forMs: 60_000 },
    { kind: 'answer_slow', call: 'reader_read', nth: 2, times: 1, slowMs: 3_000 },
    { kind: 'dashboard', does: 'cancels', at: 'confirmed', afterMs: 400 },
  ],
  spare_taken: [{ ...started, kind: 'reader_offline', forMs: 60_000 }],
  reader_request_lost: [{ ...asked, kind: 'request_lost', quickly: true }],
  reader_answer_lost: [{ ...asked, kind: 'answer_lost', quickly: true }],
  reader_request_late: [{ ...asked, kind: 'request_late', lateMs: 5_000 }],
  reader_answer_slow: [{ ...asked, kind: 'answer_slow', slowMs: 9_000 }],
  reader_request_twice: [{ ...asked, kind: 'request_twice', apartMs: 40 }],
  reader_rate_limited: [{ ...asked, kind: 'rate_limited' }],
  reader_worked_on_long: [{ ...asked, kind: 'worked_on_long', longMs: 40_000 }],
  reader_server_error_before: [{ ...asked, kind: 'server_error_before' }],
  reader_server_error_after: [{ ...asked, kind: 'server_error_after' }],
  reader_odd_reply: [{ ...asked, kind: 'odd_reply' }],
};
