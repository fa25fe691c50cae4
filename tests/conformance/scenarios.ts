import { expect } from 'vitest';
import type { Features } from '../../preload/contract/kiosk.ts';
import type { CardFeatures } from '../../preload/contract/cards.ts';
import type { PlatformFault } from '../platforms/faults.ts';
import type { LedgerEntry } from '../support/studio/stripe-ledger.ts';
import { type JoinedKiosk, type JoinedOptions, price } from './joined-kiosk.ts';

/** One story that is told to every system. */
export interface Scenario {
  readonly name: string;
  readonly options?: JoinedOptions;
  /** False where the system's declaration says that it can't; then `otherwise` is the cell. Left out: every system can. */
  readonly isSupported?: (features: Features, cards: CardFeatures) => boolean;
  readonly tell: (joined: JoinedKiosk) => Promise<void>;
  /** What the kiosk offers, or says, where the system can't; refuses, by an assertion, to offer it all the same. */
  readonly otherwise?: (joined: JoinedKiosk) => Promise<void>;
}

/** Of these charges, those that took money, or hold it. */
function charged(ledger: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return ledger.filter(({ charges }) =>
    charges.some((word) => word === 'captured' || word === 'held'),
  );
}

async function expectPaidOnce(joined: JoinedKiosk, amount = price): Promise<void> {
  const taken = charged(await joined.ledger());
  expect(taken).toMatchObject([{ status: 'succeeded', received: amount }]);
  expect(taken[0]?.charges.filter((word) => word === 'captured')).toHaveLength(1);
}

async function expectNothingTaken(joined: JoinedKiosk): Promise<void> {
  expect(charged(await joined.ledger())).toEqual([]);
}

/** The next sale goes well: nothing of the one before is in its way. */
async function expectNextIsPaid(joined: JoinedKiosk): Promise<void> {
  const { sale } = joined.snapshot;
  if (sale !== null) await joined.kiosk.page.ask('sale:dismiss', { saleId: sale.id });
  await joined.pay();
  await expectPaidOnce(joined);
}

const approved: readonly Scenario[] = [
  {
    name: 'a card is tapped, and the sale is paid once',
    tell: async (joined) => {
      await joined.pay();
      await expectPaidOnce(joined);
      expect(joined.createsArrived).toBe(1);
    },
  },
  {
    name: 'a declined card, then another, on one PaymentIntent',
    tell: async (joined) => {
      await joined.buy();
      joined.kiosk.present('charge_declined');
      const { sale } = await joined.kiosk.untilState('declined');
      await joined.kiosk.page.ask('payment:retry', { saleId: sale?.id ?? '' });
      await joined.kiosk.untilState('awaiting_card');
      joined.kiosk.present('visa');
      await joined.kiosk.untilState('paid');
      await expectPaidOnce(joined);
      expect(joined.createsArrived).toBe(1);
    },
  },
  {
    name: 'the customer leaves while the card is awaited',
    tell: async (joined) => {
      const saleId = await joined.buy();
      await joined.kiosk.page.ask('sale:cancel', { saleId });
      await joined.kiosk.untilState('canceled');
      await expectNothingTaken(joined);
      await expectNextIsPaid(joined);
    },
  },
  {
    name: 'a currency without decimals',
    options: { currency: 'jpy', catalogue: catalogueIn('jpy') },
    tell: async (joined) => {
      await joined.pay();
      await expectPaidOnce(joined);
    },
  },
  {
    name: 'a currency that no reader of Stripe takes',
    options: { currency: 'kwd', catalogue: catalogueIn('kwd') },
    tell: async (joined) => {
      await joined.confirm();
      await joined.kiosk.untilState('canceled');
      await expectNothingTaken(joined);
    },
  },
];

function catalogueIn(currency: string): object {
  const item = { id: 'evening-flow', name: 'Evening flow', price };
  return { currency, categories: [{ id: 'classes', name: 'Classes', items: [item] }] };
}

