import { afterEach, expect, it } from 'vitest';
import type { ChargeRequest } from '../../../main/services/cards/staff-charges.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { type BenchOptions, type CardBench, openCardBench } from './card-bench.ts';
import { FakeCards, visa } from './fake-cards.ts';
import { keepVisa } from './keeping-sale.ts';

const tempFolder = tempFolders();
const opened: CardBench[] = [];

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

async function kioskWithVisa(options: BenchOptions = {}): Promise<CardBench> {
  const stripe = new FakeCards();
  const bench = openCardBench(tempFolder(), stripe, options);
  opened.push(bench);
  await keepVisa(bench, stripe);
  bench.show(null);
  return bench;
}

const request: ChargeRequest = {
  requestId: 'form00000000000001',
  cardId: visa,
  lines: [{ itemId: 'drop-in', quantity: 2 }],
  by: 'Dana',
  why: 'Booked by phone',
};

const salesCharged = (bench: CardBench) =>
  bench.ledger.unfinishedSales().filter(({ storedCard }) => storedCard !== undefined);

it('charges the catalogue’s price to the card, with nobody at the screen', async () => {
  const bench = await kioskWithVisa();

  const asked = await bench.desk.charges.charge(request);

  expect(asked).toMatchObject({
    kind: 'asked',
    sale: {
      state: 'creating',
      attended: false,
      order: { total: { amount: 5_600, currency: 'usd' } },
      storedCard: { paymentMethodId: visa },
    },
  });
  expect(bench.onScreen()).toBeNull();
});

it('makes one sale of the same request, sent twice at once and once more', async () => {
  const bench = await kioskWithVisa();

  await Promise.all([bench.desk.charges.charge(request), bench.desk.charges.charge(request)]);
  const again = await bench.desk.charges.charge(request);

  expect(again.kind).toBe('asked');
  expect(salesCharged(bench)).toHaveLength(1);
});

it('refuses a form that was used for another card', async () => {
  const bench = await kioskWithVisa();
  await bench.desk.charges.charge(request);

  const other = await bench.desk.charges.charge({ ...request, cardId: 'pm_other' as typeof visa });

  expect(other.kind).toBe('refused');
});

it.each([
  ['a name', { by: '  ' }],
  ['a reason', { why: '' }],
  ['something that is sold', { lines: [{ itemId: 'nothing', quantity: 1 }] }],
])('charges nothing without %s', async (_what, changes) => {
  const bench = await kioskWithVisa();

  const asked = await bench.desk.charges.charge({ ...request, ...changes });

  expect(asked.kind).toBe('refused');
  expect(salesCharged(bench)).toEqual([]);
});

it('charges nothing that was not approved', async () => {
  const bench = await kioskWithVisa({
    approval: { ask: () => Promise.resolve({ kind: 'refused', why: 'proof_wanted' }) },
  });

  const asked = await bench.desk.charges.charge(request);

  expect(asked.kind).toBe('refused');
  expect(salesCharged(bench)).toEqual([]);
});

it('charges nothing when the card was removed while the approval was asked for', async () => {
  let remove = (): void => undefined;
  const bench = await kioskWithVisa({
    approval: {
      ask: ({ by }) => {
        remove();
        return Promise.resolve({ kind: 'approved', by });
      },
    },
  });
  remove = () => {
    bench.desk.consents.revoke(visa, 'member');
  };

  const asked = await bench.desk.charges.charge(request);

  expect(asked.kind).toBe('refused');
  expect(salesCharged(bench)).toEqual([]);
});
