import type { ServerDrivenFault } from '../model/terminal/server-driven-fault.ts';

/** A mishap of a reader that a page holds; the next command it fits meets it, once. */
export type SdkFault =
  /** The card was authorized, but the answer never came: an error without a PaymentIntent. */
  | { readonly kind: 'process_reply_lost_after_effect' }
  /** Nothing was authorized and no answer came: to the page the same as the one above. */
  | { readonly kind: 'process_reply_lost_before_effect' }
  /** Stripe was not reached, and the reader knows it: an error with `requires_confirmation`. */
  | { readonly kind: 'process_connectivity_trouble' }
  | { readonly kind: 'reader_lost_during_collect' }
  | { readonly kind: 'reader_lost_during_process'; readonly effect: 'before' | 'after' };

/** Any mishap that can be armed. `slow_authorization` is met with either integration. */
export type ReaderFault = SdkFault | ServerDrivenFault;

/** The mishaps that processPayment can meet. */
export const processFaults = [
  'process_reply_lost_after_effect',
  'process_reply_lost_before_effect',
  'process_connectivity_trouble',
  'reader_lost_during_process',
] as const satisfies readonly SdkFault['kind'][];

/** Whether a mishap is one of a reader that a page holds. */
export function isSdkFault(fault: ReaderFault): fault is SdkFault {
  return (
    fault.kind === 'reader_lost_during_collect' || processFaults.some((kind) => kind === fault.kind)
  );
}
