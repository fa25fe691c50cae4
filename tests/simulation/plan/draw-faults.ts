import type { Chance } from '../time/chance.ts';
import { drawStory } from './stories.ts';
import {
  boundaries,
  type Call,
  calls,
  type CallFault,
  type CrashFault,
  type CustomerFault,
  declineKinds,
  type Fault,
  milestones,
  type MomentFault,
  type TurnFault,
} from './fault.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** One to four faults; they meet in one sale more often than they would in life. */
export function drawFaults(chance: Chance): readonly Fault[] {
  if (chance.happens(0.2)) return drawStory(chance);
  const count = 1 + (chance.happens(0.45) ? chance.whole(1, 3) : 0);
  const faults = Array.from({ length: count }, () => drawFault(chance));
  const ends = faults.some(({ kind }) => kind === 'crash' || kind === 'killed');
  return ends && chance.happens(0.35)
    ? [...faults, crashFault(chance, 'crash_in_recovery')]
    : faults;
}

function drawFault(chance: Chance): Fault {
  const family = chance.unit();
  if (family < 0.3) return callFault(chance);
  if (family < 0.52) return turnFault(chance);
  if (family < 0.64) return customerFault(chance);
  if (family < 0.82) return crashFault(chance, 'crash');
  return momentFault(chance);
}

/** Those that decide about money are hit most. */
const callsHit: readonly Call[] = [
  ...calls,
  'create',
  'create',
  'read',
  'read',
  'capture',
  'capture',
  'capture',
  'cancel',
  'cancel',
];

function callFault(chance: Chance): CallFault {
  return callFaultOn(chance, chance.pick(callsHit));
}

/** Something befalls one call, or a few in a row. */
export function callFaultOn(chance: Chance, call: Call): CallFault {
  const nth = chance.happens(0.7) ? 1 : chance.whole(2, 4);
  const times = chance.happens(0.7) ? 1 : chance.whole(2, 5);
  const at = { call, nth, times };
  const quickly = chance.happens(0.6);
  switch (chance.whole(0, 9)) {
    case 0:
      return { ...at, kind: 'request_lost', quickly };
    case 1:
    case 2:
      return { ...at, kind: 'answer_lost', quickly };
    case 3:
      return { ...at, kind: 'request_late', lateMs: longOrShort(chance, minute, 2 * hour) };
    case 4:
      return { ...at, kind: 'answer_slow', slowMs: chance.whole(2 * second, 19 * second) };
    case 5:
      return { ...at, kind: 'request_twice', apartMs: chance.whole(1, 30 * second) };
    case 6:
      return { ...at, kind: 'rate_limited' };
    case 7:
      return { ...at, kind: 'worked_on_long', longMs: chance.whole(20 * second, 90 * second) };
    case 8:
      return chance.happens(0.5)
        ? { ...at, kind: 'server_error_before' }
        : { ...at, kind: 'server_error_after' };
    default:
      return { ...at, kind: 'odd_reply' };
  }
}

function turnFault(chance: Chance): TurnFault {
  const at = { turn: chance.happens(0.75) ? 1 : chance.whole(2, 3) };
  const effect = chance.pick(['done', 'none', 'late'] as const);
  const lateMs = longOrShort(chance, 2 * minute, 10 * minute);
  switch (chance.whole(0, 11)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return { ...at, kind: 'card_declined', how: chance.pick(declineKinds) };
    case 4:
      return { ...at, kind: 'charged_at_second_try' };
    case 5:
      return { ...at, kind: 'reader_silent' };
    case 6:
      return { ...at, kind: 'reader_lost_collecting' };
    case 7:
      return { ...at, kind: 'canceled_on_reader' };
    case 8:
      return { ...at, kind: 'hesitates' };
    case 9:
      return { ...at, kind: 'process_connection_error', effect, lateMs };
    case 10:
      return { ...at, kind: 'process_answer_lost', effect, lateMs };
    default:
      return { ...at, kind: 'process_answer_late', lateMs };
  }
}

