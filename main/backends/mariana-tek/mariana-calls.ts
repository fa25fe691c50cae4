import { z } from 'zod';
import type { ReaderId } from '../../domain/ids.ts';
import type { PlatformFacts } from '../../domain/platform-order.ts';
import type { Answer } from '../../ports/payments-api.ts';
import { jsonCalls } from '../platform-http/json-call.ts';
import {
  configurationReply,
  connectionTokenReply,
  paymentIntentReply,
  paymentStatusReply,
  setupIntentReply,
  storePaymentMethodReply,
  terminalListReply,
} from './replies.ts';
import type {
  PaymentIntentRequest,
  RegisterTerminalRequest,
  SetupIntentRequest,
  StorePaymentMethodRequest,
} from './requests.ts';

export interface MarianaCallsOptions {
  /** Where the studio's Mariana Tek is, without a slash at its end. */
  readonly url: string;
  readonly token: string;
  /** How long one call may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** Told the time, epoch milliseconds, that stands on a reply. */
  readonly onDate?: (atMs: number) => void;
}

type Asked<Reply extends z.ZodType> = Promise<Answer<z.output<Reply>>>;

/** The ten endpoints of Mariana Tek's Stripe Integration API, one call each. None of them knows idempotency. */
export interface MarianaCalls {
  /** Without a cart by GET; with one by POST, and then it tells the Stripe location. */
  configuration(cart: string | null, signal: AbortSignal): Asked<typeof configurationReply>;
  setupIntent(request: SetupIntentRequest, signal: AbortSignal): Asked<typeof setupIntentReply>;
  storePaymentMethod(
    request: StorePaymentMethodRequest,
    signal: AbortSignal,
  ): Asked<typeof storePaymentMethodReply>;
  /** Each makes another PaymentIntent. */
  paymentIntent(
    request: PaymentIntentRequest,
    signal: AbortSignal,
  ): Asked<typeof paymentIntentReply>;
  paymentStatus(cart: string, signal: AbortSignal): Promise<Answer<PlatformFacts>>;
  connectionToken(cart: string, signal: AbortSignal): Promise<Answer<string>>;
  registerTerminal(request: RegisterTerminalRequest, signal: AbortSignal): Promise<Answer<null>>;
  /** Those at a location of Mariana Tek's. */
  terminalReaders(location: string, signal: AbortSignal): Asked<typeof terminalListReply>;
  updateTerminal(id: ReaderId, label: string, signal: AbortSignal): Promise<Answer<null>>;
  deregisterTerminal(id: ReaderId, signal: AbortSignal): Promise<Answer<null>>;
}

export function marianaCalls({ url, token, ...manners }: MarianaCallsOptions): MarianaCalls {
  const call = jsonCalls({
    base: `${url}/api/stripe/v1`,
    headers: { authorization: `Bearer ${token}` },
    ...manners,
  });
  // Every path ends in a slash: without it their server would redirect, and lose what was sent.
  const post = <Value>(
    endpoint: string,
    body: object,
    reply: z.ZodType<Value>,
    signal: AbortSignal,
  ): Promise<Answer<Value>> => call({ method: 'POST', path: `/${endpoint}/`, body, reply }, signal);

  return {
    configuration: (cart, signal) =>
      cart === null
        ? call({ method: 'GET', path: '/configuration/', reply: configurationReply }, signal)
        : post('configuration', { cart }, configurationReply, signal),
    setupIntent: (request, signal) => post('setup_intent', request, setupIntentReply, signal),
    storePaymentMethod: (request, signal) =>
      post('store_payment_method', request, storePaymentMethodReply, signal),
    paymentIntent: (request, signal) => post('payment_intent', request, paymentIntentReply, signal),
    paymentStatus: (cart, signal) => post('payment_status', { cart }, paymentStatusReply, signal),
    connectionToken: (cart, signal) =>
      post('connection_token', { cart }, connectionTokenReply, signal),
    registerTerminal: (request, signal) => post('register_terminal', request, nothing, signal),
    terminalReaders: (location, signal) =>
      post('terminal_readers', { location }, terminalListReply, signal),
    updateTerminal: (id, label, signal) =>
      post('update_terminal', { terminal_id: id, label }, nothing, signal),
    deregisterTerminal: (id, signal) =>
      post('deregister_terminal', { terminal_id: id }, nothing, signal),
  };
}

/** 204 without a body. */
const nothing = z.null();
