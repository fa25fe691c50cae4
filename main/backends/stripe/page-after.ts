/** As many entries as Stripe puts on one page. https://docs.stripe.com/api/pagination */
export const pageSize = 100;

/** Where a page begins: after the last id of the page before, or with the newest. */
export function pageAfter(after: string | null): { limit: number; starting_after?: string } {
  return { limit: pageSize, ...(after === null ? {} : { starting_after: after }) };
}

/** Stripe counts whole seconds; a part of one is rounded so that nothing of it is left out. */
export function secondsOf(atMs: number): number {
  return Math.max(0, Math.floor(atMs / 1_000));
}
