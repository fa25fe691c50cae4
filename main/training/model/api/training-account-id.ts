/** The account's own id. A request may name it in `Stripe-Account`, and is answered as without. */
export const trainingAccountId = 'acct_training';
