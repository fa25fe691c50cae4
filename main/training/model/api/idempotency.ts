import { ApiError, invalidRequest } from '../api-error.ts';
import { canonicalForm } from '../form/form-value.ts';
import type { ModelClock } from '../model-clock.ts';
import type { ModelReply, ModelRequest } from './model-request.ts';

/** Stripe keeps a key at least this long; the model exactly. https://docs.stripe.com/api/idempotent_requests */
const keyLifeMs = 24 * 60 * 60 * 1000;
const keyLengthMax = 255;
const sweepSizeMin = 1000;

/** What is known of a key. */
export interface KeyEntry {
  readonly path: string;
  readonly params: string;
  readonly atMs: number;
  readonly requestId: string;
  /** Null while the first request is still at work. */
  readonly reply: Pick<ModelReply, 'status' | 'body'> | null;
}

/** What an earlier request under the same key left. */
export interface StoredReply extends Pick<ModelReply, 'status' | 'body'> {
  readonly originalRequest: string;
}

/** Reads the key of a POST; other methods ignore the header. Refuses a key that is too long. */
export function readIdempotencyKey(request: ModelRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || key === undefined || key === '') {
    return null;
  }
  if (key.length > keyLengthMax) {
    throw invalidRequest(
      `Your idempotency key is ${key.length} characters long: it may be at most ${keyLengthMax}.`,
      { param: 'Idempotency-Key' },
    );
  }
  return key;
}

/** One account's idempotency keys: what is at work under them and what they answered. */
export class IdempotencyKeys {
  readonly #entries = new Map<string, KeyEntry>();
  /** How many entries bring about the next sweep, so that its cost is shared by many requests. */
  #sweepAtSize = sweepSizeMin;
  readonly #clock: ModelClock;
  readonly #record: (key: string, entry: KeyEntry) => void;

  /** `record` is told of every answer that is stored. */
  constructor(clock: ModelClock, record: (key: string, entry: KeyEntry) => void = () => undefined) {
    this.#clock = clock;
    this.#record = record;
  }

  /** Puts back an answer that was recorded before. */
  restore(key: string, entry: KeyEntry): void {
    this.#entries.set(key, entry);
  }

  /** Every key whose request has been answered. */
  *answered(): Generator<readonly [string, KeyEntry]> {
    for (const [key, entry] of this.#entries) {
      if (entry.reply !== null && !this.#isForgotten(entry)) {
        yield [key, entry];
      }
    }
  }

  /**
   * Returns the stored reply, or undefined when the key is free. Refuses a key that is still at
   * work (409) and one that was first used for another request (400).
   */
  lookUp(key: string, request: ModelRequest): StoredReply | undefined {
    this.#forgetOld();
    const entry = this.#entries.get(key);
    if (entry === undefined || this.#isForgotten(entry)) {
      return undefined;
    }
    if (entry.path !== request.path) {
      throw misused(
        `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${request.path}' vs '${entry.path}'). Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    }
    if (entry.params !== canonicalForm(request.params)) {
      throw misused(
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      );
    }
    if (entry.reply === null) {
      throw new ApiError(409, {
        type: 'invalid_request_error',
        code: 'idempotency_key_in_use',
        message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
      });
    }
    return { ...entry.reply, originalRequest: entry.requestId };
  }

  /** Marks a free key as at work. */
  begin(key: string, request: ModelRequest, requestId: string): void {
    this.#entries.set(key, {
      path: request.path,
      params: canonicalForm(request.params),
      atMs: this.#clock.nowMs(),
      requestId,
      reply: null,
    });
  }

  /** Stores what the request answered, be it a success or an error. */
  finish(key: string, reply: ModelReply): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      const answered = { ...entry, reply: { status: reply.status, body: reply.body } };
      this.#entries.set(key, answered);
      this.#record(key, answered);
    }
  }

  /** Frees a key whose request never began its work. */
  abandon(key: string): void {
    this.#entries.delete(key);
  }

  #isForgotten(entry: KeyEntry): boolean {
    return entry.reply !== null && entry.atMs + keyLifeMs <= this.#clock.nowMs();
  }

  /** Clears the memory of forgotten keys now and then: their age alone says what they are worth. */
  #forgetOld(): void {
    if (this.#entries.size < this.#sweepAtSize) {
      return;
    }
    for (const [key, entry] of this.#entries) {
      if (this.#isForgotten(entry)) {
        this.#entries.delete(key);
      }
    }
    this.#sweepAtSize = Math.max(sweepSizeMin, this.#entries.size * 2);
  }
}

function misused(message: string): ApiError {
  return new ApiError(400, { type: 'idempotency_error', message });
}
