import type { Chance } from '../time/chance.ts';
import { declineKinds, type Fault } from './fault.ts';

const second = 1_000;
const hour = 3_600_000;

/**
 * Faults that have to meet in one sale for a guard to matter. Chance alone brings them together once in thousands of
 * sales; here it only moves their moments.
 */
const stories: readonly ((chance: Chance) => readonly Fault[])[] = [
  // A first card is declined by its bank, the next one by the reader alone.
  (chance) => [
    { kind: 'card_declined', turn: 1, how: chance.pick(declineKinds) },
    { kind: 'card_declined', turn: 2, how: 'without_charge' },
  ],
  // The page goes while one charge has failed and the reader is still asking for the PIN.
  (chance) => [
    { kind: 'charged_at_second_try', turn: 1 },
    { kind: 'page_reloaded', at: 'process_sent', afterMs: chance.whole(1, 4_000) },
  ],
  // The member pays cash while a capture gets no answer.
  (chance) => [
    { kind: 'request_lost', call: 'capture', nth: 1, times: 5, quickly: chance.happens(0.5) },
    { kind: 'tender', tender: 'cash', at: 'capture_sent', afterMs: chance.whole(50, 20_000) },
  ],
  // The file is lost while a hold waits for its capture.
  (chance) => [
    { kind: 'request_lost', call: 'capture', nth: 1, times: 8, quickly: chance.happens(0.5) },
    {
      kind: chance.happens(0.5) ? 'database_lost' : 'backup_restored',
      at: 'capture_sent',
      afterMs: chance.whole(100, 9_000),
      downMs: chance.whole(500, 20_000),
    },
  ],
  // A key grows old while the machine is down, and its clock with it.
  (chance) => [
    {
      kind: 'answer_lost',
      call: chance.pick(['create', 'capture', 'cancel']),
      nth: 1,
      times: 3,
      quickly: true,
    },
    {
      kind: 'crash',
      where: 'commit_after',
      nth: chance.whole(2, 12),
      downMs: chance.whole(24 * hour, 40 * hour),
      clockByMs: chance.pick([0, -24, -25, -40]) * hour,
    },
  ],
  // The kiosk gives up, and the card is charged after all while the cancellation stumbles.
  (chance) => [
    { kind: 'process_answer_lost', turn: 1, effect: 'late', lateMs: chance.whole(1, 9_000) },
    { kind: 'killed', at: 'process_sent', afterMs: 100, downMs: chance.whole(500, 6_000) },
    { kind: 'server_error_before', call: 'cancel', nth: 1, times: chance.whole(2, 6) },
  ],
  // Somebody settles a payment of ours by half and then closes the day.
  (chance) => [
    { kind: 'request_lost', call: 'capture', nth: 1, times: 2, quickly: true },
    { kind: 'dashboard', does: 'captures_part', at: 'capture_sent', afterMs: 10 },
    { kind: 'day_closed', at: 'ended', afterMs: chance.whole(2, 50) * second },
  ],
  // The amount is changed before the card is charged.
  (chance) => [
    {
      kind: 'dashboard',
      does: chance.pick(['changes_amount', 'gives_away']),
      at: 'collecting',
      afterMs: chance.whole(0, 300),
    },
  ],
  // A hold lapses that nobody could read.
  (chance) => [
    {
      kind: 'killed',
      at: chance.pick(['process_sent', 'process_done', 'capture_sent']),
      afterMs: chance.whole(0, 300),
      downMs: 72 * hour,
    },
    { kind: 'request_lost', call: 'capture', nth: 1, times: 4, quickly: true },
  ],
  // Cash is offered while nobody knows whether the card was charged.
  (chance) => [
    { kind: 'page_reloaded', at: 'process_sent', afterMs: chance.whole(1, 100) },
    { kind: 'process_answer_lost', turn: 1, effect: 'late', lateMs: chance.whole(1, 9_000) },
    { kind: 'tender', tender: 'cash', at: 'process_sent', afterMs: chance.whole(120, 2_000) },
  ],
  // Stripe stumbles over the same step again and again.
  (chance) => [
    {
      kind: 'server_error_before',
      call: chance.pick(['capture', 'cancel']),
      nth: 1,
      times: chance.whole(3, 6),
    },
    { kind: 'cancels', from: chance.pick(['review', 'reader']) },
  ],
  (chance) => [{ kind: 'server_error_before', call: 'capture', nth: 1, times: chance.whole(3, 6) }],
  // Several captures wait, and all of them fall due at once.
  (chance) => [
    {
      kind: 'captures_limited',
      at: 'started',
      afterMs: 0,
      forMs: chance.whole(120, 500) * second,
      hurryAfterMs: chance.whole(60, 400) * second,
    },
  ],
  // A sale that is on its way is damaged on the disk.
  (chance) => [
    { kind: 'answer_lost', call: 'capture', nth: 1, times: 2, quickly: false },
    {
      kind: 'row_damaged',
      at: chance.pick(['process_sent', 'process_done', 'capture_sent', 'collecting']),
      afterMs: chance.whole(0, 500),
      downMs: chance.whole(500, 9_000),
      place: chance.whole(0, 9),
    },
  ],
  // Another kiosk was set up from a copy of this one's disk, and our own create is lost.
  (chance) => [
    { kind: 'request_lost', call: 'create', nth: 1, times: 3, quickly: false },
    { kind: 'other_kiosk', status: 'claims_sale', at: 'confirmed', afterMs: chance.whole(0, 900) },
    { kind: 'killed', at: 'confirmed', afterMs: 1_000, downMs: 26 * hour },
  ],
];

export function drawStory(chance: Chance): readonly Fault[] {
  return chance.pick(stories)(chance);
}
