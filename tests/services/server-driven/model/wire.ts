import type { Answer } from '../../../../main/ports/payments-api.ts';
import { refused, uncertain, unanswered } from '../../../support/fakes/fake-payments.ts';
import type { VirtualClock } from '../../../support/fakes/virtual-clock.ts';
import { forever, type Life } from './life.ts';

/** What may happen to one call on its way. Milliseconds. */
export type Mishap =
  /** It never reaches Stripe, and nobody answers. */
  | 'lost_before'
  /** It is carried out; the answer is lost. */
  | 'lost_after'
  /** It reaches Stripe twice. */
  | 'twice'
  /** A 500 that Stripe keeps under the key; carried out all the same, or not. */
  | 'error_after'
  | 'error_before'
  | 'rate_limited'
  /** The caller hears nothing and gives up; it is carried out this much later. */
  | { readonly lateMs: number }
  /** Carried out at once, and answered this much later. */
  | { readonly slowMs: number };

interface Call<Value> {
  readonly life: Life;
  readonly name: string;
  /** Null for what may be repeated without harm. */
  readonly key: string | null;
  readonly asked: unknown;
  readonly signal: AbortSignal;
  readonly carryOut: () => Answer<Value>;
}

const travelMs = 20;
const silenceMs = 3_000;
const never = new AbortController().signal;

/** The way to Stripe and back, with Stripe's memory of keys. */
export class Wire {
  /** Calls as they left: the kiosk, what was called, and the key. */
  readonly sent: {
    readonly kiosk: string;
    readonly name: string;
    readonly key: string | null;
    readonly atMs: number;
  }[] = [];
  readonly #clock: VirtualClock;
  readonly #mishaps = new Map<string, Mishap[]>();
  readonly #kept = new Map<string, { readonly asked: string; readonly answer: Answer<unknown> }>();

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** These happen to the next calls of that name, one each. */
  strike(name: string, ...mishaps: readonly Mishap[]): void {
    this.#mishaps.set(name, [...(this.#mishaps.get(name) ?? []), ...mishaps]);
  }

  /** Nothing happens to any call from now on. */
  calm(): void {
    this.#mishaps.clear();
  }

  async call<Value>(call: Call<Value>): Promise<Answer<Value>> {
    const { life, name, key, signal } = call;
    this.sent.push({ kiosk: life.name, name, key, atMs: this.#clock.monotonicMs() });
    if (life.passes(`${name} leaves`)) return forever();
    const mishap = this.#mishaps.get(name)?.shift() ?? null;
    const answer = await Promise.race([this.#travel(call, mishap), givenUp(signal)]);
    if (life.passes(`${name} answered`)) return forever();
    return answer;
  }

  async #travel<Value>(call: Call<Value>, mishap: Mishap | null): Promise<Answer<Value>> {
    await this.#pass(travelMs);
    if (mishap === 'lost_before') {
      await this.#pass(silenceMs);
      return unanswered;
    }
    if (mishap === 'rate_limited') return { kind: 'busy', status: 429, code: 'rate_limit' };
    if (mishap === 'error_before') return this.#keep(call, uncertain);
    if (mishap === 'error_after') {
      call.carryOut();
      return this.#keep(call, uncertain);
    }
    if (typeof mishap === 'object' && mishap !== null && 'lateMs' in mishap) {
      void this.#pass(mishap.lateMs).then(() => this.#answer(call));
      await this.#pass(silenceMs);
      return unanswered;
    }
    const answer = this.#answer(call);
    if (mishap === 'twice') this.#answer(call);
    if (mishap === 'lost_after') {
      await this.#pass(silenceMs);
      return unanswered;
    }
    if (mishap !== null && typeof mishap === 'object') await this.#pass(mishap.slowMs);
    await this.#pass(travelMs);
    return answer;
  }

  #answer<Value>(call: Call<Value>): Answer<Value> {
    const { key, name } = call;
    const kept = key === null ? undefined : this.#kept.get(key);
    if (kept === undefined) return this.#keep(call, call.carryOut());
    if (kept.asked !== askedOf(call)) return refused('idempotency_error');
    this.sent.push({ kiosk: 'stripe', name: `${name} replayed`, key, atMs: 0 });
    return kept.answer as Answer<Value>;
  }

  #keep<Value>(call: Call<Value>, answer: Answer<Value>): Answer<Value> {
    if (call.key !== null && answer.kind !== 'busy') {
      this.#kept.set(call.key, { asked: askedOf(call), answer });
    }
    return answer;
  }

  #pass(ms: number): Promise<void> {
    return this.#clock.sleep(ms, never);
  }
}

function askedOf({ name, asked }: Call<unknown>): string {
  return JSON.stringify([name, asked]);
}

function givenUp(signal: AbortSignal): Promise<Answer<never>> {
  const { promise, resolve } = Promise.withResolvers<Answer<never>>();
  const giveUp = (): void => resolve({ kind: 'unanswered', code: 'aborted' });
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  return promise;
}
