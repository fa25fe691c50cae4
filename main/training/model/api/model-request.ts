import type { FormMap } from '../form/form-value.ts';

/** A request as the model takes it, whatever carried it. */
export interface ModelRequest {
  readonly method: string;
  /** The path alone, from `/v1` on. */
  readonly path: string;
  /** The query of a GET or DELETE, the body of a POST. */
  readonly params: FormMap;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The model's answer. The body is a JSON value that the ledger shares: read it, don't change it. */
export interface ModelReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}
