import { expect, it } from 'vitest';
import { saleId } from '../../main/domain/ids.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { ourKiosk } from './kiosk/kiosk-ids.ts';
import { keepsCard } from './plan/sample-card-faults.ts';
import { planOfSample } from './plan/sample-orders.ts';
import type { SeedPlan } from './plan/sale-plan.ts';
import { runPlan } from './run/run-seed.ts';
import type { SeedResult, WorldOptions } from './run/world.ts';

const folder = tempFolders();

const plan: SeedPlan = {
  seed: 7,
  behind: 'direct',
  askBeforeCharging: false,
  readers: null,
  second: null,
  waiting: null,
  cardsAttach: 'by_stripe',
  sales: [0, 1].map((index) => ({
    index,
    gapMs: 100,
    lines: [{ itemId: 'mat', quantity: 2 }],
    faults: [],
    card: null,
    order: null,
  })),
};

async function brokenBy(
  meddle: NonNullable<WorldOptions['meddle']>,
  of = plan,
): Promise<readonly string[]> {
  const result: SeedResult = await runPlan(of, { folder: folder(), isTraced: false, meddle });
  return result.violations.map(({ promise }) => promise);
}

it('finds nothing in an ordinary sale', async () => {
  expect(await brokenBy(() => undefined)).toEqual([]);
});

it('notices a second PaymentIntent of a sale', async () => {
  let isPlanted = false;
  const broken = await brokenBy(({ intents }, intent, { what }) => {
    if (what !== 'authorized' || isPlanted) return;
    isPlanted = true;
    const { amount, currency, orderHash } = intent;
    const sale = saleId(intent.saleId ?? '');
    const again = { amount, currency, orderHash, saleId: sale, kioskId: ourKiosk };
    intents.confirm(intents.create(again, 'kiosk'), { kind: 'approved' }, 'reader');
  });

  expect(broken).toContain('P1');
});

it('notices money that is gone although the kiosk calls the sale paid', async () => {
  const broken = await brokenBy(({ intents }, intent, { what }) => {
    const [first] = intents.all.values();
    if (what === 'authorized' && first !== undefined && first !== intent) first.amountReceived -= 1;
  });

  expect(broken).toContain('P4');
});

it('notices a hold that nobody ends', async () => {
  const broken = await brokenBy(({ intents }, intent, { what }) => {
    const [first] = intents.all.values();
    if (what === 'authorized' && first !== undefined && first !== intent) {
      first.status = 'requires_capture';
    }
  });

  expect(broken).toContain('P4');
});

it('notices a capture that is not of the amount the customer owes', async () => {
  const broken = await brokenBy(({ intents }, intent, { what }) => {
    if (what === 'authorized') intents.capture(intent, intent.amount - 1, 'kiosk');
  });

  expect(broken).toContain('P8');
});

it('notices that the kiosk changed what is not its own', async () => {
  let isPlanted = false;
  const broken = await brokenBy(({ intents }, _intent, { what }) => {
    if (what !== 'authorized' || isPlanted) return;
    isPlanted = true;
    const others = { amount: 100, currency: 'usd', saleId: null, kioskId: null, orderHash: null };
    intents.cancel(intents.create(others, 'other_kiosk'), 'kiosk');
  });

  expect(broken).toContain('P10');
});

const carts = planOfSample({ behind: 'mariana_tek', first: { balance: 500 } });
const recorded = planOfSample({ behind: 'commerce_recorder' });

/** The first customer has a card kept. */
const keeping: SeedPlan = {
  ...plan,
  sales: plan.sales.map((sale, place) => ({ ...sale, card: place === 0 ? keepsCard : null })),
};

it('finds nothing in a sale whose card is kept', async () => {
  expect(await brokenBy(() => undefined, keeping)).toEqual([]);
});

it('notices a card that nobody agreed to keep', async () => {
  const broken = await brokenBy(({ cards, customers }, intent, { what }) => {
    if (what !== 'captured') return;
    const made = customers.create('9009', 'dashboard');
    if (made.status !== 200) return;
    const tap = { kind: 'plastic', fingerprint: 'fp_1', keepsCard: true } as const;
    cards.generate({ intentId: intent.id, source: intent.saleId ?? '' }, tap, made.value.id);
  });

  expect(broken).toContain('C2');
});

it('notices a card on file that is gone at Stripe', async () => {
  const broken = await brokenBy(({ cards }, intent, { what }) => {
    const isLast = intent.keepFor === null && what === 'captured';
    if (isLast) for (const { id } of cards.all.values()) cards.detach(id);
  }, keeping);

  expect(broken).toContain('C3');
});

it('notices a second Customer of one member', async () => {
  const broken = await brokenBy(({ customers }, _intent, { what }) => {
    if (what === 'captured') customers.create('1001', 'kiosk');
  });

  expect(broken).toContain('C4');
});

it('notices that one request was given back twice', async () => {
  const broken = await brokenBy(({ refunds }, intent, { what }) => {
    if (what !== 'captured') return;
    const wanted = { intent, amount: 1, refundId: 'refund_1', kioskId: ourKiosk };
    refunds.create(wanted, 'succeeds', 'kiosk');
  });

  expect(broken).toContain('C1');
});

it('finds nothing in sales whose orders are paid behind a platform', async () => {
  expect(await brokenBy(() => undefined, carts)).toEqual([]);
  expect(await brokenBy(() => undefined, recorded)).toEqual([]);
});

it('notices a second charge for one order', async () => {
  let isPlanted = false;
  const broken = await brokenBy(({ intents }, intent, { what }, orders) => {
    if (what !== 'authorized' || isPlanted) return;
    isPlanted = true;
    const { amount, currency } = intent;
    const nobodys = { saleId: null, kioskId: null, orderHash: null };
    const again = intents.create({ amount, currency, ...nobodys }, 'platform');
    orders.orderOf(intent)?.intents.push(again);
    intents.confirm(again, { kind: 'approved' }, 'reader');
  }, carts);

  expect(broken).toContain('O1');
});

it('notices a sale that is called paid although its order is not', async () => {
  const broken = await brokenBy((_stripe, intent, { what }, orders) => {
    const [first] = orders.all.values();
    const isSecond = first !== undefined && !first.intents.includes(intent);
    if (isSecond && what === 'authorized') first.status = 'open';
  }, carts);

  expect(broken).toContain('O3');
});

it('notices a paid sale that its platform does not know of', async () => {
  const broken = await brokenBy((_stripe, _intent, { what }, orders) => {
    if (what === 'captured') orders.records.splice(0);
  }, recorded);

  expect(broken).toContain('O4');
});
