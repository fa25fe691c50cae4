/** A scanner types faster than any hand: at most this long from one sign to the next, in milliseconds. */
const gapMaxMs = 60;
/** Fewer signs before Enter may be a hand after all. */
const signsMin = 4;
/** What the longest code has, and no more is listened to. */
const signsMax = 500;

/** What a key was, as far as can be told by now. */
export type HeardKey =
  /** None of a scanner's. */
  | { readonly kind: 'other' }
  /** A first sign: a scanner may have begun, or somebody types. */
  | { readonly kind: 'first' }
  /** Too soon after the one before for a hand. */
  | { readonly kind: 'fast' }
  /** The Enter that ends a code. */
  | { readonly kind: 'code'; readonly code: string };

const other: HeardKey = { kind: 'other' };

/** Tells a scanner from a hand: it types its code as a keyboard would, in one rush that ends with Enter. */
export class ScanEar {
  #code = '';
  #lastMs = Number.NEGATIVE_INFINITY;

  /** `key` as the keyboard event names it; `atMs` when it went down, by any clock that only goes forward. */
  hear(key: string, atMs: number): HeardKey {
    // Held for the sign that follows, it is no key of the code.
    if (key === 'Shift') return other;
    const isFast = atMs - this.#lastMs <= gapMaxMs;
    this.#lastMs = atMs;
    if (!isFast) this.#code = '';
    if (key === 'Enter') return this.#ended();
    if (key.length !== 1 || this.#code.length >= signsMax) {
      this.forget();
      return other;
    }
    this.#code += key;
    return { kind: this.#code.length === 1 ? 'first' : 'fast' };
  }

  /** What was heard belongs to nothing any more. */
  forget(): void {
    this.#code = '';
    this.#lastMs = Number.NEGATIVE_INFINITY;
  }

  #ended(): HeardKey {
    const code = this.#code;
    this.forget();
    return code.length >= signsMin ? { kind: 'code', code } : other;
  }
}
