import { type DeclineReason, declineReason } from './decline.ts';
import { equal } from './money.ts';
import type { PaymentIntentFacts } from './payment-intent.ts';
import { judgePlatform } from './judge-platform.ts';
import { beginInPerson, chargeStoredCard, storedCardOutcome } from './judge-stored-card.ts';
import { sameData } from './same-data.ts';
import {
  dueOf,
  isFinal,
  type PaymentAttempt,
  type ProcessWord,
  type Sale,
  totalOf,
} from './sale.ts';
import {
  dropCard,
  findOut,
  giveUp,
  handToStaff,
  ignore,
  move,
  presentAnew,
  process,
  repeatStep,
  recordOrder,
  saveCard,
  type Transition,
  withdrawPrompt,
} from './sale-moves.ts';

/** processPayment is commanded at most this often on one collected object: once, and twice again. */
export const processTriesMax = 3;
/** Reads while a processPayment may still be running: 15 at one second, the rest at two. */
const readsWhileInFlightMax = 40;
/** Reads when the SDK has said how it ended and Stripe does not show it yet. */
const readsAfterAnswerMax = 10;

/**
 * Ends that leave the card uncharged or charged, and how many reads must show that it was not before the customer may
 * try again on the same PaymentIntent. A request the reader had sent may land a little after its connection broke; a
 * prompt can be replaced only before it charges.
 */
const brokenOff: ReadonlyMap<
  ProcessWord,
  { readonly readsMax: number; readonly shownAs: DeclineReason }
> = new Map([
  ['disconnected', { readsMax: readsAfterAnswerMax, shownAs: 'connection_lost' }],
  ['replaced', { readsMax: 0, shownAs: 'prompt_replaced' }],
]);

/**
 * What a PaymentIntent that main has read means for the sale. The only place where a sale becomes
 * `authorized`, `paid`, declined or `canceled` (P4).
 */
export function judgeRead(before: Sale, read: PaymentIntentFacts, leftAt: number): Transition {
  if (before.settledBy === 'platform') {
    const verdict = judgePlatform(before, read);
    if (verdict.kind !== 'undecided') return verdict;
    return notYet({ ...before, paymentIntent: read, unanswered: 0 }, read, leftAt);
  }
  if (isFinal(before.state)) return reviewed(before, read);
  if (read.saleId !== before.id || read.kioskId !== before.kioskId) {
    return handToStaff(before, 'not_ours');
  }
  const sale: Sale = { ...before, paymentIntent: read, unanswered: 0 };
  switch (read.status) {
    case 'succeeded':
      return succeeded(sale, read);
    case 'canceled':
      return canceled(sale);
    case 'requires_capture':
      return requiresCapture(sale, read);
    case 'requires_payment_method':
    case 'requires_confirmation':
    case 'requires_action':
    case 'processing':
      return notYet(sale, read, leftAt);
  }
}

/**
 * A sale that has ended is looked at again because somebody may have touched its PaymentIntent since. Money that is
 * there although the sale says it is not, or the other way round, is a person's to decide.
 */
function reviewed(before: Sale, read: PaymentIntentFacts): Transition {
  if (read.saleId !== before.id || read.kioskId !== before.kioskId) {
    return ignore('the PaymentIntent is not of this sale');
  }
  const isSame = sameData(before.paymentIntent, read);
  if (isSame && before.staffReason !== 'not_ours') {
    return ignore('nothing has changed since');
  }
  // What staff had decided was decided on what Stripe showed then.
  const sale: Sale = { ...before, paymentIntent: read, staffDecision: null };
  if (before.state === 'paid') {
    return read.status === 'succeeded' ? move(sale, {}) : handToStaff(sale, 'amounts_disagree');
  }
  // A wrong key had shown it as nobody's; now it is ours again, and theirs to decide.
  const wasLost = before.staffReason === 'not_ours';
  if (before.state === 'needs_staff') {
    return move(sale, wasLost ? { staffReason: 'stripe_refused' } : {});
  }
  if (read.status === 'canceled') return move(sale, {});
  return read.status === 'succeeded'
    ? handToStaff(sale, 'paid_after_cancel')
    : giveUp(sale, 'not_confirmed');
}

