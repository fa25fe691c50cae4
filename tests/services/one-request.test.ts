import { describe, expect, it } from 'vitest';
import {
  consentId,
  type CustomerId,
  customerId,
  memberKey,
  paymentMethodId,
} from '../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import type { PlatformStatus } from '../../main/domain/platform-order.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import type { Sale } from '../../main/domain/sale.ts';
import type { Answer, CreateRequest, LookedUp } from '../../main/ports/payments-api.ts';
import { OutboxWorker } from '../../main/services/outbox-worker.ts';
import { ServerTime } from '../../main/services/server-time.ts';
import { type SaleCards, StripeWork } from '../../main/services/stripe-work.ts';
import { openDesk, storeLife } from '../support/fakes/desk.ts';
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
import { keptLog } from '../support/fakes/kept-log.ts';
import { aSale, canceledFacts, facts, ourSale, read } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

/* A system that knows no idempotency keys: whatever is lost, its PaymentIntent is asked for once. */

const cartSale: Sale = {
  ...aSale(),
  settledBy: 'platform',
  platformOrder: { id: 'cart-7', fromBalance: 0, balance: 0, userId: null, partnerId: null },
};

/** A whole day, and what was lost is still not asked for again. */
const dayMs = 24 * 3_600_000;

interface Till {
  readonly folder?: string;
  readonly boot?: string;
  readonly cards?: SaleCards;
}

/** The desk of the other tests with a worker of its own, for a system without keys. */
function openTill(payments: FakePayments, { folder = tempFolder(), boot, cards }: Till = {}) {
  const desk = openDesk(folder, payments, boot);
  const { ledger, clock, steps, clientSecrets, reach } = desk;
  const { log } = keptLog();
  const work = new StripeWork({
    ledger,
    clock: new ServerTime(clock),
    payments,
    steps,
    clientSecrets,
    reach,
    orderHash: () => 'hash',
    cards: cards ?? null,
    abilities: { idempotency: 'none' },
    onSettled: () => undefined,
  });
  const worker = new OutboxWorker({
    ledger,
    clock,
    log,
    carryOut: (row, signal) => work.carryOut(row, signal),
    onFileFault: () => undefined,
    onDamaged: () => undefined,
  });
  return {
    ...desk,
    folder,
    worker,
    /** Lives through the events, then lets the worker work for a day. */
    dayAfter: async (sale: Sale, ...events: SaleEvent[]): Promise<Sale> => {
      storeLife(ledger, sale, [{ kind: 'confirmed' }, ...events]);
      worker.start();
      await clock.advance(dayMs);
      return desk.stored();
    },
    close: async (): Promise<void> => {
      await worker.close();
      await desk.close();
    },
  };
}

function calls({ sent }: FakePayments, call = 'create'): number {
  return sent.filter((one) => one.call === call).length;
}

function says(status: PlatformStatus): Answer<LookedUp> {
  return done({ platform: { status, orderId: null, error: null } });
}

