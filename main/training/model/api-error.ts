import type Stripe from 'stripe';

/** The four kinds of error Stripe's API knows. https://docs.stripe.com/api/errors */
export type ApiErrorType =
  'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';

/** What stands under `error` in the body of a refusal. */
export interface ApiErrorBody {
  readonly type: ApiErrorType;
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly charge?: string;
  readonly doc_url?: string;
  readonly request_log_url?: string;
  readonly payment_intent?: Stripe.PaymentIntent;
  readonly payment_method?: Stripe.PaymentMethod;
  readonly setup_intent?: Stripe.SetupIntent;
}

/** A refusal of the model, thrown anywhere inside it and turned into a reply in one place. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ApiErrorBody;

  constructor(status: number, body: ApiErrorBody) {
    super(body.message);
    this.name = 'ApiError';
    this.status = status;
    this.body = body.code === undefined ? body : { ...body, doc_url: docUrl(body.code) };
  }
}

/** Stripe explains each code on a page whose anchor is the code with hyphens. */
function docUrl(code: string): string {
  return `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`;
}

/** A 400 about the request itself. */
export function invalidRequest(
  message: string,
  more: Omit<ApiErrorBody, 'type' | 'message'> = {},
): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...more });
}

/**
 * A refusal about an object this account does not have: 404 when the path names it, 400 when a
 * parameter does.
 */
export function missingResource(
  noun: string,
  id: string,
  param: string,
  status: 400 | 404,
): ApiError {
  return new ApiError(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${noun}: '${id}'`,
    param,
  });
}

/**
 * A 400 for what Stripe can do and this model cannot. Pretending would teach the kiosk a wrong
 * answer, so the model names what is missing.
 */
export function notModelled(what: string, param?: string): ApiError {
  return invalidRequest(`Training mode does not model ${what} yet.`, {
    code: 'not_modelled_in_training',
    ...(param === undefined ? {} : { param }),
  });
}
