import type { Clock } from '../ports/clock.ts';
import type { Log, LogFields, LogLevel } from '../ports/log.ts';
import { logFieldNames } from './log-field-names.ts';
import { redact } from './redact.ts';
import { RotatingFile } from './rotating-file.ts';

/** A whole stack fits; what is longer is somebody's data. In characters. */
const textMax = 2_000;

/** A line longer than this, in bytes, is written with shorter texts: one fault must not fill a file. */
export const lineBytesMax = 16 * 1024;

/** At this length every field there is, each letter written as an escape, fits the line. */
const shortTextMax = 80;

/** Ids are logged by their last characters: enough to find a row, useless to anybody else. */
function shortened(fields: LogFields): LogFields {
  const tail = (id: string): string => `…${id.slice(-8)}`;
  return {
    ...fields,
    ...(fields.sale === undefined ? {} : { sale: tail(fields.sale) }),
    ...(fields.owner === undefined ? {} : { owner: tail(fields.owner) }),
    ...(fields.attempt === undefined ? {} : { attempt: tail(fields.attempt) }),
  };
}

/** What the allow-list lets through at run time: known names, and no objects whatever a type said. */
function allowed(fields: LogFields): Record<string, unknown> {
  const entries: [string, unknown][] = Object.entries(shortened(fields));
  return Object.fromEntries(
    entries.filter(([name, value]) => logFieldNames.has(name) && isPlain(value)),
  );
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Redacted before it is cut: half a secret is not known as one. */
function lineOf(entry: Readonly<Record<string, unknown>>, longest: number): string {
  return JSON.stringify(entry, (_key, value: unknown) => {
    if (typeof value !== 'string') return value;
    const clean = redact(value);
    return clean.length <= longest
      ? clean
      : `${clean.slice(0, longest)}… (${clean.length} characters)`;
  });
}

/**
 * JSON lines in `folder/foyer.log` and up to nine older files, redacted and each cut to `lineBytesMax`. Never
 * throws: a disk that takes no log line stops no payment. How many it did not take is told by the next it takes.
 */
export function fileLog(folder: string, clock: Clock, alsoTo: (line: string) => void): Log {
  const file = new RotatingFile(folder);
  let lost = 0;

  function write(level: LogLevel, event: string, fields: LogFields = {}): void {
    const entry = {
      at: new Date(clock.nowMs()).toISOString(),
      level,
      event,
      ...allowed(fields),
      ...(lost > 0 ? { linesLost: lost } : {}),
    };
    const whole = lineOf(entry, textMax);
    const line = Buffer.byteLength(whole) < lineBytesMax ? whole : lineOf(entry, shortTextMax);
    if (level !== 'info') alsoTo(line);
    try {
      file.append(line);
      lost = 0;
    } catch {
      // Counted, and told by the next line that can be written.
      lost += 1;
    }
  }

  return { write };
}