describe('the one request for a PaymentIntent', () => {
  it('goes out with the platform’s order and the amount that the account leaves', async () => {
    const requests: CreateRequest[] = [];
    const payments = new FakePayments();
    payments.create = (request) => {
      requests.push(request);
      return Promise.resolve(live(facts({ amount: 2_300 })));
    };
    const till = openTill(payments);
    const platformOrder = {
      ...cartSale.platformOrder,
      id: 'cart-7',
      fromBalance: 500,
      balance: 500,
    };
    const sale = {
      ...cartSale,
      platformOrder: { userId: null, partnerId: null, ...platformOrder },
    };

    expect((await till.dayAfter(sale)).state).toBe('presenting');

    expect(requests).toMatchObject([
      { total: { amount: 2_300, currency: 'usd' }, saleId: ourSale, order: { id: 'cart-7' } },
    ]);
    await till.close();
  });

  it('needs no other call before it: no clock of the system is asked for', async () => {
    const payments = new FakePayments({ create: [live()] });
    const till = openTill(payments);

    await till.dayAfter(cartSale);

    expect(payments.sent.map(({ call }) => call)).toEqual(['create']);
    await till.close();
  });

  it.each([
    ['no answer', unanswered],
    ['an answer that is broken', { kind: 'unanswered', code: 'not_json' } as const],
    ['a server’s error', uncertain],
  ])('is not repeated after %s: the order is looked at, and the sale ends', async (_, answer) => {
    const payments = new FakePayments({
      create: [answer, live(), live()],
      lookUp: [says('open')],
    });
    const till = openTill(payments);

    const sale = await till.dayAfter(cartSale);

    expect(sale).toMatchObject({ state: 'canceled', cancelReason: 'stripe_unavailable' });
    expect(payments.sent.map(({ call }) => call)).toEqual(['create', 'lookUp']);
    await till.close();
  });

  it('is not repeated while the look itself is not answered either', async () => {
    const payments = new FakePayments({
      create: [unanswered, live()],
      lookUp: [unanswered, uncertain, busy, denied, says('open')],
    });
    const till = openTill(payments);

    expect((await till.dayAfter(cartSale)).state).toBe('canceled');

    expect(calls(payments)).toBe(1);
    expect(calls(payments, 'lookUp')).toBe(5);
    await till.close();
  });

  it('whose answer was lost is for staff when the order is found paid', async () => {
    const payments = new FakePayments({ create: [uncertain], lookUp: [says('submitted')] });
    const till = openTill(payments);

    const sale = await till.dayAfter(cartSale);

    expect(sale).toMatchObject({ state: 'needs_staff', staffReason: 'order_paid_otherwise' });
    await till.close();
  });

  it('whose answer was lost is taken up and ended where the look finds what was made', async () => {
    const payments = new FakePayments({
      create: [unanswered, live()],
      lookUp: [done(facts())],
      cancel: [done(null)],
      read: [live(canceledFacts)],
    });
    const till = openTill(payments);

    const sale = await till.dayAfter(aSale());

    expect(sale).toMatchObject({ state: 'canceled', paymentIntent: { status: 'canceled' } });
    expect(calls(payments)).toBe(1);
    await till.close();
  });

  it.each([
    ['busy', busy],
    ['denied', denied],
    ['refused', refused('unprocessable')],
  ])('that is answered “%s” was not carried out: the sale is over at once', async (_, answer) => {
    const payments = new FakePayments({ create: [answer, live()] });
    const till = openTill(payments);

    const sale = await till.dayAfter(cartSale);

    expect(sale).toMatchObject({ state: 'canceled', cancelReason: 'stripe_refused' });
    expect(payments.sent.map(({ call }) => call)).toEqual(['create']);
    await till.close();
  });
});

describe('a kiosk that died', () => {
  it('with the request on its way does not send it again', async () => {
    const folder = tempFolder();
    const first = openTill(new FakePayments(), { folder });
    storeLife(first.ledger, cartSale, [{ kind: 'confirmed' }]);
    first.worker.start();
    await first.clock.advance(1_000);
    // Given up with the process: what came of it is not known.
    await first.close();

    const payments = new FakePayments({ create: [live()], lookUp: [says('open')] });
    const second = openTill(payments, { folder, boot: 'boot_0000000002' });
    second.steps.apply(ourSale, { kind: 'restarted' });
    second.worker.start();
    await second.clock.advance(dayMs);

    expect(second.stored().state).toBe('canceled');
    expect(calls(payments)).toBe(0);
    await second.close();
  });

  it('does not believe that a row of a former run never left, also while the sale goes on', async () => {
    const folder = tempFolder();
    const first = openTill(new FakePayments(), { folder });
    storeLife(first.ledger, cartSale, [{ kind: 'confirmed' }]);
    await first.close();

    const payments = new FakePayments({ create: [live()], lookUp: [says('open')] });
    const second = openTill(payments, { folder, boot: 'boot_0000000002' });
    second.worker.start();
    await second.clock.advance(dayMs);

    expect(payments.sent.map(({ call }) => call)).toEqual(['lookUp']);
    await second.close();
  });
});

describe('a disk that was full when the answer came', () => {
  it('does not lead to a second request', async () => {
    const payments = new FakePayments({ create: [live(), live()], lookUp: [says('open')] });
    const till = openTill(payments);
    storeLife(till.ledger, cartSale, [{ kind: 'confirmed' }]);
    const { db } = till.database;
    db.exec(
      "create trigger full before insert on sale_events begin select raise(abort, 'full'); end",
    );
    till.worker.start();
    await till.clock.advance(10_000);
    db.exec('drop trigger full');
    await till.clock.advance(dayMs);

    expect(till.stored().state).toBe('canceled');
    expect(calls(payments)).toBe(1);
    await till.close();
  });
});

