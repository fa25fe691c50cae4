import type {
  ErrorResponse,
  ICollectConfig,
  IPaymentIntent,
  IProcessConfig,
  ISdkManagedPaymentIntent,
} from '@stripe/terminal-js';

import type { CardCommands } from './card-commands.ts';
import { collectedName, parseCollected, parsePaymentIntent } from './parse-objects.ts';
import { sdkError } from './sdk-error.ts';

/** A PaymentIntent's client secret, by its shape. */
const clientSecretShape = /^pi_\w+_secret_\w+$/;

/** collectPaymentMethod: prompts for a card that is to pay. */
export async function collectForPayment(
  commands: CardCommands,
  clientSecret: string,
  options: { tip_configuration?: unknown; config_override?: ICollectConfig } = {},
): Promise<ErrorResponse | { paymentIntent: ISdkManagedPaymentIntent }> {
  const refusal = commands.refusal();
  if (refusal !== null) {
    return refusal;
  }
  if (!clientSecretShape.test(clientSecret)) {
    return sdkError(
      'invalid_payment_intent_client_secret',
      'collectPaymentMethod needs the client secret of a PaymentIntent.',
    );
  }
  if (options.tip_configuration !== undefined) {
    return sdkError('invalid_argument', 'Training mode does not model tip_configuration yet.');
  }
  const params = { clientSecret, config: options.config_override ?? {} };
  return commands.collect('payment', params, (answer) => {
    const paymentIntent = parseCollected(answer['paymentIntent']);
    return paymentIntent && { paymentIntent };
  });
}

/** processPayment: sends a collected card to its bank. */
export async function processPayment(
  commands: CardCommands,
  request: ISdkManagedPaymentIntent,
  options: { config_override?: IProcessConfig } = {},
): Promise<ErrorResponse | { paymentIntent: IPaymentIntent }> {
  const refusal = commands.refusal();
  if (refusal !== null) {
    return refusal;
  }
  const named = collectedName(request);
  if (named === null) {
    return sdkError(
      'invalid_payment_intent_input_shape',
      'processPayment needs the PaymentIntent that collectPaymentMethod returned.',
    );
  }
  if (Object.values(options.config_override ?? {}).some((value) => value !== null)) {
    return sdkError('invalid_argument', 'Training mode does not model process options yet.');
  }
  const params = { paymentIntent: named.intent, collected: named.collected };
  return commands.process('payment', params, (answer) => {
    const paymentIntent = parsePaymentIntent(answer['paymentIntent']);
    return paymentIntent && { paymentIntent };
  });
}
