import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SetupView } from '../../preload/contract/cards.ts';
import {
  type Integration,
  StudioKiosk,
  type StudioKioskOptions,
} from '../support/studio/studio-kiosk.ts';
import { TestStudio } from '../support/studio/test-studio.ts';

let studio: TestStudio;
let kiosk: StudioKiosk;

const pin = '739105';
const number = 'M-1001';
const phone = '+1 555 010 4477';
const requestId = 'aform0000000000000001';

const paidOnce = { status: 'succeeded', amount: 2400, received: 2400, charges: ['captured'] };

async function openWithMember(options: StudioKioskOptions): Promise<void> {
  kiosk = await StudioKiosk.open(studio, options);
  const { page } = kiosk;
  await page.ask('staff:set-pin', { pin, current: null });
  await page.ask('staff:unlock', { pin });
  await addMember();
}

async function addMember(memberId = number): Promise<void> {
  const details = { memberId, name: 'Robin Sample', email: 'robin@example.com', phone };
  expect(await kiosk.page.ask('members:save', details)).toMatchObject({ kind: 'saved' });
}

async function identify(memberId = number): Promise<void> {
  const answer = await kiosk.page.ask('member:identify', {
    memberId,
    phoneLastFour: phone.slice(-4),
  });
  expect(answer.kind).toBe('identified');
}

/** The member reads the wording and agrees to it. */
async function agree(saleId: string | null): Promise<void> {
  const { wordingHash } = await kiosk.page.ask('card:offer', {});
  await kiosk.page.ask('card:save', { saleId, wordingHash, copyByEmail: false });
}

/** Chooses, agrees to keep the card, confirms, and waits for the reader to ask for it. */
async function buyAndKeep(): Promise<string> {
  const { saleId } = await kiosk.page.ask('sale:start', {
    lines: [{ itemId: 'evening-flow', quantity: 1 }],
  });
  await identify();
  await agree(saleId);
  await kiosk.page.ask('sale:confirm', { saleId });
  await kiosk.untilState('awaiting_card');
  return saleId;
}

/** What Stripe has on the member's account, and how often it has the member. */
async function account(): Promise<{ customers: number; cards: readonly string[] }> {
  const customers = await studio.stripe.customers.list({ limit: 100 });
  const cards = await Promise.all(
    customers.data.map(({ id }) => studio.stripe.customers.listPaymentMethods(id)),
  );
  return {
    customers: customers.data.length,
    cards: cards.flatMap(({ data }) => data.map(({ card }) => card?.last4 ?? 'none')),
  };
}

/** What staff see of the member; a page that nobody touched for a while wants its PIN again. */
async function sheet() {
  await kiosk.page.ask('staff:unlock', { pin });
  return kiosk.page.ask('members:read', { memberId: number });
}

/** A card of this member on file, by a sale that is over. */
async function keepOne(card = 'visa'): Promise<string> {
  const saleId = await buyAndKeep();
  kiosk.present(card);
  await kiosk.until(({ sale }) => sale?.keeping?.state === 'kept');
  await kiosk.page.ask('sale:dismiss', { saleId });
  return saleId;
}

/** Chooses the member's newest card on file for a new sale, and confirms. */
async function payWithCardOnFile(): Promise<string> {
  const { saleId } = await kiosk.page.ask('sale:start', {
    lines: [{ itemId: 'evening-flow', quantity: 1 }],
  });
  await identify();
  const { member } = await kiosk.until((snapshot) => snapshot.member !== null);
  await kiosk.page.ask('card:pay', { saleId, cardId: member?.cards[0]?.cardId ?? null });
  await kiosk.page.ask('sale:confirm', { saleId });
  return saleId;
}

function untilKeepingIsSettled() {
  return kiosk.until(({ sale }) => ['kept', 'not_kept'].includes(sale?.keeping?.state ?? ''));
}

function untilSetup(...states: SetupView['state'][]) {
  return kiosk.until(({ setup }) => setup !== null && states.includes(setup.state));
}

beforeEach(async () => {
  studio = await TestStudio.open();
});

afterEach(async () => {
  await kiosk.close();
  await studio.close();
});

