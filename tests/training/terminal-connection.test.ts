import type { Reader, StripeTerminal } from '@stripe/terminal-js';
import { expect, test } from 'vitest';

import { installSimulatedTerminal } from '../../renderer/training/simulated-terminal/install.ts';
import { connect, connectedPage, failed, openPage, succeeded } from './support/page.ts';
import { settle } from './support/pay.ts';
import {
  locationId,
  oneStudio,
  openTraining,
  otherReaderId,
  readerId,
} from './support/training.ts';

const nothing = { call: () => Promise.resolve({}), onEvent: () => () => undefined };

test('the SDK stands where the loader looks for it, with its constant maps', () => {
  const target: { StripeTerminal?: StripeTerminal } = {};

  installSimulatedTerminal(target, nothing);

  expect(target.StripeTerminal).toMatchObject({
    ConnectionStatus: { CONNECTED: 'connected', NOT_CONNECTED: 'not_connected' },
    PaymentStatus: { WAITING_FOR_INPUT: 'waiting_for_input' },
  });
});

test.each(['onFetchConnectionToken', 'onUnexpectedReaderDisconnect'])(
  'create refuses to go without %s',
  async (name) => {
    await using training = await openTraining();

    expect(() => openPage(training, 'page-1', { [name]: undefined })).toThrow(TypeError);
  },
);

test('discovery finds the account’s readers, offline ones too', async () => {
  const [front, back] = oneStudio.readers;
  await using training = await openTraining({
    start: { ...oneStudio, readers: [front!, { ...back!, status: 'offline' }] },
  });
  const { terminal } = openPage(training);

  const all = succeeded(await terminal.discoverReaders());
  const here = succeeded(await terminal.discoverReaders({ location: locationId }));
  const elsewhere = succeeded(await terminal.discoverReaders({ location: 'tml_other' }));

  expect(all.discoveredReaders.map(({ id, status }) => [id, status])).toEqual([
    [otherReaderId, 'offline'],
    [readerId, 'online'],
  ]);
  expect(here.discoveredReaders).toHaveLength(2);
  expect(elsewhere.discoveredReaders).toEqual([]);
});

test('an offline reader cannot be connected', async () => {
  const [front] = oneStudio.readers;
  await using training = await openTraining({
    start: { ...oneStudio, readers: [{ ...front!, status: 'offline' }] },
  });
  const page = openPage(training);
  const { discoveredReaders } = succeeded(await page.terminal.discoverReaders());

  const error = failed(await page.terminal.connectReader(discoveredReaders[0]!));

  expect(error.code).toBe('reader_connection_error');
  expect(page.told).toEqual(['connection connecting', 'connection not_connected']);
});

test('more than a hundred readers are too many to discover', async () => {
  const readers = Array.from({ length: 101 }, (_, index) => ({
    ...oneStudio.readers[0]!,
    id: `tmr_${index}`,
  }));
  await using training = await openTraining({ start: { ...oneStudio, readers } });
  const { terminal } = openPage(training);

  expect(failed(await terminal.discoverReaders()).code).toBe('discovery_too_many_readers');
});

test('connecting goes through connecting to connected and ready', async () => {
  await using training = await openTraining();
  const page = openPage(training);

  const reader = await connect(page);

  expect(reader.id).toBe(readerId);
  expect(page.terminal.getConnectedReader().id).toBe(readerId);
  expect(page.terminal.getConnectionStatus()).toBe('connected');
  expect(page.told).toEqual(['connection connecting', 'connection connected', 'payment ready']);
});

test('a connected page must disconnect before it connects again', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const reader = page.terminal.getConnectedReader();

  const error = failed(await page.terminal.connectReader(reader));
  await page.terminal.disconnectReader();
  const again = await page.terminal.connectReader(reader);

  expect(error.code).toBe('already_connected');
  expect(again).toHaveProperty('reader');
});

test('disconnecting empties both statuses and the connected reader', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);

  const result = await page.terminal.disconnectReader();

  expect(result).toEqual({});
  expect(page.terminal.getConnectedReader()).toBeNull();
  expect(page.terminal.getPaymentStatus()).toBe('not_ready');
  expect(page.told).toEqual(['connection not_connected', 'payment not_ready']);
});

test('a reader without an address is not one', async () => {
  await using training = await openTraining();
  const page = openPage(training);

  const error = failed(await page.terminal.connectReader({ id: readerId } as Reader));

  expect(error.code).toBe('invalid_reader_shape');
});

