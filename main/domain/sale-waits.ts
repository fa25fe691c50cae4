import type { WaitName } from './sale-event.ts';
import { mayWait, type Sale } from './sale.ts';

/** How long each wait of a sale may last, in milliseconds, before the kiosk acts by itself. */
export interface WaitLimits {
  readonly reviewingMs: number;
  readonly startingMs: number;
  readonly wakingReaderMs: number;
  readonly awaitingCardMs: number;
  readonly stillPayingMs: number;
  readonly cardReadMs: number;
  readonly declinedMs: number;
  readonly authorizingMs: number;
  /** After this a screen that can only wait explains more and lets the customer leave. */
  readonly lingeringMs: number;
}

/** The warning before a payment is given up is at least 20 s: WCAG 2.2, SC 2.2.1. */
export const defaultWaitLimits: WaitLimits = {
  // The screen's own idle clock is shorter; this one holds when there is no screen any more.
  reviewingMs: 300_000,
  startingMs: 30_000,
  wakingReaderMs: 15_000,
  awaitingCardMs: 75_000,
  stillPayingMs: 20_000,
  cardReadMs: 25_000,
  declinedMs: 75_000,
  authorizingMs: 90_000,
  lingeringMs: 15_000,
};

/**
 * What this sale waits for and how long, or null when nothing is waited for.
 * `token` changes exactly when the wait starts anew, so a timer of an older wait can tell that it is stale.
 */
export function waitOf(
  sale: Sale,
  limits: WaitLimits,
): { readonly name: WaitName; readonly afterMs: number; readonly token: string } | null {
  const wait = nameAndLimit(sale, limits);
  if (wait === null) return null;
  const attempt = sale.attempt;
  const token = [
    sale.state,
    wait.name,
    attempt?.id,
    attempt?.stage,
    attempt?.processCount,
    attempt?.atSpare,
  ].join('/');
  return { ...wait, token };
}

function nameAndLimit(sale: Sale, limits: WaitLimits): { name: WaitName; afterMs: number } | null {
  switch (sale.state) {
    case 'open':
      return { name: 'reviewing', afterMs: limits.reviewingMs };
    case 'creating':
      return mayWait(sale)
        ? lingering(sale, limits)
        : { name: 'starting', afterMs: limits.startingMs };
    case 'presenting':
      return presentingWait(sale, limits);
    case 'authorizing':
      return mayWait(sale)
        ? lingering(sale, limits)
        : { name: 'authorizing', afterMs: limits.authorizingMs };
    case 'authorized':
    case 'capturing':
    case 'finding_out':
    case 'canceling':
      return lingering(sale, limits);
    case 'paid':
    case 'canceled':
    case 'expired':
    case 'needs_staff':
      return null;
  }
}

function lingering(sale: Sale, limits: WaitLimits): { name: WaitName; afterMs: number } | null {
  return sale.lingering ? null : { name: 'lingering', afterMs: limits.lingeringMs };
}

function presentingWait(
  sale: Sale,
  limits: WaitLimits,
): { name: WaitName; afterMs: number } | null {
  if (sale.attempt === null) return { name: 'declined', afterMs: limits.declinedMs };
  switch (sale.attempt.stage) {
    case 'sent':
      return { name: 'waking_reader', afterMs: limits.wakingReaderMs };
    case 'awaiting_card':
      return { name: 'awaiting_card', afterMs: limits.awaitingCardMs };
    case 'still_paying':
      return { name: 'still_paying', afterMs: limits.stillPayingMs };
    case 'card_read':
      return { name: 'card_read', afterMs: limits.cardReadMs };
    case 'processing':
      return null;
  }
}
