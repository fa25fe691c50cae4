import type { Ledger } from '../ledger.ts';
import { cancelOnReader } from './cancel-on-reader.ts';
import type { ServerDrivenFault } from './server-driven-fault.ts';

/**
 * Brings a mishap about: at once where it is a state of the reader or the customer stands before
 * it, else with the next thing it fits. Without a reader it is for all of them, or for the first
 * that comes along.
 */
export function armFault(ledger: Ledger, fault: ServerDrivenFault, readerId: string | null): void {
  const named = [...ledger.readers.oldestFirst()]
    .map(({ id }) => id)
    .filter((id) => readerId === null || id === readerId);
  switch (fault.kind) {
    case 'reader_offline':
    case 'reader_online':
      for (const id of named) {
        setStatus(ledger, id, fault.kind === 'reader_offline' ? 'offline' : 'online');
      }
      break;
    case 'reader_updating':
      for (const id of named) {
        ledger.world.updatingUntilMs.set(id, ledger.clock.nowMs() + fault.forMs);
      }
      break;
    case 'customer_cancels':
      if (!named.some((id) => cancelOnReader(ledger, id))) {
        ledger.world.faults.arm(fault, readerId);
      }
      break;
    case 'card_unreadable':
    case 'command_times_out':
    case 'connection_error':
    case 'event_late':
    case 'event_missing':
    case 'event_twice':
    case 'hardware_fault':
    case 'reader_lost_during_action':
    case 'slow_authorization':
      ledger.world.faults.arm(fault, readerId);
  }
}

/** Calls off what is armed for a reader and brings it back; for every reader without one. */
export function disarmFaults(ledger: Ledger, readerId: string | null): void {
  ledger.world.faults.disarm(readerId);
  for (const { id } of [...ledger.readers.oldestFirst()]) {
    if (readerId === null || id === readerId) {
      ledger.world.updatingUntilMs.delete(id);
      setStatus(ledger, id, 'online');
    }
  }
}

function setStatus(ledger: Ledger, id: string, status: 'online' | 'offline'): void {
  const reader = ledger.readers.get(id);
  if (reader !== undefined && reader.status !== status) {
    const seen = status === 'online' ? { last_seen_at: ledger.clock.nowMs() } : {};
    ledger.readers.replace({ ...reader, ...seen, status });
  }
}
