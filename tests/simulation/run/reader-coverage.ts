import { eventTroubles, lostEffects, takings } from '../plan/reader-fault.ts';

/** What can go wrong with a reader that main leads, by the name under which it is counted once it has taken effect. */
export const readerFaultNames: readonly string[] = [
  ...lostEffects.map((effect) => `reader_connection_error_${effect}`),
  ...lostEffects.map((effect) => `reader_lost_charging_${effect}`),
  'customer_canceled',
  'card_unreadable',
  ...takings.map((how) => `prompt_taken_${how}`),
  'reader_times_out_heard',
  'reader_times_out_unheard',
  'reader_offline',
  'reader_updates',
  'reader_in_use',
  ...eventTroubles.map((how) => `reader_events_${how}`),
  'reader_freed_accepted',
  'reader_freed_refused',
  'refused_while_charging',
  'refused_terminal_reader_busy',
  'refused_terminal_reader_offline',
  'refused_intent_invalid_state',
  'spare_taken',
  // Of the calls to a reader alone.
  'reader_request_lost',
  'reader_answer_lost',
  'reader_request_late',
  'reader_answer_slow',
  'reader_request_twice',
  'reader_rate_limited',
  'reader_worked_on_long',
  'reader_server_error_before',
  'reader_server_error_after',
  'reader_odd_reply',
];
