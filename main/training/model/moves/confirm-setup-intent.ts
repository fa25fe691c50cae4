import type Stripe from 'stripe';

import { type ApiErrorBody, invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { newSetupAttempt } from '../objects/setup-attempt.ts';
import { outcomeOf } from '../test-cards.ts';
import { find } from './find.ts';
import { isKeepable, keptRedisplay } from './generated-card.ts';
import { keepGenerated } from './keep-generated.ts';
import type { Presentation } from './presentation.ts';
import { refuseUnexpectedSetup } from './unexpected-setup.ts';

/** What became of a card that was presented to be kept. */
export type SetupConfirmation =
  | {
      readonly kind: 'succeeded';
      readonly setupIntent: Stripe.SetupIntent;
      /** Null when the card cannot be charged online, so that nothing was kept. */
      readonly generatedCard: string | null;
    }
  | {
      readonly kind: 'declined';
      readonly setupIntent: Stripe.SetupIntent;
      readonly refusal: ApiErrorBody;
    };

const confirmable: readonly string[] = ['requires_payment_method', 'requires_confirmation'];

/**
 * Asks the issuer whether the presented card may be kept. Success leaves a reusable card, attached
 * to the customer if there is one; a decline sends the SetupIntent back with `last_setup_error`.
 * Throws `setup_intent_unexpected_state` when it is succeeded or canceled already.
 * https://docs.stripe.com/terminal/features/saving-payment-details/save-directly
 */
export function confirmSetupIntentWithCard(
  ledger: Ledger,
  setupIntentId: string,
  presentation: Omit<Presentation, 'tipAmount'>,
): SetupConfirmation {
  const open = find(ledger.setupIntents, 'setupintent', setupIntentId);
  refuseUnexpectedSetup(open, 'confirmed', confirmable);
  const { card } = presentation;
  if (!open.payment_method_types.includes(card.type)) {
    throw invalidRequest(
      `The PaymentMethod type ${card.type} is not in this SetupIntent's payment_method_types.`,
      { setup_intent: open },
    );
  }
  const refusal = refusalOf(ledger, presentation);
  return refusal === null
    ? succeed(ledger, open, presentation)
    : decline(ledger, open, presentation, refusal);
}

function refusalOf(ledger: Ledger, { card }: Pick<Presentation, 'card'>): ApiErrorBody | null {
  if (card.wallet !== null && ledger.account.settings.wallets === 'none') {
    return {
      type: 'invalid_request_error',
      code: 'setup_intent_mobile_wallet_unsupported',
      message: 'Mobile wallets cannot be saved. Present a physical card.',
    };
  }
  const outcome = outcomeOf(card, 0);
  return outcome.kind === 'declined'
    ? {
        type: 'card_error',
        code: 'setup_intent_authentication_failure',
        decline_code: outcome.decline.declineCode,
        message: outcome.decline.message,
      }
    : null;
}

function succeed(
  ledger: Ledger,
  open: Stripe.SetupIntent,
  { card, paymentMethod, allowRedisplay }: Omit<Presentation, 'tipAmount'>,
): SetupConfirmation {
  const attemptId = ledger.ids.next('setatt');
  const generatedCard = isKeepable(ledger, card) ? ledger.ids.next('pm') : null;
  if (generatedCard !== null) {
    keepGenerated(ledger, {
      id: generatedCard,
      card,
      from: { setupAttempt: attemptId },
      customer: typeof open.customer === 'string' ? open.customer : null,
      allowRedisplay: keptRedisplay(card, allowRedisplay),
    });
  }
  addAttempt(ledger, open, { id: attemptId, paymentMethod, generatedCard, error: null });
  const setupIntent = ledger.setupIntents.replace({
    ...open,
    last_setup_error: null,
    latest_attempt: attemptId,
    payment_method: paymentMethod,
    status: 'succeeded',
  });
  ledger.emit('setup_intent.succeeded', setupIntent);
  return { kind: 'succeeded', setupIntent, generatedCard };
}

function decline(
  ledger: Ledger,
  open: Stripe.SetupIntent,
  { paymentMethod }: Pick<Presentation, 'paymentMethod'>,
  refusal: ApiErrorBody,
): SetupConfirmation {
  const id = ledger.ids.next('setatt');
  const error = {
    ...refusal,
    payment_method: find(ledger.paymentMethods, 'PaymentMethod', paymentMethod),
  };
  addAttempt(ledger, open, { id, paymentMethod, generatedCard: null, error });
  const setupIntent = ledger.setupIntents.replace({
    ...open,
    last_setup_error: error,
    latest_attempt: id,
    payment_method: null,
    status: 'requires_payment_method',
  });
  ledger.emit('setup_intent.setup_failed', setupIntent);
  return { kind: 'declined', setupIntent, refusal: { ...refusal, setup_intent: setupIntent } };
}

function addAttempt(
  ledger: Ledger,
  setupIntent: Stripe.SetupIntent,
  attempt: {
    readonly id: string;
    readonly paymentMethod: string;
    readonly generatedCard: string | null;
    readonly error: Stripe.SetupAttempt.SetupError | null;
  },
): void {
  ledger.setupAttempts.add(
    newSetupAttempt({ ...attempt, createdSec: ledger.nowSec(), setupIntent }),
  );
}
