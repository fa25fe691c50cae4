import { describe, expect, it } from 'vitest';
import {
  consentId,
  type CustomerId,
  customerId,
  memberKey,
  paymentMethodId,
} from '../../main/domain/ids.ts';
import type { Answer } from '../../main/ports/payments-api.ts';
import type { SaleCards } from '../../main/services/stripe-work.ts';
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
import { aSale, canceledFacts, facts, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { calls, dayMs, openTill } from './one-request-bench.ts';

const tempFolder = tempFolders();

/* A system that knows no idempotency keys, where a card is kept with the sale or one on file pays it. */

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
    const till = openTill(payments, { folder: tempFolder(), cards });

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
    const till = openTill(payments, { folder: tempFolder(), cards });
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
      const till = openTill(payments, { folder: tempFolder(), cards });

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
    const till = openTill(payments, {
      folder: tempFolder(),
      cards: cardsWith(() => found.promise),
    });
    await till.dayAfter({ ...aSale(), keeping });
    till.steps.apply(ourSale, { kind: 'customer_canceled' });

    found.resolve(done(customerId('cus_0001')));
    await till.clock.advance(dayMs);

    expect(till.stored()).toMatchObject({ state: 'canceled', cancelReason: 'customer' });
    expect(payments.sent).toEqual([]);
    await till.close();
  });
});
