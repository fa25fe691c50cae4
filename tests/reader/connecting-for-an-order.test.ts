import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { SaleView } from '../../preload/contract/sale.ts';
import { aSale, aSnapshot } from '../renderer/support/snapshots.ts';
import { ReaderPage } from './support/reader-page.ts';
import { aReader } from './support/readers.ts';
import { pass } from './support/runner-bench.ts';

const features: Snapshot['features'] = {
  ...aSnapshot().features,
  orders: true,
  readerConnects: 'with_order',
};
const nothing = { amount: 0, currency: 'usd' };
const platformOrder = { id: '123', balance: nothing, fromBalance: nothing };

let page: ReaderPage;
let revision: number;

beforeEach(() => {
  vi.useFakeTimers();
  page = new ReaderPage();
  page.terminal.readers = [aReader('tmr_desk', 'Front desk')];
  revision = 1;
  page.start({ features });
});

afterEach(() => {
  expect(page.main.misshapen).toEqual([]);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function shows(
  sale: Partial<SaleView> | null,
  location: string | null = 'tml_studio',
): Promise<void> {
  revision += 1;
  const view = sale === null ? null : aSale({ platformOrder, ...sale });
  const reader = { ...aSnapshot().reader, location };
  page.main.show(aSnapshot({ revision, features, reader, sale: view }));
  await pass();
}

function connections(): number {
  return page.terminal.asked('connectReader').length;
}

it('asks for no token and connects no reader before an order is being paid', async () => {
  await pass(60_000);
  await shows({ state: 'open' });
  await pass(60_000);

  expect(connections()).toBe(0);
  expect(page.terminal.asked('discoverReaders')).toEqual([]);
  expect(page.main.status()).toMatchObject({ connection: 'not_connected', problem: null });
});

it('connects once an order is being paid, and lets go when that is over', async () => {
  await pass();
  await shows({ state: 'creating' });
  await shows({ state: 'presenting', stage: 'awaiting_card' });
  expect(connections()).toBe(1);
  expect(page.main.status()).toMatchObject({ connection: 'connected', label: 'Front desk' });

  await shows({ state: 'paid' });
  await pass(60_000);

  expect(page.terminal.asked('disconnectReader')).toHaveLength(1);
  expect(page.terminal.asked('clearCachedCredentials')).toHaveLength(1);
  expect(connections()).toBe(1);
  expect(page.main.status()).toMatchObject({ connection: 'not_connected', problem: null });
});

it('goes to the reader again for the next order', async () => {
  await pass();
  await shows({ state: 'creating' });
  await shows({ state: 'canceled' });
  await shows(null);
  await pass();

  await shows({ state: 'creating' });
  await pass(1_000);

  expect(connections()).toBe(2);
});

it('waits until the order says where its reader is: the only one there is may be another studio’s', async () => {
  await pass();
  await shows({ state: 'creating' }, null);
  await pass(2_000);
  expect(page.terminal.asked('discoverReaders')).toEqual([]);

  await shows({ state: 'presenting', stage: 'waking_reader' });
  await pass(1_000);

  expect(page.terminal.asked('discoverReaders')).toEqual([[{ location: 'tml_studio' }]]);
  expect(connections()).toBe(1);
  expect(page.terminal.asked('disconnectReader')).toEqual([]);
});

it('says so when the order says nothing of it', async () => {
  await pass();
  await shows({ state: 'creating' }, null);
  await pass(11_000);

  expect(connections()).toBe(0);
  expect(page.main.status()).toMatchObject({ problem: 'no_location' });
});
