import { expect, test } from 'vitest';
import { locationId, readerId } from '../../../main/domain/ids.ts';
import { json, noContent, scriptedPlatform, text } from '../platform-http/scripted-platform.ts';
import { valueOf } from '../../stripe/value-of.ts';
import { backReader, frontReader } from '../../support/studio/test-studio.ts';
import { never, openMariana } from './mariana-bench.ts';

const request = { code: 'simulated-wpe', label: 'New desk', locationId: locationId('tml_studio') };

test('readers are listed with what is told of them, and no more', async () => {
  await using bench = await openMariana();

  const readers = valueOf(await bench.mariana.readerList.list(never));

  expect(readers.map(({ id }) => id).sort()).toEqual([backReader, frontReader].sort());
  expect(readers.find(({ id }) => id === frontReader)).toEqual({
    id: frontReader,
    label: 'Front desk',
    deviceType: '',
    serialNumber: null,
    locationId: null,
    status: null,
    lastSeenAtMs: null,
    software: null,
    action: null,
  });
});

test('a reader that was registered is found by its label, and can be renamed and removed', async () => {
  await using bench = await openMariana();
  const { readerList } = bench.mariana;

  const registered = valueOf(await readerList.register(request, 'key', never));
  const renamed = valueOf(await readerList.rename(registered.id, 'Side desk', 'key', never));
  const listed = valueOf(await readerList.list(never));
  const removed = await readerList.deregister(registered.id, never);

  expect(registered.label).toBe('New desk');
  expect(renamed).toMatchObject({ id: registered.id, label: 'Side desk' });
  expect(listed.find(({ id }) => id === registered.id)?.label).toBe('Side desk');
  expect(removed).toMatchObject({ kind: 'done', value: null });
  expect(valueOf(await readerList.list(never))).toHaveLength(2);
});

test('of two readers with the same label the one that was not there before is the new one', async () => {
  await using bench = await openMariana();
  const label = 'Front desk';

  const registered = valueOf(
    await bench.mariana.readerList.register({ ...request, label }, 'key', never),
  );

  expect(registered.label).toBe(label);
  expect(registered.id).not.toBe(frontReader);
});

const old = { terminal_id: 'tmr_old', label: 'New desk' };
const first = { terminal_id: 'tmr_first', label: 'New desk' };
const second = { terminal_id: 'tmr_second', label: 'New desk' };

test.for([
  ['two of that label are new', json(200, [first, second])],
  ['none of that label is there', json(200, [])],
  ['the list does not come', text(503, '')],
] as const)('a registration is done and not told apart when %s', async ([, after]) => {
  await using platform = await scriptedPlatform(json(200, []), noContent, after);
  await using bench = await openMariana({ url: platform.url });

  const answer = await bench.mariana.readerList.register(request, 'key', never);

  expect(answer).toMatchObject({ kind: 'uncertain', status: 204 });
});

test('a reader that is registered once more is the one of that label', async () => {
  await using platform = await scriptedPlatform(json(200, [old]), noContent, json(200, [old]));
  await using bench = await openMariana({ url: platform.url });

  const registered = valueOf(await bench.mariana.readerList.register(request, 'key', never));

  expect(registered.id).toBe('tmr_old');
});

test('nothing is registered while the list can’t be read', async () => {
  await using platform = await scriptedPlatform(text(403, ''));
  await using bench = await openMariana({ url: platform.url });

  const answer = await bench.mariana.readerList.register(request, 'key', never);

  expect(answer).toMatchObject({ kind: 'denied', code: 'forbidden' });
  expect(platform.received).toHaveLength(1);
});

test('a success with a body where none belongs is not taken for one', async () => {
  await using platform = await scriptedPlatform(json(200, { detail: 'Please sign in' }));
  await using bench = await openMariana({ url: platform.url });

  const answer = await bench.mariana.readerList.deregister(readerId('tmr_old'), never);

  expect(answer).toEqual({ kind: 'unanswered', code: 'not_understood' });
});
