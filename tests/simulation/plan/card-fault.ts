import type { RefundCourse } from '../stripe/refunds.ts';
import type { Decline } from './fault.ts';

/** Calls about Customers, cards, setups and refunds that a fault can hit. */
export const cardCalls = [
  'confirm',
  'customer_search',
  'customer_list',
  'customer_create',
  'customer_update',
  'left_behind',
  'card_read',
  'card_attach',
  'card_detach',
  'setup_create',
  'setup_read',
  'setup_cancel',
  'refund_create',
  'refund_read',
  'refund_list',
  'consent_mail',
] as const;

export type CardCall = (typeof cardCalls)[number] | 'card_list';

/** Prompts on a reader that main leads, for what is no payment. */
export const cardPrompts = ['reader_setup', 'reader_refund'] as const;

export type CardPrompt = (typeof cardPrompts)[number];

/** What the bank of a card on file says when it is charged off session. */
export type StoredBank =
  'approved' | 'authentication_required' | Exclude<Decline, 'without_charge'>;

export const refundAsks = ['all', 'in_parts', 'twice', 'too_much'] as const;

export type RefundAsk = (typeof refundAsks)[number];

/** What members and staff do about cards and money given back, at a moment of a customer's visit. */
export type CardMoment =
  /** Takes the consent to the member's newest card back. */
  | { readonly kind: 'card_revoked'; readonly by: 'member' | 'staff' }
  /** The card of this very sale is not to be kept after all. */
  | { readonly kind: 'keeping_withdrawn' }
  /** Staff charge the member's newest card. */
  | { readonly kind: 'card_charged'; readonly bank: StoredBank }
  | { readonly kind: 'refund_asked'; readonly how: RefundAsk; readonly course: RefundCourse }
  /** Staff release the hold of a sale whose capture waits. */
  | { readonly kind: 'hold_voided' };

export const cardMomentNames: readonly string[] = [
  'card_revoked_member',
  'card_revoked_staff',
  'keeping_withdrawn',
  'card_charged',
  ...refundAsks.map((how) => `refund_asked_${how}`),
  'hold_voided',
];
