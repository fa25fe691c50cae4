import type { Backend } from '../plan/backend.ts';
import type { Integration } from '../plan/make-plan.ts';
import type { PromiseName } from '../promises/verdicts.ts';

/** A bug planted in one source text of the product while Node loads it. The product holds no switch for it. */
export interface Guard {
  /** What the bug does, in a few words. */
  readonly name: string;
  /** The promise that must be found broken. */
  readonly promise: PromiseName;
  /** The integration that it guards; the page's where nothing else is said. */
  readonly integration?: Integration;
  /** The system that it guards; direct Stripe where nothing else is said. */
  readonly backend?: Backend;
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replacement: string;
}
