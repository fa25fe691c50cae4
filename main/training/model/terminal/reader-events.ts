import type Stripe from 'stripe';

import type { Appointment } from '../agenda.ts';
import type { Ledger } from '../ledger.ts';
import { keepState, readerState } from './reader-phases.ts';
import type { ReaderEventType } from './reader-state.ts';

/** Appends an event about a reader, or does with it what a mishap of the event log does. */
export function tellOfReader(
  ledger: Ledger,
  type: ReaderEventType,
  reader: Stripe.Terminal.Reader,
): void {
  const kinds = ['event_missing', 'event_late', 'event_twice'] as const;
  const fault = ledger.world.faults.take(reader.id, kinds);
  switch (fault?.kind) {
    case 'event_missing':
      return;
    case 'event_late':
      hold(ledger, type, reader, fault.byMs);
      return;
    case 'event_twice':
      // Stripe may generate two Event objects for one thing. https://docs.stripe.com/webhooks
      ledger.emit(type, reader);
      ledger.emit(type, reader);
      return;
    case undefined:
      ledger.emit(type, reader);
  }
}

function hold(
  ledger: Ledger,
  type: ReaderEventType,
  reader: Stripe.Terminal.Reader,
  byMs: number,
): void {
  const state = readerState(ledger, reader.id);
  const atMs = ledger.clock.nowMs() + byMs;
  const late = { atMs, createdSec: ledger.nowSec(), type, reader };
  keepState(ledger, { ...state, lateEvents: [...state.lateEvents, late] });
  ledger.agenda.add({ atMs, what: 'reader_event_arrives', id: reader.id });
}

/** Appends what was held back until now. It was created when it happened, not when it arrives. */
export function emitLateEvents(ledger: Ledger, due: Appointment): void {
  const state = ledger.readerStates.get(due.id);
  const arrived = state?.lateEvents.filter(({ atMs }) => atMs <= due.atMs) ?? [];
  if (state === undefined || arrived.length === 0) {
    return;
  }
  const lateEvents = state.lateEvents.filter((event) => !arrived.includes(event));
  keepState(ledger, { ...state, lateEvents });
  for (const { type, reader, createdSec } of arrived) {
    ledger.emit(type, reader, createdSec);
  }
}
