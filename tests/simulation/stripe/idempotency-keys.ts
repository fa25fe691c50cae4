import type { Reply } from './reply.ts';

/** Stripe may forget a key after this, and takes its next use for a new request. In milliseconds. */
export const keyLivesMs = 24 * 3_600_000;

interface KeptKey<Value> {
  readonly parameters: string;
  readonly sinceMs: number;
  /** Null while the first request is still being worked on. */
  reply: Reply<Value> | null;
}

export type KeyState<Value> =
  { readonly kind: 'new' } | { readonly kind: 'answer'; readonly reply: Reply<Value> };

/** The stored replies of one kind: the first result under a key, also a 402 or a 500, is given again for a day. */
export class IdempotencyKeys<Value> {
  readonly #kept = new Map<string, KeptKey<Value>>();

  /** What a request under this key meets on its arrival. A new key is taken at once. */
  arrive(key: string, parameters: string, nowMs: number): KeyState<Value> {
    const kept = this.#kept.get(key);
    if (kept === undefined || nowMs - kept.sinceMs > keyLivesMs) {
      this.#kept.set(key, { parameters, sinceMs: nowMs, reply: null });
      return { kind: 'new' };
    }
    if (kept.parameters !== parameters) {
      return { kind: 'answer', reply: { status: 400, code: 'idempotency_error' } };
    }
    return {
      kind: 'answer',
      reply: kept.reply ?? { status: 409, code: 'idempotency_key_in_use' },
    };
  }

  store(key: string, reply: Reply<Value>): void {
    const kept = this.#kept.get(key);
    if (kept !== undefined) kept.reply = reply;
  }
}