function customerFault(chance: Chance): CustomerFault {
  if (chance.happens(0.2)) return { kind: 'wants_receipt' };
  const from = chance.pick([
    'review',
    'starting',
    'reader',
    'card_read',
    'asking_bank',
    'declined',
  ] as const);
  if (chance.happens(0.5)) return { kind: 'cancels', from };
  return { kind: 'walks_away', from: chance.happens(0.2) ? 'result' : from };
}

export function crashFault(chance: Chance, kind: CrashFault['kind']): CrashFault {
  return {
    kind,
    where: chance.pick(boundaries),
    nth: chance.whole(1, 12),
    downMs: downTime(chance),
    clockByMs: chance.happens(0.15) ? clockStep(chance) : 0,
  };
}

/** Mostly a quick restart; sometimes a night, sometimes longer than a hold lives. */
function downTime(chance: Chance): number {
  const kind = chance.unit();
  if (kind < 0.8) return chance.whole(500, 30 * second);
  if (kind < 0.9) return chance.whole(minute, 2 * hour);
  return kind < 0.95 ? chance.whole(20 * hour, 30 * hour) : 3 * day;
}

function longOrShort(chance: Chance, short: number, long: number): number {
  return chance.happens(0.8) ? chance.whole(1, short) : chance.whole(short, long);
}

function momentFault(chance: Chance): MomentFault {
  const at = {
    at: chance.pick(milestones),
    afterMs: chance.happens(0.7) ? chance.whole(0, 3 * second) : chance.whole(0, 3 * minute),
  };
  const forMs = longOrShort(chance, 2 * minute, 40 * minute);
  switch (chance.whole(0, 18)) {
    case 0:
    case 1:
      return { ...at, kind: 'page_reloaded' };
    case 2:
    case 3:
      return { ...at, kind: 'network_off', forMs: chance.happens(0.03) ? 3 * day : forMs };
    case 4:
      return { ...at, kind: 'stripe_down', forMs };
    case 5:
      return { ...at, kind: 'key_denied', forMs };
    case 6:
      return { ...at, kind: 'disk_full', forMs };
    case 7:
      return { ...at, kind: 'clock_set', byMs: clockStep(chance) };
    case 8:
      return { ...at, kind: 'closed_cleanly', downMs: downTime(chance) };
    case 9:
      return { ...at, kind: 'killed', downMs: downTime(chance) };
    case 10:
      return {
        ...at,
        kind: 'row_damaged',
        downMs: chance.whole(500, 30 * second),
        place: chance.whole(0, 1_000_000),
      };
    case 11:
      if (chance.happens(0.3)) {
        return { ...at, kind: 'database_lost', downMs: chance.whole(500, minute) };
      }
      return chance.happens(0.5)
        ? { ...at, kind: 'backup_restored', downMs: chance.whole(500, minute) }
        : { ...at, kind: 'killed', downMs: downTime(chance) };
    case 12:
    case 13:
      return {
        ...at,
        kind: 'dashboard',
        does: chance.pick([
          'captures',
          'cancels',
          'refunds',
          'changes_amount',
          'captures_part',
          'gives_away',
        ]),
      };
    case 14:
      return {
        ...at,
        kind: 'other_kiosk',
        status: chance.pick(['open', 'held', 'captured', 'claims_sale']),
      };
    case 15:
      return { ...at, kind: 'events_late', byMs: chance.whole(second, 20 * minute), forMs };
    case 16:
      return chance.happens(0.5)
        ? { ...at, kind: 'events_twice', forMs }
        : { ...at, kind: 'events_shuffled', forMs };
    case 17:
      return { ...at, kind: 'tender', tender: chance.pick(['cash', 'other']) };
    default:
      return { ...at, kind: 'day_closed' };
  }
}

function clockStep(chance: Chance): number {
  const sign = chance.happens(0.5) ? 1 : -1;
  const size = chance.pick([10 * second, 2 * hour, 25 * hour, 3 * day, 3_650 * day]);
  return sign * size;
}
