import type { Chance } from '../time/chance.ts';
import { drawFaults } from './draw-faults.ts';
import { type CallFault, type Fault, milestones } from './fault.ts';
import { drawReaderStory } from './reader-stories.ts';
import {
  type CommandFault,
  eventTroubles,
  lostEffects,
  type PromptFault,
  type ReaderCall,
  readerCalls,
  takings,
} from './reader-fault.ts';

const second = 1_000;
const minute = 60 * second;

/** These happen in the page alone, which has no reader here. */
const inThePage: ReadonlySet<Fault['kind']> = new Set([
  'reader_silent',
  'reader_lost_collecting',
  'canceled_on_reader',
  'process_connection_error',
  'process_answer_lost',
  'process_answer_late',
]);

/** The faults of a sale whose reader is led from main: its own, and those that every sale may meet. */
export function drawReaderFaults(chance: Chance): readonly Fault[] {
  if (chance.happens(0.2)) return drawReaderStory(chance);
  const count = chance.happens(0.4) ? chance.whole(2, 3) : 1;
  const own = Array.from({ length: count }, () => drawReaderFault(chance));
  if (chance.happens(0.55)) return own;
  return [...own, ...drawFaults(chance).filter(({ kind }) => !inThePage.has(kind))];
}

function drawReaderFault(chance: Chance): Fault {
  const family = chance.unit();
  if (family < 0.32) return promptFault(chance);
  if (family < 0.46) return timesOut(chance);
  if (family < 0.72) return readerMoment(chance);
  return readerCallFault(chance);
}

function promptFault(chance: Chance): PromptFault {
  const turn = chance.happens(0.75) ? 1 : chance.whole(2, 3);
  const lost = { effect: chance.pick(lostEffects), lateMs: chance.whole(1, 60 * second) };
  switch (chance.whole(0, 5)) {
    case 0:
      return { kind: 'reader_connection_error', turn, ...lost };
    case 1:
      return { kind: 'reader_lost_charging', turn, ...lost, forMs: awayMs(chance) };
    case 2:
      return { kind: 'customer_canceled', turn };
    case 3:
      return { kind: 'card_unreadable', turn };
    default:
      return {
        kind: 'prompt_taken',
        turn,
        how: chance.pick(takings),
        forMs: chance.whole(second, 40 * second),
      };
  }
}

function timesOut(chance: Chance): CommandFault {
  return {
    kind: 'reader_times_out',
    command: chance.happens(0.7) ? 1 : chance.whole(2, 4),
    times: chance.happens(0.6) ? 1 : chance.whole(2, 3),
    heard: chance.happens(0.5),
  };
}

function readerMoment(chance: Chance): Fault {
  const at = { at: chance.pick(milestones), afterMs: chance.whole(0, 3 * second) };
  const forMs = awayMs(chance);
  switch (chance.whole(0, 4)) {
    case 0:
      return { ...at, kind: 'reader_offline', forMs };
    case 1:
      return { ...at, kind: 'reader_updates', forMs };
    case 2:
      return { ...at, at: 'started', kind: 'reader_in_use', forMs };
    case 3:
      return { ...at, kind: 'reader_events', how: chance.pick(eventTroubles), forMs: minute };
    default:
      return { ...at, kind: 'reader_freed', thinksMs: chance.whole(0, 20 * second) };
  }
}

function awayMs(chance: Chance): number {
  return chance.happens(0.8) ? chance.whole(second, minute) : chance.whole(minute, 20 * minute);
}

function readerCallFault(chance: Chance): CallFault {
  const call: ReaderCall = chance.pick(readerCalls);
  const at = { call, nth: chance.happens(0.6) ? 1 : chance.whole(2, 6), times: times(chance) };
  const quickly = chance.happens(0.6);
  switch (chance.whole(0, 9)) {
    case 0:
      return { ...at, kind: 'request_lost', quickly };
    case 1:
    case 2:
      return { ...at, kind: 'answer_lost', quickly };
    case 3:
      return { ...at, kind: 'request_late', lateMs: chance.whole(1, minute) };
    case 4:
      return { ...at, kind: 'answer_slow', slowMs: chance.whole(2 * second, 19 * second) };
    case 5:
      return { ...at, kind: 'request_twice', apartMs: chance.whole(1, 10 * second) };
    case 6:
      return { ...at, kind: 'rate_limited' };
    case 7:
      return { ...at, kind: 'worked_on_long', longMs: chance.whole(20 * second, minute) };
    case 8:
      return { ...at, kind: chance.pick(['server_error_before', 'server_error_after']) };
    default:
      return { ...at, kind: 'odd_reply' };
  }
}

function times(chance: Chance): number {
  return chance.happens(0.7) ? 1 : chance.whole(2, 5);
}
