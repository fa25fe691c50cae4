import type { PaymentIntentId } from '../../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type {
  Answer,
  CreateRequest,
  LivePaymentIntent,
  PaymentsApi,
} from '../../../main/ports/payments-api.ts';
import { factsOf } from '../stripe/facts.ts';
import type { ModelIntent } from '../stripe/payment-intents.ts';
import type { Reply } from '../stripe/reply.ts';
import { bound } from './bound.ts';
import type { PaymentsWire } from './payments-wire.ts';
import {
  bare,
  createRequestOf,
  type Made,
  type PlatformWireParts,
  refusedPayment,
} from './platform-wire.ts';

/** What of a sale is written into the metadata of a PaymentIntent that somebody else made. */
interface Stamp {
  readonly saleId: string;
  readonly kioskId: string;
  readonly orderHash: string | null;
}

/** Makes PaymentIntents without any key, and stamps them by the companion key. */
class Maker {
  readonly #parts: PlatformWireParts;

  constructor(parts: PlatformWireParts) {
    this.#parts = parts;
  }

  /** One request; then what it made is stamped and read. What is not stamped has a secret that nobody is told. */
  /** One request; then what it made is stamped. What is not stamped has a secret that nobody is told. */
  async create(
    request: CreateRequest,
    key: string,
    make: () => Reply<Made>,
    signal: AbortSignal,
  ): Promise<Answer<LivePaymentIntent>> {
    const made = await this.#parts.transit.send(createRequestOf(request, key), make, signal);
    if (made.kind !== 'done') return made;
    const stamped = await this.stamped(made.value.id, request, signal);
    return stamped.kind === 'done' ? stamped : unproved;
  }

  /** Stripe answers with the PaymentIntent as it is then; one that has ended takes no metadata. */
  stamped(
    id: PaymentIntentId,
    { saleId, kioskId, orderHash }: Stamp,
    signal: AbortSignal,
  ): Promise<Answer<LivePaymentIntent>> {
    const { stripe, transit, by } = this.#parts;
    const asked = { ...bare, call: 'stamp', saleId, intentId: id, isUnkeyed: true } as const;
    return transit.send(
      asked,
      () => {
        const intent = stripe.intents.find(id);
        if (intent?.status === 'canceled') return { status: 400, code: 'unexpected_state' };
        if (intent !== null) stripe.intents.stamp(intent, { saleId, kioskId, orderHash }, by);
        return stripe.read(id);
      },
      signal,
    );
  }

  made(amount: number, currency: string): ModelIntent {
    const nobodys = { saleId: null, kioskId: null, orderHash: null };
    return this.#parts.stripe.intents.create({ amount, currency, ...nobodys }, 'platform');
  }
}

/** The portal: it makes and captures without keys; all else is the companion key's. */
export function portalPayments(parts: PlatformWireParts, companion: PaymentsWire): PaymentsApi {
  const maker = new Maker(parts);
  return {
    ...bound(companion),
    create: (request, key, signal) =>
      maker.create(
        request,
        key,
        () => replyOf(maker.made(request.total.amount, request.total.currency)),
        signal,
      ),
    capture: (id, total, key, signal) => {
      const saleId = parts.stripe.intents.find(id)?.saleId ?? null;
      const words = `${id} ${String(total.amount)} ${total.currency}`;
      const asked = { call: 'capture', saleId, intentId: id, key, words, total } as const;
      return parts.transit.send(
        { ...asked, isUnkeyed: true },
        () => parts.stripe.capture(id, total.amount, parts.by),
        signal,
      );
    },
  };
}

/** Commerce Layer as the maker: what was made is found again by its reference, our sale's id. */
export function commerceMakerPayments(
  parts: PlatformWireParts,
  companion: PaymentsWire,
): PaymentsApi {
  const { orders, stripe, transit } = parts;
  const maker = new Maker(parts);

  const make = (request: CreateRequest): Reply<Made> => {
    const order = orders.all.get(request.order?.id ?? '');
    const refused = refusedPayment(order, request);
    if (refused !== null || order === undefined) return refused ?? notFound;
    // It asks for what the order costs there.
    const amount = order.plan.disagrees ? order.total + 100 : order.total;
    const intent = maker.made(amount, request.total.currency);
    order.intents.push(intent);
    orders.records.push({ reference: request.saleId, intentId: intent.id, agrees: true });
    return replyOf(intent);
  };

  const byReference = (saleId: string): Reply<PaymentIntentFacts | null> => {
    const record = orders.recordOf(saleId);
    const intent = record === null ? null : stripe.intents.find(record.intentId);
    return { status: 200, value: intent === null ? null : factsOf(intent) };
  };

  return {
    ...bound(companion),
    create: async (request, key, signal) => {
      const made = await maker.create(request, key, () => make(request), signal);
      const order = orders.all.get(request.order?.id ?? '');
      if (made.kind !== 'done' || order?.plan.disagrees !== true) return made;
      // The order costs something else there: what was made is ended before another can be.
      const { id } = made.value.paymentIntent;
      const { saleId } = request;
      const asked = { ...bare, call: 'cancel', saleId, intentId: id, isUnkeyed: true } as const;
      const ended = await transit.send(asked, () => stripe.cancel(id, parts.by), signal);
      if (ended.kind !== 'done') return unproved;
      return { kind: 'refused', status: 201, code: 'mismatched_amounts', requestId: undefined };
    },
    lookUp: async (saleId, _since, signal, about) => {
      const asked = { ...bare, call: 'look_up', saleId } as const;
      const found = await transit.send(asked, () => byReference(saleId), signal);
      if (found.kind !== 'done' || found.value === null || about === undefined) return found;
      const { id } = found.value;
      const read = await companion.read(id, signal);
      const isStamped = read.kind === 'done' && read.value.paymentIntent.saleId === saleId;
      const stamp = { saleId, kioskId: about.kioskId, orderHash: null };
      const live =
        read.kind !== 'done' || isStamped ? read : await maker.stamped(id, stamp, signal);
      return live.kind === 'done' ? { ...live, value: live.value.paymentIntent } : live;
    },
  };
}

/** Something was made, and nobody can say what became of it. */
const unproved = { kind: 'uncertain', status: 0, requestId: undefined } as const;
const notFound = { status: 404, code: 'not_found' } as const;

function replyOf({ id, clientSecret }: ModelIntent): Reply<Made> {
  return { status: 200, value: { id, clientSecret } };
}
