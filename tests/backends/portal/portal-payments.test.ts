import { describe, expect, it } from 'vitest';
import { paymentIntentId, paymentMethodId } from '../../../main/domain/ids.ts';
import type { PlatformFault } from '../../platforms/faults.ts';
import { valueOf } from '../../stripe/value-of.ts';
import {
  capture,
  create,
  hold,
  kiosk,
  never,
  openPortalKiosk,
  request,
  sale,
  statusAtStripe,
} from './portal-kiosk.ts';

it('a PaymentIntent of the portal’s making is marked as this kiosk’s before a card is asked for', async () => {
  await using portal = await openPortalKiosk();

  const { paymentIntent, clientSecret } = valueOf(await create(portal));

  expect(paymentIntent).toMatchObject({
    status: 'requires_payment_method',
    amount: 1_299,
    currency: 'usd',
    acceptsCardPresent: true,
    saleId: sale,
    kioskId: kiosk,
  });
  const atStripe = await portal.bench.studio.stripe.paymentIntents.retrieve(paymentIntent.id);
  expect(atStripe.metadata).toEqual({ sale, kiosk, order: 'hash' });
  expect(atStripe.capture_method).toBe('manual');
  expect(clientSecret).toBe(atStripe.client_secret);
});

it('a whole payment is held, captured by the portal and read as paid at Stripe', async () => {
  await using portal = await openPortalKiosk();
  const id = await hold(portal);

  const taken = await capture(portal, id);

  expect(taken).toMatchObject({ kind: 'done' });
  const { paymentIntent } = valueOf(await portal.backend.payments.read(id, never));
  expect(paymentIntent).toMatchObject({ status: 'succeeded', amountReceived: 1_299, saleId: sale });
  expect(portal.bench.platform.bugs).toEqual([]);
});

it('a PaymentIntent under another path is found there', async () => {
  await using portal = await openPortalKiosk({ clientSecretPath: 'data.payment.client_secret' });
  portal.bench.platform.model.behaviour.wrappedIn = 'data.payment';

  expect(await create(portal)).toMatchObject({ kind: 'done' });
});

it('a token that the portal does not take is denied, and nothing is made', async () => {
  await using portal = await openPortalKiosk({ token: 'expired' });

  expect(await create(portal)).toEqual({ kind: 'denied', status: 401, code: 'unauthorized' });
  expect(portal.bench.platform.model.payments).toEqual([]);
});

it.each(['status', 'in_200'] as const)(
  'a refusal (%s) is one whichever way the portal says it',
  async (errors) => {
    await using portal = await openPortalKiosk();
    portal.bench.platform.model.behaviour.errors = errors;
    portal.bench.platform.model.accounts.clear();

    expect(await create(portal)).toMatchObject({ kind: 'refused', code: 'invalid_request' });
  },
);

describe('a create that went wrong', () => {
  const wrong: readonly (readonly [PlatformFault, object])[] = [
    [{ kind: 'request_lost' }, { kind: 'unanswered', code: 'no_answer' }],
    [{ kind: 'reply_lost' }, { kind: 'unanswered', code: 'no_answer' }],
    [
      { kind: 'server_error', status: 500 },
      { kind: 'uncertain', status: 500 },
    ],
    [
      { kind: 'server_error', status: 503, after: true },
      { kind: 'uncertain', status: 503 },
    ],
    [{ kind: 'forbidden' }, { kind: 'denied', code: 'forbidden' }],
    [{ kind: 'unprocessable' }, { kind: 'refused', status: 422 }],
    [{ kind: 'html' }, { kind: 'unanswered', code: 'not_understood' }],
    [{ kind: 'cut' }, { kind: 'unanswered', code: 'not_understood' }],
    [{ kind: 'error_in_200' }, { kind: 'refused', status: 200 }],
  ];

  it.each(wrong)('%j is told for what it is, and asked for once', async (fault, expected) => {
    await using portal = await openPortalKiosk();
    portal.bench.platform.faults.next(fault);

    expect(await create(portal)).toMatchObject(expected);
    expect(portal.bench.platform.received).toHaveLength(1);
  });

  it('is not found by a look, because only what was marked is ours', async () => {
    await using portal = await openPortalKiosk();
    portal.bench.platform.faults.next({ kind: 'reply_lost' });
    await create(portal);

    const found = await portal.backend.payments.lookUp(sale, 0, never);

    expect(portal.bench.platform.model.payments).toHaveLength(1);
    expect(valueOf(found)).toBeNull();
  });
});

