import type { SaleId } from '../../domain/ids.ts';
import type { Answer } from '../../ports/payments-api.ts';
import { jsonCalls } from '../platform-http/json-call.ts';
import { codeOf, errorsIn, sentenceOf } from './json-api-errors.ts';
import {
  type StripePayment,
  stripePaymentReply,
  stripePaymentsReply,
} from './stripe-payment-replies.ts';
import { referenceOrigin } from './stripe-payment-requests.ts';

export interface CommerceLayerCallOptions {
  /** `https://yourdomain.commercelayer.io`, without a slash at its end. */
  readonly url: string;
  readonly token: string;
  /** How long one call may take, in milliseconds; 10 s unless given. */
  readonly timeoutMs?: number;
  /** Told the time, epoch milliseconds, that Commerce Layer put on a reply. */
  readonly onDate?: (atMs: number) => void;
  /** Told Commerce Layer's name for each call that it names, for its support. */
  readonly onTrace?: (traceId: string) => void;
  /** Told, in a sentence for staff, why something was refused. */
  readonly onRefused?: (sentence: string) => void;
}

/** Commerce Layer's stripe payments. */
export interface StripePaymentCalls {
  /** Makes a record, and with it a PaymentIntent where the body names none. Each call makes another. */
  create(body: object, signal: AbortSignal): Promise<Answer<StripePayment>>;
  /** The records of this kiosk's making with the sale's id as their reference. */
  ofSale(saleId: SaleId, signal: AbortSignal): Promise<Answer<readonly StripePayment[]>>;
}

const path = '/api/stripe_payments';
const mediaType = 'application/vnd.api+json';

/** Calls of one organization. */
export function stripePaymentCalls(options: CommerceLayerCallOptions): StripePaymentCalls {
  const { url, token, timeoutMs, onDate, onTrace, onRefused } = options;
  const call = jsonCalls({
    base: url,
    headers: { authorization: `Bearer ${token}`, accept: mediaType, 'content-type': mediaType },
    refusalIn: (body) => {
      const errors = errorsIn(body);
      if (errors === null) return null;
      onRefused?.(sentenceOf(errors));
      return codeOf(errors);
    },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(onDate === undefined ? {} : { onDate }),
  });
  const trace = ({ traceId }: StripePayment): void => {
    if (traceId !== null) onTrace?.(traceId);
  };
  return {
    create: async (body, signal) => {
      const answer = await call({ method: 'POST', path, body, reply: stripePaymentReply }, signal);
      if (answer.kind === 'done') trace(answer.value);
      return answer;
    },

    // https://docs.commercelayer.io/core/filtering-data
    ofSale: async (saleId, signal) => {
      const query = `filter[q][reference_eq]=${encodeURIComponent(saleId)}`;
      const answer = await call(
        { method: 'GET', path: `${path}?${query}`, reply: stripePaymentsReply },
        signal,
      );
      if (answer.kind !== 'done') return answer;
      answer.value.forEach(trace);
      const isOurs = (each: StripePayment): boolean =>
        each.reference === saleId && each.referenceOrigin === referenceOrigin;
      return { ...answer, value: answer.value.filter(isOurs) };
    },
  };
}
