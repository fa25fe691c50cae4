import type { Params } from '../form/params.ts';
import type { Ledger } from '../ledger.ts';
import type { ObjectName } from './references.ts';

/** What an endpoint is given to read before anything happens. */
export interface EndpointInput {
  readonly params: Params;
  /** The id in the path; empty when the path has none. */
  readonly id: string;
  readonly version: string;
}

/**
 * One method and path. `prepare` only reads and refuses: what it throws is never stored under an
 * idempotency key. What it returns does the work, and its outcome is stored.
 */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** A path whose `:id` stands for one id. */
  readonly path: string;
  readonly returns: { readonly object: ObjectName; readonly list: boolean };
  readonly prepare: (input: EndpointInput) => (ledger: Ledger) => object;
  /** The same for a page with the publishable key. Without it, only a server may ask. */
  readonly prepareForPage?: (input: EndpointInput) => (ledger: Ledger) => object;
}
