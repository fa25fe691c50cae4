import type { Params } from '../form/params.ts';

/** A config that decides of one thing alone. */
export interface CancelableConfig {
  readonly enable_customer_cancellation?: boolean;
}

/** Reads whether the customer gets a cancel button; undefined when the group was not sent. */
export function readCancelable(params: Params, name: string): CancelableConfig | undefined {
  const group = params.group(name);
  const cancelable = group?.boolean('enable_customer_cancellation');
  group?.done();
  if (group === undefined) {
    return undefined;
  }
  return cancelable === undefined ? {} : { enable_customer_cancellation: cancelable };
}