describe.each<Integration>(['sdk', 'server_driven'])('led by %s', (integration) => {
  test('the four steps: an intent for the member, a card collected, captured, and then saved', async () => {
    await openWithMember({ integration });
    await buyAndKeep();
    const [made] = (await studio.stripe.paymentIntents.list()).data;
    expect(made).toMatchObject({ capture_method: 'manual', setup_future_usage: 'off_session' });
    expect(made?.customer).toMatch(/^cus_/);
    kiosk.present('visa');

    const { sale } = await kiosk.until((now) => now.sale?.keeping?.state === 'kept');

    expect(sale).toMatchObject({ state: 'paid', keeping: { brand: 'visa', last4: '4242' } });
    expect(await studio.ledger()).toEqual([paidOnce]);
    expect(await account()).toEqual({ customers: 1, cards: ['4242'] });
    const { cards, consents } = await sheet();
    expect(cards).toHaveLength(1);
    expect(consents).toMatchObject([{ intact: true, last4: '4242', intentId: made?.id }]);
  });

  test('the kiosk dies while the card is charged, and neither the payment nor the card is lost', async () => {
    await openWithMember({ integration });
    await buyAndKeep();
    kiosk.present('visa');
    await kiosk.untilState('authorized', 'capturing', 'paid');
    kiosk = await kiosk.restart();

    await kiosk.untilTrue(async () => (await sheet()).cards.length === 1);

    expect(await studio.ledger()).toEqual([paidOnce]);
    expect(await account()).toEqual({ customers: 1, cards: ['4242'] });
  });

  test('a phone pays, and what Stripe makes of it is kept for what was agreed', async () => {
    await openWithMember({ integration });
    await buyAndKeep();
    kiosk.present('wallet_visa');

    const { sale } = await untilKeepingIsSettled();

    expect(sale).toMatchObject({ state: 'paid', keeping: { state: 'kept' } });
    const [customer] = (await studio.stripe.customers.list()).data;
    const { data } = await studio.stripe.customers.listPaymentMethods(customer?.id ?? '');
    expect(data).toMatchObject([{ allow_redisplay: 'limited' }]);
  });

  test('a phone pays, and where Stripe makes no card of it that is said, and a card is kept instead', async () => {
    await studio.close();
    studio = await TestStudio.open('US', { wallets: 'none' });
    await openWithMember({ integration });
    const saleId = await buyAndKeep();
    kiosk.present('wallet_visa');
    const { sale } = await untilKeepingIsSettled();
    expect(sale).toMatchObject({
      state: 'paid',
      keeping: { state: 'not_kept', failure: 'wallet' },
    });
    await kiosk.page.ask('sale:dismiss', { saleId });
    await identify();
    await agree(null);
    await kiosk.until(({ setup }) => setup?.stage === 'awaiting_card');
    kiosk.present('wallet_visa');
    const { setup } = await kiosk.until((now) => now.setup?.stage === 'declined');
    expect(setup?.decline).toBe('wallet');
    await kiosk.page.ask('setup:retry', { setupId: setup?.id ?? '' });
    await kiosk.until((now) => now.setup?.stage === 'awaiting_card');
    kiosk.present('visa');

    await untilSetup('kept');

    expect(await studio.ledger()).toEqual([paidOnce]);
    expect(await account()).toEqual({ customers: 1, cards: ['4242'] });
  });

  test('a card is kept without a sale, and no money moves', async () => {
    await openWithMember({ integration });
    await identify();
    await agree(null);
    await kiosk.until(({ setup }) => setup?.stage === 'awaiting_card');
    kiosk.present('visa');

    const { setup } = await untilSetup('kept', 'not_kept', 'canceled');

    expect(setup).toMatchObject({ state: 'kept', card: { last4: '4242' } });
    expect(await studio.ledger()).toEqual([]);
    expect(await account()).toEqual({ customers: 1, cards: ['4242'] });
  });

  test('a card that is refused while it is kept can be followed by another', async () => {
    await openWithMember({ integration });
    await identify();
    await agree(null);
    await kiosk.until(({ setup }) => setup?.stage === 'awaiting_card');
    kiosk.present('charge_declined');
    const { setup: refused } = await kiosk.until(({ setup }) => setup?.stage === 'declined');
    await kiosk.page.ask('setup:retry', { setupId: refused?.id ?? '' });
    await kiosk.until(({ setup }) => setup?.stage === 'awaiting_card');
    kiosk.present('mastercard');

    const { setup } = await untilSetup('kept', 'not_kept', 'canceled');

    expect(setup?.state).toBe('kept');
    expect((await account()).cards).toHaveLength(1);
  });

  test('a setup is cancelled by the member, and its prompt is gone from the reader', async () => {
    await openWithMember({ integration });
    await identify();
    await agree(null);
    const { setup } = await kiosk.until((now) => now.setup?.stage === 'awaiting_card');
    await kiosk.page.ask('setup:cancel', { setupId: setup?.id ?? '' });

    const ended = await untilSetup('canceled');

    expect(ended.setup?.cancelReason).toBe('customer');
    expect((await account()).cards).toEqual([]);
    await kiosk.page.ask('setup:dismiss', { setupId: setup?.id ?? '' });
    await kiosk.buy();
    kiosk.present('visa');
    await kiosk.untilState('paid');
  });

  test('a card on file is declined, and the same sale is paid at the reader', async () => {
    await openWithMember({ integration });
    await keepOne('kept_declined');
    const saleId = await payWithCardOnFile();
    const { sale } = await kiosk.untilState('declined');
    expect(sale).toMatchObject({ provedNotCharged: true, storedCard: { last4: '0341' } });
    await kiosk.page.ask('payment:retry', { saleId });
    await kiosk.untilState('awaiting_card');
    kiosk.present('visa');

    const paid = await kiosk.untilState('paid');

    expect(paid.sale).toMatchObject({ id: saleId, storedCard: null });
    const [, first, second] = await studio.ledger();
    expect(first).toMatchObject({ status: 'canceled', received: 0 });
    expect(second).toEqual(paidOnce);
  });
});

