import type { DeclineReason } from '../../preload/contract/sale.ts';
import type { PlainKey } from '../text/text.ts';

/** The heading over a card that was refused. */
export const declineHeadings: Readonly<Record<DeclineReason, PlainKey>> = {
  declined: 'declined.heading',
  insufficient_funds: 'declined.heading',
  expired_card: 'declined.heading.expired_card',
  incorrect_pin: 'declined.heading.incorrect_pin',
  insert_card: 'declined.heading.insert_card',
  try_again: 'declined.heading.try_again',
  authentication_required: 'declined.heading.authentication_required',
  not_read: 'declined.heading.try_again',
  connection_lost: 'declined.heading.try_again',
  prompt_replaced: 'declined.heading.prompt_replaced',
};

/** Where the card itself was not the trouble, or may be put right: the same one may be tried again. */
export const sameCardMayDo: ReadonlySet<DeclineReason> = new Set([
  'incorrect_pin',
  'insert_card',
  'try_again',
  'authentication_required',
  'not_read',
  'connection_lost',
  'prompt_replaced',
]);
