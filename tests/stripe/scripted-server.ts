import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { stripeClient } from '../../main/backends/stripe/stripe-client.ts';
import { stripePaymentsApi } from '../../main/backends/stripe/stripe-payments-api.ts';
import type { PaymentsApi } from '../../main/ports/payments-api.ts';

export interface Received {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: URLSearchParams;
}

export type Script = (response: ServerResponse, request: Received) => void;

export interface ScriptedServer {
  readonly url: string;
  readonly received: readonly Received[];
  readonly stripe: Stripe;
  readonly api: PaymentsApi;
  readonly close: () => Promise<void>;
}

export const aKey = 'foyer_sale_0000000001_create_1';

/** A server that answers each request by the next script, the last one over and over; with a client on it. */
export async function scriptedServer(
  scripts: readonly Script[],
  timeoutMs = 2_000,
): Promise<ScriptedServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Received = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: new URLSearchParams(Buffer.concat(chunks).toString()),
      };
      const script = scripts[Math.min(received.length, scripts.length - 1)];
      received.push(one);
      script?.(response, one);
    });
  });
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => {
    resolve(undefined);
  });
  await promise;
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const stripe = stripeClient({ secretKey: 'sk_test_scripted', apiBase: url, timeoutMs });
  return {
    url,
    received,
    stripe,
    api: stripePaymentsApi({ stripe, location: 'tml_studio' }),
    close: async () => {
      const closed = Promise.withResolvers<undefined>();
      server.close(() => {
        closed.resolve(undefined);
      });
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

export function json(status: number, body: unknown): Script {
  return (response) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'request-id': 'req_scripted',
    });
    response.end(JSON.stringify(body));
  };
}

export function html(status: number): Script {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Sign in to the studio’s Wi-Fi</title>');
  };
}

export function stripeError(
  status: number,
  error: { readonly type: string; readonly code?: string; readonly message?: string },
): Script {
  return json(status, { error: { message: 'as scripted', ...error } });
}

/** Promises a whole reply and hangs up half-way. */
export const cutHalfWay: Script = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
  response.write('{"object":"payment_intent","id":"pi_0001","sta');
  setImmediate(() => response.destroy());
};

export const reset: Script = (response) => {
  response.socket?.resetAndDestroy();
};

export const silence: Script = () => undefined;

/** A PaymentIntent as Stripe writes it. */
export function paymentIntentJson(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    object: 'payment_intent',
    id: 'pi_0001',
    status: 'requires_payment_method',
    amount: 2_800,
    currency: 'usd',
    amount_capturable: 0,
    amount_received: 0,
    client_secret: 'pi_0001_secret_abcdefghijkl',
    livemode: false,
    payment_method_types: ['card_present'],
    latest_charge: null,
    last_payment_error: null,
    metadata: { sale: 'sale_0000000001', kiosk: 'kiosk_0000000001', order: 'hash' },
    created: 1_795_000_000,
    a_field_stripe_added_yesterday: { odd: true },
    ...changes,
  };
}
