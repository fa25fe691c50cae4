const firstMs = 500;
const capMs = 30_000;

/**
 * Exponential from half a second to half a minute, each shortened by up to a third: the jitter is taken from
 * the row's own number, so that rows spread out and a replayed run waits the same. Milliseconds.
 */
export function retryDelayMs(rowId: number, tries: number): number {
  const full = Math.min(capMs, firstMs * 2 ** Math.min(tries, 10));
  const share = ((rowId * 7_919 + tries * 104_729) % 1_000) / 1_000;
  return Math.round(full - (full * share) / 3);
}
