import { describe, expect, it } from 'vitest';
import {
  doneReply,
  intentReply,
  portalRefusal,
} from '../../../main/backends/portal/portal-replies.ts';

const made = { id: 'pi_0001', clientSecret: 'pi_0001_secret_abc' };
const paymentIntent = { id: 'pi_0001', object: 'payment_intent', client_secret: made.clientSecret };

describe('the reply to an intent', () => {
  it('is a bare PaymentIntent where the path is only the secret’s name', () => {
    expect(intentReply('client_secret').parse(paymentIntent)).toEqual(made);
  });

  it.each([
    ['data.client_secret', { data: paymentIntent }],
    ['result.intent.client_secret', { result: { intent: paymentIntent } }],
    ['secret', { secret: made.clientSecret }],
    ['intent.client_secret', { intent: { id: 'pay_17', client_secret: made.clientSecret } }],
  ])('is found where the path %s leads', (path, reply) => {
    expect(intentReply(path).parse(reply)).toEqual(made);
  });

  it.each([
    ['another path', { data: paymentIntent }],
    ['no secret', { id: 'pi_0001' }],
    ['a secret of another PaymentIntent', { ...paymentIntent, id: 'pi_0002' }],
    ['a secret that is none', { ...paymentIntent, client_secret: 'seti_0001_secret_abc' }],
    ['a list', [paymentIntent]],
    ['nothing', null],
  ])('is not believed with %s', (_what, reply) => {
    expect(intentReply('client_secret').safeParse(reply).success).toBe(false);
  });
});

it.each([[null], [[]], ['ok'], [true]])('a reply that is no object (%j) says nothing', (reply) => {
  expect(doneReply.safeParse(reply).success).toBe(false);
});

describe('an error in a body', () => {
  it.each([
    [{ error: 'Card_Declined' }, 'card_declined'],
    [{ error: { code: 'amount_too_large', message: 'Too large.' } }, 'amount_too_large'],
    [{ error: { message: 'Something went wrong.' } }, 'portal_error'],
    [{ error: 'The card was declined by its bank.' }, 'portal_error'],
    [{ error: true }, 'portal_error'],
    [{ id: 'pi_0001', error: { code: 17 } }, 'portal_error'],
  ])('is a refusal: %j', (body, code) => {
    expect(portalRefusal(body)).toBe(code);
  });

  it.each([[{ error: null }], [{ error: '' }], [{ error: false }], [{ id: 'pi_0001' }], ['error']])(
    'is none in %j',
    (body) => {
      expect(portalRefusal(body)).toBeNull();
    },
  );
});
