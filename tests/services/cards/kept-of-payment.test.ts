import { afterEach, describe, expect, it } from 'vitest';
import { refused, uncertain, unanswered } from '../../support/fakes/fake-payments.ts';
import { held, ourSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { lives } from '../reconciler-bench.ts';
import { type CardBench, mia, openCardBench } from './card-bench.ts';
import { FakeCards, visa } from './fake-cards.ts';
import { FakePaymentStore, keepsOfPayments } from './fake-store.ts';
import { agreeToKeep, payWithTap } from './keeping-sale.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

function kiosk() {
  const stripe = new FakeCards();
  const store = new FakePaymentStore(stripe);
  const bench = openCardBench(tempFolder(), stripe, { store, abilities: keepsOfPayments });
  opened.push(bench);
  return { stripe, store, bench };
}

describe('a card of a payment, behind a system with customers of its own', () => {
  it('is kept by that system under the member’s number, linked to its consent, and on file', async () => {
    const { stripe, store, bench } = kiosk();
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    await bench.work();

    expect(store.asked).toEqual([{ paymentIntentId: 'pi_0001', memberId: mia.memberId }]);
    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'kept', cardId: visa });
    expect(bench.book.findCard(visa)).toMatchObject({ memberKey: bench.member.key });
    expect(bench.desk.consents.liveConsentOf(visa)?.link).toMatchObject({ last4: '4242' });
  });

  it('makes and looks for no Customer here', async () => {
    const { stripe, bench } = kiosk();
    bench.desk.members.save(mia);
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    await bench.work();

    expect(stripe.count('createCustomer')).toBe(0);
    expect(stripe.count('searchCustomers')).toBe(0);
    expect(stripe.count('updateCustomer')).toBe(0);
    expect(stripe.count('attachCard')).toBe(0);
    expect(bench.desk.memberIdOf?.(bench.member.key)).toBe(mia.memberId);
  });

  it.each([
    ['lost before it was done', { answer: unanswered, carriedOut: false }],
    ['lost after it was done', { answer: unanswered, carriedOut: true }],
    ['a server error that did nothing', { answer: uncertain, carriedOut: false }],
  ])('is asked for again when the answer was %s', async (_what, mishap) => {
    const { stripe, store, bench } = kiosk();
    store.mishaps.push(mishap);
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    await bench.work();
    const before = bench.book.keepingOf(ourSale);
    await bench.clock.advance(60_000);
    await bench.work();

    expect(before).toBeNull();
    expect(store.asked).toHaveLength(2);
    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'kept', cardId: visa });
  });

  it('is not kept where the system refuses', async () => {
    const { stripe, store, bench } = kiosk();
    store.mishaps.push({ answer: refused('customer_unknown'), carriedOut: false });
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    await bench.work();

    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'not_kept', why: 'refused' });
    expect(bench.book.findCard(visa)).toBeNull();
  });

  it('is not asked for once the consent was taken back', async () => {
    const { stripe, store, bench } = kiosk();
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    bench.desk.consents.dontKeep(ourSale);
    await bench.work();

    expect(store.asked).toEqual([]);
    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'not_kept', why: 'consent_revoked' });
  });

  it('is taken off again when the consent is taken back while the system keeps it', async () => {
    const { stripe, store, bench } = kiosk();
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    store.meanwhile = () => {
      bench.desk.consents.dontKeep(ourSale);
    };
    await bench.work();

    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'not_kept', why: 'consent_revoked' });
    expect(stripe.cards.get(visa)?.customerId).toBeNull();
  });

  it('is not asked for after a sale that was not paid', async () => {
    const { stripe, store, bench } = kiosk();
    agreeToKeep(bench);
    stripe.addCard({ customerId: stripe.addCustomer(null).id });
    stripe.left.set(held.id, { generatedCard: visa, wallet: null, last4: '4242' });
    for (const event of lives.held(held)) bench.sales.apply(ourSale, event);
    const words = { by: 'Ada', why: 'the class is full' };
    bench.sales.apply(ourSale, { kind: 'staff_decided', decision: 'cancel', ...words });
    const paymentIntent = { ...held, status: 'canceled', amountCapturable: 0 } as const;
    bench.sales.apply(ourSale, { kind: 'payment_intent_read', paymentIntent, leftAt: 99 });
    await bench.work();

    expect(bench.ledger.findSale(ourSale)?.state).toBe('canceled');
    expect(store.asked).toEqual([]);
    expect(stripe.cards.get(visa)?.customerId).toBeNull();
  });

  it('may be removed by the member, and is detached', async () => {
    const { stripe, bench } = kiosk();
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    await bench.work();
    bench.desk.consents.revoke(visa, 'member');
    await bench.work();

    expect(stripe.cards.get(visa)?.customerId).toBeNull();
    expect(bench.book.findCard(visa)).toMatchObject({ removedBy: 'member' });
  });
});

describe('a member whom this kiosk does not know, where the system keeps its own list', () => {
  it('is not looked for anywhere, and told so at once', async () => {
    const { stripe, bench } = kiosk();
    const { signal } = new AbortController();
    stripe.addCustomer('1001');

    expect(await bench.desk.session.identify('1001', '0001', signal)).toEqual({
      kind: 'not_known',
    });
    expect(stripe.sent).toEqual([]);
  });
});
