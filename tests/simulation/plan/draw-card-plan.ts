import { refundCourses } from '../stripe/refunds.ts';
import { tapKinds } from '../stripe/tap.ts';
import { membersMax } from '../people/members.ts';
import { Chance } from '../time/chance.ts';
import { cardCalls, cardPrompts, refundAsks, type StoredBank } from './card-fault.ts';
import type { CardPlan, CardWish } from './card-plan.ts';
import { drawCardStory } from './card-stories.ts';
import { callFaultOn, crashFault } from './draw-faults.ts';
import { declineKinds, type Fault, milestones, type MomentFault } from './fault.ts';

/** So many customers want something with cards, or staff do on their account. */
const share = 0.3;

export interface DrawnCards {
  readonly card: CardPlan | null;
  readonly faults: readonly Fault[];
}

/**
 * What a customer does about cards, and what befalls that. Drawn from a stream of its own: whatever else was planned for
 * this customer stays as it was.
 */
export function drawCards(seed: number, index: number): DrawnCards {
  const chance = new Chance(seed, 5, index);
  if (!chance.happens(share)) return { card: null, faults: [] };
  const card: CardPlan = {
    wish: drawWish(chance),
    member: chance.whole(0, membersMax - 1),
    tap: chance.happens(0.7) ? 'plastic' : chance.pick(tapKinds),
    bank: drawBank(chance),
    copyByEmail: chance.happens(0.3),
  };
  if (card.tap === 'interac' && chance.happens(0.6)) {
    const course = 'succeeds';
    const how = chance.pick(refundAsks);
    const asked = { kind: 'refund_asked', how, course, at: 'ended' } as const;
    return { card, faults: [{ ...asked, afterMs: chance.whole(0, 2_000) }] };
  }
  if (chance.happens(0.25)) return { card, faults: drawCardStory(chance) };
  const faults: Fault[] = [];
  if (chance.happens(0.45)) faults.push(cardMoment(chance));
  if (chance.happens(0.25))
    faults.push(callFaultOn(chance, chance.pick([...cardCalls, ...cardPrompts])));
  if (chance.happens(0.15)) faults.push(crashFault(chance, 'crash'));
  return { card, faults };
}

function drawWish(chance: Chance): CardWish {
  const wish = chance.unit();
  if (wish < 0.4) return 'keeps';
  if (wish < 0.55) return 'keeps_alone';
  return wish < 0.85 ? 'pays' : 'nothing';
}

function drawBank(chance: Chance): StoredBank {
  if (chance.happens(0.7)) return 'approved';
  if (chance.happens(0.3)) return 'authentication_required';
  const kinds = declineKinds.filter((kind) => kind !== 'without_charge');
  return chance.pick(kinds);
}

function cardMoment(chance: Chance): MomentFault {
  const at = chance.happens(0.6) ? 'ended' : chance.pick(milestones);
  const when = {
    at,
    afterMs: chance.happens(0.7) ? chance.whole(0, 3_000) : chance.whole(0, 300_000),
  };
  switch (chance.whole(0, 7)) {
    case 0:
      return { ...when, kind: 'card_revoked', by: 'member' };
    case 1:
      return { ...when, kind: 'card_revoked', by: 'staff' };
    case 2:
      return { ...when, kind: 'keeping_withdrawn' };
    case 3:
    case 4:
      return { ...when, kind: 'card_charged', bank: drawBank(chance) };
    case 5:
      return { ...when, kind: 'hold_voided' };
    default:
      return {
        ...when,
        at: 'ended',
        kind: 'refund_asked',
        how: chance.pick(refundAsks),
        course: chance.happens(0.5) ? 'succeeds' : chance.pick(refundCourses),
      };
  }
}
