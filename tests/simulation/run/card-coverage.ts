import { cardMomentNames } from '../plan/card-fault.ts';

/** What can go wrong with cards and refunds, and what is done about them, by the name under which it is counted. */
export const cardFaultNames: readonly string[] = [
  ...cardMomentNames,
  // Of the calls about cards and refunds alone.
  'card_request_lost',
  'card_answer_lost',
  'card_request_late',
  'card_answer_slow',
  'card_request_twice',
  'card_rate_limited',
  'card_worked_on_long',
  'card_server_error_before',
  'card_server_error_after',
  'card_odd_reply',
];

/** What must have become of a setup, of a wish to keep a card, of a charge to one and of a refund, now and then. */
export const cardOutcomeNames: readonly string[] = [
  'setup_kept',
  'setup_not_kept',
  'setup_canceled',
  'card_kept',
  'card_wallet',
  'card_in_person_only',
  'card_consent_revoked',
  'stored_paid',
  'stored_canceled',
  'stored_then_in_person',
  'refund_succeeded',
  'refund_pending',
  'refund_failed',
  'refund_refused',
  'refund_canceled',
];