describe('a card on file', () => {
  test('pays without a reader, and its receipt says which card it was', async () => {
    await openWithMember({ integration: 'server_driven' });
    await keepOne();
    await payWithCardOnFile();

    const { sale } = await kiosk.untilState('paid');

    expect(sale?.storedCard).toMatchObject({ brand: 'visa', last4: '4242', pending: false });
    expect(sale?.receipt?.card).toMatchObject({ last4: '4242' });
    expect(await studio.ledger()).toEqual([paidOnce, paidOnce]);
  });

  test('is shown to nobody after its member has left', async () => {
    await openWithMember({ integration: 'server_driven' });
    const saleId = await buyAndKeep();
    expect(kiosk.page.snapshot.member).not.toBe(null);
    kiosk.present('visa');
    await untilKeepingIsSettled();
    await kiosk.page.ask('sale:dismiss', { saleId });
    expect(kiosk.page.snapshot.member).toBe(null);
    const { saleId: next } = await kiosk.page.ask('sale:start', {
      lines: [{ itemId: 'evening-flow', quantity: 1 }],
    });
    const [card] = (await sheet()).cards;
    const pay = kiosk.page.ask('card:pay', { saleId: next, cardId: card?.cardId ?? '' });
    await expect(pay).rejects.toThrow('refused');
  });

  test('is taken off the account when the member removes it, and is never charged again', async () => {
    await openWithMember({ integration: 'server_driven' });
    await keepOne();
    await identify();
    const { member } = await kiosk.until((now) => now.member !== null);
    const cardId = member?.cards[0]?.cardId ?? '';
    await kiosk.page.ask('card:remove', { cardId });

    await kiosk.untilTrue(async () => (await account()).cards.length === 0);

    const charge = { requestId, cardId, by: 'Ada', why: 'a pass' };
    const lines = [{ itemId: 'evening-flow', quantity: 1 }];
    expect(await kiosk.page.ask('members:charge', { ...charge, lines })).toMatchObject({
      kind: 'refused',
    });
    expect((await sheet()).consents).toMatchObject([{ revokedBy: 'member', intact: true }]);
    expect(await studio.ledger()).toEqual([paidOnce]);
  });

  test('that is kept twice is removed as the one card it is, and no other member’s with it', async () => {
    await openWithMember({ integration: 'server_driven' });
    await keepOne();
    await keepOne();
    await addMember('M-1002');
    await identify('M-1002');
    await agree(null);
    await kiosk.until(({ setup }) => setup?.stage === 'awaiting_card');
    kiosk.present('visa');
    await untilSetup('kept');
    const [card, twin] = (await sheet()).cards;
    expect([card?.alsoOf, twin?.alsoOf]).toEqual([['M-1002'], ['M-1002']]);
    await kiosk.page.ask('members:remove-card', { cardId: card?.cardId ?? '', by: 'Ada' });

    await kiosk.untilTrue(async () => (await account()).cards.length === 1);

    expect((await sheet()).cards).toMatchObject([{ removedBy: 'Ada' }, { removedBy: 'Ada' }]);
    const other = await kiosk.page.ask('members:read', { memberId: 'M-1002' });
    expect(other.cards).toMatchObject([{ removedAtMs: null }]);
  });

  test('is removed while the network is away, and taken off when it is back', async () => {
    await openWithMember({ integration: 'server_driven' });
    await keepOne();
    const [card] = (await sheet()).cards;
    await kiosk.line.cut();
    await kiosk.page.ask('members:remove-card', { cardId: card?.cardId ?? '', by: 'Ada' });
    expect((await sheet()).cards).toMatchObject([{ removedBy: 'Ada', removalWaits: true }]);
    await kiosk.line.mend();

    await kiosk.untilTrue(async () => (await account()).cards.length === 0);
  });

  test('is charged by staff once, however often the form is sent', async () => {
    await openWithMember({ integration: 'server_driven' });
    await keepOne();
    const [card] = (await sheet()).cards;
    const lines = [{ itemId: 'evening-flow', quantity: 1 }];
    const charge = { requestId, cardId: card?.cardId ?? '', lines, by: 'Ada', why: 'a pass' };
    const answers = await Promise.all([
      kiosk.page.ask('members:charge', charge),
      kiosk.page.ask('members:charge', charge),
    ]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);

    await kiosk.untilTrue(async () => (await sheet()).charges[0]?.state === 'paid');

    expect(await studio.ledger()).toEqual([paidOnce, paidOnce]);
  });

  test('waits for the network only where the studio allows it, and is pending until it was read', async () => {
    const waiting = { each: 5_000, total: 9_000, hours: 24 };
    await openWithMember({
      integration: 'server_driven',
      settings: { cards: { keep: true, waiting } },
    });
    await keepOne();
    const [card] = (await sheet()).cards;
    const lines = [{ itemId: 'evening-flow', quantity: 1 }];
    await kiosk.line.cut();
    const charge = { requestId, cardId: card?.cardId ?? '', lines, by: 'Ada', why: 'a pass' };
    await kiosk.page.ask('members:charge', charge);
    await kiosk.pass(120_000);
    expect((await sheet()).charges[0]?.state).toBe('pending');
    expect(await studio.ledger()).toEqual([paidOnce]);
    await kiosk.line.mend();

    await kiosk.untilTrue(async () => (await sheet()).charges[0]?.state === 'paid');

    expect(await studio.ledger()).toEqual([paidOnce, paidOnce]);
  });

  test('is not charged after its wait, and that is said', async () => {
    const waiting = { each: 5_000, total: 9_000, hours: 1 };
    await openWithMember({
      integration: 'server_driven',
      settings: { cards: { keep: true, waiting } },
    });
    await keepOne();
    const [card] = (await sheet()).cards;
    const lines = [{ itemId: 'evening-flow', quantity: 1 }];
    await kiosk.line.cut();
    const charge = { requestId, cardId: card?.cardId ?? '', lines, by: 'Ada', why: 'a pass' };
    await kiosk.page.ask('members:charge', charge);
    await kiosk.pass(2 * 3_600_000);
    await kiosk.line.mend();

    await kiosk.untilTrue(async () => (await sheet()).charges[0]?.state === 'not_paid');

    expect((await sheet()).charges).toMatchObject([{ cancelReason: 'wait_expired' }]);
    expect((await studio.ledger()).filter(({ received }) => received > 0)).toEqual([paidOnce]);
  });
});

