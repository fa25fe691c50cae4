import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fileLog } from '../../main/log/file-log.ts';
import { ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';

const tempFolder = tempFolders();

function openLog() {
  const folder = path.join(tempFolder(), 'logs');
  const told: string[] = [];
  const log = fileLog(folder, new VirtualClock(), (line) => told.push(line));
  const file = path.join(folder, 'foyer.log');
  return { folder, file, told, log, text: () => readFileSync(file, 'utf8') };
}

it('writes one JSON line for each thing that happened, with its time', () => {
  const { log, text } = openLog();

  log.write('info', 'kiosk.opened', { mode: 'training' });
  log.write('info', 'kiosk.closed_down');

  expect(
    text()
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toEqual([
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

it('stops nothing when it can not be written, and says later how much was lost', () => {
  const { folder, log, text } = openLog();
  rmSync(folder, { recursive: true });

  log.write('info', 'sale.stepped');
  log.write('info', 'sale.stepped');
  mkdirSync(folder);
  log.write('info', 'sale.stepped');

  expect(text()).toContain('"linesLost":2');
});

it('begins a new file when the old one is full, and keeps the old one once', () => {
  const { file, log, text } = openLog();
  writeFileSync(file, 'x'.repeat(6 * 1024 * 1024));

  log.write('info', 'kiosk.opened');

  expect(text().length).toBeLessThan(1_000);
  expect(readFileSync(`${file}.1`).length).toBe(6 * 1024 * 1024);
});
