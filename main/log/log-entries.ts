import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { logFieldNames } from './log-field-names.ts';
import { logFiles } from './rotating-file.ts';
import { leftOut } from './stored-words.ts';
import { withoutPersons } from './without-persons.ts';

const entryNames: ReadonlySet<string> = new Set([
  'at',
  'level',
  'event',
  'linesLost',
  ...logFieldNames,
]);

/**
 * Every line of the log, oldest first, safe to leave the studio: by the allow-list once more, since a former version
 * may have had another, and without persons. A line that is not JSON, torn by a crash, is told of but not shown.
 * A file that can't be read is told of, and the next one is read.
 */
export async function* logEntries(
  folder: string,
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  for (const file of logFiles(folder)) {
    const name = path.basename(file);
    try {
      const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
      for await (const line of lines) yield { file: name, line: entryOf(line) };
    } catch (error) {
      yield { file: name, unreadable: error instanceof Error ? error.name : 'unknown' };
    }
  }
}

function entryOf(line: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { unreadable: `${line.length} characters` };
  }
  if (typeof parsed !== 'object' || parsed === null) return { unreadable: 'not an entry' };
  const entries: [string, unknown][] = Object.entries(parsed);
  return Object.fromEntries(
    entries.filter(([name]) => entryNames.has(name)).map(([name, value]) => [name, safe(value)]),
  );
}

function safe(value: unknown): unknown {
  if (typeof value === 'string') return withoutPersons(value);
  if (typeof value === 'boolean') return value;
  // A larger number counts nothing a line tells of: it could be the number of a card.
  return typeof value === 'number' && Math.abs(value) < 1e12 ? value : leftOut;
}
