import type { ServerDrivenFault } from './server-driven-fault.ts';
import { ArmedFaults } from './armed-faults.ts';
import type { ReaderState } from './reader-state.ts';

/** How long a reader takes, in milliseconds. */
export interface ReaderTimings {
  readonly readingMs: number;
  readonly authorizingMs: number;
  /** From the bank's answer to the end of a server-driven action; default none. */
  readonly reportingMs?: number;
}

/** A card that is shown by itself a while after the prompt. */
export interface AutoPresent {
  /** A name of Stripe's table of test cards. */
  readonly testPaymentMethod: string;
  readonly afterMs: number;
}

/** How long a real reader seems to take, in milliseconds. */
const timingsDefault: ReaderTimings = { readingMs: 600, authorizingMs: 1200, reportingMs: 200 };

/**
 * What surrounds an account's readers and is not Stripe's to know: how fast they are, who stands
 * before them, and what is about to go wrong. Nothing of it is kept over a restart.
 */
export class ReaderWorld {
  timings: ReaderTimings = timingsDefault;
  /** The card that is shown by itself from the next prompt on; null for none. */
  autoPresent: AutoPresent | null = null;
  readonly faults = new ArmedFaults<ServerDrivenFault>();
  /** Until when a reader installs software, in epoch milliseconds, by its id. */
  readonly updatingUntilMs = new Map<string, number>();
  /** Whether a page holds the reader through the SDK, which shuts the server-driven calls out. */
  isHeldByPage: (readerId: string) => boolean = () => false;
  /** Told of each new phase of a reader. */
  onPhase: (state: ReaderState) => void = () => undefined;
}
