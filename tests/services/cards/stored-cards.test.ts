import { afterEach, describe, expect, it } from 'vitest';
import { saleId } from '../../../main/domain/ids.ts';
import { money } from '../../../main/domain/money.ts';
import { openSale, type Sale } from '../../../main/domain/sale.ts';
import { anOrder, ourKiosk } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type BenchOptions, type CardBench, openCardBench } from './card-bench.ts';
import { FakeCards, visa } from './fake-cards.ts';
import { agreeToKeep, keepVisa, payWithTap } from './keeping-sale.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];
const hourMs = 3_600_000;
const waiting = { each: 5_000, total: 6_000, hours: 24 };

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

async function kioskWithVisa(options: BenchOptions = {}): Promise<CardBench> {
  const stripe = new FakeCards();
  const bench = openCardBench(tempFolder(), stripe, options);
  opened.push(bench);
  await keepVisa(bench, stripe);
  bench.show(null);
  // Days pass here: nothing is asked again meanwhile.
  await bench.worker.close();
  return bench;
}

/** Somebody has edited the file, past its own guards. */
function forge({ database: { db } }: CardBench): void {
  const guards = db
    .prepare(`select name from sqlite_schema where type = 'trigger' and tbl_name = 'consents'`)
    .pluck()
    .all();
  for (const guard of guards) db.exec(`drop trigger ${String(guard)}`);
  db.prepare(`update consents set text = text || ' and more'`).run();
}

let sales = 0;

/** A sale at review that is on the screen. */
function atReview(bench: CardBench, amount = 2_800): Sale {
  sales += 1;
  const id = saleId(`sale_review${String(sales).padStart(6, '0')}`);
  const sale = openSale(id, ourKiosk, anOrder(amount));
  bench.show(sale);
  return sale;
}

/** Chooses the card for a new sale and confirms it: nothing answers, so it waits. */
function payLater(bench: CardBench, amount: number): Sale | null {
  const sale = atReview(bench, amount);
  bench.desk.storedCards.choose(sale, visa);
  return bench.sales.apply(sale.id, { kind: 'confirmed' });
}

describe('a card on file', () => {
  it('pays a sale at review', async () => {
    const bench = await kioskWithVisa();
    const sale = atReview(bench);

    bench.desk.storedCards.choose(sale, visa);

    expect(bench.onScreen()?.storedCard).toEqual({
      paymentMethodId: visa,
      customerId: 'cus_0001',
      memberKey: bench.member.key,
      brand: 'visa',
      last4: '4242',
      mayWaitUntilMs: null,
    });
  });

  it('is left aside for paying in person after all', async () => {
    const bench = await kioskWithVisa();
    const sale = atReview(bench);
    bench.desk.storedCards.choose(sale, visa);

    bench.desk.storedCards.choose(bench.onScreen() ?? sale, null);

    expect(bench.onScreen()?.storedCard).toBeUndefined();
  });

  it('is not charged any more once it is removed, also for a sale that has begun', async () => {
    const bench = await kioskWithVisa();
    const sale = payLater(bench, 2_800);

    bench.desk.consents.revoke(visa, 'member');

    expect(bench.desk.storedCards.chargeable(bench.member.key)).toEqual([]);
    expect(sale?.storedCard && bench.desk.storedCards.hindrance(sale.storedCard)).toEqual({
      kind: 'consent_missing',
    });
  });

  it('is not charged without a consent that can be proved', async () => {
    const bench = await kioskWithVisa();
    forge(bench);

    expect(bench.desk.storedCards.chargeable(bench.member.key)).toEqual([]);
    expect(bench.desk.storedCards.forSale(visa, money(2_800, 'usd'))).toBeNull();
  });

  it('is not charged under a consent that was taken back, whatever its own row says', async () => {
    const bench = await kioskWithVisa();
    const [consent] = bench.book.consentsOf(bench.member.key);

    bench.book.revokeConsent(consent?.id ?? never(), 'member', 1);

    expect(bench.book.findCard(visa)?.removedAtMs).toBeNull();
    expect(bench.desk.consents.liveConsentOf(visa)).toBeNull();
    expect(bench.desk.storedCards.forSale(visa, money(2_800, 'usd'))).toBeNull();
  });

  it('is not offered once its last month is over everywhere', async () => {
    const stripe = new FakeCards();
    const bench = openCardBench(tempFolder(), stripe);
    opened.push(bench);
    agreeToKeep(bench);
    payWithTap(bench, stripe, { card: { expMonth: 11, expYear: 2026 } });
    await bench.work();
    await bench.worker.close();
    const before = bench.desk.storedCards.chargeable(bench.member.key);

    await bench.clock.advance((11 * 24 + 3) * hourMs);

    expect(before).toHaveLength(1);
    expect(bench.desk.storedCards.chargeable(bench.member.key)).toEqual([]);
  });

  it('that pays takes the place of one that was to be kept, and that consent is taken back', async () => {
    const bench = await kioskWithVisa();
    const sale = atReview(bench);
    const { hash } = bench.desk.consents.offer();
    const { member } = bench;
    const agreement = { member, saleId: sale.id, wordingHash: hash, copyByEmail: false };
    bench.desk.consents.agree(agreement);

    bench.desk.storedCards.choose(bench.onScreen() ?? sale, visa);

    expect(bench.onScreen()?.keeping).toBeUndefined();
    expect(bench.book.consentsOf(member.key)[1]?.revoked).toMatchObject({ by: 'member' });
    expect(bench.desk.consents.liveConsentOf(visa)).not.toBeNull();
  });
});

