import type { Refusal } from '../../preload/contract/envelope.ts';
import { isPlainKey, type PlainKey } from './text.ts';

/** The sentence for a refusal: the one main names when the table has it, else its code's own. */
export function refusalKey(refusal: Refusal): PlainKey {
  const named = `refusal.${refusal.messageKey}`;
  if (isPlainKey(refusal.messageKey)) return refusal.messageKey;
  return isPlainKey(named) ? named : `refusal.${refusal.code}`;
}
