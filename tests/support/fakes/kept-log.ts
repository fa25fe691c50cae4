import type { Log, LogFields, LogLevel } from '../../../main/ports/log.ts';

export interface KeptLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

/** A log that keeps its lines in memory. */
export function keptLog(): { readonly log: Log; readonly lines: readonly KeptLine[] } {
  const lines: KeptLine[] = [];
  return {
    lines,
    log: {
      write: (level, event, fields = {}) => {
        lines.push({ level, event, fields });
      },
    },
  };
}