describe('a charge that waits for the network', () => {
  it('is not allowed unless the studio says so', async () => {
    const bench = await kioskWithVisa();

    expect(payLater(bench, 2_800)?.storedCard?.mayWaitUntilMs).toBeNull();
  });

  it('has a time to end', async () => {
    const bench = await kioskWithVisa({ settings: { keep: true, waiting } });

    const sale = payLater(bench, 2_800);

    expect(sale?.storedCard?.mayWaitUntilMs).toBe(bench.clock.nowMs() + 24 * hourMs);
  });

  it('is not allowed above what one charge may be', async () => {
    const bench = await kioskWithVisa({ settings: { keep: true, waiting } });

    expect(payLater(bench, 5_000)?.storedCard?.mayWaitUntilMs).not.toBeNull();
    expect(payLater(bench, 5_001)?.storedCard?.mayWaitUntilMs).toBeNull();
  });

  it('is not allowed above what all that wait may be together', async () => {
    const bench = await kioskWithVisa({ settings: { keep: true, waiting } });
    payLater(bench, 3_500);

    expect(payLater(bench, 2_501)?.storedCard?.mayWaitUntilMs).toBeNull();
    expect(payLater(bench, 2_500)?.storedCard?.mayWaitUntilMs).not.toBeNull();
  });

  it('is not allowed while nobody knows what time it is', async () => {
    const bench = await kioskWithVisa({ settings: { keep: true, waiting } });
    bench.clock.jumpWall(48 * hourMs);

    expect(payLater(bench, 2_800)?.storedCard?.mayWaitUntilMs).toBeNull();
  });

  it('is cancelled when its time is over, and not a moment sooner', async () => {
    const bench = await kioskWithVisa({ settings: { keep: true, waiting } });
    const sale = payLater(bench, 2_800);
    const state = () => bench.ledger.findSale(sale?.id ?? never());

    await bench.clock.advance(24 * hourMs - 1);
    bench.desk.storedCards.lapse();
    expect(state()).toMatchObject({ state: 'creating', cancelReason: null });
    await bench.clock.advance(1);
    bench.desk.storedCards.lapse();

    expect(state()).toMatchObject({ state: 'canceling', cancelReason: 'wait_expired' });
  });

  it('is not cancelled by a clock that somebody has set', async () => {
    const bench = await kioskWithVisa({ settings: { keep: true, waiting } });
    const sale = payLater(bench, 2_800);
    bench.clock.jumpWall(48 * hourMs);

    bench.desk.storedCards.lapse();

    expect(bench.ledger.findSale(sale?.id ?? never())?.state).toBe('creating');
  });

  it('is not charged after its time, whoever is first', async () => {
    const bench = await kioskWithVisa({ settings: { keep: true, waiting } });
    const sale = payLater(bench, 2_800);
    await bench.clock.advance(25 * hourMs);

    expect(sale?.storedCard && bench.desk.storedCards.hindrance(sale.storedCard)).toEqual({
      kind: 'wait_lapsed',
    });
  });

  it('is looked after without anybody asking', async () => {
    const oneHour = { ...waiting, hours: 1 };
    const bench = await kioskWithVisa({ settings: { keep: true, waiting: oneHour } });
    const sale = payLater(bench, 2_800);
    const closing = new AbortController();
    const running = bench.desk.run(closing.signal);

    await bench.clock.advance(hourMs + 15_000);
    closing.abort(new Error('closed'));
    await running;

    expect(bench.ledger.findSale(sale?.id ?? never())?.cancelReason).toBe('wait_expired');
  });
});

function never(): never {
  throw new Error('no sale was confirmed');
}
