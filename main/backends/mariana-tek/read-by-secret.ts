import { z } from 'zod';
import type { Answer } from '../../ports/payments-api.ts';
import { jsonCalls } from '../platform-http/json-call.ts';

/** One object of Stripe's, and what shows that it may be read. */
export interface SecretRead<Value> {
  readonly noun: 'payment_intents' | 'setup_intents';
  readonly id: string;
  readonly publishableKey: string;
  readonly clientSecret: string;
  readonly reply: z.ZodType<Value>;
}

/** Reads a PaymentIntent or a SetupIntent at Stripe as a page would: by its secret, with the publishable key. */
export type ReadBySecret = <Value>(
  read: SecretRead<Value>,
  signal: AbortSignal,
) => Promise<Answer<Value>>;

export interface ReadBySecretOptions {
  /** Where Stripe's API is; only its origin counts, as for Stripe's own client. */
  readonly stripeUrl: string;
  readonly timeoutMs?: number;
  readonly onDate?: (atMs: number) => void;
}

export const stripeItself = 'https://api.stripe.com';

/** The secret stands in the query because Stripe takes it nowhere else; addresses are never logged. */
export function readBySecret({ stripeUrl, ...manners }: ReadBySecretOptions): ReadBySecret {
  return ({ noun, id, publishableKey, clientSecret, reply }, signal) => {
    const call = jsonCalls({
      base: `${new URL(stripeUrl).origin}/v1`,
      headers: { authorization: `Bearer ${publishableKey}` },
      refusalIn: codeIn,
      ...manners,
    });
    const secret = encodeURIComponent(clientSecret);
    const path = `/${noun}/${encodeURIComponent(id)}?client_secret=${secret}`;
    return call({ method: 'GET', path, reply }, signal);
  };
}

const stripeError = z.looseObject({
  error: z.looseObject({ code: z.string().max(100).optional(), type: z.string().max(100) }),
});

function codeIn(body: unknown): string | null {
  const { data } = stripeError.safeParse(body);
  return data === undefined ? null : (data.error.code ?? data.error.type);
}
