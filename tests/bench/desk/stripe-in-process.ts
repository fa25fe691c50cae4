import Stripe from 'stripe';
import { type PreparedReplies, preparedReplies } from './prepared-replies.ts';

/** A request as it would leave the machine. */
export interface Leaving {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

interface Known {
  readonly replies: PreparedReplies;
  isHeld: boolean;
  isCaptured: boolean;
}

class PreparedResponse extends Stripe.HttpClientResponse {
  readonly #body: string;

  constructor(body: string, atMs: number) {
    super(200, { date: new Date(atMs).toUTCString(), 'request-id': 'req_bench000000000' });
    this.#body = body;
  }

  override getRawResponse(): unknown {
    return { headers: this.getHeaders(), statusCode: this.getStatusCode() };
  }

  override toJSON(): Promise<unknown> {
    return Promise.resolve(JSON.parse(this.#body));
  }
}

/**
 * A Stripe on the other side of no network: the HTTP client that Stripe's own client is given. It knows create, read, capture and the
 * list that asks whether anybody is there, and every card is approved.
 */
export class StripeInProcess extends Stripe.HttpClient {
  readonly #known = new Map<string, Known>();
  #created = 0;
  readonly #nowMs: () => number;
  /** How far the network goes. */
  reach: 'everything' | 'all but captures' | 'nothing' = 'everything';
  /** How long each answer takes; awaited before it is given. */
  travel: () => Promise<void> = () => Promise.resolve();

  /** Called with each request as it leaves. */
  onLeaving: (request: Leaving) => void = () => undefined;

  constructor(nowMs: () => number) {
    super();
    this.#nowMs = nowMs;
  }

  override getClientName(): string {
    return 'in-process';
  }

  override async makeRequest(
    _host: string,
    _port: string,
    path: string,
    method: string,
    _headers: unknown,
    body: string,
  ): Promise<PreparedResponse> {
    this.onLeaving({ method, path, body });
    await this.travel();
    const reply = this.#isReached(path) ? this.#reply(method, path, body) : null;
    if (reply !== null) return new PreparedResponse(reply, this.#nowMs());
    throw Object.assign(new Error('no network'), { code: 'EHOSTUNREACH' });
  }

  /** True once its capture came through. */
  isCaptured(id: string): boolean {
    return this.#known.get(id)?.isCaptured ?? false;
  }

  #isReached(path: string): boolean {
    if (this.reach === 'everything') return true;
    return this.reach === 'all but captures' && !path.endsWith('/capture');
  }

  /** The card of this PaymentIntent was approved on the reader. */
  approve(id: string): void {
    const known = this.#known.get(id);
    if (known === undefined) throw new Error(`${id} was not made here`);
    known.isHeld = true;
  }

  /** Memory is looked at while sales go on: what is over here must not count as the kiosk's. */
  forget(id: string): void {
    this.#known.delete(id);
  }

  /** Null where nothing is answered: a sale of an earlier desk, which this one does not know. */
  #reply(method: string, path: string, body: string): string | null {
    const [, id, action] = /^\/v1\/payment_intents\/(pi_\w+)(?:\/(\w+))?/.exec(path) ?? [];
    if (id === undefined) {
      const isCreate = method === 'POST' && path === '/v1/payment_intents';
      return isCreate ? this.#create(new URLSearchParams(body)) : emptyList;
    }
    const known = this.#known.get(id);
    if (known === undefined) return null;
    if (action === 'capture') known.isCaptured = true;
    else if (action !== undefined) throw new Error(`${action} is not known here`);
    const { created, held, captured } = known.replies;
    if (known.isCaptured) return captured;
    return known.isHeld ? held : created;
  }

  #create(form: URLSearchParams): string {
    this.#created += 1;
    const metadata = [...form]
      .map(([name, value]) => [/^metadata\[(\w+)\]$/.exec(name)?.[1], value] as const)
      .filter((pair): pair is [string, string] => pair[0] !== undefined);
    const replies = preparedReplies({
      number: this.#nowMs() * 1_000 + (this.#created % 1_000),
      amount: Number(form.get('amount')),
      currency: form.get('currency') ?? '',
      metadata: Object.fromEntries(metadata),
      createdSec: Math.floor(this.#nowMs() / 1_000),
    });
    const id = /"id":"(pi_\w+)"/.exec(replies.created)?.[1];
    if (id === undefined) throw new Error('a PaymentIntent has an id');
    this.#known.set(id, { replies, isHeld: false, isCaptured: false });
    return replies.created;
  }
}

const emptyList = JSON.stringify({
  object: 'list',
  data: [],
  has_more: false,
  url: '/v1/payment_intents',
});
