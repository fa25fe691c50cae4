import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paymentIntentId, saleId } from '../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import { Reconciler } from '../../main/services/reconciler.ts';
import { Sweep } from '../../main/services/sweep.ts';
import { unanswered } from '../support/fakes/fake-payments.ts';
import { aSale, facts, otherSale, ourKiosk, ourSale, read } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import {
  dayMs,
  heldOf,
  hourMs,
  HurriedClock,
  ListedAccount,
  lives,
  minuteMs,
  openBooks,
  takenOf,
} from './reconciler-bench.ts';

const tempFolder = tempFolders();
const lostSale = saleId('sale_0mi1kqbas02lostlostlost');
const lost = facts({ id: paymentIntentId('pi_lost'), saleId: lostSale });
const others = facts({ id: paymentIntentId('pi_other'), saleId: otherSale });
const theirs = facts({ id: paymentIntentId('pi_theirs'), saleId: null, kioskId: null });

let clock: HurriedClock;
let account: ListedAccount;
let books: ReturnType<typeof openBooks>;
let sweep: Sweep;
let reconciler: Reconciler;

beforeEach(() => {
  clock = new HurriedClock();
  account = new ListedAccount();
  books = openBooks(tempFolder(), clock);
  const around = {
    ledger: books.ledger,
    books: books.books,
    payments: account,
    steps: books.steps,
    clock,
    log: books.log,
    kioskId: ourKiosk,
    mend: () => undefined,
  };
  sweep = new Sweep(around);
  reconciler = new Reconciler({ ...around, sweep });
});

afterEach(async () => {
  await sweep.close();
  books.close();
});

const list = (shown: PaymentIntentFacts): void => {
  account.add(shown, clock.nowMs() - hourMs);
};

/** A paid sale that Stripe shows as the file does. */
function paidSale(): void {
  books.store(aSale(), lives.paid());
  books.drain();
  list(takenOf(facts()));
}

/** A hold whose record was lost, found by the sweep. */
async function foundHold(captureBeforeMs: number | null = null): Promise<void> {
  list({ ...heldOf(lost), captureBeforeMs });
  await sweep.sweepNow();
}

const reasonsOf = async (): Promise<unknown> => {
  const outcome = await reconciler.close('Ada');
  return outcome.kind === 'refused' ? outcome.reasons : outcome.kind;
};

describe('what is to settle', () => {
  it('comes nearest deadline first, then the oldest', async () => {
    books.store(aSale(), lives.canceled());
    books.store(
      aSale(otherSale),
      [...lives.held(others), { kind: 'read_refused' }],
      clock.nowMs() - dayMs,
    );
    books.drain();
    await foundHold(clock.nowMs() + 5 * hourMs);

    const rows = reconciler.overview();

    expect(rows.map(({ pair }) => pair.sale?.id)).toEqual([lostSale, otherSale]);
    expect(rows.map(({ decisions }) => decisions)).toEqual([
      ['capture', 'cancel', 'capture_part'],
      ['close'],
    ]);
  });

  it('leaves out what is settled and what is not ours', async () => {
    paidSale();
    list(heldOf(theirs));
    await sweep.sweepNow();

    expect(reconciler.overview()).toEqual([]);
  });
});

describe('a decision', () => {
  it('is recorded with who and why, and carried out', async () => {
    await foundHold();

    const outcome = reconciler.decide(lostSale, 'cancel', '  Ada ', ' nobody came ');

    expect(outcome).toMatchObject({ kind: 'recorded', sale: { state: 'canceling' } });
    expect(books.ledger.historyOf(lostSale).entries.at(-1)?.event).toEqual({
      kind: 'staff_decided',
      decision: 'cancel',
      by: 'Ada',
      why: 'nobody came',
    });
    expect(books.waiting(lostSale)).toEqual(['payment_intent.cancel']);
  });

  it('is refused without a name, without a reason, for no sale, and where it is not allowed', async () => {
    await foundHold();
    const before = books.stored(lostSale);

    expect(reconciler.decide(lostSale, 'cancel', ' ', 'nobody came')).toEqual({
      kind: 'refused',
      why: 'no_name',
    });
    expect(reconciler.decide(lostSale, 'cancel', 'Ada', '\n')).toEqual({
      kind: 'refused',
      why: 'no_reason',
    });
    expect(reconciler.decide(otherSale, 'cancel', 'Ada', 'nobody came')).toEqual({
      kind: 'refused',
      why: 'no_sale',
    });
    expect(reconciler.decide(lostSale, 'close', 'Ada', 'written off')).toEqual({
      kind: 'refused',
      why: 'not_allowed',
    });
    expect(books.stored(lostSale)).toEqual(before);
  });

  it('that it was paid in cash lets the card’s hold go', async () => {
    await foundHold();

    const outcome = reconciler.recordTender(lostSale, 'cash', 'Ada', 'paid at the desk');

    expect(outcome).toMatchObject({ kind: 'recorded', sale: { tender: 'cash' } });
    expect(books.waiting(lostSale)).toEqual(['payment_intent.cancel']);
    expect(reconciler.overview()[0]?.verdict.class).toBe('paid_elsewhere');
  });

  it('is kept to a length that a report can hold', async () => {
    await foundHold();

    reconciler.decide(lostSale, 'cancel', 'A'.repeat(1_000), 'w'.repeat(5_000));

    const { event } = books.ledger.historyOf(lostSale).entries.at(-1) ?? { event: null };
    expect(JSON.stringify(event).length).toBeLessThan(700);
  });
});

