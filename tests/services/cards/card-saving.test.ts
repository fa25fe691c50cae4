import { afterEach, describe, expect, it } from 'vitest';
import { paymentMethodId } from '../../../main/domain/ids.ts';
import { newMember } from '../../../main/services/cards/new-member.ts';
import { refused, uncertain } from '../../support/fakes/fake-payments.ts';
import { held, ourSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type BenchOptions, type CardBench, noor, openCardBench, sha256 } from './card-bench.ts';
import { lives } from '../reconciler-bench.ts';
import { FakeCards, visa } from './fake-cards.ts';
import { agreeToKeep, keepVisa, payWithTap } from './keeping-sale.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

function kiosk(stripe: FakeCards, options: BenchOptions = {}, folder = tempFolder()): CardBench {
  const bench = openCardBench(folder, stripe, options);
  opened.push(bench);
  return bench;
}

const consentOf = (bench: CardBench) => bench.book.consentsOf(bench.member.key)[0];

describe('a card that was tapped', () => {
  it('is attached, linked to its consent, and on file', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);

    await keepVisa(bench, stripe);

    expect(bench.book.findCard(visa)).toMatchObject({
      memberKey: bench.member.key,
      customerId: 'cus_0001',
      removedAtMs: null,
    });
    expect(consentOf(bench)?.link).toMatchObject({
      intentId: 'pi_0001',
      cardId: visa,
      last4: '4242',
    });
    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'kept', cardId: visa });
    expect(stripe.cards.get(visa)?.customerId).toBe('cus_0001');
  });

  it('is taken over when Stripe has attached it by itself', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    agreeToKeep(bench);
    await bench.desk.customers.ensure(bench.member.key, new AbortController().signal);
    const customerId = bench.book.findMember(bench.member.key)?.customerId ?? null;

    payWithTap(bench, stripe, { card: { customerId } });
    await bench.work();

    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'kept', cardId: visa });
    expect(stripe.count('attachCard')).toBe(0);
  });

  it('is kept after a crash between the capture and the saving', async () => {
    const stripe = new FakeCards();
    const folder = tempFolder();
    const before = openCardBench(folder, stripe);
    agreeToKeep(before);
    payWithTap(before, stripe);
    await before.close();

    const after = kiosk(stripe, { boot: 'boot_0000000002', firstId: 50 }, folder);
    await after.work();

    expect(after.book.keepingOf(ourSale)).toEqual({ kind: 'kept', cardId: visa });
  });

  it('is kept once when the answer to its attaching was lost, under the same key', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    stripe.next('attachCard', 'lost');
    await bench.work();
    await bench.clock.advance(60_000);
    await bench.work();

    const key = `foyer_${ourSale}_save_1`;
    expect(stripe.keysOf('attachCard')).toEqual([key, key]);
    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'kept', cardId: visa });
  });

  it('is taken over without a second attaching when only its answer was lost', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    stripe.next('attachCard', 'unheard');
    await bench.work();
    await bench.clock.advance(60_000);
    await bench.work();

    expect(stripe.count('attachCard')).toBe(1);
    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'kept', cardId: visa });
  });

  it('is asked for under a new key after a server error that did nothing', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    stripe.next('attachCard', { answer: uncertain, carriedOut: false });
    await bench.work();
    await bench.clock.advance(60_000);
    await bench.work();

    expect(stripe.keysOf('attachCard')).toEqual([
      `foyer_${ourSale}_save_1`,
      `foyer_${ourSale}_save_2`,
    ]);
    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'kept', cardId: visa });
  });

  it('is never attached under a key that Stripe may have forgotten', async () => {
    const stripe = new FakeCards();
    const folder = tempFolder();
    const before = openCardBench(folder, stripe);
    agreeToKeep(before);
    payWithTap(before, stripe);
    await before.close();
    const { clock } = before;
    await clock.advance(30 * 3_600_000);

    const after = kiosk(stripe, { boot: 'boot_0000000002', firstId: 50, clock }, folder);
    await after.work();
    await clock.advance(60_000);
    await after.work();

    expect(stripe.keysOf('attachCard')).toEqual([`foyer_${ourSale}_save_2`]);
    expect(after.book.keepingOf(ourSale)).toEqual({ kind: 'kept', cardId: visa });
  });

  it('is told to staff when it is kept for another member as well', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const other = newMember(noor, sha256);
    bench.book.saveMember(other, 0);
    await keepVisaOf(bench, stripe, other.key);

    await keepVisa(bench, stripe);

    expect(bench.lines).toContainEqual(
      expect.objectContaining({
        event: 'card.same_on_other_member',
        fields: { owner: visa, count: 1 },
      }),
    );
  });
});

/** The same physical card, on file for somebody else. */
async function keepVisaOf(
  bench: CardBench,
  stripe: FakeCards,
  key: CardBench['member']['key'],
): Promise<void> {
  const member = bench.book.findMember(key);
  if (member === null) throw new Error('the member is not stored');
  const { hash } = bench.desk.consents.offer();
  const agreed = bench.desk.consents.agree({
    member,
    saleId: null,
    wordingHash: hash,
    copyByEmail: false,
  });
  if (agreed.kind !== 'setup_started') throw new Error('no setup was started');
  const consentId = bench.setup(agreed.setupId).consentId;
  const id = paymentMethodId('pm_twin');
  const facts = stripe.addCard({ id, customerId: stripe.addCustomer(member.memberId).id });
  const card = { memberKey: key, consentId, keptAtMs: 1, removedAtMs: null, removedBy: null };
  bench.book.saveCard({ ...facts, ...card });
  bench.desk.setups.cancel(agreed.setupId);
  await bench.work();
}

