import { describe, expect, it } from 'vitest';
import type { CardFacts } from '../../../main/domain/card-on-file.ts';
import type { PaymentIntentId } from '../../../main/domain/ids.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import { valueOf } from '../../stripe/value-of.ts';
import {
  capture,
  hold,
  never,
  openPortalKiosk,
  type PortalKiosk,
  statusAtStripe,
} from './portal-kiosk.ts';

const memberId = 'M-17';

async function paid(portal: PortalKiosk): Promise<PaymentIntentId> {
  const id = await hold(portal, { keepForMember: memberId });
  await capture(portal, id);
  expect(await statusAtStripe(portal, id)).toBe('succeeded');
  return id;
}

function save(portal: PortalKiosk, paymentIntentId: PaymentIntentId): Promise<Answer<CardFacts>> {
  const { fromPayment } = portal.backend.cardStore;
  if (fromPayment === null) throw new Error('A portal keeps the card of a payment.');
  return fromPayment({ paymentIntentId, memberId }, never);
}

/** How often the portal was told to keep a card. */
function toldTimes({ bench }: PortalKiosk): number {
  return bench.platform.received.filter(({ path }) => path === '/v1/customer/card').length;
}

it('the card of a captured payment is kept at the portal for the studio’s own number of the member', async () => {
  await using portal = await openPortalKiosk();
  const id = await paid(portal);

  const kept = valueOf(await save(portal, id));

  const customer = portal.bench.platform.model.customers.get(memberId);
  expect(kept).toMatchObject({ brand: 'visa', last4: '4242', customerId: customer?.stripe });
  expect([...(customer?.cards ?? [])]).toEqual([kept.id]);
});

it('the portal keeps no card before its payment is captured, and keeps it afterwards', async () => {
  await using portal = await openPortalKiosk();
  const id = await hold(portal, { keepForMember: memberId });

  await save(portal, id);
  const before = portal.bench.platform.model.customers.get(memberId)?.cards.size;
  await capture(portal, id);
  await save(portal, id);

  expect(before).toBe(0);
  expect(portal.bench.platform.model.customers.get(memberId)?.cards.size).toBe(1);
});

describe('a lost reply', () => {
  it('leaves one card when it is asked for again', async () => {
    await using portal = await openPortalKiosk();
    const id = await paid(portal);
    portal.bench.platform.faults.next({ kind: 'reply_lost' });

    const lost = await save(portal, id);
    const kept = valueOf(await save(portal, id));

    expect(lost).toMatchObject({ kind: 'unanswered' });
    expect([...(portal.bench.platform.model.customers.get(memberId)?.cards ?? [])]).toEqual([
      kept.id,
    ]);
  });

  it('is not taken for done because Stripe shows the card: the portal may not have heard of it', async () => {
    await using portal = await openPortalKiosk();
    const id = await paid(portal);
    portal.bench.platform.faults.next({ kind: 'request_lost' });

    expect(await save(portal, id)).toMatchObject({ kind: 'unanswered' });
    expect(await save(portal, id)).toMatchObject({ kind: 'done' });
  });
});

it('a portal that refuses to hear it twice does no harm to a card that is kept', async () => {
  await using portal = await openPortalKiosk();
  const id = await paid(portal);
  await save(portal, id);
  portal.bench.platform.faults.next({ kind: 'error_in_200' });

  expect(await save(portal, id)).toMatchObject({ kind: 'done' });
});

it('a phone leaves no card to keep, and the portal is not told of one', async () => {
  await using portal = await openPortalKiosk();
  const id = await hold(portal);
  await capture(portal, id);

  const answer = await save(portal, id);

  expect(answer).toMatchObject({ kind: 'refused', code: 'no_generated_card' });
  expect(toldTimes(portal)).toBe(0);
});

it('a kept card is taken off again through the companion key', async () => {
  await using portal = await openPortalKiosk();
  const { id } = valueOf(await save(portal, await paid(portal)));

  const { cards } = portal.backend;
  expect(await cards.detachCard(id, 'foyer_detach_1', never)).toMatchObject({ kind: 'done' });
  expect(valueOf(await cards.readCard(id, never)).customerId).toBeNull();
});
