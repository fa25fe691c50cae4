/** The one key training mode accepts. It has a test key's beginning and opens nothing anywhere. */
export const trainingSecretKey = 'sk_test_training_opens_nothing';
