import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { en } from './en.ts';
import { pseudo } from './pseudo.ts';

type Sentences = typeof en;

/** The name of a sentence. */
export type TextKey = keyof Sentences;

type Gaps<Sentence extends string> = Sentence extends `${string}{${infer Gap}}${infer Rest}`
  ? Gap | Gaps<Rest>
  : never;

type Fillings<Key extends TextKey> = [Gaps<Sentences[Key]>] extends [never]
  ? []
  : [fillings: Readonly<Record<Gaps<Sentences[Key]>, string | number>>];

/** The name of a sentence without gaps. */
export type PlainKey = {
  [Key in TextKey]: [Gaps<Sentences[Key]>] extends [never] ? Key : never;
}[TextKey];

/** Says the sentence of a key; the compiler knows which keys have gaps, and their names. */
export type Say = <Key extends TextKey>(key: Key, ...fillings: Fillings<Key>) => string;

/** The words of a locale. `en-XA` is made from `en`, so it can never lag behind. */
export function textFor(locale: Snapshot['locale']): Say {
  return (key, ...fillings) => {
    const sentence = locale === 'en-XA' ? pseudo(en[key]) : en[key];
    const values = new Map<string, string | number>(Object.entries(fillings[0] ?? {}));
    return sentence.replaceAll(/\{(\w+)\}/g, (gap, name: string) =>
      String(values.get(name) ?? gap),
    );
  };
}

/** True for a sentence of the table that needs no filling; main sends keys as plain strings. */
export function isPlainKey(key: string): key is PlainKey {
  const sentence = new Map<string, string>(Object.entries(en)).get(key);
  return sentence !== undefined && !sentence.includes('{');
}
