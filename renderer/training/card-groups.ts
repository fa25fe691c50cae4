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
  { title: 'cards.interac', hint: 'cards.interac.hint', cards: ['interac'] },
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
  { title: 'cards.refund', hint: null, cards: ['refund_fail'] },
] as const;

/** One of the panel's cards. */
export type PanelCard = (typeof cardGroups)[number]['cards'][number];
