import { afterEach, describe, expect, it } from 'vitest';
import type { SetupId } from '../../../main/domain/ids.ts';
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

/** Mia has agreed that a card is kept, and the reader waits for it, led by main in one step. */
async function awaitingCard(bench: CardBench): Promise<SetupId> {
  const member = bench.addMia();
  const { hash: wordingHash } = bench.desk.consents.offer();
  const agreement = { member, saleId: null, wordingHash, copyByEmail: false };
  const agreed = bench.desk.consents.agree(agreement);
  if (agreed.kind !== 'setup_started') throw new Error(`no setup was started: ${agreed.kind}`);
  await bench.work();
  const attemptId = bench.setup(agreed.setupId).attempt?.id;
  if (attemptId === undefined) throw new Error('no card is asked for');
  const { setups } = bench.desk;
  setups.told(agreed.setupId, { kind: 'reader_called', attemptId, steps: 'one_step' });
  setups.told(agreed.setupId, { kind: 'reader_prompted', attemptId });
  return agreed.setupId;
}

/** The bank agrees, and Stripe attaches what it made to the Customer by itself. */
function bankAgrees(stripe: FakeCards): void {
  const [setupIntent] = [...stripe.setupIntents.values()];
  if (setupIntent === undefined) throw new Error('there is no SetupIntent');
  stripe.addCard({ customerId: setupIntent.customerId });
  stripe.setupIntents.set(setupIntent.id, {
    ...setupIntent,
    status: 'succeeded',
    latestAttemptId: 'setatt_1',
    generatedCard: visa,
  });
}

describe('a member who cancels while their card is tapped', () => {
  it('has taken the consent back: the card is not kept, and taken off at Stripe', async () => {
    const stripe = new FakeCards();
    const bench = kiosk(stripe);
    const id = await awaitingCard(bench);

    bankAgrees(stripe);
    expect(bench.desk.setups.cancel(id)).toEqual({ kind: 'heard' });
    await bench.clock.advance(10_000);
    await bench.work();

    expect(bench.setup(id)).toMatchObject({ state: 'not_kept', failure: 'consent_revoked' });
    expect(bench.desk.storedCards.chargeable(bench.member.key)).toEqual([]);
    expect(stripe.cards.get(visa)?.customerId).toBeNull();
    expect(bench.book.consentsOf(bench.member.key)).toMatchObject([{ revoked: { by: 'member' } }]);
  });
});

describe('a row that keeps a card and can’t be believed', () => {
  it('is set aside, and the card is kept by another once the kiosk starts', async () => {
    const stripe = new FakeCards();
    const folder = tempFolder();
    const before = openCardBench(folder, stripe);
    const id = await awaitingCard(before);
    stripe.next('readCard', 'lost');
    bankAgrees(stripe);
    const attemptId = before.setup(id).attempt?.id;
    if (attemptId === undefined) throw new Error('no card is asked for');
    before.desk.setups.told(id, {
      kind: 'reader_finished',
      attemptId,
      hint: { kind: 'processed' },
    });
    await before.work();
    const was = before.setup(id).state;
    await before.close();

    const after = kiosk(stripe, { boot: 'boot_0000000002', firstId: 50 }, folder);
    after.database.db.exec(
      `update outbox set seal = substr(seal, 2) || substr(seal, 1, 1) where kind = 'card.save'`,
    );
    await after.clock.advance(60_000);
    await after.work();
    after.desk.start();
    await after.work();

    expect(was).toBe('saving');
    expect(after.setup(id).state).toBe('kept');
  });
});
