import type { Answer, CreateRequest, LivePaymentIntent } from '../../ports/payments-api.ts';
import type { KeyMode } from './key-mode.ts';
import type { MarianaCalls } from './mariana-calls.ts';
import type { PublishableKeys } from './publishable-keys.ts';
import type { ReadBySecret, SecretRead } from './read-by-secret.ts';
import { refusedHere } from '../platform-http/refused-here.ts';
import { paymentIntentRequest } from './requests.ts';
import { paymentIntentSeen, type SeenBySecret } from './seen-by-secret.ts';

export interface MakingOptions {
  readonly calls: MarianaCalls;
  readonly read: ReadBySecret;
  readonly mode: KeyMode;
  readonly keys: PublishableKeys;
}

export type MakePaymentIntent = (
  request: CreateRequest,
  signal: AbortSignal,
) => Promise<Answer<LivePaymentIntent>>;

/** A PaymentIntent of Mariana Tek's that nothing has happened to yet. */
const untouched = { status: 'open', orderId: null, error: null } as const;

/** The second look is only for an answer that was lost: a read changes nothing. */
const readsMax = 2;

/**
 * Asks for the PaymentIntent of a cart: one call, ever, whose answer is not believed before Stripe has shown what was
 * made. `busy` is said only where nothing was sent, so that the cart may be tried again.
 */
export function makePaymentIntent({ calls, read, mode, keys }: MakingOptions): MakePaymentIntent {
  return async (request, signal) => {
    const { order, total, saleId, kioskId, storedCard } = request;
    if (order === undefined) return refusedHere('order_needed');
    if (storedCard !== undefined) return refusedHere('not_supported');
    const inTheWay = await mode.check(signal);
    if (inTheWay !== null) return isKnown(inTheWay) ? inTheWay : notSent;

    const body = paymentIntentRequest(order.id, total, order.fromBalance);
    const made = await calls.paymentIntent(body, signal);
    if (made.kind === 'unanswered' && made.code === 'no_connection') return notSent;
    if (made.kind !== 'done') return made;
    const { value, requestId } = made;
    // It is made: from here on nothing may say that it was refused.
    const unsure = { kind: 'uncertain', status: 200, requestId } as const;
    if (!mode.seen(value.publishableKey)) return unsure;
    keys.keep(value.id, value.publishableKey);
    const reply = paymentIntentSeen(value.id);
    const seen = await readTwice({ noun: 'payment_intents', ...value, reply }, signal);
    if (seen.kind !== 'done') return unsure;
    return {
      kind: 'done',
      requestId,
      value: {
        // Nobody else can have made what our one call has answered with.
        paymentIntent: { ...seen.value, saleId, kioskId, platform: untouched },
        clientSecret: value.clientSecret,
      },
    };
  };

  async function readTwice(
    what: SecretRead<SeenBySecret>,
    signal: AbortSignal,
  ): Promise<Answer<SeenBySecret>> {
    let answer = await read(what, signal);
    for (let reads = 1; reads < readsMax && !isKnown(answer); reads += 1) {
      answer = await read(what, signal);
    }
    return answer;
  }
}

/** No request that makes something has left the kiosk. */
const notSent = { kind: 'busy', status: 0, code: 'not_sent' } as const;

function isKnown({ kind }: Answer<unknown>): boolean {
  return kind !== 'unanswered' && kind !== 'uncertain';
}
