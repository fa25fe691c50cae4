import type { ErrorResponse } from '@stripe/terminal-js';

import { parseError, sdkError } from './sdk-error.ts';
import type { TrainingChannel } from './training-channel.ts';

/** What a command achieved, field by field, or an error. */
export type ReaderAnswer = { readonly value: Readonly<Record<string, unknown>> } | ErrorResponse;

/**
 * Asks the simulated readers for something. A channel that fails is a network that fails: the
 * answer is unknown, so the error carries no PaymentIntent.
 */
export async function askReader(
  channel: TrainingChannel,
  method: string,
  params: object,
): Promise<ReaderAnswer> {
  let answer: unknown;
  try {
    answer = await channel.call(method, params);
  } catch {
    return sdkError('network_error', 'The simulated reader could not be reached.');
  }
  if (typeof answer !== 'object' || answer === null) {
    return sdkError('rpc_error', 'The simulated reader gave no readable answer.');
  }
  return 'error' in answer
    ? { error: parseError(answer.error) }
    : { value: Object.fromEntries(Object.entries(answer)) };
}
