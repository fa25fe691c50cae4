import { expect, it } from 'vitest';
import { stripeCardsApi } from '../../main/backends/stripe/stripe-cards-api.ts';
import { stripePaymentsApi } from '../../main/backends/stripe/stripe-payments-api.ts';
import { stripeReadersApi } from '../../main/backends/stripe/stripe-readers-api.ts';
import {
  type CustomerId,
  kioskId,
  type PaymentMethodId,
  paymentMethodId,
  readerId,
  saleId,
  setupId,
} from '../../main/domain/ids.ts';
import { money } from '../../main/domain/money.ts';
import type { CardsApi } from '../../main/ports/cards-api.ts';
import type { PaymentsApi } from '../../main/ports/payments-api.ts';
import type { ReadersApi } from '../../main/ports/readers-api.ts';
import { testCard } from '../training/support/cards-on-file.ts';
import { present } from '../training/support/server-driven.ts';
import { openTraining, type Training } from '../training/support/training.ts';
import { valueOf } from './value-of.ts';

const never = new AbortController().signal;
const front = readerId('tmr_front');
const kiosk = kioskId('kiosk_0000000001');
const prompt = { customerMayCancel: true, skipTipping: true, keepsCard: true };

interface Kiosk extends Training {
  readonly cards: CardsApi;
  readonly payments: PaymentsApi;
  readonly atReader: ReadersApi;
}

/** The simulated Stripe over HTTP, and the kiosk's ways to it. */
async function openKiosk(wallets: 'generated_limited' | 'none' = 'none'): Promise<Kiosk> {
  const training = await openTraining({ account: { wallets } });
  const { stripe } = training;
  return {
    ...training,
    cards: stripeCardsApi({ stripe }),
    payments: stripePaymentsApi({ stripe, location: null }),
    atReader: stripeReadersApi({ stripe }),
  };
}

async function newCustomer({ cards }: Kiosk, member = 'M-17'): Promise<CustomerId> {
  return valueOf(await cards.createCustomer(member, `customer_${member}`, never)).id;
}

async function tap(kioskOf: Kiosk, card: string): Promise<void> {
  const { number, type } = testCard(card);
  await present(kioskOf, { type, [type]: { number } });
}

/** Keeps a card with a SetupIntent on the reader; returns what was read of it afterwards. */
async function setUp(kioskOf: Kiosk, customerId: CustomerId, card: string) {
  const request = { customerId, setupId: setupId('setup_0000000001'), kioskId: kiosk };
  const made = await kioskOf.cards.createSetupIntent(request, 'setup_1', never);
  const { id } = valueOf(made).setupIntent;
  await kioskOf.atReader.processSetupIntent(front, id, prompt, 'setup_prompt_1', never);
  await tap(kioskOf, card);
  return valueOf(await kioskOf.cards.readSetupIntent(id, never)).setupIntent;
}

async function keptCard(kioskOf: Kiosk, customer: CustomerId, card = 'visa') {
  const { generatedCard } = await setUp(kioskOf, customer, card);
  if (generatedCard === null) throw new Error('No card was kept.');
  return generatedCard;
}

/** Pays with a card at the reader that is kept with it; returns the PaymentIntent's id. */
async function payAndKeep(kioskOf: Kiosk, customer: CustomerId, card = 'visa') {
  const { payments, atReader } = kioskOf;
  const total = money(1_200, 'usd');
  const made = await payments.create(
    {
      total,
      saleId: saleId('sale_0000000001'),
      kioskId: kiosk,
      orderHash: 'hash',
      keepFor: customer,
    },
    'create_1',
    never,
  );
  const { id } = valueOf(made).paymentIntent;
  await atReader.processPaymentIntent(front, id, prompt, 'prompt_1', never);
  await tap(kioskOf, card);
  await payments.capture(id, total, 'capture_1', never);
  return id;
}

async function charge(kioskOf: Kiosk, customer: CustomerId, card: PaymentMethodId) {
  const made = await kioskOf.payments.create(
    {
      total: money(1_200, 'usd'),
      saleId: saleId('sale_0000000002'),
      kioskId: kiosk,
      orderHash: 'hash',
      storedCard: { customerId: customer, paymentMethodId: card },
    },
    'create_2',
    never,
  );
  const { id } = valueOf(made).paymentIntent;
  const confirmed = await kioskOf.payments.confirm(id, card, 'confirm_2', never);
  const { paymentIntent } = valueOf(await kioskOf.payments.read(id, never));
  return { confirmed, paymentIntent };
}