function succeeded(sale: Sale, read: PaymentIntentFacts): Transition {
  if (sale.state === 'canceling') return handToStaff(sale, 'paid_after_cancel');
  const { amountReceived: amount, currency } = read;
  if (!equal({ amount, currency }, dueOf(sale))) return handToStaff(sale, 'amounts_disagree');
  return move(sale, { state: 'paid', attempt: null, decline: null }, [
    ...withdrawUnused(sale),
    ...saveCard(sale),
    ...recordOrder(sale),
  ]);
}

function canceled(sale: Sale): Transition {
  // A hold that lapsed before anybody could read it was one all the same, and staff are told (P6).
  const lapsed = sale.paymentIntent?.cancellationReason === 'automatic';
  const wasWanted = sale.state === 'authorized' || sale.state === 'capturing';
  if (wasWanted || (lapsed && sale.state !== 'canceling')) {
    return move(sale, { state: 'expired', attempt: null }, [
      ...withdrawUnused(sale),
      ...dropCard(sale),
    ]);
  }
  if (sale.payAnew === true && sale.attended) return beginInPerson(sale);
  return move(
    sale,
    {
      state: 'canceled',
      cancelReason: sale.cancelReason ?? 'canceled_elsewhere',
      attempt: null,
    },
    [...withdrawPrompt(sale), ...dropCard(sale)],
  );
}

function requiresCapture(sale: Sale, read: PaymentIntentFacts): Transition {
  if (sale.state === 'canceling') return stillToCancel(sale);
  if (sale.tender !== null) return giveUp(sale, 'paid_elsewhere');
  if (!sale.completed) return giveUp(sale, 'not_confirmed');
  if (!holdsEnough(sale, read)) return handToStaff(sale, 'amounts_disagree');
  if (sale.state === 'authorized' || sale.state === 'capturing') return stillToCapture(sale);
  const ordinal = sale.ordinals.capture + 1;
  return move(
    sale,
    {
      state: 'authorized',
      attempt: null,
      decline: null,
      ordinals: { ...sale.ordinals, capture: ordinal },
    },
    [...withdrawUnused(sale), { kind: 'payment_intent.capture', ordinal, afterMs: 0 }],
  );
}

/** The whole total is held; or, where staff decided to take less, at least that (P8). */
function holdsEnough(sale: Sale, read: PaymentIntentFacts): boolean {
  if (sale.captureAmount !== undefined) return read.amountCapturable >= sale.captureAmount;
  return equal(read, totalOf(sale)) && read.amountCapturable === read.amount;
}

/** A prompt is withdrawn only where it may still be open; a processed card leaves none. */
function withdrawUnused(sale: Sale): ReturnType<typeof withdrawPrompt> {
  return sale.state === 'presenting' ? withdrawPrompt(sale) : [];
}

function stillToCapture(sale: Sale): Transition {
  if (sale.unsettledStep?.step !== 'capture') return move(sale, {});
  return sale.unsettledStep.how === 'unproved'
    ? repeatStep(sale, 'capture')
    : handToStaff(sale, 'capture_refused');
}

function stillToCancel(sale: Sale): Transition {
  if (sale.unsettledStep?.step !== 'cancel') return move(sale, {});
  return sale.unsettledStep.how === 'unproved'
    ? repeatStep(sale, 'cancel')
    : handToStaff(sale, 'stripe_refused');
}

function notYet(sale: Sale, read: PaymentIntentFacts, leftAt: number): Transition {
  switch (sale.state) {
    case 'canceling':
      return stillToCancel(sale);
    case 'authorized':
    case 'capturing':
      return handToStaff(sale, 'stripe_refused');
    case 'authorizing':
    case 'finding_out':
      if (sale.storedCard !== undefined) return storedCardOutcome(sale, read);
      return sale.attempt === null
        ? giveUp(sale, 'not_confirmed')
        : outcomeOf(sale, sale.attempt, read, leftAt);
    case 'presenting':
      return move(sale, {});
    case 'open':
    case 'creating':
    case 'paid':
    case 'canceled':
    case 'expired':
    case 'needs_staff':
      return ignore('the sale waits for no read');
  }
}