describe('the report', () => {
  it('counts and sums each class, in each currency, of the running day', async () => {
    paidSale();
    books.store(aSale(otherSale), lives.canceled(others));
    books.drain();
    list({ ...others, status: 'canceled' });
    list(takenOf({ ...theirs, currency: 'eur', amount: 900 }));
    await sweep.sweepNow();

    const { totals, rows, unresolved } = reconciler.report();

    const counted = totals.filter(({ count }) => count > 0);
    expect(counted).toEqual([
      { class: 'captured_ordered', count: 1, sums: [{ amount: 2_800, currency: 'usd' }] },
      { class: 'not_ours', count: 1, sums: [{ amount: 900, currency: 'eur' }] },
      { class: 'nothing_taken', count: 1, sums: [{ amount: 0, currency: 'usd' }] },
    ]);
    expect(rows).toHaveLength(3);
    expect(unresolved).toBe(0);
  });

  it('begins anew with the last close: a settled row stands in one day only', async () => {
    paidSale();
    expect(await reconciler.close('Ada')).toMatchObject({ kind: 'closed' });

    await clock.advance(hourMs);

    expect(reconciler.report().rows).toEqual([]);
    books.store(aSale(otherSale), lives.canceled(others), clock.nowMs() - minuteMs);
    expect(reconciler.report().rows.map((row) => row.saleId)).toEqual([otherSale]);
  });

  it('names again what an earlier day had settled and this day had to settle anew', async () => {
    await foundHold();
    list({ ...lost, status: 'canceled' });
    books.steps.apply(lostSale, read({ ...lost, status: 'canceled' }));
    reconciler.decide(lostSale, 'close', 'Ada', 'released by hand');
    await clock.advance(minuteMs);
    expect(await reconciler.close('Ada')).toMatchObject({ kind: 'closed' });
    await clock.advance(hourMs);
    expect(reconciler.report().rows).toEqual([]);

    books.steps.apply(lostSale, read({ ...lost, status: 'canceled', amountRefunded: 5 }));
    expect(reconciler.overview().map(({ pair }) => pair.sale?.id)).toEqual([lostSale]);
    reconciler.decide(lostSale, 'close', 'Ada', 'seen');

    expect(reconciler.report().rows.map((row) => row.saleId)).toEqual([lostSale]);
    expect(reconciler.overview()).toEqual([]);
  });
});

