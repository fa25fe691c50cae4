import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DamagedSale } from '../../main/domain/damaged-sale.ts';
import { chargeId } from '../../main/domain/ids.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import type { Sale } from '../../main/domain/sale.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import {
  aSale,
  after,
  at,
  collected,
  facts,
  otherSale,
  ourSale,
  read,
  step,
} from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
let database: OpenDatabase;
let db: Database.Database;
let ledger: Ledger;

beforeEach(() => {
  database = openDatabase(path.join(tempFolder(), 'foyer.db'));
  db = database.db;
  ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
});

afterEach(() => {
  database.close();
});

/** Stores a step as the product does, and returns the sale after it. */
function store(before: Sale, event: SaleEvent, nowMs = 2_000): Sale {
  const { sale } = step(before, event);
  ledger.saveStep(before, sale, event, nowMs);
  return sale;
}

/** Stores a whole life up to the card being charged. */
function storeAuthorizing(): Sale {
  let sale = aSale();
  ledger.addSale(sale, 1_000);
  sale = store(sale, { kind: 'confirmed' });
  sale = store(sale, { kind: 'payment_intent_created', paymentIntent: facts() });
  return store(sale, collected(sale));
}

describe('a stored sale', () => {
  it('is read back exactly as it was decided, at every step', () => {
    let sale = aSale();
    ledger.addSale(sale, 1_000);
    expect(ledger.findSale(ourSale)).toEqual(sale);
    sale = store(sale, { kind: 'confirmed' });
    expect(ledger.findSale(ourSale)).toEqual(sale);
    sale = store(sale, { kind: 'payment_intent_created', paymentIntent: facts() });
    expect(ledger.findSale(ourSale)).toEqual(sale);
    sale = store(sale, collected(sale));
    expect(ledger.findSale(ourSale)).toEqual(sale);
  });

  it('is known by its id only', () => {
    ledger.addSale(aSale(), 1_000);

    expect(ledger.findSale(otherSale)).toBeNull();
  });

  it('refuses a step that was decided on an older revision, and keeps what it had', () => {
    const stale = aSale();
    ledger.addSale(stale, 1_000);
    const now = store(stale, { kind: 'confirmed' });

    expect(() => store(stale, { kind: 'customer_canceled' })).toThrow('Broken assumption');
    expect(ledger.findSale(ourSale)).toEqual(now);
  });

  it('is not added twice', () => {
    ledger.addSale(aSale(), 1_000);

    expect(() => {
      ledger.addSale(aSale(), 2_000);
    }).toThrow(/UNIQUE/);
  });

  it('keeps when it was added and when it was paid', () => {
    let sale = storeAuthorizing();
    expect(ledger.salePaidAtMs(ourSale)).toBeNull();

    sale = store(sale, read(facts({ status: 'succeeded', amountReceived: 2_800 })), 7_000);
    store(sale, { kind: 'customer_left' }, 9_000);

    expect(ledger.saleAddedAtMs(ourSale)).toBe(1_000);
    expect(ledger.salePaidAtMs(ourSale)).toBe(7_000);
  });

  it('stays among the unfinished until it has ended', () => {
    ledger.addSale(aSale(otherSale), 500);
    const sale = storeAuthorizing();
    expect(ledger.unfinishedSales().map(({ id }) => id)).toEqual([otherSale, ourSale]);

    store(sale, read(facts({ status: 'succeeded', amountReceived: 2_800 })));

    expect(ledger.unfinishedSales().map(({ id }) => id)).toEqual([otherSale]);
  });

  it('has a journal line for every step, in order', () => {
    storeAuthorizing();

    const lines = db.prepare('select revision, state from sale_events order by revision').all();
    expect(lines).toEqual([
      { revision: 0, state: 'open' },
      { revision: 1, state: 'creating' },
      { revision: 2, state: 'presenting' },
      { revision: 3, state: 'authorizing' },
    ]);
  });

  it('holds no client secret anywhere in its rows', () => {
    storeAuthorizing();

    const rows = ['sales', 'sale_events', 'payment_attempts', 'outbox'].flatMap((table) =>
      db.prepare(`select * from ${table}`).all(),
    );
    expect(JSON.stringify(rows)).not.toMatch(/_secret_|\b(pst|sk|rk)_/);
  });
});

describe('a sale edited by hand', () => {
  const edits: readonly (readonly [string, (record: Record<string, unknown>) => void])[] = [
    ['an unknown state', (record) => (record['state'] = 'refunded')],
    ['a fractional amount', (record) => (record['order'] = { total: { amount: 1.5 } })],
    ['an id of another noun', (record) => (record['id'] = 'pi_0001')],
    ['a new field', (record) => (record['discount'] = 100)],
    ['a missing field', (record) => delete record['ordinals']],
    ['a negative count', (record) => (record['attemptsMade'] = -1)],
  ];

  it.each(edits)('is refused when it has %s', (_what, edit) => {
    ledger.addSale(aSale(), 1_000);
    const record = structuredClone(aSale()) as unknown as Record<string, unknown>;
    edit(record);
    db.prepare('update sales set record = ? where id = ?').run(JSON.stringify(record), ourSale);

    expect(() => ledger.findSale(ourSale)).toThrow(DamagedSale);
  });
});