describe('money given back', () => {
  test('goes back once for each request, in parts and not a cent more than was paid', async () => {
    await openWithMember({ integration: 'server_driven' });
    const saleId = await kiosk.buy();
    kiosk.present('visa');
    await kiosk.untilState('paid');
    const ask = (id: string, amount: number) =>
      kiosk.page.ask('refunds:ask', {
        requestId: id,
        saleId,
        amount,
        reason: 'requested_by_customer',
        by: 'Ada',
        why: 'the class was cancelled',
        proof: pin,
      });
    await Promise.all([ask(requestId, 1_000), ask(requestId, 1_000)]);
    expect(await ask('aform0000000000000002', 1_401)).toMatchObject({ kind: 'refused' });
    await ask('aform0000000000000003', 1_400);

    await kiosk.untilTrue(async () => {
      const { refunds } = await kiosk.page.ask('refunds:offer', { saleId });
      return refunds.length === 2 && refunds.every(({ state }) => state === 'succeeded');
    });

    const { data } = await studio.stripe.refunds.list();
    expect(data.map(({ amount }) => amount).sort()).toEqual([1_000, 1_400]);
    expect(await kiosk.page.ask('refunds:offer', { saleId })).toMatchObject({
      most: { amount: 0 },
    });
  });

  test('is not given back without the PIN', async () => {
    await openWithMember({ integration: 'server_driven' });
    const saleId = await kiosk.buy();
    kiosk.present('visa');
    await kiosk.untilState('paid');
    const answer = await kiosk.page.ask('refunds:ask', {
      requestId,
      saleId,
      amount: 100,
      reason: 'duplicate',
      by: 'Ada',
      why: 'twice',
      proof: '000000',
    });

    expect(answer.kind).toBe('refused');
    expect((await studio.stripe.refunds.list()).data).toEqual([]);
  });
});

