import { assertNever } from './assert.ts';
import { judgeCreated, judgeRead } from './judge-read.ts';
import {
  findOut,
  giveUp,
  handToStaff,
  ignore,
  liveAttempt,
  move,
  presentAnew,
  process,
  type Transition,
} from './sale-moves.ts';
import type { ProcessHint, SaleEvent, WaitName } from './sale-event.ts';
import {
  awaitsStep,
  type CancelReason,
  isFinal,
  mayCancel,
  mayLeave,
  type PaymentAttempt,
  type ProcessWord,
  type Sale,
} from './sale.ts';

/**
 * The sale's machine. Pure: no I/O, no clock, no chance. Returns the next sale and the effects to store with
 * it, or says why the event means nothing here. Which driver leads the reader makes no difference to it.
 */
export function transition(sale: Sale, event: SaleEvent): Transition {
  switch (event.kind) {
    case 'confirmed':
      return confirmed(sale);
    case 'customer_canceled':
      return mayCancel(sale) ? giveUp(sale, 'customer') : ignore('it is too late to cancel');
    case 'extended':
      return stageMove(sale, ['still_paying'], (attempt) =>
        move(sale, { attempt: { ...attempt, stage: 'awaiting_card' } }),
      );
    case 'another_card_asked':
      return sale.state === 'presenting' && sale.attempt === null
        ? presentAnew(sale)
        : ignore('no other card is wanted');
    case 'customer_left':
      if (!mayLeave(sale)) return ignore('the customer is still needed');
      return move(sale, { attended: false });

    case 'reader_prompted':
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
      return isFinal(sale.state)
        ? ignore('the sale has ended')
        : judgeRead(sale, event.paymentIntent, event.leftAt);
    case 'read_refused':
      return isFinal(sale.state) ? ignore('the sale has ended') : handToStaff(sale, 'not_ours');
    case 'step_sent':
      return event.step === 'capture' && sale.state === 'authorized'
        ? move(sale, { state: 'capturing' })
        : ignore('the state says so already');
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
      return isFinal(sale.state)
        ? ignore('the sale has ended')
        : move(sale, { unanswered: sale.unanswered + 1 });

    case 'time_passed':
      return timePassed(sale, event.wait);
    case 'restarted':
      return restarted(sale);
    case 'work_missing':
      return workMissing(sale);
    default:
      return assertNever(event);
  }
}

function confirmed(sale: Sale): Transition {
  if (sale.state !== 'open') return ignore('the sale is not at review');
  return move(
    sale,
    { state: 'creating', completed: true, ordinals: { ...sale.ordinals, create: 1 } },
    [{ kind: 'payment_intent.create', ordinal: 1 }],
  );
}

type AttemptEvent = Extract<SaleEvent, { attemptId: unknown }>;

function attemptEvent(sale: Sale, event: AttemptEvent): Transition {
  if (liveAttempt(sale, event.attemptId) === null) return ignore('that attempt is over');
  switch (event.kind) {
    case 'reader_prompted':
      return stageMove(sale, ['sent'], (attempt) =>
        move(sale, { attempt: { ...attempt, stage: 'awaiting_card' } }),
      );
    case 'card_collected':
      return stageMove(sale, ['sent', 'awaiting_card', 'still_paying'], (attempt) =>
        event.askFirst
          ? move(sale, { attempt: { ...attempt, stage: 'card_read', windowHoldsCard: true } })
          : process(sale, attempt),
      );
    case 'customer_accepted':
      return stageMove(sale, ['card_read'], (attempt) => process(sale, attempt));
    case 'collect_failed':
      return stageMove(sale, ['sent', 'awaiting_card', 'still_paying'], () =>
        giveUp(sale, canceledOnReader(event.code) ? 'customer_on_reader' : 'reader_unavailable'),
      );
    case 'process_answered':
      return stageMove(sale, ['processing'], (attempt) => processAnswered(sale, attempt, event));
  }
}

/** Both words are Stripe's: the first of the server-driven integration, the second of the JS SDK. */
function canceledOnReader(code: string): boolean {
  return code === 'customer_canceled' || code === 'canceled_by_customer';
}

/** Runs `next` on the live attempt when it stands at one of `stages`. */
function stageMove(
  sale: Sale,
  stages: readonly PaymentAttempt['stage'][],
  next: (attempt: PaymentAttempt) => Transition,
): Transition {
  const { attempt } = sale;
  if (attempt === null || !stages.includes(attempt.stage))
    return ignore('the attempt is elsewhere');
  return next(attempt);
}