describe('the day', () => {
  it('is closed when everything is settled, and the signed report is stored', async () => {
    paidSale();

    const outcome = await reconciler.close('  Ada ');

    expect(outcome).toMatchObject({ kind: 'closed', close: { by: 'Ada', atMs: clock.nowMs() } });
    const stored = books.books.lastDayClose();
    expect(JSON.parse(stored?.report ?? '')).toMatchObject({
      kioskId: ourKiosk,
      unresolved: 0,
      rows: [{ class: 'captured_ordered', saleId: ourSale, amount: { amount: 2_800 } }],
    });
  });

  it('is closed over others’ PaymentIntents, whatever they hold', async () => {
    paidSale();
    list(heldOf(theirs));
    list(takenOf({ ...others, kioskId: 'kiosk_somebodyelse000' }));

    expect(await reasonsOf()).toBe('closed');
  });

  it('is not closed by nobody', async () => {
    expect(await reconciler.close(' ')).toEqual({ kind: 'refused', reasons: ['no_name'] });
    expect(account.calls).toEqual([]);
  });

  it('is compared with Stripe first, unless that was just done', async () => {
    await reconciler.close('Ada');
    expect(account.calls).toEqual(['payment_intents']);

    await clock.advance(9 * minuteMs);
    await reconciler.close('Ada');
    expect(account.calls).toHaveLength(1);

    await clock.advance(2 * minuteMs);
    await reconciler.close('Ada');
    expect(account.calls).toHaveLength(2);
  });

  it('is not closed while money of ours is unresolved, and is once staff have settled it', async () => {
    list(takenOf(lost));
    expect(await reasonsOf()).toEqual(['unresolved_money']);

    reconciler.decide(lostSale, 'accept', 'Ada', 'the class was given');

    expect(await reasonsOf()).toBe('closed');
  });

  it('is not closed while a hold waits to be released, nor before that is read', async () => {
    await foundHold();
    reconciler.decide(lostSale, 'cancel', 'Ada', 'nobody came');
    expect(await reasonsOf()).toEqual(['unresolved_money', 'sales_under_way', 'work_waiting']);

    books.drain();
    expect(await reasonsOf()).toEqual(['unresolved_money', 'sales_under_way']);

    books.steps.apply(lostSale, read({ ...lost, status: 'canceled' }));
    expect(await reasonsOf()).toBe('closed');
  });

  it('is not closed while a customer pays', async () => {
    books.store(aSale(), lives.created());
    books.drain();
    list(facts());

    expect(await reasonsOf()).toEqual(['unresolved_money', 'sales_under_way']);
  });

  it('is not closed before what a sweep saw to differ was read', async () => {
    paidSale();
    list({ ...takenOf(facts()), amountRefunded: 300 });

    expect(await reasonsOf()).toEqual(['work_waiting']);
    books.drain();
    books.steps.apply(ourSale, read({ ...takenOf(facts()), amountRefunded: 300 }));
    expect(await reasonsOf()).toEqual(['unresolved_money']);
    reconciler.decide(ourSale, 'close', 'Ada', 'late for class, 3.00 given back');
    expect(await reasonsOf()).toBe('closed');
  });

  it('is closed although a receipt still waits to be sent: that is no money', async () => {
    paidSale();
    books.ledger.enqueue(
      ourSale,
      { kind: 'charge.receipt_email', ordinal: 1, email: 'mara@example.com', afterMs: 0 },
      clock.nowMs(),
    );

    expect(await reasonsOf()).toBe('closed');
  });

  it('is not closed when Stripe can’t be reached', async () => {
    paidSale();
    account.faults.push(unanswered);

    expect(await reasonsOf()).toEqual(['not_reached', 'sweep_old']);
    expect(books.books.lastDayClose()).toBeNull();
  });

  it('is not closed on an older comparison when the latest one failed', async () => {
    paidSale();
    await sweep.sweepNow();
    account.faults.push(unanswered, unanswered);
    await sweep.sweepNow();

    expect(await reasonsOf()).toEqual(['not_reached']);
    expect(await reasonsOf()).toBe('closed');
  });

  it('is compared anew after the machine slept: nobody knows for how long', async () => {
    paidSale();
    await sweep.sweepNow();
    clock.isKnown = false;
    account.faults.push(unanswered);

    expect(await reasonsOf()).toEqual(['not_reached', 'sweep_old']);
  });

  it('is not closed on a comparison that the clock says is of tomorrow', async () => {
    paidSale();
    await sweep.sweepNow();
    clock.jumpWall(-dayMs);
    account.faults.push(unanswered);

    expect(await reasonsOf()).toContain('sweep_old');
  });

  it('is not closed over a second PaymentIntent of one sale that holds money', async () => {
    paidSale();
    list(heldOf({ ...lost, saleId: ourSale }));

    expect(await reasonsOf()).toEqual(['unresolved_money']);
    expect(reconciler.overview()[0]).toMatchObject({
      verdict: { class: 'unknown', proposal: 'settle_at_stripe' },
      decisions: [],
    });

    list({ ...lost, saleId: ourSale, status: 'canceled' });
    await clock.advance(11 * minuteMs);
    expect(await reasonsOf()).toBe('closed');
  });

  it('keeps a settled sale of an earlier day whose journal was changed', async () => {
    list(takenOf(lost));
    await sweep.sweepNow();
    reconciler.decide(lostSale, 'close', 'Ada', 'refunded');
    await clock.advance(minuteMs);
    await reconciler.close('Ada');
    await clock.advance(hourMs);
    expect(reconciler.report().rows).toEqual([]);

    books.database.db.exec("update sale_events set state = 'paid' where revision = 0");

    expect(reconciler.report().rows.map((row) => row.saleId)).toEqual([lostSale]);
  });

  it('whose stored close was changed counts as not closed: everything is looked at again', async () => {
    paidSale();
    await reconciler.close('Ada');
    books.database.db.exec("update day_closes set by = 'Mallory'");

    expect(reconciler.report()).toMatchObject({ fromMs: 0, rows: [{ saleId: ourSale }] });
    expect(books.lines.some(({ event }) => event === 'day_close.not_believed')).toBe(true);
  });
});