it('a member is one Customer, however often the same request is sent', async () => {
  await using kioskOf = await openKiosk();

  const first = await newCustomer(kioskOf);
  const again = await newCustomer(kioskOf);

  expect(again).toBe(first);
  const listed = await kioskOf.cards.listCustomers(
    { createdFromMs: 0, startingAfter: null },
    never,
  );
  expect(valueOf(listed).entries).toMatchObject([{ id: first, memberId: 'M-17' }]);
});

it('a member is shown by the list at once, and by the search when it has caught up', async () => {
  await using kioskOf = await openKiosk();
  const id = await newCustomer(kioskOf);
  await newCustomer(kioskOf, 'M-18');

  const before = valueOf(await kioskOf.cards.searchCustomers('M-17', never));
  kioskOf.clock.advance(120_000);
  const after = valueOf(await kioskOf.cards.searchCustomers('M-17', never));

  expect(before).toEqual([]);
  expect(after).toMatchObject([{ id, memberId: 'M-17' }]);
});

it('a member’s name, e-mail and phone are kept, and what is not known is left as it was', async () => {
  await using kioskOf = await openKiosk();
  const id = await newCustomer(kioskOf);
  const { cards } = kioskOf;

  await cards.updateCustomer(
    id,
    { name: 'Mara', email: 'mara@example.com', phone: '+15550100' },
    'update_1',
    never,
  );
  await cards.updateCustomer(id, { name: 'Mara O', email: null, phone: null }, 'update_2', never);

  const listed = await cards.listCustomers({ createdFromMs: 0, startingAfter: null }, never);
  expect(valueOf(listed).entries).toMatchObject([
    { name: 'Mara O', email: 'mara@example.com', phone: '+15550100' },
  ]);
});

it('a sale leaves the tapped card behind, which is the member’s for what was agreed', async () => {
  await using kioskOf = await openKiosk();
  const customer = await newCustomer(kioskOf);

  const paid = await payAndKeep(kioskOf, customer);

  const left = valueOf(await kioskOf.cards.leftBehind(paid, never));
  expect(left).toMatchObject({ wallet: null, last4: '4242' });
  const cards = valueOf(await kioskOf.cards.listCards(customer, never));
  expect(cards).toMatchObject([
    { id: left.generatedCard, customerId: customer, last4: '4242', allowRedisplay: 'limited' },
  ]);
});

it('a sale paid by phone leaves nothing behind, and says that it was a phone', async () => {
  await using kioskOf = await openKiosk('none');

  const paid = await payAndKeep(kioskOf, await newCustomer(kioskOf), 'wallet_visa');

  expect(valueOf(await kioskOf.cards.leftBehind(paid, never))).toMatchObject({
    generatedCard: null,
    wallet: 'apple_pay',
  });
});

it('a sale paid by phone leaves a card behind where Stripe keeps phones, and says so', async () => {
  await using kioskOf = await openKiosk('generated_limited');

  const paid = await payAndKeep(kioskOf, await newCustomer(kioskOf), 'wallet_visa');

  const left = valueOf(await kioskOf.cards.leftBehind(paid, never));
  const card = await kioskOf.cards.readCard(paymentMethodId(left.generatedCard ?? ''), never);
  expect(left.wallet).toBe('apple_pay');
  expect(valueOf(card)).toMatchObject({ wallet: 'apple_pay', allowRedisplay: 'limited' });
});

it('a card is kept without a sale, and the SetupIntent says which', async () => {
  await using kioskOf = await openKiosk();
  const customer = await newCustomer(kioskOf);

  const read = await setUp(kioskOf, customer, 'visa');

  expect(read).toMatchObject({
    status: 'succeeded',
    customerId: customer,
    setupId: 'setup_0000000001',
    kioskId: kiosk,
  });
  const cards = valueOf(await kioskOf.cards.listCards(customer, never));
  expect(cards.map(({ id }) => id)).toEqual([read.generatedCard]);
});

it('a card of one domestic brand is set up and leaves nothing that can be charged', async () => {
  await using kioskOf = await openKiosk();
  const customer = await newCustomer(kioskOf);

  const read = await setUp(kioskOf, customer, 'girocard_debit');

  expect(read).toMatchObject({ status: 'succeeded', generatedCard: null, wallet: null });
});

