import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foundSale } from '../../main/domain/found-sale.ts';
import {
  type PaymentIntentFacts,
  paymentIntentStatuses,
} from '../../main/domain/payment-intent.ts';
import {
  classify,
  reconcileClasses,
  type ReconcilePair,
  type Verdict,
} from '../../main/domain/reconcile.ts';
import {
  type Sale,
  saleStates,
  staffDecisions,
  staffReasons,
  tenders,
} from '../../main/domain/sale.ts';
import { allowedDecisions, isPaidInFull } from '../../main/domain/staff.ts';
import {
  after,
  at,
  canceledFacts,
  captured,
  facts,
  held,
  ourKiosk,
  ourSale,
  read,
  totalAmount,
} from '../support/fakes/sales.ts';

const nowMs = Date.UTC(2026, 10, 20, 18);
const addedAtMs = nowMs - 3_600_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Seen = NonNullable<ReconcilePair['sighting']>;

function seen(changes: Partial<Seen> = {}): Seen {
  return {
    status: 'requires_capture',
    amount: totalAmount,
    currency: 'usd',
    amountCapturable: totalAmount,
    amountReceived: 0,
    amountRefunded: 0,
    captureBeforeMs: null,
    createdAtMs: addedAtMs,
    kioskId: ourKiosk,
    ...changes,
  };
}

const ofSale = (sale: Sale): Verdict =>
  classify({ sale, addedAtMs, sighting: null }, ourKiosk, nowMs);
const alone = (sighting: Seen): Verdict =>
  classify({ sale: null, addedAtMs: null, sighting }, ourKiosk, nowMs);

const cash = { kind: 'tender_recorded', tender: 'cash', by: 'Ada', why: 'at the desk' } as const;
const closed = { kind: 'staff_decided', decision: 'close', by: 'Ada', why: 'refunded' } as const;
const paidAfterCancel = (): Sale => after(at.canceling(), read(captured));
const captureRefused = (): Sale =>
  after(
    at.capturing(),
    { kind: 'step_refused', step: 'capture', code: 'no', wasRepeated: false },
    read(held),
  );

describe('a sale falls into the class its money puts it in', () => {
  const cases: readonly (readonly [string, Sale, Partial<Verdict>])[] = [
    ['paid', at.paid(), { class: 'captured_ordered', resolved: true, proposal: 'none' }],
    [
      'paid, then refunded in part on Stripe’s pages',
      after(at.paid(), read({ ...captured, amountRefunded: 300 })),
      { class: 'amount_mismatch', resolved: false, proposal: 'close' },
    ],
    [
      'paid, then disputed',
      after(at.paid(), read({ ...captured, disputed: true })),
      { class: 'amount_mismatch', resolved: false, proposal: 'close' },
    ],
    [
      'held, the order confirmed',
      at.authorized(),
      { class: 'authorised_ordered', resolved: false },
    ],
    [
      'held, and Stripe refuses the capture',
      captureRefused(),
      { class: 'authorised_ordered', resolved: false, proposal: 'capture' },
    ],
    [
      'held for another amount',
      after(at.authorizing(), read({ ...held, amount: 3_000, amountCapturable: 3_000 })),
      { class: 'amount_mismatch', resolved: false, proposal: 'cancel' },
    ],
    [
      'held, and its record lost',
      foundSale(ourSale, ourKiosk, held),
      { class: 'authorised_no_order', resolved: false, proposal: 'cancel' },
    ],
    [
      'taken, and its record lost',
      foundSale(ourSale, ourKiosk, captured),
      { class: 'charged_order_failed', resolved: false, proposal: 'accept' },
    ],
    [
      'charged after it was cancelled',
      paidAfterCancel(),
      { class: 'charged_order_failed', resolved: false },
    ],
    ['its hold lapsed', at.expired(), { class: 'expired', resolved: false, proposal: 'close' }],
    [
      'its hold lapsed, and staff dealt with it',
      after(at.expired(), closed),
      { class: 'expired', resolved: true, proposal: 'none' },
    ],
    [
      'its hold lapsed, and it was paid in cash',
      after(at.expired(), cash),
      { class: 'paid_elsewhere', resolved: true },
    ],
    [
      'cancelled, then paid in cash',
      after(at.canceled(), cash),
      { class: 'paid_elsewhere', resolved: true },
    ],
    [
      'paid in cash while the card’s hold still stands',
      after(at.authorized(), cash),
      { class: 'paid_elsewhere', resolved: false, proposal: 'wait' },
    ],
    ['cancelled', at.canceled(), { class: 'nothing_taken', resolved: true }],
    ['at review', at.review(), { class: 'nothing_taken', resolved: true }],
    ['at the reader', at.awaitingCard(), { class: 'unknown', resolved: false, proposal: 'wait' }],
    ['being found out', at.findingOut(), { class: 'unknown', resolved: false, proposal: 'wait' }],
    ['being cancelled', at.canceling(), { class: 'unknown', resolved: false, proposal: 'wait' }],
    [
      'Stripe shows it no more',
      at.needsStaff(),
      { class: 'unknown', resolved: false, proposal: 'close' },
    ],
  ];

  it.each(cases)('%s', (_what, sale, expected) => {
    expect(ofSale(sale)).toMatchObject(expected);
  });
});

