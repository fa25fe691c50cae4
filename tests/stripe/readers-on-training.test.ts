import { expect, it } from 'vitest';
import { stripePaymentsApi } from '../../main/backends/stripe/stripe-payments-api.ts';
import { stripeReadersApi } from '../../main/backends/stripe/stripe-readers-api.ts';
import { locationId, paymentIntentId, readerId } from '../../main/domain/ids.ts';
import type { ReadersApi } from '../../main/ports/readers-api.ts';
import { present } from '../training/support/server-driven.ts';
import { openTraining, saleParams, type Training } from '../training/support/training.ts';
import { valueOf } from './value-of.ts';

const never = new AbortController().signal;
const front = readerId('tmr_front');
const config = { customerMayCancel: false, skipTipping: true, keepsCard: false };

/** The simulated Stripe over HTTP, and both of the kiosk's ways to it. */
async function openKiosk(): Promise<Training & { api: ReadersApi }> {
  const training = await openTraining();
  return { ...training, api: stripeReadersApi({ stripe: training.stripe }) };
}

async function newIntent({ stripe }: Training) {
  return paymentIntentId((await stripe.paymentIntents.create(saleParams())).id);
}

it('a card is asked for and charged, and the reader says for which PaymentIntent', async () => {
  await using kiosk = await openKiosk();
  const intent = await newIntent(kiosk);

  const asked = await kiosk.api.processPaymentIntent(front, intent, config, 'key_1', never);
  await present(kiosk);
  const seen = await kiosk.api.read(front, never);

  expect(valueOf(asked).action).toMatchObject({ status: 'in_progress', object: intent });
  expect(valueOf(seen).action).toMatchObject({ status: 'succeeded', object: intent });
});

it('a card is read first and charged on its own call', async () => {
  await using kiosk = await openKiosk();
  const intent = await newIntent(kiosk);

  await kiosk.api.collectPaymentMethod(front, intent, config, 'key_1', never);
  const before = valueOf(await kiosk.api.read(front, never));
  await present(kiosk);
  const collected = valueOf(await kiosk.api.read(front, never));
  await kiosk.api.confirmPaymentIntent(front, intent, 'key_2', never);

  expect([before.action?.hasCard, collected.action?.hasCard]).toEqual([false, true]);
  expect((await kiosk.stripe.paymentIntents.retrieve(intent)).status).toBe('requires_capture');
});

it('a prompt that is cleared leaves nothing on the reader', async () => {
  await using kiosk = await openKiosk();
  await kiosk.api.processPaymentIntent(front, await newIntent(kiosk), config, 'key_1', never);

  expect(valueOf(await kiosk.api.cancelAction(front, never)).action).toBeNull();
});

it('a reader is registered at a new Location, renamed, listed and removed', async () => {
  await using kiosk = await openKiosk();
  const readers = kiosk.api;
  const address = {
    country: 'US',
    line1: '1 Main',
    city: 'Oakland',
    state: 'CA',
    postalCode: '94607',
  };

  const made = await readers.createLocation({ name: 'Studio South', address }, 'key_1', never);
  const where = valueOf(made).id;
  const added = await readers.register(
    { code: 'calm-blue-river', label: 'Back', locationId: where },
    'key_2',
    never,
  );
  const { id } = valueOf(added);
  await readers.rename(id, 'Yoga room', 'key_3', never);

  const listed = valueOf(await readers.list(never)).find((reader) => reader.id === id);
  expect(listed).toMatchObject({ label: 'Yoga room', locationId: where });
  expect(valueOf(await readers.listLocations(never))).toContainEqual({
    id: where,
    name: 'Studio South',
    country: 'US',
    city: 'Oakland',
  });
  expect(await readers.deregister(id, never)).toMatchObject({ kind: 'done' });
  expect(valueOf(await readers.list(never)).some((reader) => reader.id === id)).toBe(false);
  expect(await readers.read(id, never)).toMatchObject({
    kind: 'refused',
    code: 'resource_missing',
  });
});

it('a code that no reader shows is refused in Stripe’s words', async () => {
  await using kiosk = await openKiosk();

  const answer = await kiosk.api.register(
    { code: 'nonsense', label: 'Back', locationId: locationId('tml_studio') },
    'key_1',
    never,
  );

  expect(answer).toMatchObject({ kind: 'refused', status: 400 });
});

it('the end of an action comes as an event that names the reader and its PaymentIntent', async () => {
  await using kiosk = await openKiosk();
  const payments = stripePaymentsApi({ stripe: kiosk.stripe, location: null });
  const intent = await newIntent(kiosk);
  await kiosk.api.processPaymentIntent(front, intent, config, 'key_1', never);
  await present(kiosk);

  const { entries } = valueOf(
    await payments.listEvents({ createdFromMs: 0, startingAfter: null }, never),
  );

  expect(entries.filter((event) => event.readerId !== null)).toMatchObject([
    {
      type: 'terminal.reader.action_succeeded',
      readerId: front,
      paymentIntentId: intent,
      kioskId: null,
    },
  ]);
});
