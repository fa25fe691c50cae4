import { assertNever } from './assert.ts';
import type { KeepOutcome } from './card-on-file.ts';
import {
  type CardSetup,
  isSetupOver,
  type SetupEffect,
  type SetupIntentFacts,
} from './card-setup.ts';
import { type DeclineReason, declineReason } from './decline.ts';
import type { ReaderEffect, SaveCardEffect } from './effect.ts';
import { attemptIdOf } from './ids.ts';
import {
  attemptMove,
  firstWord,
  isReaderEvent,
  type ReaderAttempt,
  type ReaderEvent,
  saysFailed,
} from './reader-attempt.ts';
import type { CancelReason } from './sale.ts';

export type SetupWait = 'starting' | 'waking_reader' | 'awaiting_card' | 'declined' | 'confirming';

export type SetupEvent =
  | ReaderEvent
  | { readonly kind: 'customer_canceled' }
  | { readonly kind: 'another_card_asked' }
  | { readonly kind: 'customer_left' }
  /** A page was loaded: what the former page held is gone. */
  | { readonly kind: 'window_loaded' }
  | {
      readonly kind: 'setup_intent_created';
      readonly setupIntent: SetupIntentFacts;
      /** The system behind this kiosk knows whose it is; nothing that is read says so. */
      readonly keptBy?: 'platform';
    }
  | { readonly kind: 'setup_intent_read'; readonly setupIntent: SetupIntentFacts }
  /** Refused for good, or answered so that only another request could tell. */
  | { readonly kind: 'step_refused'; readonly step: 'create' | 'cancel'; readonly code: string }
  | { readonly kind: 'step_done'; readonly step: 'cancel' }
  | { readonly kind: 'read_refused' }
  /** No card can come of it any more, and nobody can cancel it at Stripe: it holds nothing, and is left. */
  | { readonly kind: 'abandoned'; readonly reason: CancelReason }
  /** The card is on file, or can't be: on disk with this event. */
  | { readonly kind: 'card_settled'; readonly outcome: KeepOutcome }
  /** Whether the card is kept can't be known any more: the one request to keep it was not answered. */
  | { readonly kind: 'keeping_unknown' }
  | { readonly kind: 'time_passed'; readonly wait: SetupWait }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'work_missing' };

export type AnySetupEffect = SetupEffect | SaveCardEffect | ReaderEffect;

export type SetupTransition =
  | {
      readonly kind: 'moved';
      readonly setup: CardSetup;
      readonly effects: readonly AnySetupEffect[];
    }
  | { readonly kind: 'ignored'; readonly why: string };

/** Reads at one second each while a bank has not answered; then the setup is given up. No money is at stake. */
const readsMax = 30;

/** The setup's machine. Pure, like the sale's. */
export function setupTransition(setup: CardSetup, event: SetupEvent): SetupTransition {
  if (isSetupOver(setup.state)) return ignore('the setup has ended');
  if (isReaderEvent(event)) return readerEvent(setup, event);
  switch (event.kind) {
    case 'customer_canceled':
      return mayStop(setup) ? giveUp(setup, 'customer') : ignore('it is too late to cancel');
    case 'another_card_asked':
      return setup.state === 'presenting' && setup.attempt === null
        ? present(setup)
        : ignore('no other card is wanted');
    case 'customer_left':
      return move(setup, { attended: false });
    case 'window_loaded':
      if (setup.attempt === null || setup.attempt.serverDriven !== undefined) {
        return ignore('no page held anything of it');
      }
      return setup.state === 'presenting' ? present(setup) : read(setup, 0);
    case 'setup_intent_created':
      return created(setup, event.setupIntent, event.keptBy === 'platform');
    case 'setup_intent_read':
      return judged({ ...setup, setupIntent: event.setupIntent });
    case 'step_refused':
      if (event.step === 'cancel') return read(setup, 1_000);
      return setup.setupIntent === null
        ? move(setup, { state: 'canceled', cancelReason: setup.cancelReason ?? 'stripe_refused' })
        : ignore('the SetupIntent is known');
    case 'step_done':
      return read(setup, 0);
    case 'read_refused':
      return move(setup, { state: 'canceled', cancelReason: 'stripe_refused', attempt: null });
    case 'abandoned':
      return abandoned(setup, event.reason);
    case 'card_settled':
      return settled(setup, event.outcome);
    case 'keeping_unknown':
      return setup.state === 'saving'
        ? move(setup, { state: 'not_kept', failure: null, cardId: null })
        : ignore('no card is being kept');
    case 'time_passed':
      return timePassed(setup, event.wait);
    case 'restarted':
      return setup.state === 'saving' || setup.state === 'canceling'
        ? move(setup, { attended: false })
        : giveUp({ ...setup, attended: false }, 'kiosk_restarted');
    case 'work_missing':
      return workMissing(setup);
    default:
      return assertNever(event);
  }
}

