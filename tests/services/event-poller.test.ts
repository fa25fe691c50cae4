import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paymentIntentId, readerId } from '../../main/domain/ids.ts';
import { ClientSecrets } from '../../main/services/client-secrets.ts';
import { EventPoller } from '../../main/services/event-poller.ts';
import { chanceOf, pollDelayMs } from '../../main/services/poll-delay.ts';
import { SaleSteps } from '../../main/services/sale-steps.ts';
import { busy, denied, unanswered } from '../support/fakes/fake-payments.ts';
import { aSale, facts, otherSale, ourKiosk, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { settle } from '../support/fakes/virtual-clock.ts';
import {
  anEvent,
  dayMs,
  hourMs,
  KnownClock,
  ListedAccount,
  lives,
  minuteMs,
  openBooks,
} from './reconciler-bench.ts';

const tempFolder = tempFolders();
const otherIntent = paymentIntentId('pi_other');

let clock: KnownClock;
let account: ListedAccount;
let books: ReturnType<typeof openBooks>;
let poller: EventPoller;
let isBusy: boolean;
let sweepsAsked: number;

function aPoller(changes: Partial<ConstructorParameters<typeof EventPoller>[0]> = {}): EventPoller {
  return new EventPoller({
    ledger: books.ledger,
    books: books.books,
    payments: account,
    steps: books.steps,
    clock,
    log: books.log,
    kioskId: ourKiosk,
    mend: () => undefined,
    isBusy: () => isBusy,
    onSweepAsked: () => {
      sweepsAsked += 1;
    },
    ...changes,
  });
}

/** The kiosk with one paid sale; nothing waits in its outbox. */
beforeEach(() => {
  clock = new KnownClock();
  account = new ListedAccount();
  books = openBooks(tempFolder(), clock);
  books.store(aSale(), lives.paid());
  books.drain();
  isBusy = false;
  sweepsAsked = 0;
  poller = aPoller();
});

afterEach(async () => {
  await poller.close();
  books.close();
});

async function round(): Promise<void> {
  poller.start();
  await settle();
}

async function nextRound(): Promise<void> {
  await clock.advance(30_000);
}

const lookedAt = (id = ourSale): number =>
  books.waiting(id).filter((kind) => kind === 'payment_intent.read').length;

describe('an event', () => {
  it('of a sale’s PaymentIntent has it read again, whatever the event says', async () => {
    account.events.push(anEvent(clock.nowMs(), { type: 'charge.refunded' }));
    const before = books.stored();

    await round();

    expect(lookedAt()).toBe(1);
    expect(books.stored()).toEqual(before);
  });

  it('is dealt with once, however often it is listed', async () => {
    account.events.push(anEvent(clock.nowMs()));
    await round();
    books.drain();

    await nextRound();
    await nextRound();

    expect(account.calls.length).toBeGreaterThanOrEqual(3);
    expect(lookedAt()).toBe(0);
  });

  it('of a reader wakes who leads it, once a round, and asks for no look at the sale on it', async () => {
    const woken: string[] = [];
    poller = aPoller({ onReaderEvent: (id) => woken.push(id) });
    const type = 'terminal.reader.action_succeeded';
    const front = { type, readerId: readerId('tmr_front') };
    account.events.push(
      anEvent(clock.nowMs() - 3_000, front),
      anEvent(clock.nowMs() - 2_000, front),
      anEvent(clock.nowMs() - 1_000, { type, readerId: readerId('tmr_other'), kioskId: null }),
    );
    const before = books.stored();

    await round();
    await nextRound();

    expect(woken).toEqual(['tmr_front', 'tmr_other']);
    expect(lookedAt()).toBe(0);
    expect(books.stored()).toEqual(before);
    expect(books.books.eventCursor()?.id).toBe(account.events[2]?.id);
  });

  it('of a reader that names a PaymentIntent no sale knows asks for no sweep, whosever it says it is', async () => {
    account.events.push(
      anEvent(clock.nowMs(), { readerId: readerId('tmr_front'), paymentIntentId: otherIntent }),
    );

    await round();

    expect(books.books.isSweepAsked()).toBe(false);
    expect(books.books.isEventSeen(account.events[0]!.id)).toBe(true);
  });

  it('of a reader hides no event of the sale that came with it', async () => {
    account.events.push(
      anEvent(clock.nowMs() - 2_000, { readerId: readerId('tmr_front') }),
      anEvent(clock.nowMs() - 1_000),
    );

    await round();

    expect(lookedAt()).toBe(1);
  });

  it('that comes late, behind the cursor, is dealt with all the same', async () => {
    account.events.push(anEvent(clock.nowMs(), { paymentIntentId: null }));
    await round();

    account.events.push(anEvent(clock.nowMs() - 9 * minuteMs));
    await nextRound();

    expect(lookedAt()).toBe(1);
    expect(books.books.eventCursor()?.createdAtMs).toBe(account.events[0]?.createdAtMs);
  });

  it('of this kiosk that no sale knows asks for a sweep', async () => {
    account.events.push(anEvent(clock.nowMs(), { paymentIntentId: otherIntent }));

    await round();

    expect(books.books.isSweepAsked()).toBe(true);
    expect(sweepsAsked).toBe(1);
  });

  it('of another kiosk or of nobody does nothing, and the cursor passes over it', async () => {
    const theirs = { paymentIntentId: otherIntent, kioskId: 'kiosk_somebodyelse000' };
    account.events.push(anEvent(clock.nowMs() - 2_000, theirs));
    const last = anEvent(clock.nowMs() - 1_000, { paymentIntentId: null, kioskId: null });
    account.events.push(last);

    await round();

    expect(books.books.isSweepAsked()).toBe(false);
    expect(books.ledger.waitingWork(10)).toEqual([]);
    expect(books.books.eventCursor()?.id).toBe(last.id);
  });

  it('is one of many of its sale: one round asks once', async () => {
    for (let second = 5; second > 0; second -= 1) {
      account.events.push(anEvent(clock.nowMs() - second * 1_000));
    }

    await round();

    expect(books.lines.filter(({ event }) => event === 'sale.stepped')).toHaveLength(
      lives.paid().length + 1,
    );
    expect(account.events.every(({ id }) => books.books.isEventSeen(id))).toBe(true);
  });
});

describe('the stream', () => {
  it('is dealt with oldest first, over all its pages', async () => {
    account.pageSize = 2;
    books.store(aSale(otherSale), lives.created(facts({ id: otherIntent, saleId: otherSale })));
    books.drain();
    for (let second = 9; second > 1; second -= 1) {
      account.events.push(anEvent(clock.nowMs() - second * 1_000, { paymentIntentId: null }));
    }
    account.events.push(anEvent(clock.nowMs() - 1_000));
    account.events.push(anEvent(clock.nowMs() - 10_000, { paymentIntentId: otherIntent }));
    const steps = (): (string | undefined)[] =>
      books.lines
        .filter(({ fields }) => fields.why === 'look_asked')
        .map(({ fields }) => fields.sale);

    await round();

    expect(account.calls).toHaveLength(5);
    expect(steps()).toEqual([otherSale, ourSale]);
  });

  it('begins ten minutes ago where there is no cursor', async () => {
    account.events.push(anEvent(clock.nowMs() - 11 * minuteMs));

    await round();

    expect(lookedAt()).toBe(0);
    account.events.push(anEvent(clock.nowMs() - 9 * minuteMs));
    await nextRound();
    expect(lookedAt()).toBe(1);
  });

  it.each([-5 * 365, 5 * 365])(
    'begins by Stripe’s time where the clock is off by %i days',
    async (days) => {
      account.events.push(anEvent(clock.nowMs() - 9 * minuteMs));
      clock.isKnown = false;
      clock.jumpWall(days * dayMs);
      account.onCall = () => {
        if (clock.isKnown) return;
        clock.jumpWall(-days * dayMs);
        clock.isKnown = true;
      };

      await round();

      expect(lookedAt()).toBe(1);
    },
  );

  it('goes on where it was left, however long ago within what Stripe keeps', async () => {
    account.events.push(anEvent(clock.nowMs(), { paymentIntentId: null }));
    await round();
    await poller.close();

    await clock.advance(29 * dayMs);
    account.events.push(anEvent(clock.nowMs() - 20 * dayMs));
    poller = aPoller();
    await round();

    expect(lookedAt()).toBe(1);
    expect(books.books.isSweepAsked()).toBe(false);
  });

  it('that is listed in part only is not believed: nothing is skipped', async () => {
    account.pageSize = 1;
    account.events.push(anEvent(clock.nowMs() - 2_000), anEvent(clock.nowMs() - 1_000));
    account.faults.push(null, busy);

    await round();

    expect(books.books.eventCursor()).toBeNull();
    await clock.advance(5 * minuteMs);
    expect(lookedAt()).toBe(1);
    expect(books.books.eventCursor()?.id).toBe(account.events[1]?.id);
  });
});

describe('a stream that can’t tell what happened', () => {
  /** One sale is at the reader. */
  function oneUnderWay(): void {
    books.store(aSale(otherSale), lives.created(facts({ id: otherIntent, saleId: otherSale })));
    books.drain();
  }

  it('because the cursor is older than events are kept, has every open sale read, and a sweep', async () => {
    oneUnderWay();
    const atMs = clock.nowMs() - 31 * dayMs;
    books.books.saveEvents({ id: 'evt_old', createdAtMs: atMs }, [], 0);
    const fresh = anEvent(clock.nowMs() - 1_000);
    account.events.push(fresh);

    await round();

    expect(lookedAt(otherSale)).toBe(1);
    expect(lookedAt()).toBe(1);
    expect(books.books.isSweepAsked()).toBe(true);
    expect(books.books.eventCursor()?.id).toBe(fresh.id);
  });

  it('because it jumped back, or is of another account, does so too, and is followed from there', async () => {
    oneUnderWay();
    books.books.saveEvents({ id: 'evt_gone', createdAtMs: clock.nowMs() - minuteMs }, [], 0);
    const older = anEvent(clock.nowMs() - 5 * minuteMs, { paymentIntentId: null });
    account.events.push(older);

    await round();

    expect(lookedAt(otherSale)).toBe(1);
    expect(sweepsAsked).toBe(1);
    expect(books.books.eventCursor()?.id).toBe(older.id);
    account.events.push(anEvent(clock.nowMs()));
    await nextRound();
    expect(lookedAt()).toBe(1);
    expect(sweepsAsked).toBe(1);
  });

  it('because it is empty, does so once, and follows what comes', async () => {
    books.books.saveEvents({ id: 'evt_gone', createdAtMs: clock.nowMs() + hourMs }, [], 0);

    await round();
    await nextRound();
    await nextRound();

    expect(sweepsAsked).toBe(1);
    account.events.push(anEvent(clock.nowMs()));
    await nextRound();
    expect(lookedAt()).toBe(1);
    expect(books.books.eventCursor()?.id).toBe(account.events[0]?.id);
  });

  it('because it is too long to walk, is not walked for ever', async () => {
    oneUnderWay();
    account.pageSize = 1;
    for (let second = 80; second > 0; second -= 1) {
      account.events.push(anEvent(clock.nowMs() - second * 1_000, { paymentIntentId: null }));
    }

    await round();
    await settle();
    await settle();
    await settle();

    expect(account.calls.length).toBeLessThanOrEqual(50);
    expect(lookedAt(otherSale)).toBe(1);
    expect(books.books.eventCursor()?.id).toBe(account.events.at(-1)?.id);
  });
});

describe('the cursor and what its event asked for', () => {
  it('are stored together or not at all', async () => {
    account.events.push(anEvent(clock.nowMs()));
    const faulty = {
      ...books.books,
      saveEvents: () => {
        throw new Error('database or disk is full');
      },
    };
    poller = aPoller({ books: faulty });

    await round();

    expect(lookedAt()).toBe(0);
    expect(books.books.eventCursor()).toBeNull();
    expect(poller.state).toBe('away');
  });

  it('come again whole when the kiosk dies between them', async () => {
    account.events.push(anEvent(clock.nowMs()));
    let isDead = true;
    const dying = {
      ...books.ledger,
      enqueue: (...args: Parameters<typeof books.ledger.enqueue>): void => {
        if (isDead) throw new Error('killed');
        books.ledger.enqueue(...args);
      },
    };
    const steps = new SaleSteps({
      ledger: dying,
      clock,
      log: books.log,
      driver: { command: () => undefined },
      clientSecrets: new ClientSecrets(),
      onStep: () => undefined,
    });
    poller = aPoller({ steps });
    await round();
    expect(books.books.eventCursor()).toBeNull();
    expect(books.books.isEventSeen(account.events[0]?.id ?? '')).toBe(false);

    isDead = false;
    await clock.advance(5 * minuteMs);

    expect(lookedAt()).toBe(1);
    expect(books.books.eventCursor()?.id).toBe(account.events[0]?.id);
  });

  it('of a sale whose record is damaged have it mended and swept, and the stream goes on', async () => {
    books.database.db.exec(`update sales set amount = 1 where id = '${ourSale}'`);
    const mended: string[] = [];
    poller = aPoller({ mend: (id) => void mended.push(id) });
    account.events.push(anEvent(clock.nowMs() - 1_000));
    account.events.push(anEvent(clock.nowMs(), { paymentIntentId: null }));

    await round();

    expect(mended).toEqual([ourSale]);
    expect(books.books.isSweepAsked()).toBe(true);
    expect(books.books.eventCursor()?.id).toBe(account.events[1]?.id);
  });
});

describe('the pace', () => {
  it('is a round every two seconds while a sale is under way, and every thirty while none is', async () => {
    isBusy = true;
    await round();
    await clock.advance(20_000);
    const busyRounds = account.calls.length;
    expect(busyRounds).toBeGreaterThanOrEqual(10);
    expect(busyRounds).toBeLessThanOrEqual(16);

    isBusy = false;
    await clock.advance(5 * minuteMs);

    expect(account.calls.length - busyRounds).toBeGreaterThanOrEqual(9);
    expect(account.calls.length - busyRounds).toBeLessThanOrEqual(16);
  });

  it('quickens when a sale begins, without waiting for the idle round', async () => {
    await round();
    await clock.advance(3_000);
    expect(account.calls).toHaveLength(1);

    isBusy = true;
    poller.wake();
    await settle();

    expect(account.calls).toHaveLength(2);
  });

  it.each([
    ['a limit', busy],
    ['silence', unanswered],
    ['a key that may not list events', denied],
  ])(
    'slows down after %s to one round in five minutes, tells it once, and recovers',
    async (_, fault) => {
      account.faults.push(...Array<typeof fault>(10).fill(fault));
      await round();
      expect(poller.state).toBe('away');
      expect(poller.lastSuccessAtMs).toBeNull();

      await clock.advance(20 * minuteMs);
      const before = account.calls.length;
      expect(before).toBeLessThanOrEqual(10);
      await clock.advance(30 * minuteMs);

      expect(poller.state).toBe('following');
      expect(clock.nowMs() - (poller.lastSuccessAtMs ?? 0)).toBeLessThanOrEqual(30_000);
      expect(books.lines.filter(({ event }) => event === 'events.not_listed')).toHaveLength(1);
    },
  );

  it('differs from kiosk to kiosk and is the same in a replayed run', () => {
    const chances = [1, 2, 3, 4, 5].map((one) => chanceOf(ourKiosk, one));

    expect(chances).toEqual([1, 2, 3, 4, 5].map((one) => chanceOf(ourKiosk, one)));
    expect(chances).not.toEqual([1, 2, 3, 4, 5].map((one) => chanceOf('kiosk_other00000', one)));
    expect(new Set(chances).size).toBeGreaterThan(1);
    for (const chance of chances) {
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThan(1);
    }
  });

  it('is never longer than five minutes nor shorter than two thirds of its measure', () => {
    for (const isBusyNow of [true, false]) {
      for (let failures = 0; failures < 40; failures += 1) {
        const delay = pollDelayMs({ isBusy: isBusyNow, failures, chance: 0.999 });
        expect(delay).toBeLessThanOrEqual(5 * minuteMs);
        expect(delay).toBeGreaterThanOrEqual(isBusyNow ? 1_300 : 20_000);
      }
    }
  });

  it('ends with the kiosk, in the middle of a nap or of a call', async () => {
    await round();
    await poller.close();

    await clock.advance(hourMs);

    expect(account.calls).toHaveLength(1);
    expect(clock.sleeping).toBe(0);
  });
});