describe('in Canada', () => {
  const cad = {
    currency: 'cad',
    categories: [
      {
        id: 'classes',
        name: 'Classes',
        items: [{ id: 'evening-flow', name: 'Evening flow', price: 2400 }],
      },
    ],
  };

  test.each<Integration>(['sdk', 'server_driven'])(
    'an Interac payment is given back to the same card at the reader, led by %s',
    async (integration) => {
      await studio.close();
      studio = await TestStudio.open('CA');
      await openWithMember({ integration, catalogue: cad });
      const saleId = await kiosk.buy();
      kiosk.present('interac');
      await kiosk.untilState('paid');
      await kiosk.page.ask('sale:dismiss', { saleId });
      const offer = await kiosk.page.ask('refunds:offer', { saleId });
      expect(offer).toMatchObject({ way: 'in_person', most: { amount: 2400 } });
      await kiosk.page.ask('refunds:ask', {
        requestId,
        saleId,
        amount: 2_400,
        reason: 'requested_by_customer',
        by: 'Ada',
        why: 'the class was cancelled',
        proof: pin,
      });
      await kiosk.untilTrue(async () => (await refundState()) === 'presenting');
      await kiosk.pass(3_000);
      kiosk.present('interac');

      await kiosk.untilTrue(async () => (await refundState()) === 'succeeded');

      const { data } = await studio.stripe.refunds.list();
      expect(data).toMatchObject([{ amount: 2400, status: 'succeeded' }]);
    },
  );

  test('an Interac card can’t be kept, and that is said', async () => {
    await studio.close();
    studio = await TestStudio.open('CA');
    await openWithMember({ integration: 'server_driven', catalogue: cad });
    await buyAndKeep();
    kiosk.present('interac');

    const { sale } = await untilKeepingIsSettled();

    expect(sale).toMatchObject({ state: 'paid', keeping: { failure: 'in_person_only' } });
    expect((await account()).cards).toEqual([]);
  });

  async function refundState(): Promise<string | undefined> {
    await kiosk.page.ask('staff:unlock', { pin });
    return (await kiosk.page.ask('refunds:list', {}))[0]?.state;
  }
});
