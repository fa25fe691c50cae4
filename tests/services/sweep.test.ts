import { classify } from '../../main/domain/reconcile.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paymentIntentId, saleId } from '../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import { Sweep } from '../../main/services/sweep.ts';
import { busy, unanswered } from '../support/fakes/fake-payments.ts';
import { aSale, facts, otherSale, ourKiosk, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { settle } from '../support/fakes/virtual-clock.ts';
import {
  dayMs,
  heldOf,
  hourMs,
  HurriedClock,
  KnownClock,
  ListedAccount,
  lives,
  minuteMs,
  openBooks,
  takenOf,
} from './reconciler-bench.ts';

const tempFolder = tempFolders();
const lostSale = saleId('sale_0mi1kqbas02lostlostlost');
const lost = facts({ id: paymentIntentId('pi_lost'), saleId: lostSale });
const theirs = facts({ id: paymentIntentId('pi_theirs'), saleId: null, kioskId: null });

let clock: KnownClock;
let account: ListedAccount;
let books: ReturnType<typeof openBooks>;
let sweep: Sweep;
let mended: string[];

function open(aClock: KnownClock): void {
  clock = aClock;
  mended = [];
  account = new ListedAccount();
  books = openBooks(tempFolder(), clock);
  sweep = new Sweep({
    ledger: books.ledger,
    books: books.books,
    payments: account,
    steps: books.steps,
    clock,
    log: books.log,
    kioskId: ourKiosk,
    mend: (id) => void mended.push(id),
  });
}

beforeEach(() => {
  open(new HurriedClock());
});

afterEach(async () => {
  await sweep.close();
  books.close();
});

const list = (read: PaymentIntentFacts): void => {
  account.add(read, clock.nowMs() - hourMs);
};

const sightings = (): (string | undefined)[] =>
  books.books.pairs(0, clock.nowMs() + dayMs).map(({ sighting }) => sighting?.id);

describe('a sweep', () => {
  it('stores what it saw, ours and others’, and says from when to when', async () => {
    books.store(aSale(), lives.paid());
    books.drain();
    list(takenOf(facts()));
    list(theirs);
    const toMs = clock.nowMs();

    const outcome = await sweep.sweepNow();

    expect(outcome).toEqual({ kind: 'complete', listed: 2, found: 0 });
    expect(sightings()).toEqual(['pi_0001', 'pi_theirs']);
    expect(books.books.lastSweep()).toMatchObject({ fromMs: toMs - 8 * dayMs, toMs });
    expect(books.waiting()).toEqual([]);
  });

  it('goes through every page, with a pause between', async () => {
    account.pageSize = 2;
    for (let number = 0; number < 7; number += 1) {
      account.add(
        { ...theirs, id: paymentIntentId(`pi_000${number}`) },
        clock.nowMs() - number * minuteMs,
      );
    }
    const startMs = clock.nowMs();

    await sweep.sweepNow();

    expect(account.calls).toHaveLength(4);
    expect(sightings()).toHaveLength(7);
    expect(clock.nowMs() - startMs).toBeGreaterThanOrEqual(600);
  });

  it('reaches back to the last day close where that is longer ago, and 30 days at most', async () => {
    const toMs = clock.nowMs();
    books.books.addDayClose({ atMs: toMs - 12 * dayMs, by: 'Ada', report: '{}' });
    await sweep.sweepNow();
    expect(books.books.lastSweep()?.fromMs).toBe(toMs - 12 * dayMs);

    const laterMs = clock.nowMs();
    books.books.addDayClose({ atMs: laterMs - 90 * dayMs, by: 'Ada', report: '{}' });
    await sweep.sweepNow();
    expect(books.books.lastSweep()?.fromMs).toBe(laterMs - 30 * dayMs);
  });

  it('learns the time first where the clock may be years off: an empty period is no empty account', async () => {
    account.add(heldOf(lost), clock.nowMs() - hourMs);
    clock.isKnown = false;
    clock.jumpWall(-5 * 365 * dayMs);
    account.onCall = () => {
      if (clock.isKnown) return;
      clock.jumpWall(5 * 365 * dayMs);
      clock.isKnown = true;
    };

    expect(await sweep.sweepNow()).toMatchObject({ kind: 'complete', found: 1 });
  });

  it('is not complete while no reply tells the time', async () => {
    clock.isKnown = false;

    expect(await sweep.sweepNow()).toEqual({
      kind: 'incomplete',
      why: 'time_unknown',
      isSilence: false,
    });
    expect(books.books.lastSweep()).toBeNull();
  });

  it('concludes nothing from a page it did not get', async () => {
    books.store(aSale(), lives.paid());
    books.drain();
    account.pageSize = 1;
    list(theirs);
    list({ ...theirs, id: paymentIntentId('pi_theirs2') });
    account.faults.push(null, busy);

    expect(await sweep.sweepNow()).toEqual({ kind: 'incomplete', why: 'busy', isSilence: true });

    expect(books.books.lastSweep()).toBeNull();
    expect(books.waiting()).toEqual([]);
  });

  it('touches nobody else’s PaymentIntent, whatever it holds and whichever sale it names', async () => {
    books.store(aSale(), lives.canceled());
    books.drain();
    for (const named of [null, ourSale, otherSale, lostSale]) {
      const id = paymentIntentId(`pi_of_${named ?? 'nobody'}`);
      const kioskId = named === null ? null : 'kiosk_somebodyelse000';
      list(heldOf({ ...theirs, id, saleId: named, kioskId }));
    }
    books.store(aSale(otherSale), [
      { kind: 'confirmed' },
      { kind: 'step_refused', step: 'create', code: 'no', wasRepeated: false },
    ]);
    books.drain();
    list(facts({ status: 'canceled' }));

    await sweep.sweepNow();

    expect(account.calls).toEqual(['payment_intents']);
    expect(books.ledger.waitingWork(10)).toEqual([]);
    expect(books.stored().state).toBe('canceled');
  });

  it('never captures or cancels what it finds: what waits afterwards are reads', async () => {
    books.store(aSale(), lives.paid());
    books.drain();
    list(heldOf(lost));
    list({ ...takenOf(facts()), amountRefunded: 300 });

    await sweep.sweepNow();

    expect(books.ledger.waitingWork(10).map(({ kind }) => kind)).toEqual(['payment_intent.read']);
  });
});

describe('a PaymentIntent of ours that no sale knows', () => {
  it.each([
    ['holds money', heldOf(lost)],
    ['took money', takenOf(lost)],
  ])('and that %s becomes a sale that waits for staff', async (_what, read) => {
    list(read);

    expect(await sweep.sweepNow()).toMatchObject({ kind: 'complete', found: 1 });

    expect(books.stored(lostSale)).toMatchObject({
      state: 'needs_staff',
      staffReason: 'record_lost',
      paymentIntent: { id: 'pi_lost', status: read.status },
    });
    expect(books.ledger.waitingWork(10)).toEqual([]);
  });

  it('is found once, however often the account is swept', async () => {
    list(heldOf(lost));

    await sweep.sweepNow();
    const first = books.stored(lostSale);
    expect(await sweep.sweepNow()).toMatchObject({ found: 0 });

    expect(books.stored(lostSale)).toEqual(first);
  });

  it('and holds nothing stays a sighting', async () => {
    list(lost);

    await sweep.sweepNow();

    expect(books.ledger.findSale(lostSale)).toBeNull();
    expect(sightings()).toEqual(['pi_lost']);
  });

  it('and was released between the list and the read is not made a sale', async () => {
    list(heldOf(lost));
    account.onCall = () => {
      if (account.calls.at(-1) === 'read pi_lost') list({ ...lost, status: 'canceled' });
    };

    await sweep.sweepNow();

    expect(books.ledger.findSale(lostSale)).toBeNull();
  });

  it('and whose sale id somebody wrote over stays a sighting, to be settled on Stripe’s pages', async () => {
    list(heldOf({ ...lost, saleId: 'class of Friday' }));

    await sweep.sweepNow();

    expect(books.ledger.findSaleOfPaymentIntent(lost.id)).toBeNull();
    const pairs = books.books.pairs(0, clock.nowMs() + 1);
    const alone = pairs.filter(({ sale }) => sale === null);
    expect(alone.map((pair) => classify(pair, ourKiosk, clock.nowMs()))).toMatchObject([
      { class: 'unknown', resolved: false, proposal: 'settle_at_stripe' },
    ]);
  });

  it('in a currency that is none of Stripe’s does not stop the sweep', async () => {
    list(heldOf({ ...lost, currency: 'zzz' }));

    expect(await sweep.sweepNow()).toMatchObject({ kind: 'complete', found: 0 });
  });

  it('but bears the id of a sale with another one stays a sighting: no sale may act on two', async () => {
    books.store(aSale(), lives.paid());
    books.drain();
    list(takenOf(facts()));
    list(heldOf({ ...lost, saleId: ourSale }));

    await sweep.sweepNow();

    expect(books.ledger.findSaleOfPaymentIntent(lost.id)).toBeNull();
    expect(books.stored().paymentIntent?.id).toBe('pi_0001');
    expect(books.ledger.waitingWork(10)).toEqual([]);
    expect(sightings()).toContain('pi_lost');
  });
});

describe('a sale', () => {
  it('that gave up without knowing its PaymentIntent is told of it, and ends it', async () => {
    books.store(aSale(), [
      { kind: 'confirmed' },
      { kind: 'step_refused', step: 'create', code: 'no', wasRepeated: false },
    ]);
    books.drain();
    expect(books.stored()).toMatchObject({ state: 'canceled', paymentIntent: null });
    list(facts());

    await sweep.sweepNow();

    expect(books.stored()).toMatchObject({ state: 'canceling', paymentIntent: { id: 'pi_0001' } });
    expect(books.waiting()).toEqual(['payment_intent.cancel']);
  });

  it('whose own create is still on its way is left to it', async () => {
    books.store(aSale(), [{ kind: 'confirmed' }]);
    const before = books.stored();
    list(facts());

    await sweep.sweepNow();

    expect(books.stored()).toEqual(before);
  });

  const changed: readonly (readonly [string, PaymentIntentFacts])[] = [
    ['refunded', { ...takenOf(facts()), amountRefunded: 300 }],
    ['changed in its amount', { ...takenOf(facts()), amount: 3_000 }],
    ['captured for another amount', { ...takenOf(facts()), amountReceived: 1_000 }],
  ];

  it.each(changed)('that somebody %s on Stripe’s pages is read again', async (_what, read) => {
    books.store(aSale(), lives.paid());
    books.drain();
    list(read);

    await sweep.sweepNow();

    expect(books.waiting()).toEqual(['payment_intent.read']);
  });

  it.each([
    ['captured', takenOf(facts())],
    ['cancelled', facts({ status: 'canceled' })],
  ])('whose hold somebody %s between two steps is read again', async (_what, read) => {
    books.store(aSale(), lives.held());
    books.drain();
    list(read);

    await sweep.sweepNow();

    expect(books.waiting()).toEqual(['payment_intent.read']);
    expect(books.stored().state).toBe('authorized');
  });

  it('that a complete sweep did not show is asked about by name', async () => {
    books.store(aSale(), lives.paid());
    books.store(aSale(otherSale), lives.paid(facts({ id: lost.id, saleId: otherSale })));
    books.drain();
    list(takenOf(facts()));

    await sweep.sweepNow();

    expect(books.waiting()).toEqual([]);
    expect(books.waiting(otherSale)).toEqual(['payment_intent.read']);
  });

  it('whose record is damaged does not stop the sweep', async () => {
    books.store(aSale(), lives.paid());
    books.drain();
    books.database.db.exec(`update sales set amount = 1 where id = '${ourSale}'`);
    list(takenOf(facts()));
    list(heldOf(lost));

    expect(await sweep.sweepNow()).toMatchObject({ kind: 'complete', found: 1 });

    expect(mended).toEqual([ourSale]);
  });
});

describe('sweeps', () => {
  /** Moved by the test alone: what is asleep stays so until its moment. */
  beforeEach(() => {
    books.close();
    open(new KnownClock());
  });

  it('run when the kiosk starts, and then once a day', async () => {
    sweep.start();
    await settle();
    expect(account.calls).toHaveLength(1);

    await clock.advance(23 * hourMs);
    expect(account.calls).toHaveLength(1);
    await clock.advance(2 * hourMs);
    expect(account.calls).toHaveLength(2);
  });

  it('run when they are asked for, a storm of asking being one', async () => {
    sweep.start();
    await settle();

    for (let second = 0; second < 90; second += 1) {
      books.books.askForSweep();
      sweep.wake();
      await clock.advance(1_000);
    }

    expect(account.calls).toHaveLength(2);
    await clock.advance(hourMs);
    expect(account.calls).toHaveLength(3);
    expect(books.books.isSweepAsked()).toBe(false);
  });

  it('that are asked for while one is under way run once more: it may have passed the place', async () => {
    account.onCall = () => {
      if (account.calls.length > 1) return;
      books.books.askForSweep();
      sweep.wake();
    };
    sweep.start();
    await settle();

    expect(books.books.isSweepAsked()).toBe(true);
    await clock.advance(2 * minuteMs);
    expect(account.calls).toHaveLength(2);
    expect(books.books.isSweepAsked()).toBe(false);
  });

  it('that fail are tried again, less and less often, and told once', async () => {
    account.faults.push(...Array<typeof unanswered>(5).fill(unanswered));
    sweep.start();
    await settle();
    await clock.advance(10 * minuteMs);

    expect(account.calls.length).toBeGreaterThanOrEqual(4);
    expect(account.calls.length).toBeLessThanOrEqual(6);
    await clock.advance(hourMs);
    expect(sweep.lastOutcome?.kind).toBe('complete');
    expect(books.lines.filter(({ event }) => event === 'sweep.not_done')).toHaveLength(1);
  });

  it('asked for twice at once are one', async () => {
    const [first, second] = await Promise.all([sweep.sweepNow(), sweep.sweepNow()]);

    expect(first).toBe(second);
    expect(account.calls).toHaveLength(1);
  });

  it('whose file can’t be written end without a fault of the kiosk', async () => {
    const full = {
      ...books.books,
      saveSightings: (): void => {
        throw new Error('database or disk is full');
      },
    };
    const faulty = new Sweep({
      ledger: books.ledger,
      books: full,
      payments: account,
      steps: books.steps,
      clock,
      log: books.log,
      kioskId: ourKiosk,
      mend: () => undefined,
    });

    expect(await faulty.sweepNow()).toEqual({ kind: 'incomplete', why: 'fault', isSilence: false });
    await faulty.close();
  });

  it('end with the kiosk, between two pages', async () => {
    account.pageSize = 1;
    list(theirs);
    list({ ...theirs, id: paymentIntentId('pi_theirs2') });
    sweep.start();
    await settle();

    await sweep.close();

    expect(account.calls).toHaveLength(1);
    expect(clock.sleeping).toBe(0);
    expect(books.books.lastSweep()).toBeNull();
  });
});
