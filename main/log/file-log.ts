import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { Log, LogFields, LogLevel } from '../ports/log.ts';
import { redact } from './redact.ts';

/** One former file is kept, so the log never takes more than twice this. */
const fileSizeMax = 5 * 1024 * 1024;

/** Ids are logged by their last characters: enough to find a row, useless to anybody else. */
function shortened(fields: LogFields): LogFields {
  const tail = (id: string): string => `…${id.slice(-8)}`;
  return {
    ...fields,
    ...(fields.sale === undefined ? {} : { sale: tail(fields.sale) }),
    ...(fields.attempt === undefined ? {} : { attempt: tail(fields.attempt) }),
  };
}

/** JSON lines in `folder/foyer.log`, redacted. A disk that takes no log line stops no payment. */
export function fileLog(folder: string, clock: Clock, alsoTo: (line: string) => void): Log {
  const file = path.join(folder, 'foyer.log');
  let lost = 0;
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // Each line that can't be written is counted below.
  }

  function turnOverWhenFull(): void {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > fileSizeMax) renameSync(file, `${file}.1`);
  }

  function write(level: LogLevel, event: string, fields: LogFields = {}): void {
    const entry = {
      at: new Date(clock.nowMs()).toISOString(),
      level,
      event,
      ...shortened(fields),
      ...(lost > 0 ? { linesLost: lost } : {}),
    };
    const line = JSON.stringify(entry, (_key, value: unknown) =>
      typeof value === 'string' ? redact(value) : value,
    );
    if (level !== 'info') alsoTo(line);
    try {
      turnOverWhenFull();
      appendFileSync(file, `${line}\n`);
      lost = 0;
    } catch {
      // Counted, and told by the next line that can be written.
      lost += 1;
    }
  }

  return { write };
}
