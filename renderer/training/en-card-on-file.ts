/**
 * What the trainer's panel says of cards that are kept, of money that goes back, and of phones.
 * Loaded with the panel, like the rest of its words.
 */
export const enCardOnFile = {
  'prompt.setup': 'Save card',
  'prompt.refund': 'Refund',

  'cards.phones': 'Phones',
  'cards.phones.hint': 'A phone pays as a card does. It may not be possible to keep it.',
  'cards.kept': 'Go through now, are declined once kept',
  'cards.kept.hint': 'The bank refuses them when the kept card is charged without its holder.',

  'card.wallet_visa': 'Phone (Apple Pay)',
  'card.wallet_mastercard': 'Phone (Google Pay)',
  'card.interac_other': 'Interac debit, another',
  'card.kept_declined': 'Later declined',
  'card.kept_insufficient_funds': 'Later funds too low',
  'card.kept_authentication_required': 'Later its holder is asked for',
  'card.kept_expired_card': 'Later expired',
  'card.kept_lost_card': 'Later reported lost',
  'card.kept_stolen_card': 'Later reported stolen',
  'card.kept_incorrect_cvc': 'Later wrong security code',
  'card.kept_processing_error': 'Later processing error',
  'card.kept_do_not_honor': 'Later not honored',
  'card.kept_fraudulent': 'Later suspected fraud',
  'card.kept_velocity_exceeded': 'Later used too often',
  'card.refund_pending': 'Goes through; its refund takes a while',
  'card.disputed': 'Goes through; its holder disputes it',
} as const satisfies Readonly<Record<string, string>>;
