import { createHash } from 'node:crypto';
import { checkBearer, mediaType } from '../bearer.ts';
import { Fields } from '../fields.ts';
import {
  type PlatformPaymentIntent,
  type PlatformStripe,
  StripeRefused,
} from '../platform-stripe.ts';
import { Refused, unprocessable } from '../refused.ts';
import {
  jsonReply,
  type MadePaymentIntent,
  type SellingPlatformModel,
  type PlatformReply,
  type PlatformRequest,
} from '../wire.ts';
import { readStripePaymentOrder, type StripePaymentOrder } from './read-order.ts';
import {
  type CommerceLayerBehaviour,
  type CommerceLayerOrder,
  type StripePayment,
  stripePaymentResource,
} from './resource.ts';

const contentType = 'application/vnd.api+json';
const url = '/api/stripe_payments';

/** Which filters a list takes, and what they compare. */
const filters: ReadonlyMap<string, (payment: StripePayment) => string | null> = new Map([
  ['filter[q][reference_eq]', ({ reference }: StripePayment) => reference],
  ['filter[q][reference_origin_eq]', ({ referenceOrigin }: StripePayment) => referenceOrigin],
]);

/** Commerce Layer's stripe payments, as the document describes them. Each POST makes another one. */
export class CommerceLayerModel implements SellingPlatformModel {
  readonly behaviour: CommerceLayerBehaviour;
  readonly orders = new Map<string, CommerceLayerOrder>();
  readonly payments: StripePayment[] = [];
  readonly #token: string;
  readonly #stripe: PlatformStripe;
  readonly #url: string;
  readonly #nowMs: () => number;
  #traces = 0;

  constructor(options: {
    readonly token: string;
    readonly stripe: PlatformStripe;
    readonly publishableKey: string;
    /** Where it listens, for the links it writes. */
    readonly url: string;
    readonly nowMs: () => number;
  }) {
    this.#token = options.token;
    this.#stripe = options.stripe;
    this.#url = options.url;
    this.#nowMs = options.nowMs;
    this.behaviour = {
      mode: 'test',
      organizationId: 'xRRkjDFafe',
      publishableKey: options.publishableKey,
      connectedAccount: null,
      onBehalfOf: null,
      transferGroup: null,
    };
  }

  /** `total` in minor units. */
  seedOrder(order: CommerceLayerOrder): CommerceLayerOrder {
    this.orders.set(order.id, order);
    return order;
  }

  async handle(request: PlatformRequest): Promise<PlatformReply> {
    try {
      return await this.#answer(request);
    } catch (error) {
      if (error instanceof Refused) {
        return this.refusal(error.status, error.message, error.pointer);
      }
      if (error instanceof StripeRefused) {
        return this.refusal(422, error.message, '/data/attributes/stripe_id');
      }
      throw error;
    }
  }

  made(): readonly MadePaymentIntent[] {
    return this.payments
      .filter(({ isMadeHere }) => isMadeHere)
      .map(({ stripeId, orderId }) => ({ id: stripeId, order: orderId }));
  }

  refusal(status: number, message: string, pointer: string | null = null): PlatformReply {
    const error = {
      title: titles.get(status) ?? 'Invalid request',
      detail: message,
      code: codes.get(status) ?? 'INVALID_REQUEST',
      ...(pointer === null ? {} : { source: { pointer } }),
      status: String(status),
    };
    return jsonReply(status, { errors: [error] }, contentType);
  }

  async #answer(request: PlatformRequest): Promise<PlatformReply> {
    const id = new RegExp(`^${url}/([A-Za-z0-9]+)$`).exec(request.path)?.[1] ?? null;
    if (request.path !== url && id === null) throw new Refused(404, 'The path is not known.');
    checkBearer(request, this.#token);
    if (mediaType(request.headers['accept']) !== contentType) {
      throw new Refused(406, `Accept must be ${contentType}.`);
    }
    if (request.method === 'GET') {
      return id === null ? this.#list(request.query) : this.#read(id);
    }
    if (request.method !== 'POST' || id !== null) throw new Refused(404, 'Not known.');
    if (mediaType(request.headers['content-type']) !== contentType) {
      throw new Refused(415, `Content-Type must be ${contentType}.`);
    }
    return this.#create(readStripePaymentOrder(Fields.parse(request.body)));
  }

