import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import { defaultWaitLimits } from '../../main/domain/sale-waits.ts';
import { probeWhileAway } from '../../main/services/reach-probe.ts';
import { Receipts } from '../../main/services/receipts.ts';
import { SaleTimers } from '../../main/services/sale-timers.ts';
import { StripeReach } from '../../main/services/stripe-reach.ts';
import { done, FakePayments, live, uncertain } from '../support/fakes/fake-payments.ts';
import { endRows, openDesk, storeLife } from '../support/fakes/desk.ts';
import { keptLog } from '../support/fakes/kept-log.ts';
import {
  aSale,
  after,
  answered,
  at,
  canceledFacts,
  captured,
  collected,
  facts,
  held,
  ourSale,
  read,
} from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { settle, VirtualClock } from '../support/fakes/virtual-clock.ts';

/* What the machine the kiosk runs on can do to it: a disk that is full for a moment, a clock that is set. */

const tempFolder = tempFolders();
const toAuthorized: readonly SaleEvent[] = [
  { kind: 'confirmed' },
  { kind: 'payment_intent_created', paymentIntent: facts() },
  collected(at.presenting()),
  answered(at.authorizing(), { kind: 'processed' }),
  read(held),
];

function deskOn(payments: FakePayments, life: readonly SaleEvent[]) {
  const desk = openDesk(tempFolder(), payments);
  storeLife(desk.ledger, aSale(), life);
  endRows(desk.database, 'payment_intent.create', 'payment_intent.read');
  return desk;
}

/** From now on no step of a sale can be stored, until `isOver` is called. */
function diskIsFull(db: ReturnType<typeof openDesk>['database']['db']): { isOver: () => void } {
  db.exec(
    "create trigger full before insert on sale_events begin select raise(abort, 'disk full'); end",
  );
  return { isOver: () => void db.exec('drop trigger full') };
}

let unhandled: unknown[] = [];
const keep = (reason: unknown): void => {
  unhandled.push(reason);
};

beforeEach(() => {
  unhandled = [];
  process.on('unhandledRejection', keep);
});

afterEach(() => {
  process.off('unhandledRejection', keep);
});

describe('a disk that is full for a moment', () => {
  it('does not lose the capture of a hold', async () => {
    const payments = new FakePayments({ read: [live(captured)] });
    // Its key makes one capture of however many requests.
    payments.capture = () => Promise.resolve(done(null));
    const desk = deskOn(payments, toAuthorized);
    const disk = diskIsFull(desk.database.db);
    desk.worker.start();
    await desk.clock.advance(5_000);

    disk.isOver();
    await desk.clock.advance(120_000);

    expect(desk.stored().state).toBe('paid');
    await desk.close();
  });

  it('does not lose the capture to a restart either', async () => {
    const folder = tempFolder();
    const first = openDesk(folder, new FakePayments({ capture: [done(null)] }));
    storeLife(first.ledger, aSale(), toAuthorized);
    endRows(first.database, 'payment_intent.create');
    endRows(first.database, 'payment_intent.read');
    const disk = diskIsFull(first.database.db);
    first.worker.start();
    await first.clock.advance(5_000);
    disk.isOver();
    await first.close();

    const payments = new FakePayments({ capture: [done(null)], read: [live(captured)] });
    const second = openDesk(folder, payments, 'boot_0000000002');
    second.steps.apply(ourSale, { kind: 'restarted' });
    second.worker.start();
    await second.clock.advance(120_000);

    expect(second.stored().state).toBe('paid');
    await second.close();
  });

  it('does not end a sale’s only read, however often it could not be stored', async () => {
    const payments = new FakePayments();
    let captures = 0;
    payments.capture = () => {
      captures += 1;
      return Promise.resolve(captures === 1 ? uncertain : done(null));
    };
    payments.read = () => Promise.resolve(live(captures < 2 ? held : captured));
    const desk = deskOn(payments, toAuthorized);
    desk.worker.start();
    await desk.clock.advance(100);
    const disk = diskIsFull(desk.database.db);
    await desk.clock.advance(1_800_000);

    disk.isOver();
    await desk.clock.advance(300_000);

    expect(desk.stored().state).toBe('paid');
    await desk.close();
  });

  it('does not end the outbox: a row that could not even be put off is asked again later', async () => {
    const payments = new FakePayments({ read: [live(captured)] });
    payments.capture = () => Promise.resolve(done(null));
    const desk = deskOn(payments, toAuthorized);
    const { db } = desk.database;
    db.exec("create trigger full before update on outbox begin select raise(abort, 'full'); end");
    desk.worker.start();
    await desk.clock.advance(5_000);

    db.exec('drop trigger full');
    await desk.clock.advance(120_000);

    expect(unhandled).toEqual([]);
    expect(desk.stored().state).toBe('paid');
    await desk.close();
  });

  it('does not end the wait for a customer who never comes', async () => {
    const clock = new VirtualClock();
    let full = true;
    let passed = 0;
    const timers = new SaleTimers(clock, defaultWaitLimits, () => {
      if (full) throw new Error('disk full');
      passed += 1;
    });
    timers.follow(at.awaitingCard());
    await clock.advance(80_000);

    full = false;
    await clock.advance(600_000);
    await settle();

    expect(unhandled).toEqual([]);
    expect(passed).toBe(1);
    timers.close();
  });
});