/** True while the customer may stop it: before a bank may have been asked. */
export function mayStop({ state }: CardSetup): boolean {
  return state === 'creating' || state === 'presenting';
}

function readerEvent(setup: CardSetup, event: ReaderEvent): SetupTransition {
  if (setup.state !== 'presenting' && setup.state !== 'confirming') {
    return ignore('no card is asked for');
  }
  const next = attemptMove(setup.attempt, event);
  switch (next.kind) {
    case 'ignored':
      return next;
    case 'goes_on':
      return move(setup, { attempt: next.attempt });
    case 'process':
      return move(setup, { state: 'confirming', attempt: next.attempt }, [
        { kind: 'reader.process', attemptId: next.attempt.id, count: 1 },
      ]);
    case 'ended':
      return move(setup, { state: 'confirming', attempt: next.attempt, inconclusiveReads: 0 }, [
        { kind: 'setup_intent.read', afterMs: 0 },
      ]);
    case 'not_collected':
      return giveUp(setup, whyNot(next.code));
  }
}

function whyNot(code: string): CancelReason {
  switch (code) {
    case 'customer_canceled':
    case 'canceled_by_customer':
      return 'customer_on_reader';
    case 'reader_in_use':
      return 'reader_in_use';
    case 'terminal_reader_busy':
      return 'reader_busy';
    default:
      return 'reader_unavailable';
  }
}

function created(
  setup: CardSetup,
  setupIntent: SetupIntentFacts,
  isPlatforms: boolean,
): SetupTransition {
  if (setup.setupIntent !== null) return ignore('the SetupIntent is known already');
  const known: CardSetup = { ...setup, setupIntent };
  if (setup.state === 'canceling') return giveUp(known, 'customer');
  const isOurs = setupIntent.setupId === setup.id && setupIntent.kioskId === setup.kioskId;
  const isOfSomebody = isPlatforms || setupIntent.customerId !== null;
  if (!isOurs || !isOfSomebody) return giveUp(known, 'stripe_refused');
  return setup.attended ? present(known) : giveUp(known, 'kiosk_restarted');
}

function present(setup: CardSetup): SetupTransition {
  const ordinal = setup.attemptsMade + 1;
  const attempt = firstWord(attemptIdOf(setup.id, ordinal), ordinal);
  const attemptBefore = setup.setupIntent?.latestAttemptId ?? null;
  return move(
    setup,
    { state: 'presenting', attempt, attemptsMade: ordinal, attemptBefore, decline: null },
    [{ kind: 'reader.collect', attemptId: attempt.id }],
  );
}

/** The only place where a setup learns what became of a card (P4). */
function judged(setup: CardSetup): SetupTransition {
  const { setupIntent, attempt } = setup;
  if (setupIntent === null) return ignore('nothing was read');
  switch (setupIntent.status) {
    case 'succeeded':
      if (setup.state === 'saving') return ignore('the card is being kept');
      return move(setup, { state: 'saving', attempt: null, cardId: setupIntent.generatedCard }, [
        ...withdraw(setup),
        { kind: 'card.save', ordinal: 1, afterMs: 0 },
      ]);
    case 'canceled':
      return move(
        setup,
        {
          state: 'canceled',
          attempt: null,
          cancelReason: setup.cancelReason ?? 'canceled_elsewhere',
        },
        withdraw(setup),
      );
    case 'processing':
    case 'requires_action':
    case 'requires_confirmation':
    case 'requires_payment_method':
      if (setup.state === 'canceling') return stillToCancel(setup);
      return setup.state === 'confirming' && attempt !== null
        ? notYet(setup, setupIntent, attempt)
        : move(setup, {});
  }
}

function notYet(
  setup: CardSetup,
  read_: SetupIntentFacts,
  attempt: ReaderAttempt,
): SetupTransition {
  const isNew = read_.latestAttemptId !== setup.attemptBefore;
  if (attempt.hint !== null && read_.lastError !== null && isNew) {
    return refusedCard(setup, reasonOf(read_.lastError));
  }
  if (saysFailed(attempt)) return refusedCard(setup, hintReason(attempt));
  const reads = setup.inconclusiveReads + 1;
  if (reads > readsMax) return giveUp(setup, 'stripe_unavailable');
  return read({ ...setup, inconclusiveReads: reads }, 1_000);
}

function hintReason({ hint }: ReaderAttempt): DeclineReason | 'wallet' {
  if (hint?.kind !== 'failed') return 'not_read';
  if (hint.code === 'setup_intent_mobile_wallet_unsupported') return 'wallet';
  return hint.declineCode === null ? 'not_read' : declineReason(hint.code, hint.declineCode);
}

