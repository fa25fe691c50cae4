import { afterEach, describe, expect, it } from 'vitest';
import type { AttemptId, SetupId } from '../../../main/domain/ids.ts';
import { refused, uncertain } from '../../support/fakes/fake-payments.ts';
import { aSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type BenchOptions, type CardBench, openCardBench } from './card-bench.ts';
import { FakeCards, visa } from './fake-cards.ts';

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

/** Mia agrees that a card is kept without a sale. */
function begin(bench: CardBench): SetupId {
  const member = bench.addMia();
  const { hash } = bench.desk.consents.offer();
  const agreed = bench.desk.consents.agree({
    member,
    saleId: null,
    wordingHash: hash,
    copyByEmail: false,
  });
  if (agreed.kind !== 'setup_started') throw new Error(`no setup was started: ${agreed.kind}`);
  return agreed.setupId;
}

function attemptOf(bench: CardBench, id: SetupId): AttemptId {
  const { attempt } = bench.setup(id);
  if (attempt === null) throw new Error('no card is asked for');
  return attempt.id;
}

/** The reader reads the card and its bank agrees. */
function tap(bench: CardBench, stripe: FakeCards, id: SetupId): void {
  const attemptId = attemptOf(bench, id);
  bench.desk.setups.told(id, { kind: 'reader_prompted', attemptId });
  bench.desk.setups.told(id, { kind: 'card_collected', attemptId, askFirst: false });
  const [setupIntent] = [...stripe.setupIntents.values()].slice(-1);
  if (setupIntent === undefined) throw new Error('there is no SetupIntent');
  stripe.addCard({ customerId: setupIntent.customerId });
  stripe.setupIntents.set(setupIntent.id, {
    ...setupIntent,
    status: 'succeeded',
    latestAttemptId: 'setatt_1',
    generatedCard: visa,
  });
  bench.desk.setups.told(id, {
    kind: 'process_answered',
    attemptId,
    count: 1,
    hint: { kind: 'processed' },
  });
}

describe('a card kept without a sale', () => {
  it('is on file under its consent once the bank has agreed', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    await bench.work();
    tap(bench, stripe, id);
    await bench.work();

    expect(bench.desk.setups.setup).toMatchObject({ id, state: 'kept', cardId: visa });
    expect(bench.desk.consents.liveConsentOf(visa)?.link).toMatchObject({
      intentId: 'seti_0001',
      cardId: visa,
    });
  });

  it('is asked for with a secret that is held in memory alone, and forgotten afterwards', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    await bench.work();
    const { clientSecret } = bench.commanded[0] ?? { clientSecret: null };
    const inFile = bench.database.db.serialize().includes(clientSecret ?? 'none');
    tap(bench, stripe, id);
    await bench.work();

    expect(clientSecret).toBe('seti_0001_secret_abcdefghijkl');
    expect(inFile).toBe(false);
    expect(bench.desk.secrets.of(id)).toBeNull();
  });

  it('is kept after a crash between the bank’s answer and the saving', async () => {
    const stripe = new FakeCards();
    const folder = tempFolder();
    const before = openCardBench(folder, stripe);
    const id = begin(before);
    await before.work();
    stripe.next('readCard', 'lost');
    tap(before, stripe, id);
    await before.work();
    const was = before.setup(id).state;
    await before.close();

    const after = kiosk(stripe, { boot: 'boot_0000000002', firstId: 50 }, folder);
    after.desk.start();
    await after.clock.advance(60_000);
    await after.work();

    expect(was).toBe('saving');
    expect(after.setup(id).state).toBe('kept');
    expect(after.book.findCard(visa)).not.toBeNull();
  });

  it('is given up after a crash while the reader waited, and its SetupIntent cancelled', async () => {
    const stripe = new FakeCards();
    const folder = tempFolder();
    const before = openCardBench(folder, stripe);
    const id = begin(before);
    await before.work();
    await before.close();

    const after = kiosk(stripe, { boot: 'boot_0000000002', firstId: 50 }, folder);
    after.desk.start();
    await after.work();

    expect(after.setup(id)).toMatchObject({ state: 'canceled', cancelReason: 'kiosk_restarted' });
    expect([...stripe.setupIntents.values()][0]?.status).toBe('canceled');
  });

  it('asks for another card when a phone was tapped that can’t be kept', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    await bench.work();
    const attemptId = attemptOf(bench, id);
    bench.desk.setups.told(id, { kind: 'card_collected', attemptId, askFirst: false });
    bench.desk.setups.told(id, {
      kind: 'process_answered',
      attemptId,
      count: 1,
      hint: {
        kind: 'failed',
        code: 'setup_intent_mobile_wallet_unsupported',
        declineCode: null,
        paymentIntentStatus: 'requires_payment_method',
      },
    });
    await bench.work();
    const declined = bench.setup(id);
    bench.desk.setups.retry(id);

    expect(declined).toMatchObject({ state: 'presenting', attempt: null, decline: 'wallet' });
    expect(bench.setup(id).attempt?.ordinal).toBe(2);
  });

  it('is not begun while a sale may want the reader', () => {
    const bench = kiosk(new FakeCards());
    bench.show(aSale());
    const member = bench.addMia();
    const { hash } = bench.desk.consents.offer();

    const agreed = bench.desk.consents.agree({
      member,
      saleId: null,
      wordingHash: hash,
      copyByEmail: false,
    });

    expect(agreed.kind).toBe('not_now');
    expect(bench.book.consentsOf(member.key)).toEqual([]);
  });
});