test('each discovery and each connection takes a fresh token', async () => {
  await using training = await openTraining();
  let tokens = 0;
  const page = openPage(training, 'page-1', {
    onFetchConnectionToken: async () => {
      tokens += 1;
      return (await training.stripe.terminal.connectionTokens.create()).secret;
    },
  });

  await connect(page);

  expect(tokens).toBe(2);
});

test('a token that was redeemed before is refused', async () => {
  await using training = await openTraining();
  const { secret } = await training.stripe.terminal.connectionTokens.create();
  const page = openPage(training, 'page-1', {
    onFetchConnectionToken: () => Promise.resolve(secret),
  });

  const { discoveredReaders } = succeeded(await page.terminal.discoverReaders());
  const error = failed(await page.terminal.connectReader(discoveredReaders[0]!));

  expect(error.code).toBe('invalid_connection_token');
  expect(error.message).toContain('already been redeemed');
});

test('a token that is none, and a page that has none, are told apart', async () => {
  await using training = await openTraining();
  const wrong = openPage(training, 'page-1', {
    onFetchConnectionToken: () => Promise.resolve('sk_test_oops'),
  });
  const without = openPage(training, 'page-2', {
    onFetchConnectionToken: () => Promise.reject(new Error('no network')),
  });

  expect(failed(await wrong.terminal.discoverReaders()).code).toBe('invalid_connection_token');
  expect(failed(await without.terminal.discoverReaders()).code).toBe(
    'failed_fetch_connection_token',
  );
});

test('a token bound to one location finds only that location’s readers', async () => {
  await using training = await openTraining();
  const other = await training.stripe.terminal.locations.create({
    display_name: 'Other',
    address: { country: 'IE', line1: '1 Quay', postal_code: 'D01' },
  });
  const page = openPage(training, 'page-1', {
    onFetchConnectionToken: async () =>
      (await training.stripe.terminal.connectionTokens.create({ location: other.id })).secret,
  });

  expect(succeeded(await page.terminal.discoverReaders()).discoveredReaders).toEqual([]);
});

test('a second page takes the reader, and the first is told in the SDK’s order', async () => {
  await using training = await openTraining();
  const first = await connectedPage(training, 'page-1');

  const second = openPage(training, 'page-2');
  await connect(second);

  expect(first.told).toEqual(['payment not_ready', 'connection not_connected', 'disconnect']);
  expect(first.terminal.getConnectedReader()).toBeNull();
  expect(second.terminal.getConnectionStatus()).toBe('connected');
});

test('with fail_if_in_use the reader stays with the page that has it', async () => {
  await using training = await openTraining();
  const first = await connectedPage(training, 'page-1');
  const second = openPage(training, 'page-2');
  const { discoveredReaders } = succeeded(await second.terminal.discoverReaders());
  const front = discoveredReaders.find(({ id }) => id === readerId)!;

  const error = failed(await second.terminal.connectReader(front, { fail_if_in_use: true }));

  expect(error.code).toBe('reader_error');
  expect(first.told).toEqual([]);
});

test('a page that went away leaves its reader free and its collect ended', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training, 'page-1');
  const { client_secret } = await training.stripe.paymentIntents.create({
    amount: 1200,
    currency: 'usd',
    allowed_payment_method_types: ['card_present'],
  });
  const collecting = page.terminal.collectPaymentMethod(client_secret!);
  await settle();

  training.readers.endSession('page-1');
  const ended = failed(await collecting);
  const next = openPage(training, 'page-2');
  const { discoveredReaders } = succeeded(await next.terminal.discoverReaders());
  const front = discoveredReaders.find(({ id }) => id === readerId)!;

  expect(ended.code).toBe('canceled');
  expect(await next.terminal.connectReader(front, { fail_if_in_use: true })).toHaveProperty(
    'reader',
  );
});

test('a channel that fails is a network that fails, never a success', async () => {
  await using training = await openTraining();
  const target: { StripeTerminal?: StripeTerminal } = {};
  installSimulatedTerminal(target, {
    call: () => Promise.reject(new Error('main is gone')),
    onEvent: () => () => undefined,
  });
  const terminal = target.StripeTerminal!.create({
    onFetchConnectionToken: async () =>
      (await training.stripe.terminal.connectionTokens.create()).secret,
    onUnexpectedReaderDisconnect: () => undefined,
  });

  const error = failed(await terminal.discoverReaders());

  expect(error.code).toBe('network_error');
  expect(error).not.toHaveProperty('payment_intent');
});
