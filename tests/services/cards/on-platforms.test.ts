import { afterEach, describe, expect, it } from 'vitest';
import type { SetupId } from '../../../main/domain/ids.ts';
import type { CardsApi } from '../../../main/ports/cards-api.ts';
import { newMember } from '../../../main/services/cards/new-member.ts';
import { readTerms } from '../../../main/services/cards/setup-terms.ts';
import { hold, openPortalKiosk } from '../../backends/portal/portal-kiosk.ts';
import { type MarianaBench, openMariana } from '../../backends/mariana-tek/mariana-bench.ts';
import { marianaSeed } from '../../platforms/start-platform.ts';
import { tapCard } from '../../platforms/tap-card.ts';
import { valueOf } from '../../stripe/value-of.ts';
import { aSale, ourKiosk, ourSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { VirtualClock } from '../../support/fakes/virtual-clock.ts';
import { type BenchOptions, type CardBench, mia, openCardBench, sha256 } from './card-bench.ts';
import { keepsAlone, keepsOfPayments } from './fake-store.ts';
import { agreeToKeep } from './keeping-sale.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];
const { signal } = new AbortController();
const { userId, partnerId } = marianaSeed;

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

function kiosk(cards: CardsApi | null, options: BenchOptions): CardBench {
  const bench = openCardBench(tempFolder(), cards, options);
  opened.push(bench);
  return bench;
}

describe('with the proof server of Mariana Tek, over HTTP', () => {
  function kioskOf({ mariana, studio }: MarianaBench): CardBench {
    const clock = new VirtualClock(studio.clock.nowMs());
    const store = { fromPayment: null, setups: mariana.cardKeeping };
    return kiosk(null, { clock, payments: mariana.payments, store, abilities: keepsAlone });
  }

  /** The member of this user agrees, and taps this card. */
  async function setUp(bench: CardBench, mariana: MarianaBench, card = 'visa'): Promise<SetupId> {
    const member = newMember({ ...mia, memberId: userId }, sha256);
    bench.book.saveMember(member, bench.time.nowMs());
    const orderCode = `foyer:order?id=123&total=6912&user=${userId}&partner=${partnerId}`;
    const read = readTerms({ postalCode: '02138', orderCode }, member, null);
    if (!('terms' in read)) throw new Error(read.refused);
    const { hash: wordingHash } = bench.desk.consents.offer();
    const agreement = { member, saleId: null, wordingHash, copyByEmail: false, ...read };
    const agreed = bench.desk.consents.agree(agreement);
    if (agreed.kind !== 'setup_started') throw new Error(agreed.kind);
    const id = agreed.setupId;
    await bench.drain();
    const { attempt, setupIntent } = bench.setup(id);
    if (attempt === null || setupIntent === null) throw new Error('no card is asked for');
    await tapCard(mariana, { setupIntent: setupIntent.id }, card);
    const attemptId = attempt.id;
    bench.desk.setups.told(id, { kind: 'reader_finished', attemptId, hint: { kind: 'processed' } });
    await bench.drain();
    return id;
  }

  it('a card is kept as a bankcard of the user, under the postal code with its zero', async () => {
    await using mariana = await openMariana();
    const bench = kioskOf(mariana);

    const id = await setUp(bench, mariana);

    expect(bench.setup(id)).toMatchObject({ state: 'kept' });
    expect(mariana.platform.model.shop.bankcards).toMatchObject([
      { userId, partnerId, name: mia.name, postalCode: '02138' },
    ]);
  });

  it('a reply that is lost after the bankcard was made leads to no second one', async () => {
    await using mariana = await openMariana();
    const bench = kioskOf(mariana);
    mariana.platform.faults.next({ kind: 'reply_lost' }, { on: 'store_payment_method' });

    const id = await setUp(bench, mariana);
    bench.desk.setups.findStuck();
    await bench.drain();

    expect(bench.setup(id)).toMatchObject({ state: 'not_kept', failure: null });
    expect(mariana.asked('store_payment_method')).toBe(1);
    expect(mariana.platform.model.shop.bankcards).toHaveLength(1);
  });

  it('a declined card leaves nothing there, and another may be tapped', async () => {
    await using mariana = await openMariana();
    const bench = kioskOf(mariana);

    const id = await setUp(bench, mariana, 'charge_declined');

    expect(bench.setup(id)).toMatchObject({ state: 'presenting', attempt: null });
    expect(bench.setup(id).decline).not.toBeNull();
    expect(mariana.asked('store_payment_method')).toBe(0);
  });
});

describe('with the proof server of a portal, over HTTP', () => {
  it('the card that paid is kept by the portal, and taken off again when the member removes it', async () => {
    await using portal = await openPortalKiosk();
    const { cards, payments, cardStore: store } = portal.backend;
    const { studio, platform } = portal.bench;
    const clock = new VirtualClock(studio.clock.nowMs());
    const bench = kiosk(cards, { clock, payments, store, abilities: keepsOfPayments });
    agreeToKeep(bench);

    // The sale itself is paid by hand: it belongs to another bench.
    const keepForMember = bench.desk.memberIdOf?.(bench.member.key) ?? '';
    const ours = { saleId: ourSale, kioskId: ourKiosk, total: aSale().order.total };
    const id = await hold(portal, { keepForMember, ...ours });
    bench.sales.apply(ourSale, { kind: 'confirmed' });
    const held = valueOf(await payments.read(id, signal)).paymentIntent;
    bench.sales.apply(ourSale, { kind: 'payment_intent_created', paymentIntent: held });
    valueOf(await payments.capture(id, ours.total, 'capture_1', signal));
    const { paymentIntent } = valueOf(await payments.read(id, signal));
    bench.sales.apply(ourSale, { kind: 'payment_intent_read', paymentIntent, leftAt: 99 });
    bench.database.db
      .prepare(`update outbox set state = 'done', ended_at_ms = 1 where kind glob 'payment_int*'`)
      .run();
    await bench.drain();

    const [card] = bench.desk.storedCards.chargeable(bench.member.key);
    if (card === undefined) throw new Error('no card is on file');
    const customer = platform.model.customers.get(mia.memberId);
    expect(card).toMatchObject({ last4: '4242', customerId: customer?.stripe });
    expect([...(customer?.cards ?? [])]).toEqual([card.id]);
    expect((await studio.stripe.customers.list()).data).toHaveLength(1);

    bench.desk.consents.revoke(card.id, 'member');
    await bench.drain();
    expect((await studio.stripe.paymentMethods.retrieve(card.id)).customer).toBeNull();
  });
});
