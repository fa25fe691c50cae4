import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { enTraining } from '../text/en-training.ts';
import { pseudo } from '../text/pseudo.ts';

/** The name of a sentence of the trainer's panel. */
export type BenchKey = keyof typeof enTraining;

/** Says a sentence of the trainer's panel. */
export type BenchSay = (key: BenchKey) => string;

/** The panel's words in a locale, apart from the kiosk's own so that they are loaded with the panel. */
export function benchWords(locale: Snapshot['locale']): BenchSay {
  return (key) => (locale === 'en-XA' ? pseudo(enTraining[key]) : enTraining[key]);
}
