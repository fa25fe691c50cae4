import { afterEach, describe, expect, it } from 'vitest';
import { cardsHandlers } from '../../../main/ipc/cards-handlers.ts';
import type { PlatformOrder } from '../../../main/domain/platform-order.ts';
import type { CardAbilities } from '../../../main/ports/abilities.ts';
import { readTerms } from '../../../main/services/cards/setup-terms.ts';
import { newMember } from '../../../main/services/cards/new-member.ts';
import { aSale, ourSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type CardBench, mia, openCardBench, sha256 } from './card-bench.ts';
import { FakeCards } from './fake-cards.ts';
import { FakePaymentStore, FakeSetupStore, keepsAlone, keepsOfPayments } from './fake-store.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

function handlersOf(bench: CardBench) {
  opened.push(bench);
  bench.addMia();
  return cardsHandlers({
    desk: bench.desk,
    clock: bench.time,
    saleOnScreen: bench.onScreen,
    signal: new AbortController().signal,
  });
}

const notNow = { ok: false, error: { code: 'not_now' } };
const nothing: CardAbilities = {
  keepWithSale: false,
  keepAlone: false,
  charge: false,
  remove: false,
  postalCode: false,
};

describe('what of cards a kiosk offers', () => {
  it('is everything but a postal code with direct Stripe', () => {
    const bench = openCardBench(tempFolder(), new FakeCards());
    opened.push(bench);

    expect(bench.desk.features).toEqual({
      keep: true,
      keepWithSale: true,
      keepAlone: true,
      pay: true,
      remove: true,
      postalCode: false,
      orderCode: false,
    });
  });

  it('is to keep the card of a sale and to remove it where the system keeps cards of payments', () => {
    const stripe = new FakeCards();
    const store = new FakePaymentStore(stripe);
    const bench = openCardBench(tempFolder(), stripe, { store, abilities: keepsOfPayments });
    opened.push(bench);

    expect(bench.desk.features).toEqual({
      keep: true,
      keepWithSale: true,
      keepAlone: false,
      pay: false,
      remove: true,
      postalCode: false,
      orderCode: false,
    });
  });

  it('is to keep a card alone, with its postal code and an order’s code, where the system keeps those', () => {
    const store = { fromPayment: null, setups: new FakeSetupStore() };
    const bench = openCardBench(tempFolder(), null, { store, abilities: keepsAlone });
    opened.push(bench);

    expect(bench.desk.features).toEqual({
      keep: true,
      keepWithSale: false,
      keepAlone: true,
      pay: false,
      remove: false,
      postalCode: true,
      orderCode: true,
    });
  });

  it('is nothing where the system keeps no cards, and nothing without a port for what it declares', () => {
    const none = openCardBench(tempFolder(), null, { abilities: nothing });
    const declared = openCardBench(tempFolder(), null);
    opened.push(none, declared);

    for (const { desk } of [none, declared]) {
      expect(Object.values(desk.features)).not.toContain(true);
    }
  });
});