it('a PaymentIntent that could not be marked is uncertain, and never collected for', async () => {
  await using portal = await openPortalKiosk({ companionKey: 'sk_test_of_another_account' });

  expect(await create(portal)).toMatchObject({ kind: 'uncertain' });
});

describe('a capture that went wrong', () => {
  it('and had taken the money is refused the second time, and read as paid', async () => {
    await using portal = await openPortalKiosk();
    const id = await hold(portal);
    portal.bench.platform.faults.next({ kind: 'reply_lost' });

    const first = await capture(portal, id);
    const second = await capture(portal, id);

    expect(first).toMatchObject({ kind: 'unanswered' });
    expect(second).toMatchObject({ kind: 'refused' });
    expect(await statusAtStripe(portal, id)).toBe('succeeded');
  });

  it('because of an expired token is denied, and the hold stays', async () => {
    await using portal = await openPortalKiosk();
    const id = await hold(portal);
    portal.bench.platform.faults.next({ kind: 'unauthorized' });

    expect(await capture(portal, id)).toMatchObject({ kind: 'denied' });
    expect(await statusAtStripe(portal, id)).toBe('requires_capture');
  });
});

it('what the portal does not document is asked of Stripe', async () => {
  await using portal = await openPortalKiosk();
  const { payments, readers, refunds } = portal.backend;
  const id = await hold(portal);
  const { received } = portal.bench.platform;
  const before = received.length;

  const found = valueOf(await payments.lookUp(sale, 0, never));
  const token = valueOf(await payments.createConnectionToken(never));
  const period = { createdFromMs: 0, createdToMs: Date.UTC(2030, 0), startingAfter: null };
  const listed = valueOf(await payments.listPaymentIntents(period, never));
  const events = valueOf(
    await payments.listEvents({ createdFromMs: 0, startingAfter: null }, never),
  );
  const seen = valueOf(await readers.list(never));
  const canceled = await payments.cancel(id, 'foyer_sale_0000000001_cancel_1', never);

  expect(found).toMatchObject({ id });
  expect(token).toMatch(/^pst_/);
  expect(listed.entries).toMatchObject([{ id, saleId: sale, kioskId: kiosk }]);
  expect(events.entries.some(({ paymentIntentId: of }) => of === id)).toBe(true);
  expect(seen).toHaveLength(2);
  expect(canceled).toMatchObject({ kind: 'done' });
  expect(valueOf(await refunds.list(id, never))).toEqual([]);
  expect(await statusAtStripe(portal, id)).toBe('canceled');
  expect(received).toHaveLength(before);
});

it('the portal’s abilities leave out what neither it nor its companion key does', async () => {
  await using portal = await openPortalKiosk();

  expect(portal.backend.abilities).toMatchObject({
    idempotency: 'none',
    order: 'none',
    tips: false,
    cards: { keepWithSale: true, keepAlone: false, charge: false, remove: true },
  });
  expect(
    await portal.backend.payments.confirm(
      paymentIntentId('pi_0001'),
      paymentMethodId('pm_0001'),
      'key',
      never,
    ),
  ).toMatchObject({ kind: 'refused', code: 'not_supported' });
});

it('a probe asks Stripe alone: the portal documents nothing that asks for nothing', async () => {
  await using portal = await openPortalKiosk();

  expect(await portal.backend.payments.probe(never)).toMatchObject({ kind: 'done' });
  expect(portal.bench.platform.received).toEqual([]);
});

it('the secret of a PaymentIntent leaves in no request', async () => {
  await using portal = await openPortalKiosk();
  const id = await hold(portal);
  await capture(portal, id);

  const sent = portal.bench.platform.received.map(({ path, query, body }) => path + query + body);

  expect(sent.join()).toContain(request().saleId);
  expect(sent.join()).not.toContain('_secret_');
});