describe('a customer who leaves', () => {
  it('before the request has left keeps it from leaving, and the order stays payable', async () => {
    const payments = new FakePayments({ create: [live()] });
    const till = openTill(payments);

    const sale = await till.dayAfter(cartSale, { kind: 'customer_canceled' });

    expect(sale).toMatchObject({ state: 'canceled', cancelReason: 'customer' });
    expect(payments.sent).toEqual([]);
    await till.close();
  });

  it('while it is on its way ends what it made', async () => {
    const answer =
      Promise.withResolvers<Answer<{ paymentIntent: PaymentIntentFacts; clientSecret: string }>>();
    const payments = new FakePayments({ cancel: [done(null)], read: [live(canceledFacts)] });
    let creates = 0;
    payments.create = () => {
      creates += 1;
      return answer.promise;
    };
    const till = openTill(payments);
    await till.dayAfter(aSale());
    till.steps.apply(ourSale, { kind: 'customer_canceled' });

    answer.resolve(done({ paymentIntent: facts(), clientSecret: 'pi_0001_secret_x' }));
    await till.clock.advance(dayMs);

    expect(till.stored()).toMatchObject({ state: 'canceled', cancelReason: 'customer' });
    expect(creates).toBe(1);
    await till.close();
  });
});

const storedCard = {
  paymentMethodId: paymentMethodId('pm_0001'),
  customerId: customerId('cus_0001'),
  memberKey: memberKey(`member_${'0a'.repeat(16)}`),
  brand: 'visa',
  last4: '4242',
  mayWaitUntilMs: 4_000_000_000_000,
};

const keeping = {
  memberKey: storedCard.memberKey,
  consentId: consentId('consent_0mi1kqbas00consent001'),
};

function cardsWith(customerOf: SaleCards['customerOf']): SaleCards {
  return { customerOf, customerGone: () => undefined, mayCharge: () => true };
}

describe('a card on file', () => {
  const cards = cardsWith(() => Promise.resolve(done(customerId('cus_0001'))));

  it('that may wait for the network is not asked for twice, however often nothing was found', async () => {
    const payments = new FakePayments({
      create: Array.from({ length: 20 }, () => unanswered),
      lookUp: Array.from({ length: 20 }, () => done(null)),
    });
    const till = openTill(payments, { cards });

    const sale = await till.dayAfter({ ...aSale(), storedCard });

    expect(sale.state).toBe('canceled');
    expect(calls(payments)).toBe(1);
    await till.close();
  });

  it('that was declined makes no second request for the card at the reader', async () => {
    const declined = facts({ lastPaymentError: { code: 'card_declined', declineCode: null } });
    const payments = new FakePayments({
      create: [live(), live()],
      confirm: [refused('card_declined')],
      read: [live(declined), live(canceledFacts)],
      cancel: [done(null)],
      lookUp: [done(canceledFacts)],
    });
    const till = openTill(payments, { cards });
    const sale = { ...aSale(), storedCard: { ...storedCard, mayWaitUntilMs: null } };
    expect((await till.dayAfter(sale)).state).toBe('presenting');

    till.steps.apply(ourSale, { kind: 'another_card_asked' });
    await till.clock.advance(dayMs);

    expect(till.stored().state).toBe('canceled');
    expect(calls(payments)).toBe(1);
    await till.close();
  });
});

describe('a member whose account is not found at that moment', () => {
  it.each([unanswered, uncertain, busy, denied, refused('resource_missing')])(
    'ends the sale before anything is asked for (%o)',
    async (answer) => {
      const payments = new FakePayments({ create: [live()] });
      let asked = 0;
      const cards = cardsWith(() => {
        asked += 1;
        return Promise.resolve(answer);
      });
      const till = openTill(payments, { cards });

      const sale = await till.dayAfter({ ...aSale(), keeping });

      expect(sale).toMatchObject({ state: 'canceled', cancelReason: 'stripe_refused' });
      expect(asked).toBe(1);
      expect(payments.sent).toEqual([]);
      await till.close();
    },
  );

  it('keeps the request back when the customer left meanwhile', async () => {
    const payments = new FakePayments({ create: [live()] });
    const found = Promise.withResolvers<Answer<CustomerId>>();
    const till = openTill(payments, { cards: cardsWith(() => found.promise) });
    await till.dayAfter({ ...aSale(), keeping });
    till.steps.apply(ourSale, { kind: 'customer_canceled' });

    found.resolve(done(customerId('cus_0001')));
    await till.clock.advance(dayMs);

    expect(till.stored()).toMatchObject({ state: 'canceled', cancelReason: 'customer' });
    expect(payments.sent).toEqual([]);
    await till.close();
  });
});

it('leaves reads as they are: they are repeated until they are answered', async () => {
  const payments = new FakePayments({
    create: [live()],
    read: [unanswered, uncertain, busy, live()],
  });
  const till = openTill(payments);
  const platform = { status: 'open', orderId: null, error: null } as const;
  await till.dayAfter(
    cartSale,
    { kind: 'payment_intent_created', paymentIntent: facts({ platform }) },
    read(facts({ platform })),
    { kind: 'customer_canceled' },
  );

  expect(calls(payments, 'read')).toBe(4);
  expect(till.stored().state).toBe('canceled');
  await till.close();
});