describe('the tables themselves', () => {
  const refuses = (sql: string): void => {
    expect(() => db.exec(sql)).toThrow(/constraint|cannot store|datatype mismatch/i);
  };

  beforeEach(() => {
    ledger.addSale(aSale(), 1_000);
  });

  it('refuse amounts that are fractions, zero, negative or words', () => {
    for (const amount of ['12.5', '0', '-1', "'much'"]) {
      refuses(`update sales set amount = ${amount}`);
    }
  });

  it('refuse an unknown state, an odd currency and a record that is not JSON', () => {
    refuses("update sales set state = 'lost'");
    refuses("update sales set currency = 'USD'");
    refuses("update sales set currency = 'dollars'");
    refuses("update sales set record = 'not json'");
    refuses("update sales set payment_intent_id = 'ch_1'");
  });

  it('refuse "paid" without a time and without Stripe’s word', () => {
    refuses("update sales set state = 'paid'");
    refuses(
      "update sales set state = 'paid', paid_at_ms = 1, payment_intent_status = 'requires_capture'",
    );
    refuses("update sales set state = 'capturing'");
  });

  it('refuse a second sale on the same PaymentIntent', () => {
    ledger.addSale(aSale(otherSale), 1_000);
    db.exec(`update sales set payment_intent_id = 'pi_0001' where id = '${ourSale}'`);

    refuses(`update sales set payment_intent_id = 'pi_0001' where id = '${otherSale}'`);
  });

  it('refuse a second live attempt of one sale, and a fourth processPayment', () => {
    const attempt = (ordinal: number, count: number): string =>
      `insert into payment_attempts (id, sale_id, ordinal, stage, process_count, began_at_ms)
       values ('att_x_${ordinal}', '${ourSale}', ${ordinal}, 'sent', ${count}, 1)`;
    db.exec(attempt(1, 0));

    refuses(attempt(2, 0));
    refuses('update payment_attempts set process_count = 4');
    db.exec("update payment_attempts set ended_at_ms = 2, outcome = 'declined'");
    db.exec(attempt(2, 0));
  });

  it('refuse rows of a sale that is not there', () => {
    refuses(`insert into payment_attempts (id, sale_id, ordinal, stage, process_count, began_at_ms)
      values ('att_1', '${otherSale}', 1, 'sent', 0, 1)`);
    expect(() => {
      ledger.enqueue(otherSale, { kind: 'payment_intent.look_up' }, 1);
    }).toThrow('what work is for is stored');
  });

  it('refuse changing work without a key, and a key used twice', () => {
    const row = (key: string): string =>
      `insert into outbox (owner, kind, ordinal, idempotency_key, state, urgency, next_at_ms, stored_at_ms,
         stored_by_boot, deadline_ms, seal)
       values ('${ourSale}', 'payment_intent.capture', 1, ${key}, 'waiting', 0, 1, 1, 'boot', 1, '${'0'.repeat(64)}')`;
    refuses(row('null'));
    db.exec(row("'k'"));
    refuses(row("'k'"));
  });
});

describe('several writes as one', () => {
  it('are all undone when the last one fails', () => {
    const before = at.review();
    ledger.addSale(before, 1_000);

    expect(() =>
      ledger.atomically(() => {
        ledger.enqueue(ourSale, { kind: 'payment_intent.create', ordinal: 1 }, 1);
        ledger.saveStep(before, after(before, { kind: 'confirmed' }), { kind: 'confirmed' }, 1);
        throw new Error('the disk is full');
      }),
    ).toThrow('the disk is full');
    expect(ledger.findSale(ourSale)).toEqual(before);
    expect(ledger.backlog().count).toBe(0);
  });

  it('leave the attempt and the journal alone when the sale moved meanwhile', () => {
    const sale = storeAuthorizing();
    const newer = store(sale, { kind: 'unanswered' });
    const late = step(
      sale,
      read(facts({ status: 'requires_capture', latestChargeId: chargeId('ch_9999') })),
    );

    expect(() => {
      ledger.saveStep(sale, late.sale, read(facts()), 1);
    }).toThrow();
    expect(ledger.findSale(ourSale)).toEqual(newer);
    expect(db.prepare('select max(revision) as last from sale_events').get()).toEqual({
      last: newer.revision,
    });
  });
});
