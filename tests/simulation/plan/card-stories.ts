import type { Chance } from '../time/chance.ts';
import type { Fault } from './fault.ts';

const second = 1_000;
const hour = 3_600_000;

function diesSometimes(chance: Chance): readonly Fault[] {
  const downMs = chance.pick([second, 26 * hour]);
  return chance.happens(0.5) ? [{ kind: 'killed', at: 'ended', afterMs: 1_500, downMs }] : [];
}

/** Faults about cards and refunds that have to meet in one visit; chance moves only their moments. */
const stories: readonly ((chance: Chance) => readonly Fault[])[] = [
  // A charge waits for the network, and its consent is taken back meanwhile.
  (chance) => [
    { kind: 'network_off', at: 'ended', afterMs: 0, forMs: chance.whole(60, 200) * second },
    { kind: 'card_charged', at: 'ended', afterMs: 100, bank: 'approved' },
    {
      kind: 'card_revoked',
      by: chance.pick(['member', 'staff']),
      at: 'ended',
      afterMs: chance.whole(1, 50) * second,
    },
  ],
  // A charge waits for the network, and then the machine is off for longer than it may wait.
  (chance) => [
    { kind: 'network_off', at: 'ended', afterMs: 0, forMs: chance.whole(60, 200) * second },
    { kind: 'card_charged', at: 'ended', afterMs: 100, bank: 'approved' },
    {
      kind: 'killed',
      at: 'ended',
      afterMs: chance.whole(1, 40) * second,
      downMs: chance.whole(1, 8) * hour,
    },
  ],
  // The answer to a refund is lost, at once or until its key is old.
  (chance) => [
    ...diesSometimes(chance),
    {
      kind: 'refund_asked',
      how: chance.pick(['all', 'twice', 'in_parts']),
      course: 'succeeds',
      at: 'ended',
      afterMs: 500,
    },
    {
      kind: chance.pick(['answer_lost', 'server_error_after', 'server_error_before', 'odd_reply']),
      call: 'refund_create',
      nth: 1,
      times: chance.whole(1, 4),
      quickly: true,
    },
  ],
  // The answer to a refund is lost, and then the key is not taken for a while.
  (chance) => [
    { kind: 'refund_asked', how: 'in_parts', course: 'succeeds', at: 'ended', afterMs: 500 },
    { kind: 'answer_lost', call: 'refund_create', nth: 1, times: 2, quickly: true },
    { kind: 'key_denied', at: 'ended', afterMs: 800, forMs: chance.whole(5, 60) * second },
  ],
  // The answer to the charge of a card on file is lost.
  (chance) => [
    { kind: 'card_charged', at: 'ended', afterMs: 100, bank: 'approved' },
    {
      kind: chance.pick([
        'answer_lost',
        'server_error_after',
        'server_error_before',
        'request_late',
      ]),
      call: 'confirm',
      nth: 1,
      times: chance.whole(1, 3),
      quickly: true,
      lateMs: chance.whole(1, 40) * second,
    },
  ],
  // The kiosk dies between the capture and the keeping of the card.
  (chance) => [
    {
      kind: 'killed',
      at: 'capture_sent',
      afterMs: chance.whole(50, 1_500),
      downMs: chance.whole(1, 20) * second,
    },
    {
      kind: chance.pick(['answer_lost', 'server_error_after', 'server_error_before']),
      call: chance.pick(['card_attach', 'card_read', 'left_behind']),
      nth: 1,
      times: chance.whole(1, 3),
      quickly: true,
    },
  ],
  // The consent is taken back while the card is being kept.
  (chance) => [
    { kind: 'keeping_withdrawn', at: 'process_done', afterMs: chance.whole(0, 1_500) },
    { kind: 'answer_slow', call: 'card_attach', nth: 1, times: 2, slowMs: 5 * second },
  ],
  // The member is made a Customer while the answers are lost, and the search does not show it yet.
  (chance) => [
    {
      kind: chance.pick(['answer_lost', 'server_error_after', 'request_late', 'worked_on_long']),
      call: 'customer_create',
      nth: 1,
      times: chance.whole(1, 4),
      quickly: true,
      lateMs: chance.whole(1, 60) * second,
      longMs: chance.whole(20, 60) * second,
    },
    {
      kind: 'killed',
      at: 'started',
      afterMs: chance.whole(1, 5) * second,
      downMs: chance.pick([second, 26 * hour]),
    },
  ],
  // The hold is released while its capture waits; the card was to be kept.
  (chance) => [
    { kind: 'request_lost', call: 'capture', nth: 1, times: 6, quickly: true },
    { kind: 'hold_voided', at: 'capture_sent', afterMs: chance.whole(100, 9_000) },
  ],
  // The file is lost after a card was kept, and the member comes again.
  (chance) => [
    {
      kind: 'database_lost',
      at: 'ended',
      afterMs: chance.whole(0, 5_000),
      downMs: chance.whole(1, 20) * second,
    },
  ],
  // A removal that Stripe does not hear of at once.
  (chance) => [
    { kind: 'card_revoked', by: 'member', at: 'ended', afterMs: chance.whole(0, 2_000) },
    {
      kind: chance.pick([
        'answer_lost',
        'server_error_before',
        'server_error_after',
        'request_lost',
      ]),
      call: 'card_detach',
      nth: 1,
      times: chance.whole(1, 3),
      quickly: true,
    },
  ],
];

export function drawCardStory(chance: Chance): readonly Fault[] {
  return chance.pick(stories)(chance);
}
