import type { PlatformFault } from '../platforms/faults.ts';
import { abilitiesOf } from './abilities-of.ts';
import { abilityScenarios } from './ability-scenarios.ts';
import { cardScenarios } from './card-scenarios.ts';
import { expect } from 'vitest';
import { type JoinedKiosk, price } from './joined-kiosk.ts';
import type { Scenario } from './scenario.ts';
import { charged, expectNothingTaken, expectPaidOnce } from './what-was-taken.ts';

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
  return abilitiesOf[system].idempotency === 'none';
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

export const scenarios: readonly Scenario[] = [
  ...approved,
  ...creates,
  ...settling,
  ...powerCuts,
  ...abilityScenarios,
  ...cardScenarios,
];
