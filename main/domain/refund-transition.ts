import { assertNever } from './assert.ts';
import type { ReaderEffect } from './effect.ts';
import { attemptIdOf } from './ids.ts';
import {
  attemptMove,
  firstWord,
  isReaderEvent,
  type ReaderEvent,
  saysFailed,
} from './reader-attempt.ts';
import {
  isRefundOver,
  looksMax,
  type Refund,
  type RefundEffect,
  type RefundFacts,
  wantsStaff,
} from './refund.ts';

export type RefundWait = 'waking_reader' | 'awaiting_card' | 'processing';

export type RefundEvent =
  | ReaderEvent
  /** Stripe answered the create with a Refund, or a read did. */
  | { readonly kind: 'refund_read'; readonly stripeRefund: RefundFacts }
  /** Every refund of the payment, as a complete list showed them. */
  | { readonly kind: 'refunds_listed'; readonly refunds: readonly RefundFacts[] }
  | { readonly kind: 'step_refused'; readonly code: string; readonly wasRepeated: boolean }
  /** A 5xx, or a key too old to be replayed: only a list can tell (P2, P3). */
  | { readonly kind: 'step_uncertain' }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'look_asked' }
  | { readonly kind: 'window_loaded' }
  | { readonly kind: 'staff_stopped' }
  | { readonly kind: 'staff_acknowledged'; readonly by: string; readonly why: string }
  | { readonly kind: 'time_passed'; readonly wait: RefundWait }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'work_missing' };

export type AnyRefundEffect = RefundEffect | ReaderEffect;

export type RefundTransition =
  | {
      readonly kind: 'moved';
      readonly refund: Refund;
      readonly effects: readonly AnyRefundEffect[];
    }
  | { readonly kind: 'ignored'; readonly why: string };

/** How often a refund that is pending at Stripe is read by itself; an event is sooner. Milliseconds. */
const pendingEveryMs = 3_600_000;

/** The refund's machine. Pure, like the sale's. One request is one Refund, whatever is lost or repeated. */
export function refundTransition(refund: Refund, event: RefundEvent): RefundTransition {
  if (isReaderEvent(event)) return readerEvent(refund, event);
  switch (event.kind) {
    case 'refund_read':
      return adopted(refund, event.stripeRefund);
    case 'refunds_listed':
      return listed(refund, event.refunds);
    case 'step_refused':
      return refused(refund, event.code, event.wasRepeated);
    case 'step_uncertain':
      return refund.state === 'asked' ? look(refund, 0) : ignore('no answer is awaited');
    case 'unanswered':
      return isRefundOver(refund.state) || refund.unanswered >= 3
        ? ignore('that is known')
        : move(refund, { unanswered: refund.unanswered + 1 });
    case 'look_asked':
      return lookAsked(refund);
    case 'window_loaded':
      if (refund.attempt === null || refund.attempt.serverDriven !== undefined) {
        return ignore('no page held anything of it');
      }
      return refund.state === 'presenting' ? present(refund) : findOut(refund);
    case 'staff_stopped':
      return stopped(refund);
    case 'staff_acknowledged':
      return acknowledged(refund);
    case 'time_passed':
      return timePassed(refund, event.wait);
    case 'restarted':
      return restarted(refund);
    case 'work_missing':
      return lookAsked(refund);
    default:
      return assertNever(event);
  }
}

/**
 * Staff have dealt with it. One of which no list has shown a trace for long counts as not given back; should it be there
 * after all, what Stripe then shows of the payment is more than this kiosk gave back, and that is staff's matter again.
 */
function acknowledged(refund: Refund): RefundTransition {
  if (!wantsStaff(refund)) return ignore('there is nothing to acknowledge');
  if (refund.state === 'failed') return move(refund, { acknowledged: true });
  return move(
    refund,
    { state: 'canceled', problem: 'no_trace', attempt: null, acknowledged: true },
    withdraw(refund),
  );
}

