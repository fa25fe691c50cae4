import type { Log, LogFields } from '../../../main/ports/log.ts';
import type { KioskProcess } from '../kiosk/kiosk-process.ts';
import type { Verdicts } from './verdicts.ts';

/** What must never lie in a file of ours: client secrets, connection tokens, keys (P9). */
export const secretMark = /_secret_|\bpst_|\b[sr]k_(test|live)_/;

/** Stand in every text that the mark fits, and are found in bytes many times faster. */
const traces = ['_secret_', 'pst_', 'k_test_', 'k_live_'] as const;

/** The mark stands in these bytes. */
export function holdsMark(bytes: Buffer): boolean {
  return traces.some((trace) => bytes.includes(trace)) && secretMark.test(bytes.toString('latin1'));
}

/** The port `log` of one run: looks at every word for secrets and keeps the last lines for the story. */
export function watchedLog(
  verdicts: Verdicts,
  process: KioskProcess,
  onLine: ((line: string) => void) | null,
): Log {
  return {
    write(level, event, fields = {}) {
      if (process.isGone) return;
      verdicts.check('P9', !holdsSecret(fields), () => `the log line ${event} holds a secret`);
      onLine?.(`${level} ${event} ${JSON.stringify(fields)}`);
    },
  };
}

function holdsSecret(fields: LogFields): boolean {
  for (const value of Object.values(fields)) {
    if (typeof value === 'string' && secretMark.test(value)) return true;
  }
  return false;
}
