/** Why another card, or the same once more, may be tried: reasons that may be shown to the customer. */
export const declineReasons = [
  'declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_pin',
  'insert_card',
  'try_again',
  /** The reader lost its connection while it charged; a read has shown that nothing was charged. */
  'connection_lost',
  /** Another till took the reader from under the prompt. */
  'prompt_replaced',
] as const;

export type DeclineReason = (typeof declineReasons)[number];

/**
 * What the customer may be told of a decline. Anything about fraud, a lost or a stolen card is plain
 * `declined`: the customer may not be the card's owner, and the owner may not be the thief.
 * https://docs.stripe.com/declines/codes
 */
export function declineReason(code: string, declineCode: string | null): DeclineReason {
  switch (declineCode ?? code) {
    case 'insufficient_funds':
      return 'insufficient_funds';
    case 'expired_card':
      return 'expired_card';
    case 'incorrect_pin':
    case 'invalid_pin':
      return 'incorrect_pin';
    case 'offline_pin_required':
    case 'online_or_offline_pin_required':
      return 'insert_card';
    case 'processing_error':
    case 'try_again_later':
    case 'reenter_transaction':
      return 'try_again';
    default:
      return code === 'expired_card' ? 'expired_card' : 'declined';
  }
}