function readerEvent(refund: Refund, event: ReaderEvent): RefundTransition {
  if (refund.state === 'finding_out' && event.kind === 'reader_finished') {
    const { attempt } = refund;
    if (attempt?.id !== event.attemptId || attempt.hint !== null) return ignore('its end is known');
    return findOut({ ...refund, attempt: { ...attempt, hint: event.hint } });
  }
  if (refund.state !== 'presenting' && refund.state !== 'processing') {
    return ignore('no card is asked for');
  }
  const next = attemptMove(refund.attempt, event);
  switch (next.kind) {
    case 'ignored':
      return next;
    case 'goes_on':
      return move(refund, { attempt: next.attempt });
    case 'process':
      return move(refund, { state: 'processing', attempt: next.attempt }, [
        { kind: 'reader.process', attemptId: next.attempt.id, count: 1 },
      ]);
    case 'ended':
      return findOut({ ...refund, attempt: next.attempt });
    case 'not_collected':
      return move(
        refund,
        { state: 'canceled', problem: next.code, attempt: null },
        withdraw(refund),
      );
  }
}

/** The Refund is there: its own status is the truth from now on. */
function adopted(refund: Refund, stripeRefund: RefundFacts): RefundTransition {
  const isOurs = stripeRefund.paymentIntentId === refund.paymentIntentId;
  if (!isOurs) return ignore('it is not a refund of this payment');
  const known: Refund = { ...refund, stripeRefund, attempt: null, unanswered: 0 };
  const effects = withdraw(refund);
  switch (stripeRefund.status) {
    case 'succeeded':
      return move(known, { state: 'succeeded', problem: null }, effects);
    case 'pending':
    case 'requires_action':
      return move(known, { state: 'pending' }, [
        ...effects,
        { kind: 'refund.read', afterMs: pendingEveryMs },
      ]);
    case 'failed':
    case 'canceled':
      return move(
        known,
        { state: 'failed', problem: stripeRefund.failureReason ?? stripeRefund.status },
        effects,
      );
  }
}

function listed(refund: Refund, refunds: readonly RefundFacts[]): RefundTransition {
  if (refund.stripeRefund !== null || isRefundOver(refund.state)) {
    return ignore('what became of it is known');
  }
  if (refund.way === 'in_person' && refund.before === null) {
    return present({ ...refund, before: refunds.map(({ id }) => id) });
  }
  const own = refunds.find((one) => isOwn(refund, one));
  if (own !== undefined) return adopted(refund, own);
  if (refund.way === 'by_api') return askAnew(refund);
  return refund.attempt !== null && saysFailed(refund.attempt)
    ? move(
        refund,
        { state: 'canceled', problem: refund.problem ?? hintCode(refund), attempt: null },
        withdraw(refund),
      )
    : lookAgain(refund);
}

/** By the id this kiosk put on it; what a reader made bears none, and is told by being new and of this amount. */
function isOwn(refund: Refund, one: RefundFacts): boolean {
  if (one.refundId !== null) return one.refundId === refund.id;
  if (refund.way !== 'in_person' || refund.before === null) return false;
  return one.amount === refund.amount.amount && !refund.before.includes(one.id);
}

/** A complete list has shown that it was not made: the next request carries a new key (P2). */
function askAnew(refund: Refund): RefundTransition {
  if (refund.state !== 'asked') return ignore('no request is wanted');
  const ordinal = refund.ordinal + 1;
  const afterMs = Math.min(60_000, 1_000 * 2 ** Math.min(ordinal, 6));
  return move(refund, { ordinal, unanswered: 0, inconclusiveLooks: 0 }, [
    { kind: 'refund.create', ordinal, afterMs },
  ]);
}

function lookAgain(refund: Refund): RefundTransition {
  const looks = refund.inconclusiveLooks + 1;
  return look({ ...refund, inconclusiveLooks: looks }, looks <= looksMax ? 2_000 : pendingEveryMs);
}

/** Final only when no earlier try of the same request may have been carried out. */
function refused(refund: Refund, code: string, wasRepeated: boolean): RefundTransition {
  if (refund.state !== 'asked') return ignore('no answer is awaited');
  const mayHaveBeenMade = wasRepeated || refund.unanswered > 0 || code === 'idempotency_error';
  if (mayHaveBeenMade && refund.inconclusiveLooks === 0) {
    return look({ ...refund, inconclusiveLooks: 1 }, 0);
  }
  return move(refund, { state: 'refused', problem: code });
}

