import type {
  AllowRedisplay,
  ErrorResponse,
  ISetupIntent,
  ISetupIntentConfig,
} from '@stripe/terminal-js';

import type { CardCommands } from './card-commands.ts';
import { collectedName, parseCollectedSetup, parseSetupIntent } from './parse-objects.ts';
import { sdkError } from './sdk-error.ts';

/** A SetupIntent's client secret, by its shape. */
const clientSecretShape = /^seti_\w+_secret_\w+$/;

/** collectSetupIntentPaymentMethod: prompts for a card that is to be kept. */
export async function collectForSetup(
  commands: CardCommands,
  clientSecret: string,
  allowRedisplay: boolean | AllowRedisplay,
  config: ISetupIntentConfig | null,
): Promise<ErrorResponse | { setupIntent: ISetupIntent }> {
  const refusal = commands.refusal();
  if (refusal !== null) {
    return refusal;
  }
  // Stripe names no code for these two.
  if (!clientSecretShape.test(clientSecret)) {
    return sdkError(
      'invalid_argument',
      'collectSetupIntentPaymentMethod needs the client secret of a SetupIntent.',
    );
  }
  if (typeof allowRedisplay === 'boolean') {
    return sdkError(
      'invalid_argument',
      'A boolean consent is refused since API version 2025-03-31: pass allow_redisplay.',
    );
  }
  const params = { clientSecret, allowRedisplay, config: config ?? {} };
  return commands.collect('setup', params, (answer) => {
    const setupIntent = parseCollectedSetup(answer['setupIntent']);
    return setupIntent && { setupIntent };
  });
}

/** confirmSetupIntent: keeps a collected card. */
export async function confirmSetup(
  commands: CardCommands,
  request: ISetupIntent,
): Promise<ErrorResponse | { setupIntent: ISetupIntent }> {
  const refusal = commands.refusal();
  if (refusal !== null) {
    return refusal;
  }
  const named = collectedName(request);
  if (named === null) {
    return sdkError(
      'invalid_argument',
      'confirmSetupIntent needs the SetupIntent that collectSetupIntentPaymentMethod returned.',
    );
  }
  const params = { setupIntent: named.intent, collected: named.collected };
  return commands.process('setup', params, (answer) => {
    const setupIntent = parseSetupIntent(answer['setupIntent']);
    return setupIntent && { setupIntent };
  });
}
