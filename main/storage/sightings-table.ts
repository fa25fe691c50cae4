import type Database from 'better-sqlite3';
import { paymentIntentId } from '../domain/ids.ts';
import { paymentIntentStatuses } from '../domain/payment-intent.ts';
import type { Sighting } from '../ports/books.ts';
import { isSealed, withSeal } from './sealed-tables.ts';

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
  readonly seen_at_ms: number;
  readonly changed_at_ms: number;
  readonly seal: string;
}

/** PaymentIntents as the sweep listed them last. */
export class SightingsTable {
  readonly #find: Database.Statement<[string], SightingRow>;
  readonly #put: Database.Statement<[SightingRow]>;

  constructor(db: Database.Database) {
    this.#find = db.prepare('select * from sightings where id = ?');
    this.#put = db.prepare(`
      insert or replace into sightings (id, status, amount, currency, amount_capturable, amount_received,
        amount_refunded, created_at_ms, capture_before_ms, sale_id, kiosk_id, order_hash, seen_at_ms, changed_at_ms, seal)
      values (:id, :status, :amount, :currency, :amount_capturable, :amount_received,
        :amount_refunded, :created_at_ms, :capture_before_ms, :sale_id, :kiosk_id, :order_hash, :seen_at_ms, :changed_at_ms, :seal)`);
  }

  save(sightings: readonly Sighting[], nowMs: number): void {
    for (const sighting of sightings) {
      const before = this.#find.get(sighting.id);
      const isSame =
        before !== undefined && isSealed('sightings', before) && tellsTheSame(before, sighting);
      this.#put.run(
        withSeal('sightings', {
          id: sighting.id,
          status: sighting.status,
          amount: sighting.amount,
          currency: sighting.currency,
          amount_capturable: sighting.amountCapturable,
          amount_received: sighting.amountReceived,
          amount_refunded: sighting.amountRefunded,
          created_at_ms: sighting.createdAtMs,
          capture_before_ms: sighting.captureBeforeMs,
          sale_id: sighting.saleId,
          kiosk_id: sighting.kioskId,
          order_hash: sighting.orderHash,
          seen_at_ms: nowMs,
          changed_at_ms: isSame ? before.changed_at_ms : nowMs,
        }),
      );
    }
  }
}

function tellsTheSame(row: SightingRow, sighting: Sighting): boolean {
  return (
    row.status === sighting.status &&
    row.amount === sighting.amount &&
    row.amount_capturable === sighting.amountCapturable &&
    row.amount_received === sighting.amountReceived &&
    row.amount_refunded === sighting.amountRefunded
  );
}

/** Nothing for a row that is not what was written: the next sweep lists it again. */
export function soundSightings(rows: readonly SightingRow[]): readonly Sighting[] {
  return rows.filter((row) => isSealed('sightings', row)).map(sightingOf);
}

/** Throws when the row is no sighting. */
function sightingOf(row: SightingRow): Sighting {
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
