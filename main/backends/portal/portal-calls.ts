import { type JsonCall, jsonCalls } from '../platform-http/json-call.ts';
import { portalRefusal } from './portal-replies.ts';

export interface PortalCallOptions {
  /** Where the portal is, without a slash at its end. */
  readonly url: string;
  readonly token: string;
  /** How the token travels, such as `Authorization` and `Bearer `: the portal's guide does not say. */
  readonly authentication: { readonly header: string; readonly prefix: string };
  /** How long one call may take, in milliseconds; 10 s unless given. */
  readonly timeoutMs?: number;
  /** Told the time, epoch milliseconds, that the portal put on a reply. */
  readonly onDate?: (atMs: number) => void;
}

/** Calls of one portal. */
export function portalCalls(options: PortalCallOptions): JsonCall {
  const { url, token, authentication, timeoutMs, onDate } = options;
  return jsonCalls({
    base: url,
    headers: { [authentication.header]: `${authentication.prefix}${token}` },
    refusalIn: portalRefusal,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(onDate === undefined ? {} : { onDate }),
  });
}
