import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { enTraining } from '../text/en-training.ts';
import { pseudo } from '../text/pseudo.ts';
import { enCardOnFile } from './en-card-on-file.ts';

/** Every sentence of the trainer's panel. */
export const benchSentences = { ...enTraining, ...enCardOnFile };

/** The name of a sentence of the trainer's panel. */
export type BenchKey = keyof typeof benchSentences;

/** Says a sentence of the trainer's panel. */
export type BenchSay = (key: BenchKey) => string;

/** The panel's words in a locale, apart from the kiosk's own so that they are loaded with the panel. */
export function benchWords(locale: Snapshot['locale']): BenchSay {
  return (key) => (locale === 'en-XA' ? pseudo(benchSentences[key]) : benchSentences[key]);
}
