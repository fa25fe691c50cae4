/**
 * Every test card of the training Stripe, by Stripe's name of it and by what a trainer wants of
 * it. What each does is the model's business:
 * https://docs.stripe.com/terminal/references/testing#physical-test-cards
 */
export const cardGroups = [
  {
    title: 'cards.approved',
    hint: null,
    cards: [
      'visa',
      'visa_debit',
      'mastercard',
      'mastercard_debit',
      'mastercard_prepaid',
      'amex',
      'amex2',
      'discover',
      'discover2',
      'diners',
      'diners_14digits',
      'jcb',
      'unionpay',
    ],
  },
  {
    title: 'cards.declined',
    hint: 'cards.declined.hint',
    cards: [
      'charge_declined',
      'charge_declined_insufficient_funds',
      'charge_declined_lost_card',
      'charge_declined_stolen_card',
      'charge_declined_expired_card',
      'charge_declined_processing_error',
    ],
  },
  {
    title: 'cards.pin',
    hint: null,
    cards: ['offline_pin_cvm', 'online_pin_cvm', 'offline_pin_sca_retry', 'online_pin_sca_retry'],
  },
  {
    title: 'cards.phones',
    hint: 'cards.phones.hint',
    cards: ['wallet_visa', 'wallet_mastercard'],
  },
  {
    title: 'cards.interac',
    hint: 'cards.interac.hint',
    cards: ['interac', 'interac_other'],
  },
  {
    title: 'cards.national',
    hint: null,
    cards: [
      'eftpos_au_debit',
      'eftpos_au_visa_debit',
      'eftpos_au_mastercard_debit',
      'cartes_bancaires_visa_debit',
      'cartes_bancaires_mastercard_debit',
      'girocard_debit',
    ],
  },
  {
    title: 'cards.kept',
    hint: 'cards.kept.hint',
    cards: [
      'kept_declined',
      'kept_insufficient_funds',
      'kept_authentication_required',
      'kept_expired_card',
      'kept_lost_card',
      'kept_stolen_card',
      'kept_incorrect_cvc',
      'kept_processing_error',
      'kept_do_not_honor',
      'kept_fraudulent',
      'kept_velocity_exceeded',
    ],
  },
  {
    title: 'cards.refund',
    hint: null,
    cards: ['refund_fail', 'refund_pending', 'disputed'],
  },
] as const satisfies readonly { title: string; hint: string | null; cards: readonly string[] }[];

/** One of the panel's cards. */
export type PanelCard = (typeof cardGroups)[number]['cards'][number];

/** Cards that a trainer looks for together. */
export interface CardGroup {
  readonly title: (typeof cardGroups)[number]['title'];
  readonly hint: (typeof cardGroups)[number]['hint'];
  readonly cards: readonly PanelCard[];
}

/** The groups that can be of use in a currency: Interac is Canada's alone. */
export function groupsFor(currency: string): readonly CardGroup[] {
  return cardGroups.filter(({ title }) => title !== 'cards.interac' || currency === 'cad');
}
