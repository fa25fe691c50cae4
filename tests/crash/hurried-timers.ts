import { hurry } from './hurried-clock.ts';

/** Up to here a timer is a pause before the next try and not a limit on somebody, in milliseconds. */
const pauseMaxMs = 1_000;

/**
 * Shortens the pauses that no injected clock reaches: those of Stripe's client before it repeats a request, and those
 * of the page's code. Limits stay as long as they are.
 */
export function hurryTimers(): void {
  const unhurried = globalThis.setTimeout;
  const hurried = (
    work: (...rest: unknown[]) => void,
    ms = 0,
    ...rest: unknown[]
  ): NodeJS.Timeout => unhurried(work, ms > pauseMaxMs ? ms : ms / hurry, ...rest);
  Object.assign(globalThis, { setTimeout: hurried });
}