describe('a setup that fails', () => {
  it.each([
    ['refused', refused('parameter_invalid')],
    ['in doubt', uncertain],
  ])('is over when its SetupIntent is %s: nothing is at stake', async (_what, answer) => {
    const stripe = new FakeCards();
    stripe.next('createSetupIntent', { answer, carriedOut: false });
    const bench = kiosk(stripe);
    const id = begin(bench);
    await bench.work();

    expect(bench.setup(id)).toMatchObject({ state: 'canceled', cancelReason: 'stripe_refused' });
  });

  it('makes no SetupIntent any more once the member has gone', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    bench.desk.setups.cancel(id);
    await bench.work();

    expect(bench.setup(id)).toMatchObject({ state: 'canceled', cancelReason: 'customer' });
    expect(stripe.setupIntents.size).toBe(0);
  });

  it('cancels the SetupIntent whose making was answered late', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    stripe.meanwhile.set('createSetupIntent', () => {
      bench.desk.setups.cancel(id);
    });
    await bench.work();

    expect(bench.setup(id)).toMatchObject({ state: 'canceled' });
    expect([...stripe.setupIntents.values()][0]?.status).toBe('canceled');
    expect(bench.commanded).toEqual([]);
  });

  it('cancels once more when Stripe stumbles over the cancelling', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    await bench.work();
    stripe.next('cancelSetupIntent', { answer: uncertain, carriedOut: false });
    bench.desk.setups.cancel(id);
    for (let round = 0; round < 3; round += 1) {
      await bench.work();
      await bench.clock.advance(5_000);
    }

    expect(bench.setup(id).state).toBe('canceled');
    expect(new Set(stripe.keysOf('cancelSetupIntent')).size).toBe(2);
  });

  it.each([
    ['nobody answers the create', 30_000, 'stripe_unavailable'],
    ['the reader does not wake', 15_000, 'reader_unavailable'],
    ['nobody taps', 75_000, 'timeout'],
  ] as const)('is given up when %s', async (what, afterMs, cancelReason) => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    if (what !== 'nobody answers the create') await bench.work();
    if (what === 'nobody taps') {
      const attemptId = attemptOf(bench, id);
      bench.desk.setups.told(id, { kind: 'reader_prompted', attemptId });
    }

    await bench.clock.advance(afterMs - 1);
    const before = bench.setup(id).cancelReason;
    await bench.clock.advance(1);

    expect(before).toBeNull();
    expect(bench.setup(id).cancelReason).toBe(cancelReason);
  });
});

describe('the setup on the screen', () => {
  it('stays while the member is needed, and goes when they have seen how it ended', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    await bench.work();
    const early = bench.desk.setups.dismiss(id);
    tap(bench, stripe, id);
    await bench.work();
    const late = bench.desk.setups.dismiss(id);

    expect(early.kind).toBe('not_now');
    expect(late.kind).toBe('heard');
    expect(bench.desk.setups.setup).toBeNull();
  });

  it('asks the reader anew when the page was loaded', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    await bench.work();
    const first = attemptOf(bench, id);

    bench.desk.windowLoaded();

    expect(attemptOf(bench, id)).not.toBe(first);
    expect(bench.commanded).toHaveLength(2);
  });

  it('hears no word that is meant for another', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    await bench.work();

    expect(bench.desk.setups.cancel('setup_000000009999').kind).toBe('not_now');
    expect(bench.setup(id).state).toBe('presenting');
  });

  it('is carried on when its work was set aside', () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = begin(bench);
    bench.database.db.prepare(`delete from outbox`).run();

    bench.desk.setups.findStuck();

    expect(bench.setup(id).state).toBe('canceled');
  });
});
