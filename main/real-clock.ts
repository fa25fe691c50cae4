import type { Clock } from './ports/clock.ts';

/** The machine's own time. */
export const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        // The reason is whatever the waker gave; a kiosk is woken too often to make an error each time.
        reject(signal.reason instanceof Error ? signal.reason : new Error('woken'));
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', stop);
        resolve();
      }, ms);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    }),
};
