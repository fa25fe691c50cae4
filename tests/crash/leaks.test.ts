import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { dataFolder } from './data-folder.ts';
import { leaksIn } from './leaks.ts';

const folder = dataFolder();

afterEach(() => {
  folder.remove();
});

test('a secret between other bytes is found by its shape or by its text, and only that file is named', () => {
  const zeros = '\0'.repeat(5_000);
  writeFileSync(path.join(folder.path, 'foyer.db-wal'), `${zeros}pi_123_secret_AbCdEfGh12${zeros}`);
  writeFileSync(path.join(folder.path, 'foyer.log'), `${zeros}opens the door${zeros}`);
  writeFileSync(
    path.join(folder.path, 'foyer.db'),
    `${zeros}risk_level client_secret ask_me${zeros}`,
  );

  expect(leaksIn(folder.path, ['opens the door']).toSorted()).toEqual([
    'foyer.db-wal',
    'foyer.log',
  ]);
});
