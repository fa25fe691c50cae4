import { Chance } from '../time/chance.ts';
import { abilitiesOf, type BackendChoice, type Behind, drawBehind } from './backend.ts';
import { drawCards } from './draw-card-plan.ts';
import { drawFaults } from './draw-faults.ts';
import { drawOrder, drawPlatformFaults } from './draw-order.ts';
import { drawReaderFaults } from './draw-reader-faults.ts';
import { declineKinds } from './fault.ts';
import type { ReaderPlan, SalePlan, SeedPlan } from './sale-plan.ts';

const itemIds = ['drop-in', 'mat', 'pass'] as const;
/** So many seeds of all run with the server-driven integration. */
const serverDrivenShare = 0.4;
/** The second kiosk's customers are counted from here on. */
const secondFrom = 100_000;

export type Integration = 'sdk' | 'server_driven';

/**
 * The plan of a seed. Each sale draws from a stream of its own, so that fewer sales are the same sales. The seed draws
 * the integration and the system behind the kiosk as well, unless they are asked for; behind a platform that lets main
 * lead no reader, the page leads it.
 */
export function makePlan(
  seed: number,
  salesPerSeed: number,
  asked?: Integration,
  backend?: BackendChoice,
): SeedPlan {
  const chance = new Chance(seed, 1);
  const behind = drawBehind(seed, backend);
  const readers = abilitiesOf(behind).readers === 'led' ? readersOf(seed, asked) : null;
  const draw = readers === null ? drawFaults : drawReaderFaults;
  const sales: SalePlan[] = [];
  for (let index = 0; index < salesPerSeed; index += 1) {
    const plain = makeSale(seed, index, draw);
    sales.push(behind === 'direct' ? plain : atPlatform(plain, behind, seed, sales, draw));
  }
  return {
    seed,
    behind,
    askBeforeCharging: chance.happens(0.3),
    readers,
    sales,
    second: null,
    ...accountOf(seed),
  };
}

/** The same customer with an order of the platform's. Cards are kept with direct Stripe alone. */
function atPlatform(
  plain: SalePlan,
  behind: Exclude<Behind, 'direct'>,
  seed: number,
  before: readonly SalePlan[],
  draw: typeof drawFaults,
): SalePlan {
  const chance = new Chance(seed, 10, plain.index);
  // Such seeds are fewer, and everything is to happen behind each platform.
  const more = chance.happens(0.15) ? draw(chance) : [];
  const faults = [...plain.faults, ...more, ...drawPlatformFaults(behind, seed, plain.index)];
  const abilities = abilitiesOf(behind);
  const mayRefund = abilities.refunds && plain.card !== null;
  const card = mayRefund ? ({ ...plain.card, wish: 'nothing' } as const) : null;
  if (abilities.order === 'none') return { ...plain, card, faults };
  const order = drawOrder(seed, plain.index);
  if (order.course === 'fails_on_decline' && chance.happens(0.6)) {
    faults.push({ kind: 'card_declined', turn: 1, how: chance.pick(declineKinds) });
  }
  const former = before.find(({ index }) => index === order.index);
  if (former?.order == null) return { ...plain, card, faults, order };
  // Another's order is shown again, and costs what it costs.
  const { lines } = former;
  return { ...plain, card, faults, lines, order: { ...former.order, begins: order.begins } };
}

/** The plan of a seed with two kiosks at one reader: their customers come within the same moments. */
export function makeKiosksPlan(seed: number, salesPerKiosk: number): SeedPlan {
  const chance = new Chance(seed, 4);
  const gapsMs = Array.from({ length: salesPerKiosk }, () => chance.whole(1_000, 20_000));
  const sales = (from: number): readonly SalePlan[] =>
    gapsMs.map((gapMs, place) => ({
      ...makeSale(seed, from + place, drawReaderFaults),
      gapMs: gapMs + chance.whole(0, 400),
    }));
  return {
    seed,
    behind: 'direct',
    askBeforeCharging: chance.happens(0.3),
    readers: {
      hasSpare: chance.happens(0.3),
      isShared: true,
      collectEnds: chance.pick(['succeeded', 'in_progress']),
    },
    sales: sales(0),
    second: sales(secondFrom),
    ...accountOf(seed),
  };
}

function readersOf(seed: number, asked: Integration | undefined): ReaderPlan | null {
  const chance = new Chance(seed, 3);
  const isServerDriven = chance.happens(serverDrivenShare);
  if (asked === undefined ? !isServerDriven : asked === 'sdk') return null;
  return {
    hasSpare: chance.happens(0.5),
    isShared: chance.happens(0.4),
    collectEnds: chance.pick(['succeeded', 'in_progress']),
  };
}

/** What studio and Stripe are like about cards on file. */
function accountOf(seed: number): Pick<SeedPlan, 'waiting' | 'cardsAttach'> {
  const chance = new Chance(seed, 6);
  const waiting = { each: 6_000, total: 12_000, hours: chance.whole(1, 3) };
  return {
    waiting: chance.happens(0.7) ? waiting : null,
    cardsAttach: chance.happens(0.6) ? 'by_stripe' : 'by_kiosk',
  };
}

function makeSale(seed: number, index: number, draw: typeof drawFaults): SalePlan {
  const chance = new Chance(seed, 2, index);
  const { card, faults } = drawCards(seed, index);
  return {
    index,
    card,
    order: null,
    gapMs: chance.happens(0.02) ? chance.whole(60_000, 3_600_000) : chance.whole(1_000, 60_000),
    lines: [{ itemId: chance.pick(itemIds), quantity: chance.whole(1, 3) }],
    faults: [...(chance.happens(0.2) ? draw(chance) : []), ...faults],
  };
}