function outcomeOf(
  sale: Sale,
  attempt: PaymentAttempt,
  read: PaymentIntentFacts,
  leftAt: number,
): Transition {
  // Nobody has said that the charging is over: a look for another reason must not hurry the customer away from it.
  if (sale.state === 'authorizing' && attempt.hint === 'none') return move(sale, {});
  // The answer that came meanwhile has asked for a read of its own.
  if (attempt.answeredAt !== null && leftAt < attempt.answeredAt) return move(sale, {});
  if (isDeclineOf(attempt, read) && read.lastPaymentError !== null) {
    if (!sale.attended) return giveUp(sale, 'not_confirmed');
    const { code, declineCode } = read.lastPaymentError;
    return move(sale, {
      state: 'presenting',
      attempt: null,
      decline: declineReason(code, declineCode),
    });
  }
  // Refused without a Charge: nothing reached the bank, and the reader must ask for a card anew.
  const isOver = read.status === 'requires_payment_method';
  if (isOver && attempt.hint === 'refused' && sale.attended) return askAnew(sale, attempt);
  if (isOver && attempt.hint === 'canceled') {
    const isOurs = attempt.serverDriven !== undefined && !sale.attended;
    return giveUp(sale, isOurs ? 'kiosk_restarted' : 'customer_on_reader');
  }
  if (mayProcessAgain(sale, attempt)) return process(sale, attempt);
  if (mayStillHappen(sale, attempt)) {
    const reads = sale.inconclusiveReads + 1;
    const next = sale.state === 'finding_out' ? { ...sale, inconclusiveReads: reads } : sale;
    return findOut(next, {}, reads <= 15 ? 1_000 : 2_000);
  }
  const broken = brokenOff.get(attempt.hint);
  if (isOver && sale.attended && broken !== undefined) {
    return move(sale, { state: 'presenting', attempt: null, decline: broken.shownAs });
  }
  const weLostIt =
    !sale.attended || (!attempt.windowHoldsCard && attempt.serverDriven === undefined);
  return giveUp(sale, weLostIt ? 'kiosk_restarted' : 'not_confirmed');
}

/** A reader that main leads has asked again and again by itself already: whether once more is the customer's to say. */
function askAnew(sale: Sale, attempt: PaymentAttempt): Transition {
  if (attempt.serverDriven === undefined) return presentAnew(sale);
  return move(sale, { state: 'presenting', attempt: null, decline: 'not_read' });
}

/**
 * A decline is this attempt's only when the processPayment has ended by saying so (a reader may ask for the PIN and
 * try again by itself, and an answer that was lost says nothing) and a Charge is there that was not there before.
 */
function isDeclineOf(attempt: PaymentAttempt, read: PaymentIntentFacts): boolean {
  const isOver = attempt.hint === 'refused' || attempt.hint === 'disconnected';
  if (!isOver || read.status !== 'requires_payment_method') return false;
  return read.latestChargeId !== attempt.chargeBefore;
}

/** Only a processPayment that ended without an answer is repeated, on the object the page still holds. */
function mayProcessAgain(sale: Sale, attempt: PaymentAttempt): boolean {
  return (
    sale.attended &&
    attempt.hint === 'unknown' &&
    attempt.serverDriven === undefined &&
    attempt.windowHoldsCard &&
    attempt.processCount < processTriesMax
  );
}

function mayStillHappen(sale: Sale, attempt: PaymentAttempt): boolean {
  // The driver's word and Stripe's do not fit yet.
  if (attempt.hint === 'processed' || attempt.hint === 'refused' || attempt.hint === 'canceled') {
    return sale.inconclusiveReads < readsAfterAnswerMax;
  }
  const broken = brokenOff.get(attempt.hint);
  if (broken !== undefined) return sale.inconclusiveReads < broken.readsMax;
  const goesOn = attempt.windowHoldsCard || attempt.serverDriven !== undefined;
  return attempt.inFlight && goesOn && sale.inconclusiveReads < readsWhileInFlightMax;
}

/** A PaymentIntent that was just created, or found again by its metadata. */
export function judgeCreated(sale: Sale, created: PaymentIntentFacts): Transition {
  if (sale.paymentIntent !== null) return ignore('the PaymentIntent is known already');
  if (sale.state !== 'creating' && sale.state !== 'canceling') {
    return ignore('no PaymentIntent was being created');
  }
  if (created.saleId !== sale.id || created.kioskId !== sale.kioskId) {
    return handToStaff(sale, 'not_ours');
  }
  const known: Sale = { ...sale, paymentIntent: created, unanswered: 0 };
  if (sale.state === 'canceling') return giveUp(known, 'customer');
  if (!equal(created, totalOf(sale))) return giveUp(known, 'amounts_disagree');
  if (sale.storedCard !== undefined) return chargeStoredCard(known);
  if (!created.acceptsCardPresent) return giveUp(known, 'stripe_refused');
  if (!sale.attended) return giveUp(known, 'not_confirmed');
  return presentAnew(known);
}
