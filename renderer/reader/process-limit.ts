/** Main gives up a card that is being processed after 90 s; what comes later is of no use to this page. Milliseconds. */
export const processLimitMs = 120_000;
