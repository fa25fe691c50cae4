import { expect, test } from 'vitest';
import {
  type MadeSetupIntent,
  methodToStore,
} from '../../../main/backends/mariana-tek/mariana-card-keeping.ts';
import { setupIntentSeen } from '../../../main/backends/mariana-tek/setup-intent-seen.ts';
import { setupIntentId } from '../../../main/domain/ids.ts';
import { marianaSeed } from '../../platforms/start-platform.ts';
import { tapCard } from '../../platforms/tap-card.ts';
import { valueOf } from '../../stripe/value-of.ts';
import { type MarianaBench, never, openMariana } from './mariana-bench.ts';

async function setup({ mariana }: MarianaBench): Promise<MadeSetupIntent> {
  return valueOf(await mariana.cardKeeping.createSetupIntent(marianaSeed.userId, never));
}

test('a card is tapped for a user, and stored with its postal code as it was typed', async () => {
  await using bench = await openMariana();
  const { cardKeeping } = bench.mariana;
  const { setupIntent, clientSecret } = await setup(bench);
  await tapCard(bench, { setupIntent: setupIntent.id });

  const seen = valueOf(await cardKeeping.readSetupIntent(setupIntent.id, clientSecret, never));
  const paymentMethod = methodToStore(seen);
  const stored = valueOf(
    await cardKeeping.storePaymentMethod(
      {
        name: 'Jane Doe',
        partner: marianaSeed.partnerId,
        paymentMethod: paymentMethod!,
        postalCode: '02138',
        user: marianaSeed.userId,
      },
      never,
    ),
  );

  expect(setupIntent).toMatchObject({
    status: 'requires_payment_method',
    acceptsCardPresent: true,
    paymentMethod: null,
  });
  expect(seen).toMatchObject({ status: 'succeeded', lastError: null });
  expect(stored).toEqual({ paymentMethod, bankcard: '993' });
  expect(bench.platform.model.shop.bankcards).toMatchObject([
    { userId: marianaSeed.userId, postalCode: '02138', paymentMethod },
  ]);
});

test('a refused card is seen, and one try is told from the next', async () => {
  await using bench = await openMariana();
  const { cardKeeping } = bench.mariana;
  const { setupIntent, clientSecret } = await setup(bench);
  const seen = async (): Promise<unknown> =>
    valueOf(await cardKeeping.readSetupIntent(setupIntent.id, clientSecret, never));

  await tapCard(bench, { setupIntent: setupIntent.id }, 'charge_declined');
  const first = await seen();
  await tapCard(bench, { setupIntent: setupIntent.id }, 'charge_declined');
  const second = await seen();

  expect(first).toMatchObject({
    status: 'requires_payment_method',
    lastError: { code: expect.any(String) as string },
    latestAttemptId: expect.stringMatching(/^pm_/) as string,
  });
  expect(second).not.toEqual(first);
});

test('a SetupIntent of a former start of the kiosk can’t be read', async () => {
  await using bench = await openMariana();

  const answer = await bench.mariana.cardKeeping.readSetupIntent(
    setupIntentId('seti_former'),
    'secret',
    never,
  );

  expect(answer).toMatchObject({ kind: 'refused', code: 'no_secret' });
});

test.for(['setup_intent', 'store_payment_method'])(
  'a lost reply to %s is not asked for again',
  async (endpoint) => {
    await using bench = await openMariana();
    const { cardKeeping } = bench.mariana;
    bench.platform.faults.next({ kind: 'reply_lost' }, { on: endpoint });
    const card = {
      name: 'Jane Doe',
      partner: marianaSeed.partnerId,
      paymentMethod: 'pm_0001',
      postalCode: '02138',
      user: marianaSeed.userId,
    };

    const answer =
      endpoint === 'setup_intent'
        ? await cardKeeping.createSetupIntent(marianaSeed.userId, never)
        : await cardKeeping.storePaymentMethod(card, never);

    expect(answer).toEqual({ kind: 'unanswered', code: 'no_answer' });
    expect(bench.asked(endpoint)).toBe(1);
  },
);

const shown = {
  object: 'setup_intent',
  id: 'seti_0001',
  status: 'succeeded',
  livemode: false,
  payment_method_types: ['card_present'],
  payment_method: 'pm_tapped',
};

test('the reusable card is stored where it can be seen, else what was tapped', () => {
  const reply = setupIntentSeen(setupIntentId('seti_0001'));
  const latest = {
    payment_method_details: { card_present: { generated_card: 'pm_generated' } },
  };

  expect(methodToStore(reply.parse(shown))).toBe('pm_tapped');
  expect(methodToStore(reply.parse({ ...shown, latest_attempt: latest }))).toBe('pm_generated');
  expect(methodToStore(reply.parse({ ...shown, latest_attempt: 'setatt_0001' }))).toBe('pm_tapped');
  expect(
    methodToStore(
      reply.parse({ ...shown, status: 'requires_payment_method', payment_method: null }),
    ),
  ).toBeNull();
});

test('another SetupIntent than the one asked for is not believed', () => {
  const reply = setupIntentSeen(setupIntentId('seti_0001'));

  expect(reply.safeParse({ ...shown, id: 'seti_0002' }).success).toBe(false);
});
