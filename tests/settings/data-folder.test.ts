import { expect, it } from 'vitest';
import { dataFolderOf, liveFolders } from '../../main/settings/data-folder.ts';

const platforms = ['mariana-tek', 'portal', 'commerce-layer'] as const;

it('keeps direct Stripe’s files where they were', () => {
  expect(dataFolderOf('live', null)).toBe('live');
  expect(dataFolderOf('training', null)).toBe('training');
});

it('gives each system and mode a folder that no other one has', () => {
  const folders = platforms.flatMap((system) => [
    dataFolderOf('test', { system }),
    dataFolderOf('live', { system }),
  ]);
  expect(new Set([...folders, 'training', 'test', 'live']).size).toBe(9);
});

it('knows every folder that holds real sales', () => {
  const all = ['live', ...platforms.map((system) => dataFolderOf('live', { system }))];
  expect(new Set(liveFolders)).toEqual(new Set(all));
});
