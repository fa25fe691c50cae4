import type { SettingsProblem } from '../../../main/settings/settings-problem.ts';

/** One line of what was found. A `problem` keeps the kiosk from selling; a `warning` does not; `fine` is well. */
export interface Finding {
  readonly level: 'problem' | 'warning' | 'fine';
  /** The file's name; null for the environment, and for what a system answered. */
  readonly file: string | null;
  /** Where in it, such as `backend.url`, or the system that was asked; null for the whole. */
  readonly field: string | null;
  /** What is so, and what to do. */
  readonly sentence: string;
}

/** A problem as the kiosk's closed screen would tell it. */
export function problemFound({ file, field, message }: SettingsProblem): Finding {
  return { level: 'problem', file, field, sentence: message };
}