function lookAsked(refund: Refund): RefundTransition {
  if (refund.stripeRefund !== null) {
    return move(refund, {}, [{ kind: 'refund.read', afterMs: 0 }]);
  }
  if (refund.state === 'asked' || refund.state === 'finding_out') return look(refund, 0);
  return ignore('there is nothing to look for');
}

function present(refund: Refund): RefundTransition {
  const ordinal = refund.attemptsMade + 1;
  const attempt = firstWord(attemptIdOf(refund.id, ordinal), ordinal);
  return move(refund, { state: 'presenting', attempt, attemptsMade: ordinal }, [
    { kind: 'reader.collect', attemptId: attempt.id },
  ]);
}

/** A prompt that was taken off before a card was read has given nothing back; a list shows that it is so. */
function stopped(refund: Refund): RefundTransition {
  if (refund.state === 'asked' && refund.way === 'in_person') {
    return move(refund, { state: 'canceled', problem: 'staff' });
  }
  if (refund.state !== 'presenting') return ignore('it can’t be stopped any more');
  return takenOff(refund, 'staff');
}

function takenOff(refund: Refund, problem: string): RefundTransition {
  // A reader that gives back by itself may have done so in this very moment.
  if (refund.attempt?.serverDriven === 'one_step') {
    return move(refund, { state: 'finding_out', problem }, [
      ...withdraw(refund),
      { kind: 'refund.look_up', afterMs: 2_000 },
    ]);
  }
  return move(refund, { state: 'canceled', problem, attempt: null }, withdraw(refund));
}

function hintCode({ attempt }: Refund): string {
  return attempt?.hint?.kind === 'failed' ? attempt.hint.code : 'unknown';
}

function timePassed(refund: Refund, wait: RefundWait): RefundTransition {
  const { state, attempt } = refund;
  switch (wait) {
    case 'waking_reader':
      return state === 'presenting' && attempt?.stage === 'sent'
        ? takenOff(refund, 'reader_unavailable')
        : ignore('the wait is over');
    case 'awaiting_card':
      return state === 'presenting' && attempt?.stage === 'awaiting_card'
        ? takenOff(refund, 'timeout')
        : ignore('the wait is over');
    case 'processing':
      return state === 'processing' ? findOut(refund) : ignore('the wait is over');
  }
}

/** After a crash: what was asked is asked again by its own row; what a reader did is found out. */
function restarted(refund: Refund): RefundTransition {
  switch (refund.state) {
    case 'presenting':
      return refund.attempt?.serverDriven === undefined
        ? move(
            refund,
            { state: 'canceled', problem: 'kiosk_restarted', attempt: null },
            withdraw(refund),
          )
        : findOut(refund, withdraw(refund));
    case 'processing':
      return findOut(refund);
    case 'asked':
      return refund.way === 'in_person'
        ? move(refund, { state: 'canceled', problem: 'kiosk_restarted' })
        : ignore('its request is in the outbox');
    case 'finding_out':
    case 'pending':
    case 'succeeded':
    case 'failed':
    case 'refused':
    case 'canceled':
      return ignore('nothing of it was lost');
  }
}

function findOut(refund: Refund, effects: readonly ReaderEffect[] = []): RefundTransition {
  return move(refund, { state: 'finding_out' }, [
    ...effects,
    { kind: 'refund.look_up', afterMs: 0 },
  ]);
}

function look(refund: Refund, afterMs: number): RefundTransition {
  return move(refund, {}, [{ kind: 'refund.look_up', afterMs }]);
}

function withdraw({ attempt }: Refund): readonly ReaderEffect[] {
  return attempt === null ? [] : [{ kind: 'reader.cancel', attemptId: attempt.id }];
}

function move(
  refund: Refund,
  changes: Partial<Refund>,
  effects: readonly AnyRefundEffect[] = [],
): RefundTransition {
  return {
    kind: 'moved',
    refund: { ...refund, ...changes, revision: refund.revision + 1 },
    effects,
  };
}

function ignore(why: string): RefundTransition {
  return { kind: 'ignored', why };
}
