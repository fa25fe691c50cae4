import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fileBytesMax, filesMax, logFiles, RotatingFile } from '../../main/log/rotating-file.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

/** A folder whose files hold these texts, the written one first. */
function folderWith(...texts: string[]): string {
  const folder = tempFolder();
  texts.forEach((text, age) => {
    writeFileSync(path.join(folder, nameOf(age)), text);
  });
  return folder;
}

const nameOf = (age: number): string => (age === 0 ? 'foyer.log' : `foyer.log.${age}`);
const full = `${'x'.repeat(fileBytesMax - 1)}\n`;
const textOf = (folder: string, age: number) =>
  readFileSync(path.join(folder, nameOf(age)), 'utf8');

it('fills a file to its bound and not beyond', () => {
  const line = 'x'.repeat(99);
  const folder = folderWith(full.slice(100));

  new RotatingFile(folder).append(line);

  expect(textOf(folder, 0).length).toBe(fileBytesMax);
  expect(readdirSync(folder)).toEqual(['foyer.log']);
});

it('begins a new file with the line that does not fit any more', () => {
  const folder = folderWith(full.slice(100));

  new RotatingFile(folder).append('x'.repeat(100));

  expect(textOf(folder, 0).length).toBe(101);
  expect(textOf(folder, 1).length).toBe(fileBytesMax - 100);
});

it('counts bytes, not letters', () => {
  const folder = folderWith(full.slice(100));

  new RotatingFile(folder).append('ü'.repeat(50));

  expect(textOf(folder, 1).length).toBe(fileBytesMax - 100);
});

it('keeps ten files and drops the oldest', () => {
  const folder = folderWith(full, ...Array.from({ length: 9 }, (_, index) => `was ${index + 1}\n`));

  new RotatingFile(folder).append('new');

  expect(readdirSync(folder)).toHaveLength(filesMax);
  expect(textOf(folder, 2)).toBe('was 1\n');
  expect(textOf(folder, 9)).toBe('was 8\n');
});

it('goes on in the same file after a restart', () => {
  const folder = tempFolder();
  new RotatingFile(folder).append('before');

  new RotatingFile(folder).append('after');

  expect(textOf(folder, 0)).toBe('before\nafter\n');
});

it('ends the torn line of a process that died, so that the next line can be read', () => {
  const folder = folderWith('{"event":"sale.st');

  const file = new RotatingFile(folder);
  file.append('{"event":"kiosk.opened"}');
  file.append('{"event":"kiosk.closed"}');

  expect(textOf(folder, 0)).toBe(
    '{"event":"sale.st\n{"event":"kiosk.opened"}\n{"event":"kiosk.closed"}\n',
  );
});

it('pushes no history out while a turn fails again and again', () => {
  const folder = folderWith(full, ...Array.from({ length: 8 }, (_, index) => `was ${index + 1}\n`));
  // No file is moved onto a folder that holds something.
  mkdirSync(path.join(folder, nameOf(9), 'held'), { recursive: true });
  const file = new RotatingFile(folder);

  expect(() => file.append('one')).toThrow();
  expect(() => file.append('two')).toThrow();

  expect(textOf(folder, 0).length).toBe(fileBytesMax);
  expect(textOf(folder, 1)).toBe('was 1\n');
  expect(textOf(folder, 8)).toBe('was 8\n');
});

it('fills the gap that a turn which failed half-way has left', () => {
  const folder = folderWith(full, 'was 1\n', 'was 2\n', 'was 3\n');
  rmSync(path.join(folder, nameOf(2)));

  new RotatingFile(folder).append('new');

  expect(textOf(folder, 2)).toBe('was 1\n');
  expect(textOf(folder, 3)).toBe('was 3\n');
});

it('names its files oldest first', () => {
  const folder = folderWith('now\n', 'before\n');
  appendFileSync(path.join(folder, 'foyer.log.12'), 'not ours');

  expect(logFiles(folder).map((file) => path.basename(file))).toEqual(['foyer.log.1', 'foyer.log']);
});
