/** Why another card, or the same once more, may be tried: reasons that may be shown to the customer. */
export const declineReasons = [
  'declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_pin',
  'insert_card',
  'try_again',
  /** The cardholder must prove who they are, which a card on file can't: it is paid in person. */
  'authentication_required',
  /** The reader gave the card up, and no bank was asked as far as a read could tell. */
  'not_read',
  /** The reader lost its connection while it charged. Reads have shown no charge, which is no proof that none comes. */
  'connection_lost',
  /** Another till took the reader from under the prompt. */
  'prompt_replaced',
] as const;

export type DeclineReason = (typeof declineReasons)[number];

const brokenOff: ReadonlySet<DeclineReason> = new Set([
  'not_read',
  'connection_lost',
  'prompt_replaced',
]);

/** True when a bank's own answer is behind it; else the attempt was only broken off, and nothing is proved (P5). */
export function wasAnsweredByBank(reason: DeclineReason): boolean {
  return !brokenOff.has(reason);
}

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
    case 'authentication_required':
    case 'authentication_not_handled':
      return 'authentication_required';
    default:
      return code === 'expired_card' ? 'expired_card' : 'declined';
  }
}
