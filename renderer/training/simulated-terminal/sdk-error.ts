import type { ErrorResponse, ExposedError } from '@stripe/terminal-js';

/** An error of the SDK's own, in the form every method resolves to. */
export function sdkError(code: string, message: string): ErrorResponse {
  return { error: { code, message } };
}

/** The answer of a method that Stripe's SDK has and this one does not. */
export function notModelled(method: string): Promise<ErrorResponse> {
  return Promise.resolve(
    sdkError('not_modelled_in_training', `Training mode does not model ${method} yet.`),
  );
}

/** Reads an error that came over the channel. */
export function parseError(value: unknown): ExposedError {
  if (typeof value !== 'object' || value === null || !('message' in value)) {
    return {
      code: 'rpc_error',
      message: 'The simulated reader answered with an unreadable error.',
    };
  }
  // The model writes these fields with the SDK's own names; the SDK's type says what may be there.
  const { message, code, type, decline_code, failure_reason, payment_intent } =
    value as ExposedError;
  return {
    message,
    ...(code === undefined ? {} : { code }),
    ...(type === undefined ? {} : { type }),
    ...(decline_code === undefined ? {} : { decline_code }),
    ...(failure_reason === undefined ? {} : { failure_reason }),
    ...(payment_intent === undefined ? {} : { payment_intent }),
  };
}
