import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { find } from '../moves/find.ts';
import type { ReaderPhase, ReaderState } from './reader-state.ts';

const resting: ReaderPhase = { kind: 'resting' };

/** What a reader is doing. One that was never asked for anything rests. */
export function readerState(ledger: Ledger, id: string): ReaderState {
  const fresh = { id, registrationCode: null, phase: resting, turn: 0, lateEvents: [] };
  return ledger.readerStates.get(id) ?? fresh;
}

/** Stores what is true of a reader, in the place of what was. */
export function keepState(ledger: Ledger, state: ReaderState): ReaderState {
  return ledger.readerStates.get(state.id) === undefined
    ? ledger.readerStates.add(state)
    : ledger.readerStates.replace(state);
}

/** Moves a reader to another phase and makes the appointment for its end, if it has one. */
export function enterPhase(ledger: Ledger, id: string, phase: ReaderPhase): void {
  const before = readerState(ledger, id);
  const state = keepState(ledger, { ...before, phase, turn: before.turn + 1 });
  scheduleReader(ledger, { ...state, lateEvents: [] });
  ledger.world.onPhase(state);
}

/** Makes the appointments that a reader's state calls for. */
export function scheduleReader(ledger: Ledger, { id, phase, turn, lateEvents }: ReaderState): void {
  const atMs = phaseEndsAtMs(phase);
  if (atMs !== null) {
    ledger.agenda.add({ atMs, what: 'reader_moves', id, turn });
  }
  for (const event of lateEvents) {
    ledger.agenda.add({ atMs: event.atMs, what: 'reader_event_arrives', id });
  }
}

/** When a phase ends by itself, in epoch milliseconds; null when it waits for somebody. */
export function phaseEndsAtMs(phase: ReaderPhase): number | null {
  switch (phase.kind) {
    case 'resting':
    case 'lost':
      return null;
    case 'prompting':
      return phase.customer?.atMs ?? null;
    case 'reading':
    case 'collected':
    case 'authorizing':
    case 'reporting':
      return phase.untilMs;
  }
}

/** Whether a card is at work in the reader, so that nothing may disturb it. */
export function isWorking({ kind }: ReaderPhase): boolean {
  return kind === 'reading' || kind === 'authorizing' || kind === 'reporting';
}

/** Whether the reader's screen or slot is taken, so that a page may not connect to it. */
export function isTaken({ kind }: ReaderPhase): boolean {
  return kind !== 'resting';
}

/** Shows another action on the Reader. It was heard from just now. */
export function showAction(
  ledger: Ledger,
  id: string,
  action: Stripe.Terminal.Reader.Action | null,
): Stripe.Terminal.Reader {
  const reader = find(ledger.readers, 'reader', id);
  return ledger.readers.replace({ ...reader, action, last_seen_at: ledger.clock.nowMs() });
}
