import { assertNever } from './assert.ts';
import type { Effect } from './effect.ts';
import { attemptEvent, stageMove } from './attempt-transition.ts';
import { ordinalsOfNewLife } from './found-sale.ts';
import { judgeCreated, judgeRead } from './judge-read.ts';
import { payInPerson } from './judge-stored-card.ts';
import {
  findOut,
  giveUp,
  handToStaff,
  ignore,
  move,
  presentAnew,
  type Transition,
  withdrawPrompt,
} from './sale-moves.ts';
import type { SaleEvent, WaitName } from './sale-event.ts';
import { isFinal, mayCancel, mayLeave, mayWait, type PaymentAttempt, type Sale } from './sale.ts';
import { storedCardEvent } from './stored-card-transition.ts';
import { givenBackEvent } from './given-back.ts';
import { staffEvent } from './staff-transition.ts';
import {
  createRefused,
  createUnknown,
  found,
  lookedUp,
  stepAnswered,
  unanswered,
  workMissing,
} from './step-transition.ts';

/**
 * The sale's machine. Pure: no I/O, no clock, no chance. Returns the next sale and the effects to store with
 * it, or says why the event means nothing here. Which driver leads the reader makes no difference to it.
 */
export function transition(sale: Sale, event: SaleEvent): Transition {
  switch (event.kind) {
    case 'platform_order_set':
      if (sale.state !== 'open') return ignore('the sale is not at review');
      return move(sale, { platformOrder: event.platformOrder });
    case 'order_recorded':
    case 'order_not_recorded':
      return orderRecorded(sale, event);
    case 'confirmed':
      return confirmed(sale);
    case 'customer_canceled':
      return mayCancel(sale) ? giveUp(sale, 'customer') : ignore('it is too late to cancel');
    case 'extended':
      return stageMove(sale, ['still_paying'], (attempt) =>
        move(sale, { attempt: { ...attempt, stage: 'awaiting_card' } }),
      );
    case 'keeping_chosen':
    case 'stored_card_chosen':
    case 'consent_missing':
    case 'wait_lapsed':
      return storedCardEvent(sale, event);
    case 'giving_back':
    case 'not_given_back':
      return givenBackEvent(sale, event);
    case 'another_card_asked':
      if (sale.state !== 'presenting' || sale.attempt !== null) {
        return ignore('no other card is wanted');
      }
      return sale.storedCard === undefined ? presentAnew(sale) : payInPerson(sale);
    case 'customer_left':
      if (!mayLeave(sale)) return ignore('the customer is still needed');
      return move(sale, { attended: false });

    case 'reader_called':
    case 'reader_moved':
    case 'reader_prompted':
    case 'reader_finished':
    case 'card_collected':
    case 'customer_accepted':
    case 'collect_failed':
    case 'process_answered':
      return attemptEvent(sale, event);
    case 'window_loaded':
      return windowLoaded(sale);

    case 'payment_intent_created':
      return judgeCreated(sale, event.paymentIntent);
    case 'payment_intent_looked_up':
      return lookedUp(sale, event);
    case 'payment_intent_read':
      return judgeRead(sale, event.paymentIntent, event.leftAt);
    case 'payment_intent_found':
      return found(sale, event.paymentIntent);
    case 'look_asked':
      if (sale.paymentIntent === null) return ignore('there is no PaymentIntent to look at');
      return { kind: 'asked', effects: [{ kind: 'payment_intent.read', afterMs: 0 }] };
    case 'read_refused':
      if (isFinal(sale.state)) return ignore('the sale has ended');
      return handToStaff(sale, sale.settledBy === 'platform' ? 'outcome_unknown' : 'not_ours');
    case 'step_done':
      return stepAnswered(sale, event.step, 'unproved');
    case 'step_refused':
      return event.step === 'create'
        ? createRefused(sale, event)
        : stepAnswered(sale, event.step, 'refused');
    case 'step_uncertain':
      return event.step === 'create'
        ? createUnknown(sale, 'stripe_unavailable')
        : stepAnswered(sale, event.step, 'unproved');
    case 'unanswered':
      return unanswered(sale);

    case 'tender_recorded':
    case 'staff_decided':
      return staffEvent(sale, event);

    case 'time_passed':
      return timePassed(sale, event.wait);
    case 'restarted':
      return restarted(sale);
    case 'record_restored':
      return recordRestored(sale);
    case 'work_missing':
      return workMissing(sale);
    default:
      return assertNever(event);
  }
}