/** Whatever becomes of the request to make the payment: at most one of them where it can't be repeated. */
const mishapsOfTheCreate: readonly { readonly name: string; readonly fault: PlatformFault }[] = [
  { name: 'the request is lost', fault: { kind: 'request_lost' } },
  { name: 'the reply is lost', fault: { kind: 'reply_lost' } },
  { name: 'a 500 before the effect', fault: { kind: 'server_error', status: 500 } },
  { name: 'a 503 after the effect', fault: { kind: 'server_error', status: 503, after: true } },
  { name: 'a page for people in place of the answer', fault: { kind: 'html' } },
  { name: 'the answer is cut off', fault: { kind: 'cut' } },
  { name: 'a 401, as when the token has expired', fault: { kind: 'unauthorized' } },
  { name: 'a 403', fault: { kind: 'forbidden' } },
  { name: 'a 422', fault: { kind: 'unprocessable' } },
];

const creates = mishapsOfTheCreate.map(({ name, fault }): Scenario => ({
  name: `the payment is asked for: ${name}`,
  tell: async (joined) => {
    const { faults, target } = joined.faultsOf('create');
    faults.next(fault, target);
    const code = joined.newOrder();
    await joined.confirm(code);
    const { sale } = await joined.kiosk.untilState('canceled', 'awaiting_card');
    if (sale?.state === 'canceled') {
      await expectNothingTaken(joined);
      if (isOnce(joined)) expect(joined.createsArrived).toBe(1);
      await expectNextIsPaid(joined);
      return;
    }
    // Asked again under the same key.
    expect(isOnce(joined)).toBe(false);
    joined.kiosk.present('visa');
    await joined.kiosk.untilState('paid');
    await expectPaidOnce(joined);
  },
}));

/** Without idempotency a request is sent once, and that is a fact of these systems. */
function isOnce({ parts: { system } }: JoinedKiosk): boolean {
  return system !== 'direct';
}

const mishapsOfSettling: readonly { readonly name: string; readonly fault: PlatformFault }[] = [
  { name: 'the reply is lost', fault: { kind: 'reply_lost' } },
  { name: 'a 503 before the effect', fault: { kind: 'server_error', status: 503 } },
  { name: 'a 500 after the effect', fault: { kind: 'server_error', status: 500, after: true } },
  { name: 'a page for people in place of the answer', fault: { kind: 'html' } },
  { name: 'the answer is cut off', fault: { kind: 'cut' } },
  { name: 'a 401 in the middle of the sale', fault: { kind: 'unauthorized' } },
  { name: 'a clock that is a day off', fault: { kind: 'skew', ms: 24 * 3_600_000 } },
];

const settling = mishapsOfSettling.map(({ name, fault }): Scenario => ({
  name: `the money is taken: ${name}`,
  tell: async (joined) => {
    const { faults, target } = joined.faultsOf('settle');
    await joined.buy();
    faults.next(fault, target);
    joined.kiosk.present('visa');
    await joined.kiosk.untilState('paid');
    await expectPaidOnce(joined);
    expect(faults.waiting).toBe(0);
  },
}));

const powerCuts: readonly Scenario[] = [
  {
    name: 'the power goes while the card is awaited',
    tell: async (joined) => {
      await joined.buy();
      await joined.restart(1_000);
      await joined.kiosk.untilTrue(() => Promise.resolve(isOver(joined)));
      await expectNothingTaken(joined);
      await expectNextIsPaid(joined);
    },
  },
  {
    name: 'the power goes after the card was approved',
    tell: async (joined) => {
      const { faults, target } = joined.faultsOf('settle');
      await joined.buy();
      faults.next({ kind: 'request_lost' }, { ...target, times: Number.POSITIVE_INFINITY });
      joined.kiosk.present('visa');
      await joined.kiosk.untilTrue(async () => charged(await joined.ledger()).length === 1);
      await joined.restart(1_000);
      faults.clear();
      await joined.kiosk.untilState('paid');
      await expectPaidOnce(joined);
    },
  },
];

function isOver({ snapshot: { sale } }: JoinedKiosk): boolean {
  return sale === null || sale.state === 'canceled';
}

export const scenarios: readonly Scenario[] = [...approved, ...creates, ...settling, ...powerCuts];