it('a phone that can’t be kept is refused by Stripe’s word for it, and another card may follow', async () => {
  await using kioskOf = await openKiosk('none');
  const customer = await newCustomer(kioskOf);

  const refused = await setUp(kioskOf, customer, 'wallet_visa');
  await kioskOf.atReader.processSetupIntent(front, refused.id, prompt, 'prompt_2', never);
  await tap(kioskOf, 'visa');
  const kept = valueOf(await kioskOf.cards.readSetupIntent(refused.id, never)).setupIntent;

  expect(refused).toMatchObject({
    status: 'requires_payment_method',
    lastError: { code: 'setup_intent_mobile_wallet_unsupported' },
    generatedCard: null,
  });
  expect(kept.status).toBe('succeeded');
  expect(kept.latestAttemptId).not.toBe(refused.latestAttemptId);
});

it('a setup that was given up is cancelled', async () => {
  await using kioskOf = await openKiosk();
  const customerId = await newCustomer(kioskOf);
  const made = await kioskOf.cards.createSetupIntent(
    { customerId, setupId: setupId('setup_0000000001'), kioskId: kiosk },
    'setup_1',
    never,
  );
  const { id } = valueOf(made).setupIntent;

  await kioskOf.cards.cancelSetupIntent(id, 'cancel_1', never);

  const { setupIntent } = valueOf(await kioskOf.cards.readSetupIntent(id, never));
  expect(setupIntent.status).toBe('canceled');
});

it('the same physical card is known again at another member by its fingerprint', async () => {
  await using kioskOf = await openKiosk();
  const { cards } = kioskOf;

  const paid = await payAndKeep(kioskOf, await newCustomer(kioskOf));
  const left = valueOf(await cards.leftBehind(paid, never)).generatedCard ?? '';
  const other = await keptCard(kioskOf, await newCustomer(kioskOf, 'M-18'));

  const [mine, theirs] = await Promise.all(
    [paymentMethodId(left), other].map(async (id) => valueOf(await cards.readCard(id, never))),
  );
  expect(mine?.fingerprint).not.toBeNull();
  expect(theirs?.fingerprint).toBe(mine?.fingerprint);
});

it('a card that is removed belongs to nobody, and can never be kept again', async () => {
  await using kioskOf = await openKiosk();
  const customer = await newCustomer(kioskOf);
  const card = await keptCard(kioskOf, customer);

  await kioskOf.cards.detachCard(card, 'detach_1', never);
  const again = await kioskOf.cards.attachCard(card, customer, 'attach_1', never);

  expect(valueOf(await kioskOf.cards.listCards(customer, never))).toEqual([]);
  expect(again.kind).toBe('refused');
});

it('a card on file is charged while nobody is there, and the receipt knows which it was', async () => {
  await using kioskOf = await openKiosk();
  const customer = await newCustomer(kioskOf);
  const card = await keptCard(kioskOf, customer);

  const { confirmed, paymentIntent } = await charge(kioskOf, customer, card);

  expect(confirmed.kind).toBe('done');
  expect(paymentIntent).toMatchObject({
    status: 'succeeded',
    amountReceived: 1_200,
    acceptsCardPresent: false,
    card: { last4: '4242', readMethod: null },
  });
});

it.each([
  ['kept_authentication_required', 'authentication_required'],
  ['kept_insufficient_funds', 'card_declined'],
  ['kept_expired_card', 'expired_card'],
])('a charge to the card %s is refused, and a read says why', async (name, code) => {
  await using kioskOf = await openKiosk();
  const customer = await newCustomer(kioskOf);
  const card = await keptCard(kioskOf, customer, name);

  const { confirmed, paymentIntent } = await charge(kioskOf, customer, card);

  expect(confirmed).toMatchObject({ kind: 'refused', status: 402, code });
  expect(paymentIntent).toMatchObject({
    status: 'requires_payment_method',
    amountReceived: 0,
    lastPaymentError: { code },
  });
});

it('a setup’s end comes as an event that names the SetupIntent and its kiosk', async () => {
  await using kioskOf = await openKiosk();
  const { id } = await setUp(kioskOf, await newCustomer(kioskOf), 'visa');

  const listed = await kioskOf.payments.listEvents(
    { createdFromMs: 0, startingAfter: null },
    never,
  );

  const { entries } = valueOf(listed);
  expect(entries.filter((event) => event.setupIntentId === id)).toMatchObject([
    { type: 'terminal.reader.action_succeeded', readerId: front },
    { type: 'setup_intent.succeeded', kioskId: kiosk, readerId: null },
  ]);
});
