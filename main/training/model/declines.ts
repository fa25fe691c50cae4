import type Stripe from 'stripe';

/** Why an issuer said no, in Stripe's words. https://docs.stripe.com/declines/codes */
export interface Decline {
  readonly code: Stripe.PaymentIntent.LastPaymentError.Code;
  readonly declineCode: string;
  readonly message: string;
}

const declined = 'Your card was declined.';
const pinNeeded = 'Your card was declined. Insert the card and enter the PIN.';

/** Every way the training issuers say no. */
export const declines = {
  generic: { code: 'card_declined', declineCode: 'generic_decline', message: declined },
  callIssuer: { code: 'card_declined', declineCode: 'call_issuer', message: declined },
  insufficientFunds: {
    code: 'card_declined',
    declineCode: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  lostCard: { code: 'card_declined', declineCode: 'lost_card', message: declined },
  stolenCard: { code: 'card_declined', declineCode: 'stolen_card', message: declined },
  expiredCard: {
    code: 'expired_card',
    declineCode: 'expired_card',
    message: 'Your card has expired.',
  },
  processingError: {
    code: 'processing_error',
    declineCode: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
  incorrectPin: { code: 'card_declined', declineCode: 'incorrect_pin', message: declined },
  withdrawalLimit: {
    code: 'card_declined',
    declineCode: 'withdrawal_count_limit_exceeded',
    message: declined,
  },
  pinTries: { code: 'card_declined', declineCode: 'pin_try_exceeded', message: declined },
  offlinePin: { code: 'card_declined', declineCode: 'offline_pin_required', message: pinNeeded },
  anyPin: {
    code: 'card_declined',
    declineCode: 'online_or_offline_pin_required',
    message: pinNeeded,
  },
  incorrectCvc: {
    code: 'incorrect_cvc',
    declineCode: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
  },
  velocityExceeded: {
    code: 'card_declined',
    declineCode: 'card_velocity_exceeded',
    message:
      'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  },
  doNotHonor: { code: 'card_declined', declineCode: 'do_not_honor', message: declined },
  fraudulent: { code: 'card_declined', declineCode: 'fraudulent', message: declined },
  authenticationRequired: {
    code: 'authentication_required',
    declineCode: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  },
} as const satisfies Record<string, Decline>;

/** Decline codes that need no sentence of their own: Stripe says `card_declined` and why. */
const plainDeclineCodes = [
  'approve_with_id',
  'card_not_supported',
  'currency_not_supported',
  'do_not_try_again',
  'duplicate_transaction',
  'invalid_account',
  'invalid_amount',
  'issuer_not_available',
  'merchant_blacklist',
  'new_account_information_available',
  'no_action_taken',
  'not_permitted',
  'pickup_card',
  'reenter_transaction',
  'restricted_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'security_violation',
  'service_not_allowed',
  'stop_payment_order',
  'transaction_not_allowed',
  'try_again_later',
] as const;

/** Finds a way to say no by its decline code. Undefined when Stripe documents none of that name. */
export function findDecline(declineCode: string): Decline | undefined {
  const known = Object.values<Decline>(declines).find(
    (decline) => decline.declineCode === declineCode,
  );
  if (known !== undefined) {
    return known;
  }
  return plainDeclineCodes.some((plain) => plain === declineCode)
    ? { code: 'card_declined', declineCode, message: declined }
    : undefined;
}
