import { redact } from './redact.ts';

/** Words of our own code and of Stripe's: `requires_capture`, `payment_intent.read`, `usd`. */
const word = /^[a-z][a-z0-9]*(?:[._:-][a-z0-9]+)*$/;
const id = /^(?:sale|att|kiosk|boot|foyer|pi|ch|py|re|evt|req|tml|tmr|po|pm|du|dp)_[0-9A-Za-z_]+$/;
const hash = /^[0-9a-f]{64}$/;
const textMax = 200;

/** A number this large is a time of ours, in milliseconds, or the number of a card. */
const plainNumberMax = 1e12;
const timeMax = 1e14;
const timeName = /(?:Ms|_ms)$/;

export const leftOut = '[left out]';

/**
 * Of something stored, only what is known to name nobody: fields on the list, and in them numbers, truths, times, ids
 * and words of code. A field that is not on the list is gone, and with it whatever lies in it; a text that is none of
 * these is `[left out]`. A field whose name is in `json` holds JSON as text and is gone through likewise.
 */
export function storedWords(
  value: unknown,
  lists: { readonly names: ReadonlySet<string>; readonly json: ReadonlySet<string> },
  name = '',
): unknown {
  if (typeof value === 'string') {
    return lists.json.has(name) ? storedJson(value, lists) : wordOrNothing(value);
  }
  if (typeof value === 'number') return numberOrNothing(value, name);
  if (typeof value === 'boolean' || value === null) return value;
  if (value instanceof Uint8Array) return wordOrNothing(Buffer.from(value).toString('hex'));
  if (Array.isArray(value)) return value.map((part: unknown) => storedWords(part, lists, name));
  if (typeof value !== 'object') return leftOut;
  const entries: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(
    entries
      .filter(([key]) => lists.names.has(key))
      .map(([key, part]) => [key, storedWords(part, lists, key)]),
  );
}

function storedJson(text: string, lists: Parameters<typeof storedWords>[1]): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    // A text in a text would be taken for JSON once more.
    return typeof parsed === 'string' ? wordOrNothing(parsed) : storedWords(parsed, lists);
  } catch {
    return leftOut;
  }
}

function wordOrNothing(text: string): string {
  if (hash.test(text)) return text;
  if (text.length > textMax || !(word.test(text) || id.test(text))) return leftOut;
  return redact(text);
}

function numberOrNothing(value: number, name: string): number | string {
  const max = timeName.test(name) ? timeMax : plainNumberMax;
  return Math.abs(value) < max ? value : leftOut;
}
