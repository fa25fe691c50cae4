import { describe, expect, it } from 'vitest';
import {
  busy,
  denied,
  done,
  FakePayments,
  live,
  refused,
  unanswered,
  uncertain,
} from '../support/fakes/fake-payments.ts';
import { endRows, openDesk, storeLife } from '../support/fakes/desk.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import {
  answered,
  aSale,
  at,
  canceledFacts,
  captured,
  collected,
  facts,
  held,
  otherSale,
  ourSale,
  read,
} from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const confirmed: SaleEvent = { kind: 'confirmed' };
const created: SaleEvent = { kind: 'payment_intent_created', paymentIntent: facts() };
const toAuthorized: readonly SaleEvent[] = [
  confirmed,
  created,
  collected(at.presenting()),
  answered(at.authorizing(), { kind: 'processed' }),
  read(held),
];
const toCanceling: readonly SaleEvent[] = [confirmed, created, { kind: 'customer_canceled' }];
const captureKey = (ordinal: number): string => `foyer_${ourSale}_capture_${ordinal}`;
const cancelKey = (ordinal: number): string => `foyer_${ourSale}_cancel_${ordinal}`;

/** Opens a desk on a sale that has lived so far, with its create row settled, and starts the worker. */
function deskOn(payments: FakePayments, life: readonly SaleEvent[]) {
  const desk = openDesk(tempFolder(), payments);
  storeLife(desk.ledger, aSale(), life);
  if (life.length > 1) {
    endRows(desk.database, 'payment_intent.create', 'payment_intent.read');
  }
  desk.worker.start();
  return desk;
}

describe('a create', () => {
  it('that got no answer is repeated under the same key until it has one', async () => {
    const payments = new FakePayments({ create: [unanswered, busy, unanswered, live()] });
    const desk = deskOn(payments, [confirmed]);

    await desk.clock.advance(20_000);

    expect(payments.sent).toEqual(
      Array.from({ length: 4 }, () => ({ call: 'create', key: `foyer_${ourSale}_create_1` })),
    );
    expect(desk.stored().state).toBe('presenting');
    await desk.close();
  });

  it('that met a server error is not repeated: the kiosk looks, and ends what was made', async () => {
    const payments = new FakePayments({
      create: [uncertain],
      lookUp: [unanswered, done(facts())],
      cancel: [done(null)],
      read: [live(canceledFacts)],
    });
    const desk = deskOn(payments, [confirmed]);

    await desk.clock.advance(20_000);

    expect(payments.sent.map(({ call }) => call)).toEqual([
      'create',
      'lookUp',
      'lookUp',
      'cancel',
      'read',
    ]);
    expect(desk.stored().state).toBe('canceled');
    await desk.close();
  });

  it('with a key that may not create ends the sale at once, and staff can see why', async () => {
    const desk = deskOn(new FakePayments({ create: [denied] }), [confirmed]);

    await desk.clock.advance(1_000);

    expect(desk.stored()).toMatchObject({ state: 'canceled', cancelReason: 'stripe_refused' });
    expect(desk.reach.now).toBe('denied');
    await desk.close();
  });
});

