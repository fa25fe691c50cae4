import { z } from 'zod';

/** Metadata's values are text; whatever else stands there is nobody's of ours. */
export const metadata = z.record(z.string(), z.unknown()).catch({});

/** Text of a bounded length under this name, else null. */
export function textIn(record: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = record[name];
  return typeof value === 'string' && value !== '' ? value.slice(0, 500) : null;
}
