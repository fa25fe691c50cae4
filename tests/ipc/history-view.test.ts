import { expect, it } from 'vitest';
import { historyLines } from '../../main/ipc/history-view.ts';
import type { JournalEntry, StoredCall } from '../../main/ports/ledger.ts';

function aCall(work: StoredCall['work'], atMs: number): StoredCall {
  const heard = { outcome: 'done', status: 200, code: null, requestId: null } as const;
  return { ...heard, work, ordinal: 1, durationMs: 20, firstAtMs: atMs, lastAtMs: atMs, times: 1 };
}

const opened: JournalEntry = { revision: 1, atMs: 900, event: { kind: 'opened' }, state: 'open' };
const confirmed: JournalEntry = {
  revision: 2,
  atMs: 1_001,
  event: { kind: 'confirmed' },
  state: 'creating',
};

it('lines of one second stand in the order in which they were stored, whatever the clock was set to meanwhile', () => {
  const create = aCall('payment_intent.create', 1_002);
  const confirm = aCall('payment_intent.confirm', 1_000);
  const read = aCall('payment_intent.read', 1_001);

  const lines = historyLines({ entries: [opened, confirmed], calls: [create, confirm, read] });

  expect(lines.map(({ what }) => what)).toEqual([
    'opened',
    'confirmed',
    'payment_intent.create',
    'payment_intent.confirm',
    'payment_intent.read',
  ]);
});

it('a call stands before the step of the same moment', () => {
  const lines = historyLines({
    entries: [opened, confirmed],
    calls: [aCall('payment_intent.create', 1_001)],
  });

  expect(lines.map(({ what }) => what)).toEqual(['opened', 'payment_intent.create', 'confirmed']);
});
