/** The key a page of the training account may have: it reads one intent whose secret is known, and no more. */
export const trainingPublishableKey = 'pk_test_training_opens_nothing';
