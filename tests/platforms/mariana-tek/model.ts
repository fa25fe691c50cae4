import { checkBearer, mediaType } from '../bearer.ts';
import { Fields } from '../fields.ts';
import { type PlatformStripe, StripeRefused } from '../platform-stripe.ts';
import { Refused, unprocessable } from '../refused.ts';
import {
  emptyReply,
  htmlReply,
  jsonReply,
  type MadePaymentIntent,
  type SellingPlatformModel,
  type PlatformReply,
  type PlatformRequest,
} from '../wire.ts';
import { marianaBehaviour } from './behaviour.ts';
import { createSetupIntent, storePaymentMethod } from './cards.ts';
import { MarianaParts } from './parts.ts';
import { createPaymentIntent, paymentStatus } from './payments.ts';
import { MarianaShop } from './shop.ts';
import {
  configuration,
  connectionToken,
  deregisterTerminal,
  listTerminals,
  registerTerminal,
  updateTerminal,
} from './terminals.ts';

/** Null stands for 204 without a body. */
type Endpoint = (parts: MarianaParts, body: Fields) => Promise<object | null>;

const endpoints: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  ['setup_intent', createSetupIntent],
  ['store_payment_method', storePaymentMethod],
  ['payment_intent', createPaymentIntent],
  ['payment_status', paymentStatus],
  ['connection_token', connectionToken],
  ['deregister_terminal', deregisterTerminal],
  ['register_terminal', registerTerminal],
  ['terminal_readers', listTerminals],
  ['update_terminal', updateTerminal],
]);

/** The Mariana Tek Stripe Integration API v1.0.0, as its document describes it. */
export class MarianaTekModel implements SellingPlatformModel {
  readonly shop = new MarianaShop();
  readonly behaviour = marianaBehaviour();
  readonly #token: string;
  readonly #parts: MarianaParts;

  constructor(options: {
    readonly token: string;
    readonly stripe: PlatformStripe;
    readonly publishableKey: string;
  }) {
    this.#token = options.token;
    this.#parts = new MarianaParts({
      shop: this.shop,
      stripe: options.stripe,
      behaviour: this.behaviour,
      publishableKey: options.publishableKey,
    });
  }

  async handle(request: PlatformRequest): Promise<PlatformReply> {
    try {
      const answer = await this.#answer(request);
      return answer === null ? emptyReply(204) : jsonReply(200, answer);
    } catch (error) {
      if (error instanceof Refused) return this.refusal(error.status, error.message);
      // What Stripe refuses was a wrong request of ours to the platform: it knows no other word for it.
      if (error instanceof StripeRefused) return this.refusal(422, error.message);
      throw error;
    }
  }

  made(): readonly MadePaymentIntent[] {
    return [...this.shop.carts.values()].flatMap(({ id: order, payments }) =>
      payments.map(({ id }) => ({ id, order })),
    );
  }

  refusal(status: number, message: string): PlatformReply {
    switch (this.behaviour.refusals) {
      case 'none':
        return emptyReply(status);
      case 'html':
        return htmlReply(status);
      case 'json':
        return jsonReply(status, { detail: message });
    }
  }

  async #answer(request: PlatformRequest): Promise<object | null> {
    const name = /^\/api\/stripe\/v1\/([a-z_]+)\/$/.exec(request.path)?.[1] ?? '';
    const endpoint = endpoints.get(name);
    if (endpoint === undefined && name !== 'configuration') {
      throw new Refused(404, 'Not found. Paths end in a slash.');
    }
    checkBearer(request, this.#token);
    if (this.behaviour.forbidden.has(name)) {
      throw new Refused(403, 'The authenticated user may not do this.');
    }
    if (endpoint === undefined) return configuration(this.#parts, cartAskedFor(request));
    if (request.method !== 'POST') throw new Refused(405, 'Only POST is known here.');
    return endpoint(this.#parts, bodyOf(request));
  }
}

function bodyOf(request: PlatformRequest): Fields {
  if (mediaType(request.headers['content-type']) !== 'application/json') {
    throw unprocessable('the body must be sent as application/json');
  }
  return Fields.parse(request.body);
}

/** The cart is optional, and so is the body. A GET gives it in the query. */
function cartAskedFor(request: PlatformRequest): string | null {
  if (request.method === 'GET') return new URLSearchParams(request.query).get('cart');
  if (request.method !== 'POST') throw new Refused(405, 'Only GET and POST are known here.');
  if (request.body === '') return null;
  const body = bodyOf(request);
  const cart = body.optionalId('cart');
  body.done();
  return cart;
}
