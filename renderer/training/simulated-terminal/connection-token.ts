import type { ErrorResponse, FetchConnectionTokenFn } from '@stripe/terminal-js';

import { sdkError } from './sdk-error.ts';

/** Asks the page for a fresh connection token. Tokens are never kept: each serves once. */
export async function fetchConnectionToken(
  fetchToken: FetchConnectionTokenFn,
): Promise<{ readonly token: string } | ErrorResponse> {
  let token: unknown;
  try {
    token = await fetchToken();
  } catch {
    return sdkError('failed_fetch_connection_token', 'onFetchConnectionToken did not succeed.');
  }
  return typeof token === 'string' && token.startsWith('pst_')
    ? { token }
    : sdkError(
        'invalid_connection_token',
        'onFetchConnectionToken must resolve to the secret of a connection token.',
      );
}
