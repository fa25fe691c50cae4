import type Database from 'better-sqlite3';
import { paymentIntentId } from '../domain/ids.ts';
import { paymentIntentStatuses } from '../domain/payment-intent.ts';
import type { Sighting } from '../ports/books.ts';

/** A row of `sightings`. */
export interface SightingRow {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly amount_capturable: number;
  readonly amount_received: number;
  readonly amount_refunded: number;
  readonly created_at_ms: number;
  readonly capture_before_ms: number | null;
  readonly sale_id: string | null;
  readonly kiosk_id: string | null;
  readonly order_hash: string | null;
}

/** PaymentIntents as the sweep listed them last. */
export class SightingsTable {
  readonly #upsert: Database.Statement;

  constructor(db: Database.Database) {
    this.#upsert = db.prepare(`
      insert into sightings (id, status, amount, currency, amount_capturable, amount_received, amount_refunded,
        created_at_ms, capture_before_ms, sale_id, kiosk_id, order_hash, seen_at_ms, changed_at_ms)
      values (:id, :status, :amount, :currency, :amountCapturable, :amountReceived, :amountRefunded,
        :createdAtMs, :captureBeforeMs, :saleId, :kioskId, :orderHash, :nowMs, :nowMs)
      on conflict (id) do update set
        changed_at_ms = case
          when (status, amount, amount_capturable, amount_received, amount_refunded)
            is (:status, :amount, :amountCapturable, :amountReceived, :amountRefunded)
          then changed_at_ms else :nowMs end,
        status = :status, amount = :amount, currency = :currency, amount_capturable = :amountCapturable,
        amount_received = :amountReceived, amount_refunded = :amountRefunded, created_at_ms = :createdAtMs,
        capture_before_ms = :captureBeforeMs, sale_id = :saleId, kiosk_id = :kioskId, order_hash = :orderHash,
        seen_at_ms = :nowMs`);
  }

  save(sightings: readonly Sighting[], nowMs: number): void {
    for (const sighting of sightings) this.#upsert.run({ ...sighting, nowMs });
  }
}

/** Throws when the row is no sighting. */
export function sightingOf(row: SightingRow): Sighting {
  const status = paymentIntentStatuses.find((one) => one === row.status);
  if (status === undefined) throw new TypeError(`Not a status: ${row.status.slice(0, 60)}`);
  return {
    id: paymentIntentId(row.id),
    status,
    amount: row.amount,
    currency: row.currency,
    amountCapturable: row.amount_capturable,
    amountReceived: row.amount_received,
    amountRefunded: row.amount_refunded,
    createdAtMs: row.created_at_ms,
    captureBeforeMs: row.capture_before_ms,
    saleId: row.sale_id,
    kioskId: row.kiosk_id,
    orderHash: row.order_hash,
  };
}
