import type { PaymentIntentId } from '../../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { PlatformFacts } from '../../../main/domain/platform-order.ts';
import type {
  Answer,
  CreateRequest,
  LivePaymentIntent,
  PaymentAbout,
  PaymentsApi,
} from '../../../main/ports/payments-api.ts';
import type { Reply } from '../stripe/reply.ts';
import {
  bare,
  createRequestOf,
  type Made,
  type PlatformWireParts,
  refusedPayment,
} from './platform-wire.ts';

/**
 * A platform that charges a cart by itself, as Mariana Tek does: one call makes the PaymentIntent, the cart's status
 * tells what came of it, and the PaymentIntent can be read with its secret alone. `asksTooMuch` hears of what is asked
 * although it is not declared.
 */
export function cartPayments(
  parts: PlatformWireParts,
  asksTooMuch: (what: string) => void,
): PaymentsApi {
  const { stripe, orders, transit } = parts;

  const readWithSecret = (
    id: PaymentIntentId,
    saleId: string,
    signal: AbortSignal,
  ): Promise<Answer<LivePaymentIntent>> =>
    transit.send({ ...bare, call: 'read', saleId, intentId: id }, () => stripe.read(id), signal);

  const pay = (request: CreateRequest): Reply<Made> => {
    const order = orders.all.get(request.order?.id ?? '');
    const refused = refusedPayment(order, request);
    if (refused !== null || order === undefined) return refused ?? notFound;
    const { total, saleId, kioskId } = request;
    const takesAtOnce = order.plan.captures === 'at_once';
    // Whose it is stands in no metadata; the model keeps it for the checker alone.
    const wanted = { ...total, saleId, kioskId, orderHash: null, takesAtOnce };
    const intent = stripe.intents.create(wanted, 'platform');
    order.intents.push(intent);
    return { status: 200, value: { id: intent.id, clientSecret: intent.clientSecret } };
  };

  const statusOf = (orderId: string): Reply<PlatformFacts> => {
    const order = orders.all.get(orderId);
    return order === undefined ? notFound : { status: 200, value: orders.factsOf(order) };
  };

  const undeclared = (what: string): Promise<Answer<never>> => {
    asksTooMuch(what);
    const refused = { kind: 'refused', status: 0, code: 'not_supported' } as const;
    return Promise.resolve({ ...refused, requestId: undefined });
  };

  return {
    async create(request, key, signal) {
      const made = await transit.send(createRequestOf(request, key), () => pay(request), signal);
      if (made.kind !== 'done') return made;
      const { id, clientSecret } = made.value;
      let read = await readWithSecret(id, request.saleId, signal);
      if (!isKnown(read)) read = await readWithSecret(id, request.saleId, signal);
      if (read.kind !== 'done') return { kind: 'uncertain', status: 0, requestId: undefined };
      const platform = { status: 'open', orderId: null, error: null } as const;
      const paymentIntent = { ...shown(read.value.paymentIntent, request), platform };
      return { ...read, value: { paymentIntent, clientSecret } };
    },
    async read(id, signal, about) {
      if (about?.order == null || about.last === null) return undeclared('a read of no cart');
      const { saleId, order, last, clientSecret } = about;
      const asked = { ...bare, call: 'status', saleId, intentId: id, orderId: order.id } as const;
      const status = await transit.send(asked, () => statusOf(order.id), signal);
      if (status.kind !== 'done') return status;
      const platform = status.value;
      const unseen = { paymentIntent: { ...last, platform, unseen: true }, clientSecret } as const;
      if (clientSecret === null) return { ...status, value: unseen };
      const read = await readWithSecret(id, saleId, signal);
      if (!isKnown(read) && platform.status !== 'submitted') return read;
      if (read.kind !== 'done') return { ...status, value: { ...unseen, clientSecret: null } };
      const paymentIntent = { ...shown(read.value.paymentIntent, about), platform };
      return { ...read, value: { paymentIntent, clientSecret } };
    },
    async lookUp(saleId, _since, signal, about) {
      const orderId = about?.order?.id ?? '';
      const asked = { ...bare, call: 'look_up', saleId, orderId } as const;
      const status = await transit.send(asked, () => statusOf(orderId), signal);
      if (status.kind !== 'done') return status;
      const platform = status.value;
      return { ...status, value: platform.status === 'submitted' ? { platform } : null };
    },
    capture: () => undeclared('a capture'),
    cancel: () => undeclared('a cancellation'),
    confirm: () => undeclared('a charge to a card on file'),
    listPaymentIntents: () => undeclared('a list of PaymentIntents'),
    listEvents: () => undeclared('a list of events'),
    setReceiptEmail: () => undeclared('a receipt'),
    createConnectionToken: () => undeclared('a connection token'),
    probe: (signal) =>
      transit.send({ ...bare, call: 'probe' }, () => ({ status: 200, value: null }), signal),
  };
}

function isKnown({ kind }: Answer<unknown>): boolean {
  return kind !== 'unanswered' && kind !== 'uncertain' && kind !== 'busy';
}

const notFound = { status: 404, code: 'not_found' } as const;

/** What the secret alone shows: no metadata, and of the Charges only the one that failed last. */
function shown(
  facts: PaymentIntentFacts,
  { saleId, kioskId }: Pick<PaymentAbout, 'saleId' | 'kioskId'>,
): PaymentIntentFacts {
  const latestChargeId = facts.lastPaymentError === null ? null : facts.latestChargeId;
  const hidden = { card: null, captureBeforeMs: null, amountRefunded: 0 };
  return { ...facts, saleId, kioskId, latestChargeId, ...hidden };
}