describe('what is not offered', () => {
  it('is refused all the same: identifying, agreeing and removing, where there are no cards', async () => {
    const bench = openCardBench(tempFolder(), null, { abilities: nothing });
    const handlers = handlersOf(bench);
    const { hash: wordingHash } = bench.desk.consents.offer();

    expect(
      await handlers['member:identify']({ memberId: '1001', phoneLastFour: '0001' }),
    ).toMatchObject(notNow);
    expect(handlers['card:offer']({})).toMatchObject(notNow);
    expect(handlers['card:save']({ saleId: null, wordingHash, copyByEmail: false })).toMatchObject(
      notNow,
    );
    expect(handlers['card:remove']({ cardId: 'pm_visa' })).toMatchObject(notNow);
  });

  it('is refused: a card alone, where cards are kept of sales', async () => {
    const stripe = new FakeCards();
    const store = new FakePaymentStore(stripe);
    const bench = openCardBench(tempFolder(), stripe, { store, abilities: keepsOfPayments });
    const handlers = handlersOf(bench);
    await handlers['member:identify']({ memberId: '1001', phoneLastFour: '0001' });
    const { hash: wordingHash } = bench.desk.consents.offer();

    expect(handlers['card:save']({ saleId: null, wordingHash, copyByEmail: false })).toMatchObject(
      notNow,
    );
    expect(bench.book.consentsOf(bench.member.key)).toEqual([]);
  });

  it('is refused: the card of a sale, where cards are kept alone', async () => {
    const store = { fromPayment: null, setups: new FakeSetupStore() };
    const bench = openCardBench(tempFolder(), null, { store, abilities: keepsAlone });
    const handlers = handlersOf(bench);
    bench.show(aSale());
    await handlers['member:identify']({ memberId: '1001', phoneLastFour: '0001' });
    const { hash: wordingHash } = bench.desk.consents.offer();

    expect(
      handlers['card:save']({ saleId: ourSale, wordingHash, copyByEmail: false }),
    ).toMatchObject(notNow);
    expect(bench.onScreen()?.keeping).toBeUndefined();
  });
});

describe('the terms of a card kept alone', () => {
  const member = newMember(mia, sha256);
  const orderCode = 'foyer:order?id=123&total=2400&user=1001&partner=72341';
  const shown: PlatformOrder = {
    id: '77',
    fromBalance: 0,
    balance: 0,
    userId: '1001',
    partnerId: '5',
  };

  it('are the postal code as typed, and the user and partner of the order', () => {
    expect(readTerms({ postalCode: ' 02138 ', orderCode }, member, null)).toMatchObject({
      terms: { userId: '1001', partnerId: '72341', postalCode: '02138', order: { id: '123' } },
    });
  });

  it('are of the order on the screen where no code is given', () => {
    expect(readTerms({ postalCode: 'SW1A 1AA', orderCode: null }, member, shown)).toMatchObject({
      terms: { partnerId: '5', postalCode: 'SW1A 1AA', order: { id: '77' } },
    });
  });

  it.each([[null], [''], ['1'], ['12'], ['12345678901'], ['é1234'], ['1234-'], ['1\n34']])(
    'are refused with %j for a postal code',
    (postalCode) => {
      expect(readTerms({ postalCode, orderCode }, member, null)).toEqual({
        refused: 'postal_code',
      });
    },
  );

  it.each([
    ['no code, and no order on the screen', null],
    ['a code that is none', 'foyer:order?what'],
    ['a code that says no user and partner', '123'],
    ['a code that says no partner', 'foyer:order?id=1&user=1001'],
  ])('are refused with %s', (_what, code) => {
    expect(readTerms({ postalCode: '02138', orderCode: code }, member, null)).toEqual({
      refused: 'order_code',
    });
  });

  it('are refused with somebody else’s order: their account would keep this member’s card', () => {
    const theirs = orderCode.replace('1001', '1002');

    expect(readTerms({ postalCode: '02138', orderCode: theirs }, member, null)).toEqual({
      refused: 'other_member',
    });
  });

  it('are asked for by the handler, which stores nothing before they fit', async () => {
    const store = new FakeSetupStore();
    const bench = openCardBench(tempFolder(), null, {
      store: { fromPayment: null, setups: store },
      abilities: keepsAlone,
    });
    const handlers = handlersOf(bench);
    await handlers['member:identify']({ memberId: '1001', phoneLastFour: '0001' });
    const { hash: wordingHash } = bench.desk.consents.offer();
    const request = { saleId: null, wordingHash, copyByEmail: false };

    const without = handlers['card:save'](request);
    const consents = bench.book.consentsOf(bench.member.key);
    const withTerms = handlers['card:save']({ ...request, postalCode: '02138', orderCode });
    await bench.work();

    expect(without).toEqual({ ok: true, value: { kind: 'not_taken', why: 'postal_code' } });
    expect(consents).toEqual([]);
    expect(withTerms).toMatchObject({ ok: true, value: { kind: 'setup_started' } });
    expect(store.users).toEqual(['1001']);
  });
});
