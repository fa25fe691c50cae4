import { type RefundAsk, refundAsks } from './card-fault.ts';
import type { CardPlan } from './card-plan.ts';
import type { CallFault, Fault } from './fault.ts';

const ended = { at: 'ended', afterMs: 500 } as const;
const first = { call: 'left_behind', nth: 1, times: 1 } as const;

/** A member who has the card kept that they pay with. */
export const keepsCard: CardPlan = {
  wish: 'keeps',
  member: 0,
  tap: 'plastic',
  bank: 'approved',
  copyByEmail: true,
};

const faultsOfCalls: readonly CallFault[] = [
  { ...first, kind: 'request_lost', quickly: true },
  { ...first, kind: 'answer_lost', quickly: false },
  { ...first, kind: 'request_late', lateMs: 5_000 },
  { ...first, kind: 'answer_slow', slowMs: 9_000 },
  { ...first, kind: 'request_twice', apartMs: 40 },
  { ...first, kind: 'rate_limited' },
  { ...first, kind: 'worked_on_long', longMs: 40_000 },
  { ...first, kind: 'server_error_before' },
  { ...first, kind: 'server_error_after' },
  { ...first, kind: 'odd_reply' },
];

function asked(how: RefundAsk): readonly Fault[] {
  return [{ ...ended, kind: 'refund_asked', how, course: 'succeeds' }];
}

/** For each name under which something about cards and refunds is counted, what makes it happen to who keeps a card. */
export const sampleCardFaults: Readonly<Record<string, readonly Fault[]>> = {
  card_revoked_member: [{ ...ended, kind: 'card_revoked', by: 'member' }],
  card_revoked_staff: [{ ...ended, kind: 'card_revoked', by: 'staff' }],
  keeping_withdrawn: [{ at: 'collecting', afterMs: 0, kind: 'keeping_withdrawn' }],
  card_charged: [{ ...ended, kind: 'card_charged', bank: 'approved' }],
  ...Object.fromEntries(refundAsks.map((how) => [`refund_asked_${how}`, asked(how)])),
  hold_voided: [
    { call: 'capture', nth: 1, times: 5, kind: 'request_lost', quickly: true },
    { at: 'capture_sent', afterMs: 1_000, kind: 'hold_voided' },
  ],
  ...Object.fromEntries(faultsOfCalls.map((fault) => [`card_${fault.kind}`, [fault]])),
};
