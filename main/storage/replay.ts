import { transition } from '../domain/sale-transition.ts';
import type { PlatformOrder } from '../domain/platform-order.ts';
import type { PaymentIntentFacts } from '../domain/payment-intent.ts';
import type { Sale } from '../domain/sale.ts';
import { sha256 } from './chain.ts';
import { type EntryRow, eventOf } from './journal-table.ts';
import { parseSale, recordOf } from './sale-record.ts';

/**
 * The sale that a verified journal leads to, by the same pure machine that wrote it. Null unless it has the very
 * hash that the last entry recorded: a journal of an older program may lead elsewhere today.
 */
export function replay(rows: readonly EntryRow[]): Sale | null {
  const [first, ...rest] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return null;
  const began = firstSale(first);
  if (began === null) return null;
  let sale = began;
  for (const row of rest) {
    const event = eventOf(row.event);
    if (event.kind === 'opened' || event.kind === 'found') return null;
    const result = transition(sale, event);
    if (result.kind !== 'moved') return null;
    sale = result.sale;
  }
  const { sale: ordered, record } = recordOf(sale);
  return sha256(record) === last.record_hash ? ordered : null;
}

/** The sale as it began, which the first entry of a journal holds; null for any other entry. */
export function firstSale(row: EntryRow): Sale | null {
  const event: unknown = JSON.parse(row.event);
  if (typeof event !== 'object' || event === null || !('sale' in event)) return null;
  return parseSale(JSON.stringify(event.sale));
}

/** The PaymentIntent as the newest of these entries read it, or null. */
export function lastPaymentIntent(rows: readonly EntryRow[]): PaymentIntentFacts | null {
  for (const row of rows.toReversed()) {
    const event = eventOf(row.event);
    if ('paymentIntent' in event && event.paymentIntent !== null) return event.paymentIntent;
    const first = firstSale(row);
    if (first !== null) return first.paymentIntent;
  }
  return null;
}

/** The platform's order that the newest of these entries names; null when none does. */
export function lastPlatformOrder(rows: readonly EntryRow[]): PlatformOrder | null {
  for (const row of rows.toReversed()) {
    const event = eventOf(row.event);
    if (event.kind === 'platform_order_set') return event.platformOrder;
    const first = firstSale(row);
    if (first !== null) return first.platformOrder ?? null;
  }
  return null;
}
