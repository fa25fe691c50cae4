import { readdir, readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { outcomeOf, testCards } from '../../main/training/model/test-cards.ts';

const root = new URL('../../', import.meta.url);
const tables = ['main/training/model/test-cards.ts', 'main/training/model/declines.ts'];

/** Every way the table says no, as an issuer would word it. */
function declineCodes(): Set<string> {
  const outcomes = testCards.flatMap((card) =>
    Array.from({ length: 100 }, (_, ending) => outcomeOf(card, ending)),
  );
  return new Set(
    outcomes.flatMap((outcome) => {
      switch (outcome.kind) {
        case 'approved':
          return [];
        case 'declined':
          return [outcome.decline.declineCode, outcome.decline.code];
        case 'approved_on_second_try':
          return [outcome.firstTry.declineCode, outcome.firstTry.code];
      }
    }),
  );
}

async function sources(): Promise<string[]> {
  const folders = ['main/training', 'renderer/training'];
  const files = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(new URL(folder, root), { recursive: true })).map(
        (file) => `${folder}/${file}`,
      ),
    ),
  );
  return files.flat().filter((file) => /\.(ts|svelte)$/.test(file) && !tables.includes(file));
}

test('only the tables of test cards and declines know a card number or a way to decline', async () => {
  const secrets = [...declineCodes(), ...testCards.map(({ number }) => number)];
  const naming: string[] = [];

  for (const file of await sources()) {
    const text = await readFile(new URL(file, root), 'utf8');
    const found = secrets.filter((secret) => new RegExp(`\\b${secret}\\b`).test(text));
    naming.push(...found.map((secret) => `${file}: ${secret}`));
  }

  expect(secrets.length).toBeGreaterThan(30);
  expect(naming).toEqual([]);
});

test('no two test cards share a name or a number', () => {
  const names = testCards.flatMap(({ testPaymentMethod, number }) => [testPaymentMethod, number]);

  expect(new Set(names).size).toBe(names.length);
});

test('a card that declines does so for every amount', () => {
  const declining = testCards.filter(({ outcome }) => outcome.kind === 'declined');

  const kinds = declining.flatMap((card) => [1000, 1001, 1003].map((n) => outcomeOf(card, n).kind));

  expect(new Set(kinds)).toEqual(new Set(['declined']));
});
