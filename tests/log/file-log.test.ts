import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fileLog, lineBytesMax } from '../../main/log/file-log.ts';
import type { LogFields } from '../../main/ports/log.ts';
import { ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';

const tempFolder = tempFolders();

function openLog(folder = path.join(tempFolder(), 'logs')) {
  const told: string[] = [];
  const log = fileLog(folder, new VirtualClock(), (line) => told.push(line));
  const file = path.join(folder, 'foyer.log');
  const text = () => readFileSync(file, 'utf8');
  return { folder, file, told, log, text, lines: () => parsed(text()) };
}

function parsed(text: string): unknown[] {
  return text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

it('writes one JSON line for each thing that happened, with its time', () => {
  const { log, lines } = openLog();

  log.write('info', 'kiosk.opened', { mode: 'training' });
  log.write('info', 'kiosk.closed_down');

  expect(lines()).toEqual([
    { at: '2026-11-20T09:00:00.000Z', level: 'info', event: 'kiosk.opened', mode: 'training' },
    { at: '2026-11-20T09:00:00.000Z', level: 'info', event: 'kiosk.closed_down' },
  ]);
});

it('shortens ids to their last characters', () => {
  const { log, text } = openLog();

  log.write('info', 'sale.stepped', { sale: ourSale });

  expect(text()).toContain(ourSale.slice(-8));
  expect(text()).not.toContain(ourSale);
});

it('tells warnings and errors aloud as well, and nothing else', () => {
  const { log, told } = openLog();

  log.write('info', 'kiosk.opened');
  log.write('warn', 'ipc.refused', { channel: 'sale:start' });
  log.write('error', 'kiosk.closed', { why: 'no catalogue' });

  expect(told).toHaveLength(2);
});

it('leaves out a field that is not on the list, and an object in one that is', () => {
  const { log, text } = openLog();
  const strange = { why: { name: 'Ada' }, customer: 'Lovelace', mode: 'live' };

  log.write('info', 'kiosk.opened', strange as unknown as LogFields);

  expect(text()).toContain('"mode":"live"');
  expect(text()).not.toMatch(/Ada|Lovelace/);
});

it('cuts a text that is too long, and says how long it was', () => {
  const { log, text, lines } = openLog();

  log.write('error', 'window.fault', { why: 'x'.repeat(1_000_000) });

  expect(text().length).toBeLessThan(lineBytesMax);
  expect(text()).toContain('(1000000 characters)');
  expect(lines()).toHaveLength(1);
});

it('keeps a line within its bound when every field is as long as can be', () => {
  const { log, text, lines } = openLog();
  const long = '\u0001'.repeat(5_000);
  const names = ['why', 'file', 'field', 'mode', 'code', 'outcome', 'step', 'state', 'reader'];

  log.write('info', long, Object.fromEntries(names.map((name) => [name, long])));

  expect(Buffer.byteLength(text())).toBeLessThanOrEqual(lineBytesMax);
  expect(lines()).toHaveLength(1);
});

it('cuts no secret in half: what remains of it would not be known as one', () => {
  const { log, text } = openLog();

  log.write('error', 'window.fault', { why: `${'x '.repeat(990)}ada.lovelace@example.com` });

  expect(text()).not.toContain('ada');
});

it('stops nothing when its folder can not be made, and says later how much was lost', () => {
  const folder = path.join(tempFolder(), 'logs');
  writeFileSync(folder, 'a file where the folder should be');
  const { log, lines } = openLog(folder);

  log.write('info', 'sale.stepped');
  log.write('info', 'sale.stepped');
  rmSync(folder);
  log.write('info', 'sale.stepped');
  log.write('info', 'sale.stepped');

  expect(lines()).toEqual([
    expect.objectContaining({ linesLost: 2 }),
    expect.not.objectContaining({ linesLost: expect.anything() as unknown }),
  ]);
});

it.runIf(existsSync('/dev/full'))('stops nothing when the disk is full', () => {
  const folder = path.join(tempFolder(), 'logs');
  mkdirSync(folder);
  const { file, log, lines } = openLog(folder);
  symlinkSync('/dev/full', file);

  log.write('info', 'sale.stepped');
  rmSync(file);
  log.write('info', 'sale.stepped');

  expect(lines()).toEqual([expect.objectContaining({ linesLost: 1 })]);
});

it('goes on in a new folder, without losing a line, when its folder is taken away under it', () => {
  const { folder, log, lines } = openLog();
  log.write('info', 'sale.stepped');
  rmSync(folder, { recursive: true });

  log.write('info', 'sale.stepped');
  log.write('info', 'sale.stepped');

  expect(lines()).toHaveLength(2);
  expect(JSON.stringify(lines())).not.toContain('linesLost');
});
