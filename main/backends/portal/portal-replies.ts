import { z } from 'zod';
import { type PaymentIntentId, paymentIntentId } from '../../domain/ids.ts';

/*
 * What is believed of the portal's replies. Its guide shows none, so as little as can be: that there is an object
 * without an error, and where the secret stands. What became of the money is read from Stripe.
 */

/** What the portal has made, as far as the portal's own word goes. */
export interface MadeIntent {
  readonly id: PaymentIntentId;
  /** In memory only. */
  readonly clientSecret: string;
}

/** A reply that says no more than that it was done. */
export const doneReply: z.ZodType<null> = z.looseObject({}).transform(() => null);

const fields = z.record(z.string(), z.unknown());

/** Stripe's: the PaymentIntent's id, then what nobody can guess. */
const secretText = z.string().regex(/^pi_[0-9A-Za-z_]{3,200}_secret_[0-9A-Za-z]{3,200}$/);

/**
 * The reply to an intent: a PaymentIntent, or an object that holds one. `clientSecretPath` says where its secret
 * stands, such as `data.client_secret`; the object around it is the PaymentIntent. An id that stands there and is
 * another PaymentIntent's is not believed; one that is not Stripe's may be the portal's own.
 */
export function intentReply(clientSecretPath: string): z.ZodType<MadeIntent> {
  const around = clientSecretPath.split('.');
  const name = around.pop() ?? '';
  return fields.transform((reply, context) => {
    const object = around.reduce<unknown>(fieldOf, reply);
    const secret = secretText.safeParse(fieldOf(object, name));
    if (!secret.success) {
      context.addIssue('no secret stands there');
      return z.NEVER;
    }
    const clientSecret = secret.data;
    const id = paymentIntentId(clientSecret.slice(0, clientSecret.indexOf('_secret_')));
    const shown = fieldOf(object, 'id');
    const isAnothers = typeof shown === 'string' && shown.startsWith('pi_') && shown !== id;
    if (isAnothers) context.addIssue('the secret is of another PaymentIntent');
    return { id, clientSecret };
  });
}

function fieldOf(object: unknown, name: string): unknown {
  const read = fields.safeParse(object);
  return read.success ? read.data[name] : undefined;
}

const refusal = z.looseObject({
  error: z.union([
    z.string().min(1),
    z.looseObject({ code: z.string().optional().catch(undefined) }),
    z.literal(true),
  ]),
});

/** Codes are told to staff and logged: a word, never a sentence that might hold more. */
const word = /^[A-Za-z][\w.-]{0,59}$/;

/**
 * The code of a refusal: the portal refuses by a status, or within a 200 by `error` in its body. Null where nothing is
 * refused; `portal_error` where the portal names no code.
 */
export function portalRefusal(body: unknown): string | null {
  const read = refusal.safeParse(body);
  if (!read.success) return null;
  const { error } = read.data;
  const code = typeof error === 'object' ? error.code : error;
  return typeof code === 'string' && word.test(code) ? code.toLowerCase() : 'portal_error';
}
