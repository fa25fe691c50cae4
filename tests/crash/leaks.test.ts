import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DataFolder, dataFolder } from './data-folder.ts';
import { leaksIn } from './leaks.ts';

let folder: DataFolder;

beforeEach(() => {
  folder = dataFolder();
});

afterEach(() => {
  folder.remove();
});

function holding(name: string, text: string): void {
  writeFileSync(path.join(folder.path, name), text);
}

test('a secret is found by its shape or by its text, and only the file that holds it is named', () => {
  const zeros = '\0'.repeat(5_000);
  holding('foyer.db-wal', `${zeros}pi_123_secret_AbCdEfGh12${zeros}`);
  holding('foyer.log', `${zeros}opens the door${zeros}`);
  holding('foyer.db', `${zeros}risk_level client_secret ask_me${zeros}`);

  expect(leaksIn(folder.path, ['opens the door']).toSorted()).toEqual([
    'foyer.db-wal',
    'foyer.log',
  ]);
});

test.each([-12, -1, 0, 5])('a secret that begins %i bytes from a megabyte is found', (distance) => {
  holding('foyer.db', `${' '.repeat(1024 * 1024 + distance)}sk_test_AbCdEfGh12 and more`);

  expect(leaksIn(folder.path, [])).toEqual(['foyer.db']);
});
