import type Database from 'better-sqlite3';
import type { Sale } from '../domain/sale.ts';
import type { Pair } from '../ports/books.ts';
import { saleColumns, type SaleRow } from './sale-row.ts';
import { type SightingRow, soundSightings } from './sightings-table.ts';
import { verifiedOrNothing } from './verified-sales.ts';

interface SalesOf {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Sales with the PaymentIntents that belong to them, and what stands alone on either side. */
export class Pairs {
  readonly #sales: Database.Statement<[SalesOf], SaleRow>;
  readonly #alone: Database.Statement<[SalesOf], SightingRow>;
  readonly #byId: Database.Statement<[string | null], SightingRow>;
  readonly #bySale: Database.Statement<[string], SightingRow>;
  readonly #since: Database.Statement<[number, number], SaleRow>;

  constructor(db: Database.Database) {
    /*
     * A sale is asked for when it was added in the period, when its PaymentIntent was created in it, when it is
     * older and has not ended well or was changed in the period, when Stripe still holds money for it, or when Stripe was seen in the period to
     * say another thing than the sale does. What Stripe said before the period was settled when that was closed.
     */
    this.#sales = db.prepare(`
      select ${saleColumns} from sales where id in (
        select id from sales where added_at_ms >= :fromMs and added_at_ms < :toMs
        union
        select id from sales where added_at_ms < :fromMs and state not in ('paid', 'canceled', 'expired')
        union
        select id from sales indexed by sales_changed
        where state in ('paid', 'canceled', 'expired') and changed_at_ms >= :fromMs and added_at_ms < :fromMs
        union
        select sales.id from sightings join sales on ${belongsTo}
        where sightings.created_at_ms >= :fromMs and sightings.created_at_ms < :toMs
        union
        select sales.id from sightings join sales on ${belongsTo}
        where status = 'requires_capture' and sightings.created_at_ms < :fromMs and added_at_ms < :toMs
        union
        select sales.id from sightings join sales on ${belongsTo}
        where sightings.changed_at_ms >= :fromMs and added_at_ms < :toMs
          and (status = 'succeeded') <> (state = 'paid')
      ) order by added_at_ms, id`);
    this.#alone = db.prepare(`
      select * from sightings where id in (
        select id from sightings where created_at_ms >= :fromMs and created_at_ms < :toMs
        union
        select id from sightings
        where created_at_ms < :fromMs and kiosk_id is not null and status = 'requires_capture'
        union
        select id from sightings
        where created_at_ms < :fromMs and kiosk_id is not null and changed_at_ms >= :fromMs
      )
      and not exists (select 1 from sales where ${belongsTo}) order by created_at_ms, id`);
    this.#byId = db.prepare('select * from sightings where id = ?');
    this.#bySale = db.prepare(
      'select * from sightings where sale_id = ? order by created_at_ms, id',
    );
    this.#since = db.prepare(`
      select ${saleColumns} from sales where added_at_ms >= ? order by added_at_ms desc, id desc limit ?`);
  }

  of(fromMs: number, toMs: number): readonly Pair[] {
    const paired = this.#sales
      .all({ fromMs, toMs })
      .flatMap((row): readonly Pair[] =>
        verifiedOrNothing(row).flatMap((sale) => this.#pairsOf(sale, row.added_at_ms)),
      );
    const alone = soundSightings(this.#alone.all({ fromMs, toMs })).map((sighting): Pair => ({
      sale: null,
      addedAtMs: null,
      sighting,
    }));
    return [...paired, ...alone];
  }

  salesSince(
    fromMs: number,
    limit: number,
  ): readonly { readonly sale: Sale; readonly addedAtMs: number }[] {
    return this.#since
      .all(fromMs, limit)
      .flatMap((row) =>
        verifiedOrNothing(row).map((sale) => ({ sale, addedAtMs: row.added_at_ms })),
      );
  }

  /** One pair; more only where a sale knows no PaymentIntent and several name it. */
  #pairsOf(sale: Sale, addedAtMs: number): readonly Pair[] {
    const sightings = soundSightings(
      sale.paymentIntent === null
        ? this.#bySale.all(sale.id)
        : this.#byId.all(sale.paymentIntent.id),
    );
    if (sightings.length === 0) return [{ sale, addedAtMs, sighting: null }];
    return sightings.map((sighting) => ({ sale, addedAtMs, sighting }));
  }
}

/** By its id; by the sale it names only while that sale knows no PaymentIntent: a second one is no sale's. */
const belongsTo = `(sales.payment_intent_id = sightings.id
  or sales.payment_intent_id is null and sales.id = sightings.sale_id)`;
