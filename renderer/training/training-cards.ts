/**
 * The cards on the training tray, by Stripe's name of the test payment method. What each does is
 * the model's business: https://docs.stripe.com/terminal/references/testing#simulated-test-cards
 */
export const trainingCards = [
  'visa',
  'visa_debit',
  'charge_declined',
  'charge_declined_insufficient_funds',
  'charge_declined_expired_card',
] as const;

/** One of the tray's cards. */
export type TrainingCard = (typeof trainingCards)[number];
