import { afterEach, describe, expect, it } from 'vitest';
import { paymentIntentId } from '../../main/domain/ids.ts';
import { type MembersHandlers, membersHandlers } from '../../main/ipc/members-handlers.ts';
import { StaffSession } from '../../main/ipc/staff-session.ts';
import { sqliteBooks } from '../../main/storage/sqlite-books.ts';
import { type CommandName, commandNames } from '../../preload/contract/channels.ts';
import { goodRequests } from '../contract/good-requests.ts';
import {
  type BenchOptions,
  type CardBench,
  mia,
  openCardBench,
  sha256,
} from '../services/cards/card-bench.ts';
import { FakeCards, visa } from '../services/cards/fake-cards.ts';
import { keepVisa } from '../services/cards/keeping-sale.ts';
import { facts, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { FakePin } from './staff-pin-fake.ts';

const behindTheDoor = commandNames.filter((name) => name.startsWith('members:'));
const pin = '294716';
const tempFolder = tempFolders();
const opened: CardBench[] = [];

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

async function staff(options: BenchOptions & { readonly isLocked?: boolean } = {}) {
  const stripe = new FakeCards();
  const bench = openCardBench(tempFolder(), stripe, options);
  opened.push(bench);
  const session = new StaffSession(new FakePin(pin), bench.clock);
  if (options.isLocked !== true) await session.unlock(pin);
  const written: string[] = [];
  const handlers = membersHandlers({
    session,
    desk: bench.desk,
    ledger: bench.ledger,
    book: bench.book,
    books: sqliteBooks(bench.database),
    clock: bench.time,
    hash: sha256,
    writeConsents: (text, memberId) => {
      written.push(text);
      return `consents-${memberId}.txt`;
    },
  });
  const ask = (name: CommandName, request: unknown = goodRequests[name]): Promise<unknown> => {
    const handle = handlers[name as keyof MembersHandlers] as (request: unknown) => unknown;
    return Promise.resolve(handle(request));
  };
  return { stripe, bench, written, ask };
}

describe('while the staff page is locked', () => {
  it.each(behindTheDoor)('%s is refused, and nothing changes', async (name) => {
    const { ask, bench } = await staff({ isLocked: true });

    expect(await ask(name)).toMatchObject({ ok: false, error: { code: 'locked' } });
    expect(bench.ledger.waitingWork(10)).toEqual([]);
  });

  it('these are all that members have', () => {
    expect(behindTheDoor).toHaveLength(6);
  });
});

describe('a member', () => {
  it('is added, found again by any word, and brought to Stripe', async () => {
    const { ask, bench, stripe } = await staff();

    const saved = await ask('members:save', { ...mia, name: '  Mia   Sample ' });
    const found = await ask('members:search', { words: 'sample 1001' });
    await bench.work();

    const row = { ...mia, cards: 0 };
    expect(saved).toEqual({ ok: true, value: { kind: 'saved', member: row } });
    expect(found).toEqual({ ok: true, value: [row] });
    const { name, email, phone } = mia;
    expect([...stripe.details.values()]).toEqual([{ name, email, phone }]);
  });

  it('is changed and stays the same Customer', async () => {
    const { ask, bench, stripe } = await staff();
    await ask('members:save', mia);
    await bench.work();

    await ask('members:save', { ...mia, phone: '(555) 010-4444', email: '' });
    await bench.work();

    expect(stripe.customers.size).toBe(1);
    expect([...stripe.details.values()]).toEqual([
      { name: mia.name, email: null, phone: '5550104444' },
    ]);
  });

  it.each([
    ['memberId', { memberId: ' ' }],
    ['memberId', { memberId: 'a'.repeat(65) }],
    ['memberId', { memberId: '<1001>' }],
    ['name', { name: '   ' }],
    ['name', { name: 'x'.repeat(121) }],
    ['email', { email: 'mia.example.com' }],
    ['email', { email: 'mia@example' }],
    ['phone', { phone: '123456' }],
    ['phone', { phone: 'call me' }],
  ])('is not saved with a wrong %s: %j', async (field, changes) => {
    const { ask, bench } = await staff();

    const saved = await ask('members:save', { ...mia, ...changes });

    expect(saved).toMatchObject({ ok: true, value: { kind: 'refused', field } });
    expect(bench.ledger.waitingWork(10)).toEqual([]);
  });

  it('whom nobody knows has no sheet', async () => {
    const { ask } = await staff();

    expect(await ask('members:read', { memberId: '9999' })).toMatchObject({ ok: false });
  });
});

describe('a member’s sheet', () => {
  it('has their cards and the consents behind them', async () => {
    const { ask, bench, stripe } = await staff();
    await keepVisa(bench, stripe);

    expect(await ask('members:read', { memberId: '1001' })).toMatchObject({
      ok: true,
      value: {
        member: { memberId: '1001', cards: 1 },
        customerId: 'cus_0001',
        cards: [{ cardId: visa, removedAtMs: null, removalWaits: false, alsoOf: [] }],
        consents: [{ intact: true, intentId: 'pi_0001', last4: '4242', revokedAtMs: null }],
        charges: [],
      },
    });
  });

  it('shows a removal that Stripe has not heard of yet', async () => {
    const { ask, bench, stripe } = await staff();
    await keepVisa(bench, stripe);

    const before = await ask('members:remove-card', { cardId: visa, by: ' Dana ' });
    await bench.work();
    const after = await ask('members:read', { memberId: '1001' });

    const card = { removedBy: 'Dana', removalWaits: true };
    expect(before).toMatchObject({ ok: true, value: { member: { cards: 0 }, cards: [card] } });
    expect(after).toMatchObject({ value: { cards: [{ ...card, removalWaits: false }] } });
  });

  it('removes no card for somebody without a name', async () => {
    const { ask, bench, stripe } = await staff();
    await keepVisa(bench, stripe);

    expect(await ask('members:remove-card', { cardId: visa, by: ' ' })).toMatchObject({
      ok: false,
    });
    expect(bench.book.findCard(visa)?.removedAtMs).toBeNull();
  });

  it('shows a charge that waits as pending', async () => {
    const waiting = { each: 9_000, total: 9_000, hours: 1 };
    const { ask, bench, stripe } = await staff({ settings: { keep: true, waiting } });
    await keepVisa(bench, stripe);
    bench.show(null);
    const form = goodRequests['members:charge'];
    const lines = [{ itemId: 'drop-in', quantity: 1 }];

    const asked = await ask('members:charge', { ...form, cardId: visa, lines });
    const sheet = await ask('members:read', { memberId: '1001' });

    expect(asked).toMatchObject({ ok: true, value: { kind: 'asked' } });
    expect(sheet).toMatchObject({
      value: { charges: [{ state: 'pending', amount: { amount: 2_800 }, last4: '4242' }] },
    });
  });

  it('shows why a charge was declined, in words that may be shown', async () => {
    const { ask, bench, stripe } = await staff();
    await keepVisa(bench, stripe);
    bench.show(null);
    const form = goodRequests['members:charge'];
    await ask('members:charge', {
      ...form,
      cardId: visa,
      lines: [{ itemId: 'drop-in', quantity: 1 }],
    });
    const [sale] = bench.ledger.unfinishedSales();
    const id = sale?.id ?? ourSale;
    const lastPaymentError = { code: 'card_declined', declineCode: 'insufficient_funds' };
    const made = facts({ id: paymentIntentId('pi_0002'), saleId: id });
    bench.sales.apply(id, { kind: 'payment_intent_created', paymentIntent: made });
    for (const status of ['requires_payment_method', 'canceled'] as const) {
      const paymentIntent = { ...made, status, lastPaymentError };
      bench.sales.apply(id, { kind: 'payment_intent_read', paymentIntent, leftAt: 99 });
    }

    expect(await ask('members:read', { memberId: '1001' })).toMatchObject({
      value: {
        charges: [
          { state: 'not_paid', cancelReason: 'card_declined', decline: 'insufficient_funds' },
        ],
      },
    });
  });

  it('exports their consents to a file of their own', async () => {
    const { ask, bench, stripe, written } = await staff();
    await keepVisa(bench, stripe);

    const exported = await ask('members:export-consents', { memberId: '1001' });

    expect(exported).toEqual({ ok: true, value: { file: 'consents-1001.txt' } });
    expect(written[0]).toContain(bench.book.consentsOf(bench.member.key)[0]?.text);
  });
});
