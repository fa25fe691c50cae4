import type { Refusal } from '../../preload/contract/envelope.ts';
import { refusalKey } from '../text/refusal-key.ts';
import type { PlainKey, Say } from '../text/text.ts';

/** What is said of one deed. */
export interface Saying {
  /** Main's own sentence, which comes first. */
  readonly sentence: string | null;
  /** Ours, where main has none. */
  readonly key: PlainKey;
  readonly tone: 'good' | 'watch' | 'idle';
  /** Main has not answered yet. */
  readonly waits: boolean;
}

/** While main is asked. */
export const waitingSaying: Saying = {
  sentence: null,
  key: 'desk.readers.asking',
  tone: 'idle',
  waits: true,
};

/** What main did not even take. */
export function refusalSaying(refusal: Refusal): Saying {
  return { sentence: null, key: refusalKey(refusal), tone: 'watch', waits: false };
}

/** The words of it, as `Said` takes them; none where there is nothing to say. */
export function sayingWords(
  t: Say,
  saying: Saying | null,
): Pick<Saying, 'tone'> & { text: string } {
  if (saying === null) return { text: '', tone: 'idle' };
  return { text: saying.sentence ?? t(saying.key), tone: saying.tone };
}