describe('a PaymentIntent that no sale knows', () => {
  it('is not ours when it bears another name or none, and blocks nothing', () => {
    for (const kioskId of [null, 'kiosk_somebodyelse000']) {
      expect(alone(seen({ kioskId }))).toMatchObject({ class: 'not_ours', resolved: true });
    }
  });

  it('is unknown and blocks while it holds or took money of ours', () => {
    const taken = seen({ status: 'succeeded', amountCapturable: 0, amountReceived: totalAmount });

    for (const sighting of [seen(), taken, { ...taken, amountRefunded: 1 }]) {
      expect(alone(sighting)).toMatchObject({
        class: 'unknown',
        resolved: false,
        proposal: 'settle_at_stripe',
      });
    }
  });

  it('is settled once it is cancelled, or everything was given back', () => {
    const refunded = seen({
      status: 'succeeded',
      amountCapturable: 0,
      amountReceived: totalAmount,
      amountRefunded: totalAmount,
    });
    const released = seen({
      status: 'canceled',
      amountCapturable: 0,
      amountRefunded: totalAmount,
    });

    for (const sighting of [refunded, released]) {
      expect(alone(sighting)).toMatchObject({ class: 'nothing_taken', resolved: true });
    }
  });

  it('without money blocks only as long as a card might still reach it', () => {
    const empty = seen({ status: 'requires_payment_method', amountCapturable: 0 });

    expect(alone({ ...empty, createdAtMs: nowMs - hourMs / 2 }).resolved).toBe(false);
    expect(alone({ ...empty, createdAtMs: nowMs - 2 * hourMs }).resolved).toBe(true);
    expect(alone({ ...empty, status: 'processing', createdAtMs: 0 }).resolved).toBe(false);
  });
});

describe('the deadline', () => {
  it('is when Stripe says the hold lapses', () => {
    const sale = after(at.authorizing(), read({ ...held, captureBeforeMs: nowMs + dayMs }));

    expect(ofSale(sale).deadlineMs).toBe(nowMs + dayMs);
  });

  it('is two days after the sale began where Stripe did not say it: no hold is shorter', () => {
    expect(ofSale(at.authorized()).deadlineMs).toBe(addedAtMs + 2 * dayMs);
  });

  it('is none where nothing is held', () => {
    for (const sale of [at.paid(), at.canceled(), at.expired(), at.findingOut()]) {
      expect(ofSale(sale).deadlineMs).toBeNull();
    }
  });
});

describe('what is at stake', () => {
  it('is what is held, what was received and not given back, or the whole total in doubt', () => {
    expect(ofSale(at.authorized()).amountAtStake).toEqual({ amount: totalAmount, currency: 'usd' });
    expect(
      ofSale(after(at.paid(), read({ ...captured, amountRefunded: 300 }))).amountAtStake.amount,
    ).toBe(totalAmount - 300);
    expect(ofSale(at.findingOut()).amountAtStake.amount).toBe(totalAmount);
    expect(ofSale(at.canceled()).amountAtStake.amount).toBe(0);
  });
});

it('a sale that read nothing yet is judged by what was listed under its name, if that is ours', () => {
  const sale: Sale = { ...at.canceled(), paymentIntent: null };

  expect(classify({ sale, addedAtMs, sighting: seen() }, ourKiosk, nowMs)).toMatchObject({
    class: 'authorised_no_order',
    resolved: false,
  });
  const theirs = seen({ kioskId: 'kiosk_somebodyelse000' });
  expect(classify({ sale, addedAtMs, sighting: theirs }, ourKiosk, nowMs)).toMatchObject({
    class: 'nothing_taken',
    resolved: true,
  });
});

it('a pair of nothing is a fault of ours', () => {
  expect(() => classify({ sale: null, addedAtMs: null, sighting: null }, ourKiosk, nowMs)).toThrow(
    'a pair has a sale or a PaymentIntent',
  );
});

/* Whatever a file could hold, possible or not. */

const someAmount = fc.constantFrom(0, 1, totalAmount, totalAmount, totalAmount + 1);
const someMoney = {
  status: fc.constantFrom(...paymentIntentStatuses),
  amount: fc.constantFrom(totalAmount, totalAmount, totalAmount - 1),
  currency: fc.constantFrom('usd', 'usd', 'eur'),
  amountCapturable: someAmount,
  amountReceived: someAmount,
  amountRefunded: someAmount,
  captureBeforeMs: fc.constantFrom(null, nowMs + hourMs),
};
const someFacts: fc.Arbitrary<PaymentIntentFacts> = fc
  .record({ ...someMoney, disputed: fc.boolean() })
  .map(facts);