describe('a capture', () => {
  it('that got no answer is repeated under the same key, then read', async () => {
    const payments = new FakePayments({
      capture: [unanswered, unanswered, done(null)],
      read: [live(captured)],
    });
    const desk = deskOn(payments, toAuthorized);

    await desk.clock.advance(20_000);

    expect(payments.sent).toEqual([
      { call: 'capture', key: captureKey(1) },
      { call: 'capture', key: captureKey(1) },
      { call: 'capture', key: captureKey(1) },
      { call: 'read', key: null },
    ]);
    expect(desk.stored().state).toBe('paid');
    await desk.close();
  });

  it('that met a server error is read first, and only then asked under the next number', async () => {
    const payments = new FakePayments({
      capture: [uncertain, done(null)],
      read: [live(held), live(captured)],
    });
    const desk = deskOn(payments, toAuthorized);

    await desk.clock.advance(60_000);

    expect(payments.sent).toEqual([
      { call: 'capture', key: captureKey(1) },
      { call: 'read', key: null },
      { call: 'capture', key: captureKey(2) },
      { call: 'read', key: null },
    ]);
    expect(desk.stored().state).toBe('paid');
    await desk.close();
  });

  it('says "capturing" as soon as it is known to have left', async () => {
    const desk = deskOn(new FakePayments({ capture: [unanswered] }), toAuthorized);

    await desk.clock.advance(10);

    expect(desk.stored().state).toBe('capturing');
    await desk.close();
  });

  it('that is under way is not handed out a second time, however it is hurried', async () => {
    const payments = new FakePayments();
    const desk = deskOn(payments, toAuthorized);
    await desk.clock.advance(10);

    desk.ledger.hurry(desk.clock.nowMs());
    desk.worker.wake();
    await desk.clock.advance(60_000);

    expect(payments.sent).toEqual([{ call: 'capture', key: captureKey(1) }]);
    await desk.close();
  });

  it('whose key may be old is repeated only when Stripe has told the time', async () => {
    const folder = tempFolder();
    const first = openDesk(folder, new FakePayments());
    storeLife(first.ledger, aSale(), toAuthorized);
    endRows(first.database, 'payment_intent.create', 'payment_intent.read');
    await first.close();
    const payments = new FakePayments({ probe: [unanswered, done(null)], capture: [done(null)] });
    const desk = openDesk(folder, payments, 'boot_0000000002');
    // The machine slept, or its clock was set: nobody knows for how long.
    desk.clock.jumpWall(3_600_000);

    desk.worker.start();
    await desk.clock.advance(20_000);

    expect(payments.sent.slice(0, 3).map(({ call }) => call)).toEqual([
      'probe',
      'probe',
      'capture',
    ]);
    await desk.close();
  });

  it('is not "paid" by its own answer: without a read it stays "capturing"', async () => {
    const desk = deskOn(new FakePayments({ capture: [done(null)] }), toAuthorized);

    await desk.clock.advance(60_000);

    expect(desk.stored().state).toBe('capturing');
    await desk.close();
  });

  it('waits, and is not lost, while the key is denied', async () => {
    const payments = new FakePayments({
      capture: [denied, denied, done(null)],
      read: [live(captured)],
    });
    const desk = deskOn(payments, toAuthorized);

    await desk.clock.advance(20_000);

    expect(new Set(payments.sent.slice(0, 3).map(({ key }) => key))).toEqual(
      new Set([captureKey(1)]),
    );
    expect(desk.stored().state).toBe('paid');
    await desk.close();
  });

  it('that was refused because it had been carried out is paid', async () => {
    const payments = new FakePayments({
      capture: [refused('payment_intent_unexpected_state')],
      read: [live(captured)],
    });
    const desk = deskOn(payments, toAuthorized);

    await desk.clock.advance(5_000);

    expect(desk.stored().state).toBe('paid');
    await desk.close();
  });

  it('keeps asking for a day of silence without asking more than twice a minute', async () => {
    const payments = new FakePayments({
      capture: Array.from({ length: 10_000 }, () => unanswered),
    });
    const desk = deskOn(payments, toAuthorized);

    await desk.clock.advance(3_600_000);

    expect(payments.sent.length).toBeGreaterThan(100);
    expect(payments.sent.length).toBeLessThan(200);
    expect(desk.stored().state).toBe('capturing');
    await desk.close();
  });
});

describe('a cancellation', () => {
  it('is believed only when it has been read', async () => {
    const payments = new FakePayments({ cancel: [done(null)], read: [live(canceledFacts)] });
    const desk = deskOn(payments, toCanceling);

    await desk.clock.advance(5_000);

    expect(payments.sent).toEqual([
      { call: 'cancel', key: cancelKey(1) },
      { call: 'read', key: null },
    ]);
    expect(desk.stored().state).toBe('canceled');
    await desk.close();
  });

  it('after a read that can not be made hands the sale to staff', async () => {
    const payments = new FakePayments({
      cancel: [refused('resource_missing')],
      read: [refused('resource_missing')],
    });
    const desk = deskOn(payments, toCanceling);

    await desk.clock.advance(5_000);

    expect(desk.stored().state).toBe('needs_staff');
    await desk.close();
  });
});

describe('one row that can not be worked on', () => {
  it('does not keep another sale’s capture from going out', async () => {
    const payments = new FakePayments({ read: [live(captured)] });
    payments.capture = () => Promise.resolve(done(null));
    const desk = deskOn(payments, toAuthorized);
    // Work of a sale that is gone: it can neither be carried out nor put off.
    desk.ledger.addSale(aSale(otherSale), desk.clock.nowMs());
    desk.ledger.enqueue(otherSale, { kind: 'payment_intent.look_up' }, desk.clock.nowMs());
    desk.database.db.pragma('foreign_keys = 0');
    desk.database.db.prepare('delete from sales where id = ?').run(otherSale);
    desk.database.db.pragma('foreign_keys = 1');

    await desk.clock.advance(60_000);

    expect(desk.stored().state).toBe('paid');
    await desk.close();
  });
});

describe('closing', () => {
  it('while a call is under way leaves its row to the next boot, under the same key', async () => {
    const folder = tempFolder();
    const first = openDesk(folder, new FakePayments());
    storeLife(first.ledger, aSale(), [confirmed]);
    first.worker.start();
    await first.clock.advance(10);
    await first.close();

    const payments = new FakePayments({ create: [live()] });
    const second = openDesk(folder, payments, 'boot_0000000002');
    second.worker.start();
    await second.clock.advance(10);

    expect(payments.sent).toEqual([{ call: 'create', key: `foyer_${ourSale}_create_1` }]);
    expect(second.stored().state).toBe('presenting');
    await second.close();
  });

  it('takes no further work', async () => {
    const payments = new FakePayments({ create: [live()] });
    const desk = openDesk(tempFolder(), payments);
    storeLife(desk.ledger, aSale(), [confirmed]);

    await desk.worker.close();
    desk.worker.start();
    await desk.clock.advance(60_000);

    expect(payments.sent).toEqual([]);
    desk.database.close();
  });
});