/** The money is taken; an order that does not fit it, or does not take it, is for staff to put right. */
function orderRecorded(
  sale: Sale,
  event: Extract<SaleEvent, { kind: 'order_recorded' | 'order_not_recorded' }>,
): Transition {
  if (sale.state !== 'paid') return ignore('nothing is to be recorded');
  if (event.kind === 'order_not_recorded') return handToStaff(sale, 'order_failed');
  return event.agrees ? ignore('it is recorded') : handToStaff(sale, 'amounts_disagree');
}

function confirmed(sale: Sale): Transition {
  if (sale.state !== 'open') return ignore('the sale is not at review');
  return move(
    sale,
    { state: 'creating', completed: true, ordinals: { ...sale.ordinals, create: 1 } },
    [{ kind: 'payment_intent.create', ordinal: 1 }],
  );
}

function windowLoaded(sale: Sale): Transition {
  if (sale.attempt === null) return ignore('no page held anything of this sale');
  if (sale.attempt.serverDriven !== undefined) return ignore('main leads the reader');
  if (sale.state === 'presenting') return presentAnew(sale);
  return findOut(sale, { attempt: { ...sale.attempt, windowHoldsCard: false } });
}

function timePassed(sale: Sale, wait: WaitName): Transition {
  switch (wait) {
    case 'reviewing':
      return sale.state === 'open' ? giveUp(sale, 'timeout') : stale();
    case 'starting':
      return sale.state === 'creating' ? giveUp(sale, 'stripe_unavailable') : stale();
    case 'waking_reader':
      return stageMove(sale, ['sent'], () => giveUp(sale, 'reader_unavailable'));
    case 'awaiting_card':
      return stageMove(sale, ['awaiting_card'], (attempt) =>
        move(sale, { attempt: { ...attempt, stage: 'still_paying' } }),
      );
    case 'still_paying':
      return stageMove(sale, ['still_paying'], () => giveUp(sale, 'timeout'));
    case 'card_read':
      return stageMove(sale, ['card_read'], () => giveUp(sale, 'timeout'));
    case 'declined':
      return sale.state === 'presenting' && sale.attempt === null
        ? giveUp(sale, 'timeout')
        : stale();
    case 'authorizing':
      return sale.state === 'authorizing' ? findOut(sale, {}) : stale();
    case 'lingering':
      return isFinal(sale.state) ? stale() : move(sale, { lingering: true });
  }
}

function stale(): Transition {
  return ignore('the wait is over');
}

/**
 * A sale that a backup shows on its way may have been paid, given, or cancelled since: nobody but staff knows, and
 * nothing is captured or cancelled by itself.
 */
function recordRestored(sale: Sale): Transition {
  if (isFinal(sale.state)) return ignore('the sale had ended before the backup');
  const alone: Sale = {
    ...sale,
    state: 'needs_staff',
    staffReason: 'record_lost',
    attended: false,
  };
  const look: Effect[] =
    sale.paymentIntent === null ? [] : [{ kind: 'payment_intent.read', afterMs: 0 }];
  const ordinals = ordinalsOfNewLife(sale.ordinals);
  return move(sale, { ...alone, ordinals, attempt: null }, [...withdrawPrompt(sale), ...look]);
}

/** A reader that charges by itself went on while the kiosk was away: its prompt is withdrawn, and Stripe asked. */
function leftOnReader(sale: Sale, attempt: PaymentAttempt): Transition {
  return move(sale, { state: 'finding_out', attempt: { ...attempt, inFlight: true } }, [
    ...withdrawPrompt(sale),
    { kind: 'payment_intent.read', afterMs: 0 },
  ]);
}

/** After a crash, by last committed state. The customer is taken to have gone. */
function restarted(sale: Sale): Transition {
  const alone: Sale = { ...sale, attended: false };
  switch (sale.state) {
    case 'presenting':
      return sale.attempt?.serverDriven === 'one_step'
        ? leftOnReader(alone, sale.attempt)
        : giveUp(alone, 'kiosk_restarted');
    case 'open':
    case 'creating':
      return mayWait(sale) && sale.state === 'creating'
        ? move(alone, {})
        : giveUp(alone, 'kiosk_restarted');
    case 'authorizing':
    case 'finding_out':
      if (mayWait(sale)) return move(alone, {});
      return findOut(
        alone,
        sale.attempt === null ? {} : { attempt: { ...sale.attempt, windowHoldsCard: false } },
      );
    case 'authorized':
    case 'capturing':
    case 'canceling':
      return move(alone, {});
    case 'paid':
    case 'canceled':
    case 'expired':
    case 'needs_staff':
      return ignore('the sale has ended');
  }
}
