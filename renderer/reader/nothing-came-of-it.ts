import type { SdkError } from './card-collect.ts';

/** Answers of a bank or of Stripe that say no; whatever else goes wrong may have gone wrong after the fact. */
const refusals: ReadonlySet<string> = new Set([
  'card_declined',
  'expired_card',
  'incorrect_pin',
  'processing_error',
  'setup_intent_authentication_failure',
  'setup_intent_mobile_wallet_unsupported',
  'refund_failed',
  'charge_disputed',
  'charge_not_refundable',
]);

/**
 * True where the SDK's error proves that no card was kept and no money given back. Its errors hold no SetupIntent and
 * no Refund, so only its words tell.
 */
export function nothingCameOfIt({ code, decline_code: declineCode }: SdkError): boolean {
  const wasDeclined = declineCode !== undefined && declineCode !== null;
  return wasDeclined || (code !== undefined && refusals.has(code));
}