describe('a wall clock that is set back', () => {
  it('does not put off a capture', async () => {
    const payments = new FakePayments({ capture: [done(null)], read: [live(captured)] });
    const desk = deskOn(payments, toAuthorized);
    desk.clock.jumpWall(1_000 - desk.clock.nowMs() - 86_400_000);
    desk.worker.start();

    await desk.clock.advance(600_000);

    expect(desk.stored().state).toBe('paid');
    await desk.close();
  });
});

describe('what a late read leaves behind', () => {
  it('is no client secret of a sale that has ended', async () => {
    const payments = new FakePayments({ read: [live(canceledFacts)] });
    const desk = deskOn(payments, [
      { kind: 'confirmed' },
      { kind: 'payment_intent_created', paymentIntent: facts() },
      { kind: 'customer_canceled' },
      read(canceledFacts),
    ]);
    endRows(desk.database, 'payment_intent.cancel');
    desk.ledger.enqueue(ourSale, { kind: 'payment_intent.read', afterMs: 0 }, desk.clock.nowMs());
    desk.worker.start();

    await desk.clock.advance(1_000);

    expect(payments.sent).toEqual([{ call: 'read', key: null }]);
    expect(desk.stored().state).toBe('canceled');
    expect(desk.clientSecrets.of(ourSale)).toBeNull();
    await desk.close();
  });
});

describe('the word of a reader that does not fit what Stripe shows', () => {
  it('leads to another look, not to another card', () => {
    const sale = at.authorizing();
    const refused = {
      kind: 'failed',
      code: 'card_declined',
      declineCode: null,
      paymentIntentStatus: 'requires_payment_method',
    } as const;

    const told = after(sale, answered(sale, refused), read(facts({ status: 'processing' })));

    expect(told.state).toBe('finding_out');
    expect(told.attempt?.id).toBe(sale.attempt?.id);
  });
});

describe('looking whether Stripe is there again', () => {
  it('goes on after a look that failed in an unforeseen way', async () => {
    const clock = new VirtualClock();
    const { log } = keptLog();
    const payments = new FakePayments();
    let looks = 0;
    payments.probe = () => {
      looks += 1;
      return looks === 1 ? Promise.reject(new Error('unforeseen')) : Promise.resolve(done(null));
    };
    const reach = new StripeReach(() => undefined);
    reach.heard({ kind: 'denied', status: 401, code: 'api_key_expired' });
    const stop = new AbortController();
    const probing = probeWhileAway(payments, reach, clock, log, stop.signal);

    await clock.advance(70_000);

    expect(reach.now).toBe('reached');
    stop.abort();
    await expect(probing).resolves.toBeUndefined();
  });
});

describe('a receipt', () => {
  it('for an address that was mended is not overtaken by the old one', async () => {
    const payments = new FakePayments({ capture: [done(null)], read: [live(captured)] });
    const sent: string[] = [];
    payments.setReceiptEmail = (_charge, email) => {
      sent.push(email);
      return Promise.resolve(sent.length === 1 ? uncertain : done(null));
    };
    const desk = deskOn(payments, toAuthorized);
    desk.worker.start();
    await desk.clock.advance(5_000);
    const receipts = new Receipts(desk.ledger, desk.clock, () => {
      desk.worker.wake();
    });
    receipts.email(ourSale, 'mraa@example.com');
    receipts.email(ourSale, 'mara@example.com');

    await desk.clock.advance(300_000);

    expect(sent).toEqual(['mraa@example.com', 'mara@example.com']);
    await desk.close();
  });

  it('that met a server error is asked under a new key: the old one is answered so for a day', async () => {
    const payments = new FakePayments({
      capture: [done(null)],
      read: [live(captured)],
      setReceiptEmail: Array.from({ length: 50 }, () => uncertain),
    });
    const desk = deskOn(payments, toAuthorized);
    desk.worker.start();
    await desk.clock.advance(5_000);
    const receipts = new Receipts(desk.ledger, desk.clock, () => {
      desk.worker.wake();
    });
    receipts.email(ourSale, 'mara@example.com');

    await desk.clock.advance(300_000);

    const keys = payments.sent.filter(({ call }) => call === 'setReceiptEmail');
    expect(new Set(keys.map(({ key }) => key)).size).toBeGreaterThan(1);
    await desk.close();
  });
});
