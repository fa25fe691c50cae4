import { Chance } from '../time/chance.ts';
import type { Behind } from './backend.ts';
import { callFaultOn, crashFault } from './draw-faults.ts';
import type { Call, CallFault, Fault } from './fault.ts';
import type { OrderCourse, OrderPlan } from './order-plan.ts';

const second = 1_000;
const minute = 60 * second;

/** The order that this customer brings. Drawn from a stream of its own. */
export function drawOrder(seed: number, index: number): OrderPlan {
  const chance = new Chance(seed, 8, index);
  const isAgain = index > 0 && chance.happens(0.12);
  const former = index - chance.whole(1, Math.min(3, Math.max(1, index)));
  const isLate = chance.happens(0.08);
  return {
    index: isAgain ? former : index,
    begins: chance.happens(0.7) ? 'scan' : 'attach',
    balance: chance.happens(0.35) ? chance.whole(100, 30_000) : 0,
    usesBalance: chance.happens(0.7),
    course: drawCourse(chance),
    noticeMs: isLate ? chance.whole(200 * second, 40 * minute) : chance.whole(300, 6 * second),
    captures: chance.happens(0.6) ? 'at_once' : 'when_noticed',
    disagrees: chance.happens(0.04),
    refusesRecord: chance.happens(0.03),
  };
}

function drawCourse(chance: Chance): OrderCourse {
  const course = chance.unit();
  if (course < 0.76) return 'submits';
  if (course < 0.87) return 'fails_after_charge';
  return course < 0.95 ? 'fails_on_decline' : 'never';
}

/** The calls that direct Stripe does not know, and the create, which is not repeated behind a platform. */
const callsOf: Readonly<Record<Exclude<Behind, 'direct'>, readonly Call[]>> = {
  mariana_tek: ['create', 'status', 'status', 'read', 'look_up'],
  portal: ['create', 'stamp', 'read', 'capture'],
  commerce_maker: ['create', 'stamp', 'look_up', 'look_up'],
  commerce_recorder: ['record', 'record', 'record_look', 'create'],
};

/** What befalls a sale behind a platform beside everything else. From a stream of its own. */
export function drawPlatformFaults(
  behind: Exclude<Behind, 'direct'>,
  seed: number,
  index: number,
): readonly Fault[] {
  const chance = new Chance(seed, 9, index);
  if (!chance.happens(0.3)) return [];
  const call = chance.pick(callsOf[behind]);
  switch (chance.whole(0, 8)) {
    case 0:
    case 1:
      return [callFaultOn(chance, call)];
    case 2:
      // What may have been made without an answer, and then another fault while that is looked at.
      return [lostReply(chance, 'create'), callFaultOn(chance, call)];
    case 3:
      return [lostReply(chance, chance.pick(callsOf[behind])), crashFault(chance, 'crash')];
    case 4:
      // A restart while the card may have been charged: only the order tells then.
      return [
        {
          kind: 'killed',
          at: chance.pick(['process_sent', 'process_done']),
          afterMs: chance.whole(0, 2 * second),
          downMs: chance.whole(500, 30 * second),
        },
      ];
    case 5:
      return [
        {
          kind: 'network_off',
          at: chance.pick(['process_sent', 'process_done']),
          afterMs: chance.whole(0, second),
          forMs: chance.whole(10 * second, 4 * minute),
        },
      ];
    case 6:
      return [{ kind: 'day_closed', at: 'ended', afterMs: chance.whole(0, 2 * second) }];
    case 7:
      return [drawSeldom(chance)];
    default:
      return [
        { kind: 'process_answer_lost', turn: 1, effect: 'late', lateMs: chance.whole(1, 60_000) },
        {
          kind: chance.pick(['killed', 'page_reloaded']),
          at: 'process_sent',
          afterMs: chance.whole(0, 9 * second),
          downMs: chance.whole(500, 9 * second),
        },
      ];
  }
}

/** What seldom happens to anybody, and must happen behind each platform. */
function drawSeldom(chance: Chance): Fault {
  const at = chance.pick(['confirmed', 'collecting', 'process_sent', 'process_done'] as const);
  const when = { at, afterMs: chance.whole(0, 2 * second) };
  const forMs = chance.whole(10 * second, 10 * minute);
  const downMs = chance.whole(500, 30 * second);
  return chance.pick<Fault>([
    { ...when, kind: 'stripe_down', forMs },
    { ...when, kind: 'key_denied', forMs },
    { ...when, kind: 'disk_full', forMs },
    { ...when, kind: 'clock_set', byMs: 25 * 60 * minute },
    { ...when, kind: 'clock_set', byMs: -25 * 60 * minute },
    { ...when, kind: 'database_lost', downMs },
    { ...when, kind: 'backup_restored', downMs },
    { ...when, kind: 'row_damaged', downMs, place: chance.whole(0, 1_000) },
    { ...when, kind: 'dashboard', does: 'cancels' },
    { ...when, at: 'ended', kind: 'day_closed' },
  ]);
}

function lostReply(chance: Chance, call: Call): CallFault {
  return {
    kind: chance.pick(['answer_lost', 'server_error_after', 'odd_reply', 'request_late']),
    call,
    nth: 1,
    times: chance.happens(0.7) ? 1 : chance.whole(2, 5),
    quickly: chance.happens(0.6),
    lateMs: chance.whole(1, 2 * minute),
  };
}
