import { afterEach, describe, expect, it } from 'vitest';
import { stripeCardsApi } from '../../../main/backends/stripe/stripe-cards-api.ts';
import { stripePaymentsApi } from '../../../main/backends/stripe/stripe-payments-api.ts';
import { stripeReadersApi } from '../../../main/backends/stripe/stripe-readers-api.ts';
import { type PaymentIntentId, readerId, type SetupId } from '../../../main/domain/ids.ts';
import { totalOf } from '../../../main/domain/sale.ts';
import { valueOf } from '../../stripe/value-of.ts';
import { aSale, ourKiosk, ourSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { VirtualClock } from '../../support/fakes/virtual-clock.ts';
import { testCard } from '../../training/support/cards-on-file.ts';
import { present } from '../../training/support/server-driven.ts';
import { openTraining, type Training } from '../../training/support/training.ts';
import { type CardBench, mia, openCardBench } from './card-bench.ts';
import { agreeToKeep } from './keeping-sale.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];
const { signal } = new AbortController();
const front = readerId('tmr_front');
const prompt = { customerMayCancel: true, skipTipping: true, keepsCard: true };

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

function kiosk(training: Training): CardBench {
  const { stripe } = training;
  const clock = new VirtualClock(training.clock.nowMs());
  const payments = stripePaymentsApi({ stripe, location: null });
  const bench = openCardBench(tempFolder(), stripeCardsApi({ stripe }), { clock, payments });
  opened.push(bench);
  return bench;
}

async function tap(training: Training, name: string): Promise<void> {
  const { number, type } = testCard(name);
  await present(training, { type, [type]: { number } });
}

/** The sale on the screen, paid at the reader by this card for the member who agreed to keep it. */
async function pay(bench: CardBench, training: Training, card: string): Promise<PaymentIntentId> {
  const { stripe } = training;
  const payments = stripePaymentsApi({ stripe, location: null });
  const keepFor = valueOf(await bench.desk.customerOf(bench.member.key, signal));
  const total = totalOf(aSale());
  const request = { total, saleId: ourSale, kioskId: ourKiosk, orderHash: 'hash', keepFor };
  const made = valueOf(await payments.create(request, 'create_1', signal)).paymentIntent;
  bench.sales.apply(ourSale, { kind: 'confirmed' });
  bench.sales.apply(ourSale, { kind: 'payment_intent_created', paymentIntent: made });
  await stripeReadersApi({ stripe }).processPaymentIntent(front, made.id, prompt, 'p_1', signal);
  await tap(training, card);
  await payments.capture(made.id, total, 'capture_1', signal);
  const { paymentIntent } = valueOf(await payments.read(made.id, signal));
  bench.sales.apply(ourSale, { kind: 'payment_intent_read', paymentIntent, leftAt: 99 });
  // The sale's own rows are done here by hand.
  bench.database.db
    .prepare(`update outbox set state = 'done', ended_at_ms = 1 where kind glob 'payment_intent*'`)
    .run();
  return made.id;
}

async function setUp(bench: CardBench, training: Training, card: string): Promise<SetupId> {
  const { hash } = bench.desk.consents.offer();
  const { member } = bench;
  const agreement = { member, saleId: null, wordingHash: hash, copyByEmail: false };
  const agreed = bench.desk.consents.agree(agreement);
  if (agreed.kind !== 'setup_started') throw new Error(agreed.kind);
  const id = agreed.setupId;
  await bench.drain();
  const { attempt, setupIntent } = bench.setup(id);
  if (attempt === null || setupIntent === null) throw new Error('no card is asked for');
  const readers = stripeReadersApi({ stripe: training.stripe });
  await readers.processSetupIntent(front, setupIntent.id, prompt, 's_1', signal);
  await tap(training, card);
  const attemptId = attempt.id;
  bench.desk.setups.told(id, { kind: 'reader_finished', attemptId, hint: { kind: 'processed' } });
  await bench.drain();
  return id;
}

describe('with the simulated Stripe, over HTTP', () => {
  it('the card that paid is kept, and taken off again when the member removes it', async () => {
    await using training = await openTraining();
    const bench = kiosk(training);
    agreeToKeep(bench);

    const intentId = await pay(bench, training, 'visa');
    await bench.drain();

    const [card] = bench.desk.storedCards.chargeable(bench.member.key);
    if (card === undefined) throw new Error('no card is on file');
    expect(card).toMatchObject({ brand: 'visa', last4: '4242', allowRedisplay: 'limited' });
    expect(bench.desk.consents.liveConsentOf(card.id)?.link).toMatchObject({ intentId });
    const [details] = (await training.stripe.customers.list()).data;
    expect(details).toMatchObject({ name: mia.name, email: mia.email, phone: mia.phone });

    bench.desk.consents.revoke(card.id, 'member');
    await bench.drain();
    expect((await training.stripe.paymentMethods.retrieve(card.id)).customer).toBeNull();
  });

  it('a card is kept without a sale', async () => {
    await using training = await openTraining();
    const bench = kiosk(training);
    bench.addMia();

    const id = await setUp(bench, training, 'mastercard');

    expect(bench.setup(id)).toMatchObject({ state: 'kept' });
    expect(bench.desk.storedCards.chargeable(bench.member.key)).toHaveLength(1);
  });

  it('a phone that paid leaves no card where Stripe makes none of it', async () => {
    await using training = await openTraining({ account: { wallets: 'none' } });
    const bench = kiosk(training);
    agreeToKeep(bench);

    await pay(bench, training, 'wallet_visa');
    await bench.drain();

    expect(bench.book.keepingOf(ourSale)).toEqual({ kind: 'not_kept', why: 'wallet' });
  });

  it('a phone that paid is kept as a limited card where Stripe makes one of it', async () => {
    await using training = await openTraining({ account: { wallets: 'generated_limited' } });
    const bench = kiosk(training);
    agreeToKeep(bench);

    await pay(bench, training, 'wallet_visa');
    await bench.drain();

    const [card] = bench.desk.storedCards.chargeable(bench.member.key);
    expect(card).toMatchObject({ allowRedisplay: 'limited', wallet: 'apple_pay' });
  });

  it('two kiosks that meet a member at once make one Customer', async () => {
    await using training = await openTraining();
    const kiosks = [kiosk(training), kiosk(training)];
    const ask = () =>
      Promise.all(kiosks.map((bench) => bench.desk.customers.ensure(bench.addMia().key, signal)));

    // One of them may be told that the other's request is still under way.
    await ask();
    const answers = await ask();

    expect(new Set(answers.map(valueOf)).size).toBe(1);
    expect((await training.stripe.customers.list()).data).toHaveLength(1);
  });

  it('a member is found again by their number when the file is gone', async () => {
    await using training = await openTraining();
    const before = kiosk(training);
    before.addMia();
    await before.desk.customers.ensure(before.member.key, signal);
    await before.drain();

    const after = kiosk(training);
    const identified = await after.desk.session.identify('1001', '0001', signal);

    expect(identified).toMatchObject({ kind: 'identified', member: mia });
  });
});