  async #create(wanted: StripePaymentOrder): Promise<PlatformReply> {
    const order = this.orders.get(wanted.orderId);
    if (order === undefined) {
      throw new Refused(
        404,
        `The order ${wanted.orderId} could not be found.`,
        wanted.orderPointer,
      );
    }
    const paymentIntent =
      wanted.recorded === null
        ? await this.#make(order, wanted)
        : await this.#find(wanted.recorded);
    const payment: StripePayment = {
      id: `Pay${String(this.payments.length + 1).padStart(7, '0')}`,
      orderId: order.id,
      stripeId: paymentIntent.id,
      isMadeHere: wanted.recorded === null,
      clientSecret: paymentIntent.clientSecret,
      options: wanted.options,
      returnUrl: wanted.returnUrl,
      receiptEmail: wanted.receiptEmail,
      reference: wanted.reference,
      referenceOrigin: wanted.referenceOrigin,
      metadata: wanted.metadata,
      createdAtMs: this.#nowMs(),
    };
    this.payments.push(payment);
    return jsonReply(201, { data: await this.#resource(payment) }, contentType);
  }

  #make(order: CommerceLayerOrder, wanted: StripePaymentOrder): Promise<PlatformPaymentIntent> {
    return this.#stripe.createPaymentIntent({
      amount: order.total,
      currency: order.currency,
      types: wanted.types,
      captureMethod: wanted.captureMethod,
      keepsCard: wanted.keepsCard,
      ...(wanted.customer === null ? {} : { customer: wanted.customer }),
      ...(wanted.receiptEmail === null ? {} : { receiptEmail: wanted.receiptEmail }),
    });
  }

  async #find(recorded: {
    readonly stripeId: string;
    readonly clientSecret: string;
  }): Promise<PlatformPaymentIntent> {
    const paymentIntent = await this.#stripe.readPaymentIntent(recorded.stripeId);
    if (paymentIntent.clientSecret !== recorded.clientSecret) {
      throw unprocessable(
        'client_secret is not that of stripe_id',
        '/data/attributes/client_secret',
      );
    }
    return paymentIntent;
  }

  async #read(id: string): Promise<PlatformReply> {
    const payment = this.payments.find((candidate) => candidate.id === id);
    if (payment === undefined) {
      throw new Refused(404, `The stripe payment ${id} could not be found.`);
    }
    return jsonReply(200, { data: await this.#resource(payment) }, contentType);
  }

  async #list(query: string): Promise<PlatformReply> {
    const wanted = [...new URLSearchParams(query)].map(([name, value]) => {
      const field = filters.get(name);
      if (field === undefined) throw unprocessable(`${name} is no filter`);
      return { field, value };
    });
    const found = this.payments.filter((payment) =>
      wanted.every(({ field, value }) => field(payment) === value),
    );
    const data = await Promise.all(found.map((payment) => this.#resource(payment)));
    const meta = { record_count: data.length, page_count: 1 };
    return jsonReply(200, { data, meta }, contentType);
  }

  async #resource(payment: StripePayment): Promise<object> {
    const order = this.orders.get(payment.orderId);
    if (order === undefined) throw new Error('A payment belongs to an order.');
    const paymentIntent = await this.#stripe.readPaymentIntent(payment.stripeId);
    const { chargeId } = paymentIntent;
    this.#traces += 1;
    return stripePaymentResource({
      url: this.#url,
      behaviour: this.behaviour,
      payment,
      order,
      paymentIntent,
      charge: chargeId === null ? null : await this.#stripe.readCharge(chargeId),
      traceId: createHash('sha256').update(String(this.#traces)).digest('hex'),
    });
  }
}

const titles: ReadonlyMap<number, string> = new Map([
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Record not found'],
  [422, 'Unprocessable Entity'],
]);

const codes: ReadonlyMap<number, string> = new Map([
  [401, 'INVALID_TOKEN'],
  [403, 'UNAUTHORIZED'],
  [404, 'RECORD_NOT_FOUND'],
  [422, 'VALIDATION_ERROR'],
]);
