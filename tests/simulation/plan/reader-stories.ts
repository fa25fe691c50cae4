import type { Chance } from '../time/chance.ts';
import { type Fault, milestones } from './fault.ts';
import { eventTroubles, lostEffects, takings } from './reader-fault.ts';

const second = 1_000;

/** Faults of a reader that main leads and that have to meet in one sale; chance moves only their moments. */
const stories: readonly ((chance: Chance) => readonly Fault[])[] = [
  // The answer is lost or late, and another till takes the reader before it is asked again.
  (chance) => [
    {
      kind: chance.pick(['answer_lost', 'rate_limited']),
      call: chance.pick(['reader_process', 'reader_collect']),
      nth: 1,
      times: chance.whole(1, 3),
      quickly: true,
    },
    {
      kind: 'reader_in_use',
      at: 'confirmed',
      afterMs: chance.whole(200, 2 * second),
      forMs: chance.whole(5, 40) * second,
    },
  ],
  // A card is charged while the kiosk is down, or just before.
  (chance) => [
    {
      kind: 'killed',
      at: chance.pick(['collecting', 'card_read', 'process_sent']),
      afterMs: chance.whole(0, 3 * second),
      downMs: chance.whole(500, 20 * second),
    },
  ],
  // The reader loses Stripe, and the kiosk dies while it finds out.
  (chance) => [
    {
      kind: 'reader_connection_error',
      turn: 1,
      effect: chance.pick(lostEffects),
      lateMs: chance.whole(1, 30) * second,
    },
    {
      kind: 'crash',
      where: chance.pick(['commit_before', 'commit_after', 'answer_arrives']),
      nth: chance.whole(1, 25),
      downMs: chance.whole(500, 20 * second),
      clockByMs: 0,
    },
  ],
  // The customer leaves while their card is being charged, or a moment before.
  (chance) => [
    { kind: 'cancels', from: 'reader' },
    {
      kind: 'reader_lost_charging',
      turn: 1,
      effect: chance.pick(lostEffects),
      lateMs: chance.whole(1, 30) * second,
      forMs: chance.whole(1, 90) * second,
    },
  ],
  // The reader's prompt is taken while its events are missing, late or told twice.
  (chance) => [
    {
      kind: 'prompt_taken',
      turn: chance.whole(1, 2),
      how: chance.pick(takings),
      forMs: chance.whole(1, 30) * second,
    },
    {
      kind: 'reader_events',
      how: chance.pick(eventTroubles),
      forMs: 60 * second,
      at: 'started',
      afterMs: 0,
    },
  ],
  // The reader does not answer and a spare is there, or not.
  (chance) => [
    {
      kind: 'reader_times_out',
      command: 1,
      times: chance.whole(1, 4),
      heard: chance.happens(0.7),
    },
    {
      kind: 'reader_offline',
      at: chance.pick(milestones),
      afterMs: chance.whole(0, 2 * second),
      forMs: chance.whole(5, 60) * second,
    },
  ],
  // The PaymentIntent is gone when the reader is asked for it.
  (chance) => [
    {
      kind: 'dashboard',
      does: 'cancels',
      at: 'confirmed',
      afterMs: chance.whole(100, 700),
    },
    { kind: 'answer_slow', call: 'reader_read', nth: 1, times: 3, slowMs: 2 * second },
  ],
  // Staff free the reader while somebody pays on it.
  (chance) => [
    { kind: 'hesitates', turn: 1 },
    {
      kind: 'reader_freed',
      at: chance.pick(['collecting', 'card_read', 'ended']),
      afterMs: chance.whole(0, second),
      thinksMs: chance.whole(0, 5 * second),
    },
  ],
  // Staff think about what they were shown, and something else is there by then.
  (chance) => [
    {
      kind: 'reader_in_use',
      at: 'started',
      afterMs: 0,
      forMs: chance.whole(1, 6) * second,
    },
    {
      kind: 'reader_freed',
      at: 'started',
      afterMs: chance.whole(100, 2 * second),
      thinksMs: chance.whole(1, 60) * second,
    },
  ],
  // Somebody captures the payment in the Dashboard before the kiosk can.
  (chance) => [
    { kind: 'request_lost', call: 'capture', nth: 1, times: 2, quickly: true },
    { kind: 'dashboard', does: 'captures', at: 'capture_sent', afterMs: chance.whole(1, 400) },
  ],
];

export function drawReaderStory(chance: Chance): readonly Fault[] {
  return chance.pick(stories)(chance);
}