function processAnswered(
  sale: Sale,
  attempt: PaymentAttempt,
  event: Extract<SaleEvent, { kind: 'process_answered' }>,
): Transition {
  if (event.count !== attempt.processCount) return ignore('that processPayment is over');
  const { hint } = event;
  const answered: PaymentAttempt = {
    ...attempt,
    inFlight: false,
    hint: wordOf(hint),
    answeredAt: sale.revision + 1,
  };
  if (answered.hint === 'unknown' || sale.state === 'finding_out')
    return findOut(sale, { attempt: answered });
  return move(sale, { attempt: answered }, [{ kind: 'payment_intent.read', afterMs: 0 }]);
}

function wordOf(hint: ProcessHint): ProcessWord {
  if (hint.kind === 'processed') return 'processed';
  if (hint.paymentIntentStatus !== 'requires_payment_method') return 'unknown';
  return hint.code === 'canceled' || canceledOnReader(hint.code) ? 'canceled' : 'refused';
}

function windowLoaded(sale: Sale): Transition {
  if (sale.attempt === null) return ignore('no page held anything of this sale');
  if (sale.state === 'presenting') return presentAnew(sale);
  return findOut(sale, { attempt: { ...sale.attempt, windowHoldsCard: false } });
}

function lookedUp(
  sale: Sale,
  event: Extract<SaleEvent, { kind: 'payment_intent_looked_up' }>,
): Transition {
  if (sale.state !== 'canceling' || sale.paymentIntent !== null) {
    return ignore('nothing was looked for');
  }
  if (event.paymentIntent === null) return move(sale, { state: 'canceled' });
  return event.paymentIntent.status === 'canceled'
    ? judgeRead(sale, event.paymentIntent, sale.revision)
    : judgeCreated(sale, event.paymentIntent);
}

/** Whatever Stripe answered to a step, a read says what is true now. */
function stepAnswered(
  sale: Sale,
  step: 'capture' | 'cancel',
  how: 'refused' | 'unproved',
): Transition {
  if (!awaitsStep(sale, step)) return ignore('the sale no longer waits for this step');
  return move(sale, { unanswered: 0, unsettledStep: { step, how } }, [
    { kind: 'payment_intent.read', afterMs: 0 },
  ]);
}

/** A refusal is final only when no earlier try of the same create may have been carried out. */
function createRefused(
  sale: Sale,
  event: Extract<SaleEvent, { kind: 'step_refused' }>,
): Transition {
  if (!awaitsStep(sale, 'create')) return ignore('no create is awaited');
  const mayHaveBeenMade =
    event.wasRepeated || sale.unanswered > 0 || event.code === 'idempotency_error';
  if (mayHaveBeenMade) return createUnknown(sale, 'stripe_refused');
  return move(sale, { state: 'canceled', cancelReason: sale.cancelReason ?? 'stripe_refused' });
}

/** Whether a PaymentIntent was made is looked up before anything else. */
function createUnknown(sale: Sale, reason: CancelReason): Transition {
  if (!awaitsStep(sale, 'create')) return ignore('no create is awaited');
  return move(sale, { state: 'canceling', cancelReason: sale.cancelReason ?? reason }, [
    { kind: 'payment_intent.look_up' },
  ]);
}

function timePassed(sale: Sale, wait: WaitName): Transition {
  switch (wait) {
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

/** After a crash, by last committed state. The customer is taken to have gone. */
function restarted(sale: Sale): Transition {
  const alone: Sale = { ...sale, attended: false };
  switch (sale.state) {
    case 'open':
    case 'creating':
    case 'presenting':
      return giveUp(alone, 'kiosk_restarted');
    case 'authorizing':
    case 'finding_out':
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

/** What the sale waits for is asked anew; a step whose row is gone is repeated only if that read shows it absent. */
function workMissing(sale: Sale): Transition {
  if (isFinal(sale.state) || sale.state === 'open') return ignore('the sale waits for nothing');
  if (sale.paymentIntent === null) return createUnknown(sale, 'kiosk_restarted');
  const step = sale.state === 'canceling' ? 'cancel' : 'capture';
  const unsettledStep = awaitsStep(sale, step) ? ({ step, how: 'unproved' } as const) : null;
  return move(sale, { unsettledStep }, [{ kind: 'payment_intent.read', afterMs: 0 }]);
}
