import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { fileLog } from '../../main/log/file-log.ts';
import type { LogFields } from '../../main/ports/log.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';
import { type Secret, someSecret } from './secret-text.ts';

const textFields = [
  'sale',
  'attempt',
  'state',
  'stateBefore',
  'step',
  'outcome',
  'code',
  'requestId',
  'channel',
  'why',
  'file',
  'field',
  'mode',
  'version',
  'reader',
] as const satisfies readonly (keyof LogFields)[];

/** Writes each secret into its field, with something around it, and returns all that was put out. */
function written(
  folder: string,
  lines: readonly (readonly [(typeof textFields)[number], string])[],
): string {
  const told: string[] = [];
  const log = fileLog(folder, new VirtualClock(), (line) => told.push(line));
  for (const [field, text] of lines) log.write('warn', 'window.fault', { [field]: text });
  const file = readFileSync(path.join(folder, 'foyer.log'), 'utf8');
  for (const line of file.trim().split('\n')) {
    expect(() => {
      JSON.parse(line);
    }).not.toThrow();
  }
  return `${file}${told.join('\n')}`;
}

/** Holds it for every field and every secret, wrapped in each of these ways. */
export function neverLogged(
  newFolder: () => string,
  wraps: readonly ((secret: Secret) => string)[],
): void {
  const around = fc.constantFrom(...wraps);
  fc.assert(
    fc.property(fc.constantFrom(...textFields), someSecret, around, (field, secret, wrap) => {
      // Ids are cut to their last characters, which may be the last ones of a secret: look for a long part.
      const part = secret.part.slice(0, 12);
      expect(written(newFolder(), [[field, wrap(secret)]])).not.toContain(part);
    }),
    { numRuns: 300 },
  );
}