describe('no card is kept', () => {
  it.each([
    ['wallet', 'apple_pay'],
    ['in_person_only', null],
  ] as const)('of a tap that left none behind: %s', async (why, wallet) => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    agreeToKeep(bench);
    payWithTap(bench, stripe, { card: null, wallet });
    await bench.work();

    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'not_kept', why });
    expect(bench.book.cardsOf(bench.member.key)).toEqual([]);
    expect(consentOf(bench)?.link).toBeNull();
  });

  it('under a consent that was taken back meanwhile: what Stripe attached is taken off', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    agreeToKeep(bench);
    await bench.desk.customers.ensure(bench.member.key, new AbortController().signal);
    const customerId = bench.book.findMember(bench.member.key)?.customerId ?? null;
    bench.desk.consents.dontKeep(ourSale);
    const revoked = consentOf(bench)?.revoked;
    agreeToKeep(bench);
    payWithTap(bench, stripe, { card: { customerId } });
    const second = bench.book.consentsOf(bench.member.key)[1];
    bench.book.revokeConsent(second?.id ?? never(), 'staff', 1);
    await bench.work();

    expect(revoked).not.toBeNull();
    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'not_kept', why: 'consent_revoked' });
    expect(stripe.cards.get(visa)?.customerId).toBeNull();
    expect(bench.book.findCard(visa)).toBeNull();
  });

  it('when the consent is taken back while Stripe attaches it', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    stripe.meanwhile.set('attachCard', () => {
      bench.book.revokeConsent(consentOf(bench)?.id ?? never(), 'member', 1);
    });
    await bench.work();

    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'not_kept', why: 'consent_revoked' });
    expect(stripe.cards.get(visa)?.customerId).toBeNull();
  });

  it('for a member whose row is gone: what Stripe attached is taken off', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    agreeToKeep(bench);
    payWithTap(bench, stripe, { card: { customerId: stripe.addCustomer('1001').id } });
    bench.database.db.prepare(`update members set name = 'damaged'`).run();
    await bench.work();

    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'not_kept', why: 'consent_revoked' });
    expect(stripe.cards.get(visa)?.customerId).toBeNull();
  });

  it('that belongs to another Customer: it is left where it is, and told', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    agreeToKeep(bench);
    const stranger = stripe.addCustomer('another');
    payWithTap(bench, stripe, { card: { customerId: stranger.id } });
    await bench.work();

    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'not_kept', why: 'refused' });
    expect(stripe.cards.get(visa)?.customerId).toBe(stranger.id);
    expect(bench.lines).toContainEqual(
      expect.objectContaining({ event: 'card.of_another_customer', fields: { owner: visa } }),
    );
  });

  it('that Stripe refuses to attach', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    agreeToKeep(bench);
    payWithTap(bench, stripe);
    stripe.next('attachCard', { answer: refused('card_declined'), carriedOut: false });
    await bench.work();

    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'not_kept', why: 'refused' });
  });
});

describe('a removed card', () => {
  it('is taken off at Stripe, however often that fails', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    await keepVisa(bench, stripe);
    stripe.next('detachCard', { answer: uncertain, carriedOut: false });
    stripe.next('detachCard', 'unheard');

    bench.desk.consents.revoke(visa, 'member');
    for (let round = 0; round < 3; round += 1) {
      await bench.work();
      await bench.clock.advance(60_000);
    }

    expect(stripe.cards.get(visa)?.customerId).toBeNull();
    expect(bench.ledger.hasOpenWork(visa)).toBe(false);
    expect(bench.book.findCard(visa)?.customerId).toBeNull();
  });

  it('counts as taken off when Stripe does not know it any more', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    await keepVisa(bench, stripe);
    stripe.cards.delete(visa);

    bench.desk.consents.revoke(visa, 'Dana');
    await bench.work();

    expect(bench.ledger.hasOpenWork(visa)).toBe(false);
  });
});

function never(): never {
  throw new Error('there is no consent');
}

describe('a card that was tapped for a sale that came to nothing', () => {
  /** The hold left a card behind, which Stripe attached by itself; then it was released. */
  async function releasedHold(bench: CardBench, stripe: FakeCards): Promise<void> {
    agreeToKeep(bench);
    await bench.desk.customers.ensure(bench.member.key, new AbortController().signal);
    const customerId = bench.book.findMember(bench.member.key)?.customerId ?? null;
    stripe.addCard({ customerId });
    stripe.left.set(held.id, { generatedCard: visa, wallet: null, last4: '4242' });
    for (const event of lives.held(held)) bench.sales.apply(ourSale, event);
    const { kind } = { kind: 'staff_decided' } as const;
    bench.sales.apply(ourSale, { kind, decision: 'cancel', by: 'Ada', why: 'the class is full' });
    const paymentIntent = { ...held, status: 'canceled', amountCapturable: 0 } as const;
    bench.sales.apply(ourSale, { kind: 'payment_intent_read', paymentIntent, leftAt: 99 });
    await bench.work();
  }

  it('is taken off the account at Stripe, and is not on file', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);

    await releasedHold(bench, stripe);

    expect(bench.ledger.findSale(ourSale)?.state).toBe('canceled');
    expect(stripe.cards.get(visa)?.customerId).toBeNull();
    expect(bench.book.findCard(visa)).toBeNull();
    expect(bench.book.keepingOf(ourSale)).toBeNull();
  });
});