const someSale: fc.Arbitrary<Sale> = fc
  .record({
    state: fc.constantFrom(...saleStates),
    completed: fc.boolean(),
    staffReason: fc.constantFrom(null, ...staffReasons),
    tender: fc.constantFrom(null, null, ...tenders),
    staffDecision: fc.constantFrom(null, null, ...staffDecisions),
    paymentIntent: fc.option(someFacts, { nil: null }),
  })
  .map((changes) => ({ ...at.review(), ...changes }));
const someSighting: fc.Arbitrary<Seen> = fc.record({
  ...someMoney,
  createdAtMs: fc.constantFrom(nowMs - 1_000, nowMs - 30 * dayMs),
  kioskId: fc.constantFrom(null, ourKiosk, ourKiosk, 'kiosk_somebodyelse000'),
});
const somePair: fc.Arbitrary<ReconcilePair> = fc.oneof(
  fc.record({
    sale: someSale,
    addedAtMs: fc.constant(addedAtMs),
    sighting: fc.option(someSighting, { nil: null }),
  }),
  fc.record({
    sale: fc.constant(null),
    addedAtMs: fc.constant(null),
    sighting: someSighting,
  }),
);

/** What Stripe shows of ours, as the pair knows it. */
function moneyOf({ sale, sighting }: ReconcilePair): { held: boolean; kept: boolean } {
  const read = sale === null ? sighting : sale.paymentIntent;
  if (read === null) return { held: false, kept: false };
  return {
    held: read.status === 'requires_capture' || read.amountCapturable > 0,
    kept: read.amountReceived > read.amountRefunded,
  };
}

const isOurs = ({ sale, sighting }: ReconcilePair): boolean =>
  sale !== null || sighting?.kioskId === ourKiosk;

describe('for every pair', () => {
  it('there is exactly one class, and asking again gives the same', () => {
    fc.assert(
      fc.property(somePair, (pair) => {
        const verdict = classify(pair, ourKiosk, nowMs);
        expect(reconcileClasses).toContain(verdict.class);
        expect(classify(pair, ourKiosk, nowMs)).toEqual(verdict);
        expect(verdict.amountAtStake.amount).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('what is not ours is said to be so, and nothing of ours ever is', () => {
    fc.assert(
      fc.property(somePair, (pair) => {
        const verdict = classify(pair, ourKiosk, nowMs);
        expect(verdict.class === 'not_ours').toBe(!isOurs(pair));
        if (verdict.class === 'not_ours') expect(verdict.resolved).toBe(true);
      }),
    );
  });

  it('money of ours without a given order is settled only by a person’s word, and a hold not even by that', () => {
    fc.assert(
      fc.property(somePair, (pair) => {
        const { sale } = pair;
        const { held: isHeld, kept } = moneyOf(pair);
        if (!isOurs(pair) || (!isHeld && !kept)) return;
        if (sale?.state === 'paid' && isPaidInFull(sale) && sale.tender === null) return;
        // At review nothing has left the kiosk: there is no PaymentIntent to hold anything.
        fc.pre(sale?.state !== 'open');
        const isAnothers = sale?.state === 'needs_staff' && sale.staffReason === 'not_ours';
        const saidSo =
          sale?.staffDecision === 'close' &&
          (isAnothers || sale.paymentIntent?.status !== 'requires_capture');
        if (!saidSo) expect(classify(pair, ourKiosk, nowMs).resolved).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('what is proposed to staff is what they may decide', () => {
    fc.assert(
      fc.property(somePair, (pair) => {
        const { proposal, resolved } = classify(pair, ourKiosk, nowMs);
        if (resolved) expect(proposal).toBe('none');
        if (proposal === 'none' || proposal === 'wait' || proposal === 'settle_at_stripe') return;
        expect(pair.sale === null ? [] : allowedDecisions(pair.sale)).toContain(proposal);
      }),
    );
  });

  it('a deadline is shown exactly where something of ours is held', () => {
    fc.assert(
      fc.property(somePair, (pair) => {
        const verdict = classify(pair, ourKiosk, nowMs);
        if (verdict.class === 'not_ours') return;
        const known = pair.sale?.paymentIntent ?? (isListedForUs(pair) ? pair.sighting : null);
        expect(verdict.deadlineMs !== null).toBe(known?.status === 'requires_capture');
      }),
    );
  });
});

function isListedForUs({ sighting }: ReconcilePair): boolean {
  return sighting?.kioskId === ourKiosk;
}

it('every class is reached by something that can happen', () => {
  const lives = [
    at.paid(),
    at.authorized(),
    foundSale(ourSale, ourKiosk, held),
    paidAfterCancel(),
    after(at.paid(), read({ ...captured, amountRefunded: 300 })),
    after(at.canceled(), cash),
    at.expired(),
    at.findingOut(),
    at.canceled(),
  ].map((sale) => ofSale(sale).class);

  expect(new Set([...lives, alone(seen({ kioskId: null })).class])).toEqual(
    new Set(reconcileClasses),
  );
  expect(ofSale({ ...at.canceled(), paymentIntent: canceledFacts }).resolved).toBe(true);
});