/** Both behaviours of wallets: refused here by this code, or kept as a limited card. */
function reasonOf({
  code,
  declineCode,
}: NonNullable<SetupIntentFacts['lastError']>): DeclineReason | 'wallet' {
  return code === 'setup_intent_mobile_wallet_unsupported'
    ? 'wallet'
    : declineReason(code, declineCode);
}

function refusedCard(setup: CardSetup, decline: DeclineReason | 'wallet'): SetupTransition {
  if (!setup.attended) return giveUp(setup, 'card_declined');
  return move(setup, { state: 'presenting', attempt: null, decline }, withdraw(setup));
}

function stillToCancel(setup: CardSetup): SetupTransition {
  const ordinal = setup.ordinals.cancel + 1;
  const afterMs = Math.min(60_000, 1_000 * 2 ** Math.min(ordinal, 6));
  return move(setup, { ordinals: { ...setup.ordinals, cancel: ordinal } }, [
    { kind: 'setup_intent.cancel', ordinal, afterMs },
  ]);
}

function abandoned(setup: CardSetup, reason: CancelReason): SetupTransition {
  if (setup.state === 'saving') return ignore('the card is being kept');
  const cancelReason = setup.cancelReason ?? reason;
  return move(setup, { state: 'canceled', attempt: null, cancelReason }, withdraw(setup));
}

function settled(setup: CardSetup, outcome: KeepOutcome): SetupTransition {
  if (setup.state !== 'saving') return ignore('no card is being kept');
  return outcome.kind === 'kept'
    ? move(setup, { state: 'kept', cardId: outcome.cardId })
    : move(setup, { state: 'not_kept', failure: outcome.why, cardId: null });
}

function timePassed(setup: CardSetup, wait: SetupWait): SetupTransition {
  const { state, attempt } = setup;
  const isStale = ignore('the wait is over');
  switch (wait) {
    case 'starting':
      return state === 'creating' ? giveUp(setup, 'stripe_unavailable') : isStale;
    case 'waking_reader':
      return state === 'presenting' && attempt?.stage === 'sent'
        ? giveUp(setup, 'reader_unavailable')
        : isStale;
    case 'awaiting_card':
      return state === 'presenting' && attempt?.stage === 'awaiting_card'
        ? giveUp(setup, 'timeout')
        : isStale;
    case 'declined':
      return state === 'presenting' && attempt === null ? giveUp(setup, 'timeout') : isStale;
    case 'confirming':
      return state === 'confirming' ? giveUp(setup, 'stripe_unavailable') : isStale;
  }
}

/**
 * Ended at Stripe and read as ended. Where the bank agreed all the same the card is there: what becomes of it then is
 * for `card.save` to say, by whether its consent still stands.
 */
function giveUp(setup: CardSetup, reason: CancelReason): SetupTransition {
  const cancelReason = setup.cancelReason ?? reason;
  if (setup.setupIntent === null) {
    // The late answer of the create is cancelled when it comes; a SetupIntent that nobody knows holds nothing.
    return move(setup, { state: 'canceling', cancelReason, attempt: null });
  }
  const ordinal = setup.ordinals.cancel + 1;
  return move(
    setup,
    {
      state: 'canceling',
      cancelReason,
      attempt: null,
      ordinals: { ...setup.ordinals, cancel: ordinal },
    },
    [...withdraw(setup), { kind: 'setup_intent.cancel', ordinal, afterMs: 0 }],
  );
}

function workMissing(setup: CardSetup): SetupTransition {
  if (setup.setupIntent === null) {
    return move(setup, { state: 'canceled', cancelReason: 'kiosk_restarted', attempt: null });
  }
  if (setup.state === 'saving') {
    return move(setup, {}, [{ kind: 'card.save', ordinal: 1, afterMs: 0 }]);
  }
  return read(setup, 0);
}

function withdraw({ attempt }: CardSetup): readonly ReaderEffect[] {
  return attempt === null ? [] : [{ kind: 'reader.cancel', attemptId: attempt.id }];
}

function read(setup: CardSetup, afterMs: number): SetupTransition {
  return move(setup, {}, [{ kind: 'setup_intent.read', afterMs }]);
}

function move(
  setup: CardSetup,
  changes: Partial<CardSetup>,
  effects: readonly AnySetupEffect[] = [],
): SetupTransition {
  return {
    kind: 'moved',
    setup: { ...setup, ...changes, revision: setup.revision + 1 },
    effects,
  };
}

function ignore(why: string): SetupTransition {
  return { kind: 'ignored', why };
}
