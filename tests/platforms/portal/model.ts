import { mediaType } from '../bearer.ts';
import { minorUnits } from '../decimal-amount.ts';
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

/** What the document leaves open. May be changed at any time. */
export interface PortalBehaviour {
  /** Where in its answers the PaymentIntent lies, such as `data.payment_intent`; empty for the answer itself. */
  wrappedIn: string;
  /** The document handles both: an error status, and `error` in the body of a 200. */
  errors: 'status' | 'in_200';
  /** The header that carries the credentials, in lower case, and what it must hold. */
  auth: { readonly header: string; readonly value: string };
}

/** Everything that was made for one `external_transaction_id`. */
export interface PortalPayment {
  readonly id: string;
  readonly transactionId: string;
  readonly customerId: string | null;
}

/** The payments portal, as its document describes it. It knows no idempotency: each intent is another one. */
export class PortalModel implements SellingPlatformModel {
  readonly behaviour: PortalBehaviour;
  /** `external_account_id` to the currency of the account. */
  readonly accounts = new Map<string, string>();
  readonly payments: PortalPayment[] = [];
  /** `external_customer_id` to Stripe's Customer, and the cards kept for them. */
  readonly customers = new Map<string, { readonly stripe: string; readonly cards: Set<string> }>();
  readonly #stripe: PlatformStripe;

  constructor(options: { readonly token: string; readonly stripe: PlatformStripe }) {
    this.#stripe = options.stripe;
    this.behaviour = {
      wrappedIn: '',
      errors: 'status',
      auth: { header: 'authorization', value: `Bearer ${options.token}` },
    };
  }

  async handle(request: PlatformRequest): Promise<PlatformReply> {
    try {
      return await this.#answer(request);
    } catch (error) {
      if (error instanceof Refused) return this.refusal(error.status, error.message);
      if (error instanceof StripeRefused) {
        return this.refusal(error.status, error.message, error.code);
      }
      throw error;
    }
  }

  made(): readonly MadePaymentIntent[] {
    return this.payments.map(({ id, transactionId }) => ({ id, order: transactionId }));
  }

  refusal(status: number, message: string, code = 'invalid_request'): PlatformReply {
    const inBody = this.behaviour.errors === 'in_200' && status !== 401 && status !== 404;
    return jsonReply(inBody ? 200 : status, { error: { code, message } });
  }

  #answer(request: PlatformRequest): Promise<PlatformReply> {
    const work = this.#work(request.path);
    if (work === null) throw new Refused(404, 'Not found.');
    const { header, value } = this.behaviour.auth;
    if (request.headers[header] !== value) throw new Refused(401, 'Not signed in.');
    if (request.method !== 'POST') throw new Refused(405, 'Only POST is known here.');
    if (mediaType(request.headers['content-type']) !== 'application/json') {
      throw unprocessable('the body must be sent as application/json');
    }
    const body = Fields.parse(request.body);
    const currency = this.accounts.get(body.text('external_account_id'));
    if (currency === undefined) throw unprocessable('external_account_id is not known');
    return work(body, currency);
  }

  #work(path: string): ((body: Fields, currency: string) => Promise<PlatformReply>) | null {
    switch (path) {
      case '/v1/payment/intent':
        return (body, currency) => this.#createIntent(body, currency);
      case '/v1/payment/capture':
        return (body, currency) => this.#capture(body, currency);
      case '/v1/customer/card':
        return (body) => this.#saveCard(body);
      default:
        return null;
    }
  }

  async #createIntent(body: Fields, currency: string): Promise<PlatformReply> {
    // Here the amount is a number, and the type one bare text.
    const amount = minorUnits(String(body.number('amount')), currency, '/amount');
    const type = body.optionalOneOf('payment_method_types', ['card_present', 'card']) ?? 'card';
    const capture = body.optionalOneOf('capture_method', ['manual', 'automatic']) ?? 'automatic';
    const transactionId = body.text('external_transaction_id');
    const customerId = body.optionalText('external_customer_id');
    body.done();
    const customer = customerId === null ? null : await this.#customer(customerId);
    const made = await this.#stripe.createPaymentIntent({
      amount,
      currency,
      types: [type],
      captureMethod: capture,
      ...(customer === null ? {} : { customer: customer.stripe, keepsCard: true }),
    });
    this.payments.push({ id: made.id, transactionId, customerId });
    return this.#reply(made);
  }

  async #capture(body: Fields, currency: string): Promise<PlatformReply> {
    const id = this.#own(body);
    // And here the amount is a text.
    const amount = minorUnits(body.text('amount'), currency, '/amount');
    body.done();
    return this.#reply(await this.#stripe.capture(id, amount));
  }

  async #saveCard(body: Fields): Promise<PlatformReply> {
    const id = this.#own(body);
    const customer = await this.#customer(body.text('external_customer_id'));
    body.done();
    const { status, chargeId } = await this.#stripe.readPaymentIntent(id);
    if (status !== 'succeeded' || chargeId === null) {
      throw new Refused(400, 'The payment must be captured before the card can be saved.');
    }
    const { generatedCard } = await this.#stripe.readCharge(chargeId);
    if (generatedCard === null) throw unprocessable('No card can be kept of this payment.');
    const card = await this.#stripe.readPaymentMethod(generatedCard);
    if (card.customer === null) await this.#stripe.attach(generatedCard, customer.stripe);
    customer.cards.add(generatedCard);
    return jsonReply(200, { customer_id: customer.stripe, card_id: generatedCard });
  }

  /** The payment a body names, which must be one the portal made. */
  #own(body: Fields): string {
    const id = body.text('payment_id');
    if (!this.payments.some((payment) => payment.id === id)) {
      throw unprocessable(`No such payment: ${id}`, '/payment_id');
    }
    return id;
  }

  async #customer(
    externalId: string,
  ): Promise<{ readonly stripe: string; readonly cards: Set<string> }> {
    const known = this.customers.get(externalId);
    if (known !== undefined) return known;
    const made = {
      stripe: await this.#stripe.createCustomer(externalId),
      cards: new Set<string>(),
    };
    this.customers.set(externalId, made);
    return made;
  }

  #reply({ json }: PlatformPaymentIntent): PlatformReply {
    const { wrappedIn } = this.behaviour;
    const steps = wrappedIn === '' ? [] : wrappedIn.split('.');
    return jsonReply(
      200,
      steps.reduceRight<object>((held, step) => ({ [step]: held }), json),
    );
  }
}
