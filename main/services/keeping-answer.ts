const nameMax = 80;

/** What came of something that staff asked of a reader. `refused`: nothing was changed, unless the sentence says that it may. */
export interface KeepingAnswer {
  readonly result: 'done' | 'refused' | 'no_name';
  readonly sentence: string | null;
}

export const doneSo: KeepingAnswer = { result: 'done', sentence: null };
/** Nobody gave a name. */
export const noName: KeepingAnswer = { result: 'no_name', sentence: null };

/** Nothing was changed; `sentence` says why, and what to do. */
export function refusal(sentence: string): KeepingAnswer {
  return { result: 'refused', sentence };
}

/** The name of who asks, tidied; null when there is none. */
export function nameOf(by: string): string | null {
  const name = by.trim().slice(0, nameMax);
  return name === '' ? null : name;
}
