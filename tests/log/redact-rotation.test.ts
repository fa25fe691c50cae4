import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileLog } from '../../main/log/file-log.ts';
import { logFiles } from '../../main/log/rotating-file.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';
import { someSecret } from './secret-text.ts';

const tempFolder = tempFolders();

it('holds no secret in any of its files after it was turned over', () => {
  const folder = tempFolder();
  const log = fileLog(folder, new VirtualClock(), () => undefined);
  const secrets = fc.sample(someSecret, { numRuns: 200, seed: 1 });
  const around = 'x '.repeat(900);

  while (logFiles(folder).length < 3) {
    for (const { text } of secrets) {
      log.write('info', 'window.fault', { why: `${around}${text}`, file: text });
    }
  }

  const kept = logFiles(folder)
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  expect(secrets.filter(({ part }) => kept.includes(part))).toEqual([]);
});
