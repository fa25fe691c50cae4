import { describe, expect, it } from 'vitest';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import type { Answer, CreateRequest } from '../../main/ports/payments-api.ts';
import { storeLife } from '../support/fakes/desk.ts';
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
import { aSale, canceledFacts, facts, ourSale, read } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { calls, cartSale, dayMs, openTill, says } from './one-request-bench.ts';

const tempFolder = tempFolders();

/* A system that knows no idempotency keys: whatever is lost, its PaymentIntent is asked for once. */

describe('the one request for a PaymentIntent', () => {
  it('goes out with the platform’s order and the amount that the account leaves', async () => {
    const requests: CreateRequest[] = [];
    const payments = new FakePayments();
    payments.create = (request) => {
      requests.push(request);
      return Promise.resolve(live(facts({ amount: 2_300 })));
    };
    const till = openTill(payments, { folder: tempFolder() });
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
    const till = openTill(payments, { folder: tempFolder() });

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
    const till = openTill(payments, { folder: tempFolder() });

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
    const till = openTill(payments, { folder: tempFolder() });

    expect((await till.dayAfter(cartSale)).state).toBe('canceled');

    expect(calls(payments)).toBe(1);
    expect(calls(payments, 'lookUp')).toBe(5);
    await till.close();
  });

  it('whose answer was lost is for staff when the order is found paid', async () => {
    const payments = new FakePayments({ create: [uncertain], lookUp: [says('submitted')] });
    const till = openTill(payments, { folder: tempFolder() });

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
    const till = openTill(payments, { folder: tempFolder() });

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
    const till = openTill(payments, { folder: tempFolder() });

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
    const till = openTill(payments, { folder: tempFolder() });
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
    const till = openTill(payments, { folder: tempFolder() });

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
    const till = openTill(payments, { folder: tempFolder() });
    await till.dayAfter(aSale());
    till.steps.apply(ourSale, { kind: 'customer_canceled' });

    answer.resolve(done({ paymentIntent: facts(), clientSecret: 'pi_0001_secret_x' }));
    await till.clock.advance(dayMs);

    expect(till.stored()).toMatchObject({ state: 'canceled', cancelReason: 'customer' });
    expect(creates).toBe(1);
    await till.close();
  });
});

it('leaves reads as they are: they are repeated until they are answered', async () => {
  const payments = new FakePayments({
    create: [live()],
    read: [unanswered, uncertain, busy, live()],
  });
  const till = openTill(payments, { folder: tempFolder() });
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
