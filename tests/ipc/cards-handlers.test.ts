import { afterEach, describe, expect, it } from 'vitest';
import { type CardsHandlers, cardsHandlers } from '../../main/ipc/cards-handlers.ts';
import { keepingView, setupView, storedCardView } from '../../main/ipc/card-views.ts';
import type { Envelope } from '../../preload/contract/envelope.ts';
import { setupId } from '../../main/domain/ids.ts';
import { type BenchOptions, type CardBench, openCardBench } from '../services/cards/card-bench.ts';
import { FakeCards, visa } from '../services/cards/fake-cards.ts';
import { agreeToKeep, keepVisa, payWithTap } from '../services/cards/keeping-sale.ts';
import { aSale, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

function kiosk(options: BenchOptions = {}) {
  const stripe = new FakeCards();
  const bench = openCardBench(tempFolder(), stripe, options);
  opened.push(bench);
  const handlers: CardsHandlers = cardsHandlers({
    desk: bench.desk,
    clock: bench.time,
    saleOnScreen: bench.onScreen,
    signal: new AbortController().signal,
  });
  const identify = () => handlers['member:identify']({ memberId: '1001', phoneLastFour: '0001' });
  const offer = () => valueOf(handlers['card:offer']({}));
  return { stripe, bench, handlers, identify, offer };
}

/** What a handler that answers at once has answered. */
function valueOf<Value>(answer: Envelope<Value> | Promise<Envelope<Value>>): Value {
  if (answer instanceof Promise || !answer.ok) throw new Error('it was not carried out');
  return answer.value;
}

const notNow = { ok: false, error: { code: 'not_now' } };

describe('a member at the screen', () => {
  it('sees their cards, and of their address no more than they need to know it by', async () => {
    const { bench, stripe, identify } = kiosk();
    await keepVisa(bench, stripe);

    expect(await identify()).toEqual({
      ok: true,
      value: {
        kind: 'identified',
        member: {
          memberId: '1001',
          name: 'Mia Sample',
          cards: [
            {
              cardId: visa,
              brand: 'visa',
              last4: '4242',
              expMonth: 12,
              expYear: 2030,
              keptAtMs: bench.clock.nowMs(),
              expired: false,
            },
          ],
          emailHint: 'm…@example.com',
        },
      },
    });
  });

  it('agrees to the wording they were shown, and the card of the sale is to be kept', async () => {
    const { bench, handlers, identify, offer } = kiosk();
    bench.addMia();
    bench.show(aSale());
    await identify();
    const { wordingHash, text } = offer();

    const saved = handlers['card:save']({ saleId: ourSale, wordingHash, copyByEmail: false });

    expect(saved).toEqual({ ok: true, value: { kind: 'agreed' } });
    expect(bench.book.consentsOf(bench.member.key)[0]?.text).toBe(text);
    const sale = bench.onScreen() ?? aSale();
    expect(keepingView(sale, bench.book)).toEqual({
      memberName: 'Mia Sample',
      state: 'asked',
      failure: null,
      brand: null,
      last4: null,
    });
  });

  it('begins to keep a card without a sale', async () => {
    const { bench, handlers, identify, offer } = kiosk();
    bench.addMia();
    await identify();
    const { wordingHash } = offer();

    const saved = valueOf(handlers['card:save']({ saleId: null, wordingHash, copyByEmail: false }));

    expect(saved).toMatchObject({ kind: 'setup_started' });
    const { setup } = bench.desk.setups;
    expect(setup && setupView(setup, bench.book)).toMatchObject({
      state: 'creating',
      canCancel: true,
      memberName: 'Mia Sample',
      card: null,
    });
  });

  it('pays with a card of theirs', async () => {
    const { bench, stripe, handlers, identify } = kiosk();
    await keepVisa(bench, stripe);
    bench.show({ ...aSale(), id: 'sale_second00000001' as typeof ourSale });
    await identify();

    const paid = handlers['card:pay']({ saleId: 'sale_second00000001', cardId: visa });

    expect(paid).toEqual({ ok: true, value: null });
    const sale = bench.onScreen() ?? aSale();
    expect(storedCardView(sale)).toEqual({
      brand: 'visa',
      last4: '4242',
      pending: false,
      mayWaitUntilMs: null,
    });
  });

  it('removes a card of theirs', async () => {
    const { bench, stripe, handlers, identify } = kiosk();
    await keepVisa(bench, stripe);
    await identify();

    const removed = handlers['card:remove']({ cardId: visa });

    expect(removed).toEqual({ ok: true, value: null });
    expect(bench.book.findCard(visa)?.removedBy).toBe('member');
  });
});

describe('nobody at the screen', () => {
  it.each([
    [
      'keep a card',
      (h: CardsHandlers, hash: string) =>
        h['card:save']({ saleId: null, wordingHash: hash, copyByEmail: false }),
    ],
    ['remove one', (h: CardsHandlers) => h['card:remove']({ cardId: visa })],
    ['pay with one', (h: CardsHandlers) => h['card:pay']({ saleId: ourSale, cardId: visa })],
  ])('can %s', async (_what, ask) => {
    const { bench, stripe, handlers, offer } = kiosk();
    await keepVisa(bench, stripe);

    expect(await ask(handlers, offer().wordingHash)).toMatchObject(notNow);
    expect(bench.book.findCard(visa)?.removedAtMs).toBeNull();
    expect(bench.book.consentsOf(bench.member.key)).toHaveLength(1);
  });
});

describe('another member', () => {
  it('can neither pay with a card that is not theirs, nor remove it', async () => {
    const { bench, stripe, handlers } = kiosk();
    await keepVisa(bench, stripe);
    const other = { memberId: '1002', name: 'Noor Example', email: null, phone: '+15550100002' };
    bench.desk.members.save(other);
    await handlers['member:identify']({ memberId: '1002', phoneLastFour: '0002' });
    bench.show({ ...aSale(), id: 'sale_second00000001' as typeof ourSale });

    expect(handlers['card:pay']({ saleId: 'sale_second00000001', cardId: visa })).toMatchObject(
      notNow,
    );
    expect(handlers['card:remove']({ cardId: visa })).toMatchObject(notNow);
    expect(bench.onScreen()?.storedCard).toBeUndefined();
    expect(bench.book.findCard(visa)?.removedAtMs).toBeNull();
  });
});

describe('a studio that keeps no cards', () => {
  it('offers none, and takes no consent', async () => {
    const { bench, handlers, identify } = kiosk({ settings: { keep: false, waiting: null } });
    bench.addMia();
    await identify();
    const { hash } = bench.desk.consents.offer();

    const saved = handlers['card:save']({ saleId: null, wordingHash: hash, copyByEmail: false });

    expect(handlers['card:offer']({})).toMatchObject(notNow);
    expect(saved).toMatchObject(notNow);
    expect(bench.desk.features).toEqual({
      keep: false,
      keepWithSale: false,
      keepAlone: false,
      pay: true,
      remove: true,
      postalCode: false,
      orderCode: false,
    });
  });
});

describe('what became of a card', () => {
  it('is shown once it is on file', async () => {
    const { bench, stripe } = kiosk();
    agreeToKeep(bench);
    const paid = payWithTap(bench, stripe);
    const waiting = keepingView(paid, bench.book);
    await bench.work();

    expect(waiting).toMatchObject({ state: 'waiting' });
    expect(keepingView(paid, bench.book)).toEqual({
      memberName: 'Mia Sample',
      state: 'kept',
      failure: null,
      brand: 'visa',
      last4: '4242',
    });
  });

  it('is shown with the reason when a phone was tapped', async () => {
    const { bench, stripe } = kiosk();
    agreeToKeep(bench);
    const paid = payWithTap(bench, stripe, { card: null, wallet: 'google_pay' });
    await bench.work();

    expect(keepingView(paid, bench.book)).toMatchObject({ state: 'not_kept', failure: 'wallet' });
  });

  it('is nothing to show where nobody wished it', () => {
    const { bench } = kiosk();

    expect(keepingView(aSale(), bench.book)).toBeNull();
    expect(storedCardView(aSale())).toBeNull();
    expect(bench.book.findSetup(setupId('setup_000000000001'))).toBeNull();
  });
});
