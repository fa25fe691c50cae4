import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { planted, stubs } from './planted-violations.ts';

const root = path.resolve(import.meta.dirname, '../..');
const rules = path.join(root, 'tests/architecture/import-rules.cjs');
const tempFolder = tempFolders();

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

/** Runs the checker in a folder and returns what it found. */
function violationsIn(folder: string): readonly Violation[] {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const rooms = ['main', 'preload', 'renderer'];
  const json = execFileSync(
    process.execPath,
    [program, '--config', rules, '--output-type', 'json', ...rooms],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const { summary } = JSON.parse(json) as { summary: { violations: Violation[] } };
  return summary.violations;
}

/** A small house in which every rule is broken. */
function brokenHouse(): string {
  const house = tempFolder();
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
    writeFileSync(path.join(house, file), text);
  };
  for (const file of stubs) write(file, 'export const stub = 1;\nexport type Stub = number;\n');
  for (const { file, imports } of planted) write(file, imports);
  symlinkSync(path.join(root, 'node_modules'), path.join(house, 'node_modules'));
  return house;
}

describe('the import rules', () => {
  it('hold for the whole product', () => {
    const found = violationsIn(root).map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`);

    expect(found).toEqual([]);
  });

  it('each refuse the import they are there for', () => {
    const found = violationsIn(brokenHouse());

    const missed = planted.filter(
      ({ rule, file }) => !found.some((one) => one.rule.name === rule && one.from === file),
    );
    expect(missed.map(({ rule, file }) => `${rule}: ${file}`)).toEqual([]);
  });

  it('are all tried by a planted violation', () => {
    const { forbidden } = createRequire(import.meta.url)(rules) as {
      forbidden: { name: string }[];
    };

    expect(new Set(planted.map(({ rule }) => rule))).toEqual(
      new Set(forbidden.map(({ name }) => name)),
    );
  });
});
