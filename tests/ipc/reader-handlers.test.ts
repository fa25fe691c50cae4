import { expect, it } from 'vitest';
import { SdkReaderDriver } from '../../main/ipc/sdk-reader-driver.ts';
import type { ReaderCommand } from '../../preload/contract/reader.ts';
import { attemptOf } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { charging } from './charging-desk.ts';

const tempFolder = tempFolders();

it('takes what the page says of a failed charge for a hint and finds out', async () => {
  const { desk, stored, report, attemptId } = charging(tempFolder());

  expect(report(`${attemptId}/process/1`, 'failed')).toMatchObject({ ok: true });

  expect(stored()).toMatchObject({ state: 'finding_out', attempt: { inFlight: false } });
  await desk.close();
});

it('gives each command an id of its own, also the second and third charge of one card', async () => {
  const { desk, stored } = charging(tempFolder());
  const sent: ReaderCommand[] = [];
  const driver = new SdkReaderDriver((command) => sent.push(command));
  driver.told({ connection: 'connected', payment: 'ready', label: 'Desk', problem: null });
  const { id: attemptId } = attemptOf(stored());

  for (const count of [1, 2, 3]) {
    driver.command(
      { kind: 'payment', sale: stored() },
      { kind: 'reader.process', attemptId, count },
      null,
    );
  }

  expect(new Set(sent.map(({ commandId }) => commandId)).size).toBe(3);
  await desk.close();
});

it('keeps a command until the page listens, and drops it with the page', async () => {
  const { desk, stored } = charging(tempFolder());
  const sent: ReaderCommand[] = [];
  const driver = new SdkReaderDriver((command) => sent.push(command));
  const { id: attemptId } = attemptOf(stored());
  const told = { connection: 'connected', payment: 'ready', label: null, problem: null } as const;

  driver.command(
    { kind: 'payment', sale: stored() },
    { kind: 'reader.collect', attemptId },
    'pi_1_secret_x',
  );
  expect(sent).toEqual([]);
  driver.pageLoaded();
  driver.told(told);
  expect(sent).toEqual([]);

  driver.pageLoaded();
  driver.command(
    { kind: 'payment', sale: stored() },
    { kind: 'reader.collect', attemptId },
    'pi_1_secret_x',
  );
  driver.told(told);
  expect(sent).toMatchObject([
    { kind: 'collect', attemptId, collect: { clientSecret: 'pi_1_secret_x' } },
  ]);
  await desk.close();
});
