import type { Behind } from './backend.ts';
import type { Fault } from './fault.ts';
import type { OrderPlan } from './order-plan.ts';
import type { SalePlan, SeedPlan } from './sale-plan.ts';

/** An order whose card is charged and that the platform then takes. */
export const plainOrder: OrderPlan = {
  index: 0,
  begins: 'scan',
  balance: 0,
  usesBalance: true,
  course: 'submits',
  noticeMs: 900,
  captures: 'at_once',
  disagrees: false,
  refusesRecord: false,
};

interface OrderSample {
  readonly behind: Exclude<Behind, 'direct'>;
  readonly first?: Partial<OrderPlan>;
  readonly faults?: readonly Fault[];
  /** The second customer's, where it is not an order of their own. */
  readonly second?: Partial<OrderPlan>;
}

/** For each name under which something about orders is counted, two customers behind a platform that make it happen. */
export const sampleOrders: Readonly<Record<string, OrderSample>> = {
  order_submitted: { behind: 'mariana_tek', first: { captures: 'when_noticed' } },
  order_submitted_late: { behind: 'mariana_tek', first: { noticeMs: 185_000 } },
  order_failed_after_charge: { behind: 'mariana_tek', first: { course: 'fails_after_charge' } },
  order_failed_on_decline: {
    behind: 'mariana_tek',
    first: { course: 'fails_on_decline' },
    faults: [{ kind: 'card_declined', turn: 1, how: 'declined' }],
  },
  order_never_noticed: { behind: 'mariana_tek', first: { course: 'never' } },
  order_spent: { behind: 'mariana_tek', second: { index: 0 } },
  order_shown_again: {
    behind: 'mariana_tek',
    faults: [{ kind: 'cancels', from: 'review' }],
    second: { index: 0, begins: 'attach' },
  },
  balance_used: { behind: 'mariana_tek', first: { balance: 500 } },
  balance_left: { behind: 'mariana_tek', first: { balance: 500, usesBalance: false } },
  order_recorded: { behind: 'commerce_recorder' },
  order_disagrees: { behind: 'commerce_recorder', first: { disagrees: true } },
  record_refused: { behind: 'commerce_recorder', first: { refusesRecord: true } },
};

/** The seed of a sample. */
export function planOfSample({ behind, first, faults, second }: OrderSample): SeedPlan {
  const sale = (index: number, own: Partial<OrderPlan> | undefined): SalePlan => ({
    index,
    gapMs: index === 0 ? 500 : 90_000,
    lines: [{ itemId: 'mat', quantity: 1 }],
    faults: index === 0 ? (faults ?? []) : [],
    card: null,
    order: behind === 'portal' ? null : { ...plainOrder, index, ...own },
  });
  return {
    seed: 9,
    behind,
    askBeforeCharging: false,
    readers: null,
    second: null,
    waiting: null,
    cardsAttach: 'by_stripe',
    sales: [sale(0, first), sale(1, second)],
  };
}
