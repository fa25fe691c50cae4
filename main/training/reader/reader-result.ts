import type Stripe from 'stripe';

import { ApiError, type ApiErrorBody } from '../model/api-error.ts';

/** The SDK's error, as a page gets to see it. */
export interface ReaderError {
  readonly message: string;
  readonly code?: string;
  readonly type?: string;
  readonly decline_code?: string;
  /** Why a refund in person did not come about. */
  readonly failure_reason?: string;
  readonly payment_intent?: Stripe.PaymentIntent;
}

/** Every command of a reader resolves to what it achieved or to an error; it does not reject. */
export type ReaderResult<Value extends object = object> = Value | { readonly error: ReaderError };

/** An error of the SDK's own. */
export function failure(code: string, message: string): { readonly error: ReaderError } {
  return { error: { code, message } };
}

/** Passes an error of Stripe's API through, as the SDK does. */
export function apiFailure(body: ApiErrorBody): { readonly error: ReaderError } {
  return {
    error: {
      type: body.type,
      message: body.message,
      ...(body.code === undefined ? {} : { code: body.code }),
      ...(body.decline_code === undefined ? {} : { decline_code: body.decline_code }),
      ...(body.payment_intent === undefined ? {} : { payment_intent: body.payment_intent }),
    },
  };
}

/** Does something with the ledger; a refusal of the model becomes the SDK's error. */
export function attempt<Value extends object>(work: () => Value): ReaderResult<Value> {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) {
      return apiFailure(error.body);
    }
    throw error;
  }
}

/** Whether a result is an error. */
export function isFailure(result: object): result is { readonly error: ReaderError } {
  return 'error' in result;
}
