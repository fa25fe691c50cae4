import { createReadStream } from 'node:fs';
import path from 'node:path';
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

type Entry = Readonly<Record<string, unknown>>;

/**
 * Every line of the log, oldest first, safe to leave the studio: by the allow-list once more, since a former version
 * may have had another, and without persons. A line that is not JSON, torn by a crash, is told of but not shown.
 * A file that can't be read is told of, and the next one is read. Comes in portions of some dozen lines, between
 * which others have their turn.
 */
export async function* logEntries(folder: string): AsyncGenerator<readonly Entry[]> {
  for (const file of logFiles(folder)) {
    const name = path.basename(file);
    try {
      let begun = '';
      for await (const chunk of textOf(file)) {
        const lines = `${begun}${chunk}`.split('\n');
        begun = lines.pop() ?? '';
        yield lines.map((line) => ({ file: name, line: entryOf(line) }));
      }
      if (begun !== '') yield [{ file: name, line: entryOf(begun) }];
    } catch (error) {
      yield [{ file: name, unreadable: error instanceof Error ? error.name : 'unknown' }];
    }
  }
}

function textOf(file: string): AsyncIterable<string> {
  return createReadStream(file, { encoding: 'utf8', highWaterMark: 16 * 1024 });
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
