import { ApiError, invalidRequest } from '../api-error.ts';
import type { Params } from '../form/params.ts';

interface WithSecret {
  readonly client_secret: string | null;
}

/**
 * Reads the `client_secret` a page must show for the one object it reads, and returns the check of it. What a page
 * expands lies beyond its rights, so `expand` is refused.
 */
export function readClientSecret(params: Params, noun: string): (row: WithSecret) => void {
  const secret = params.required('client_secret', params.text('client_secret'));
  return (row) => {
    if (row.client_secret !== secret) {
      throw invalidRequest(
        `The client_secret provided does not match the client_secret associated with the ${noun}.`,
        { param: 'client_secret' },
      );
    }
  };
}

/** The refusal of a page's key where only a server's will do. https://docs.stripe.com/keys */
export function secretKeyRequired(): ApiError {
  return new ApiError(401, {
    type: 'invalid_request_error',
    code: 'secret_key_required',
    message:
      'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
  });
}
