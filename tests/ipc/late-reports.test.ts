import { expect, it } from 'vitest';
import { facts, read } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { charging } from './charging-desk.ts';

const tempFolder = tempFolders();

it('drops the answer of an earlier processPayment while a later one of the same card may still run', async () => {
  const { desk, id, stored, report, attemptId } = charging(tempFolder());
  void report(`${attemptId}/process/1`, 'failed');
  stored();
  desk.steps.apply(id, read(facts({ saleId: id })));
  expect(stored()).toMatchObject({ state: 'authorizing', attempt: { processCount: 2 } });

  const again = report(`${attemptId}/process/1`, 'failed');

  expect(again).toMatchObject({ ok: false, error: { code: 'not_now' } });
  expect(stored()).toMatchObject({ state: 'authorizing', attempt: { inFlight: true } });
  await desk.close();
});
