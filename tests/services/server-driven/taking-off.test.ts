import { expect, it } from 'vitest';
import { attemptIdOf, paymentIntentId, readerId } from '../../../main/domain/ids.ts';
import { ReaderCalls } from '../../../main/services/server-driven/reader-calls.ts';
import { ReaderLines } from '../../../main/services/server-driven/reader-lines.ts';
import type { ReaderParts } from '../../../main/services/server-driven/reader-parts.ts';
import { TakingOff } from '../../../main/services/server-driven/take-off.ts';
import { keptLog } from '../../support/fakes/kept-log.ts';
import { ourSale } from '../../support/fakes/sales.ts';
import { VirtualClock } from '../../support/fakes/virtual-clock.ts';

it('tells everybody that a prompt is off although one can’t store what it means', async () => {
  const { log, lines: told } = keptLog();
  const clock = new VirtualClock();
  // Somebody else has seen it gone: nothing more is asked of anybody.
  const parts = { clock, log, book: { openPrompts: () => [] } } as unknown as ReaderParts;
  const lines = new ReaderLines(log);
  const takingOff = new TakingOff(parts, new ReaderCalls(parts), lines);
  const prompt = {
    id: 1,
    readerId: readerId('tmr_first'),
    owner: ourSale,
    attemptId: attemptIdOf(ourSale, 1),
    object: paymentIntentId('pi_first'),
    kind: 'process_payment_intent',
    ordinal: 1,
    key: 'key_1',
    placedAtMs: 0,
  } as const;
  let heard = 0;
  takingOff.begin(prompt, () => {
    throw new Error('the disk is full');
  });
  takingOff.begin(prompt, () => {
    heard += 1;
  });
  await clock.advance(100);
  await lines.close();
  await takingOff.ended();

  expect(heard).toBe(1);
  expect(told.map(({ event, fields }) => [event, fields['why']])).toEqual([
    ['reader.fault', 'the disk is full'],
  ]);
});
