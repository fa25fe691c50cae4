import { expect, test } from 'vitest';
import {
  type MarianaCalls,
  marianaCalls,
} from '../../../main/backends/mariana-tek/mariana-calls.ts';
import {
  paymentIntentRequest,
  registerTerminalRequest,
  setupIntentRequest,
  storePaymentMethodRequest,
} from '../../../main/backends/mariana-tek/requests.ts';
import { readerId } from '../../../main/domain/ids.ts';
import { money } from '../../../main/domain/money.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import { keysOf } from '../../platforms/keys-of.ts';
import { marianaTekExamples as examples } from '../../platforms/mariana-tek/examples.ts';
import { json, noContent, scriptedPlatform } from '../platform-http/scripted-platform.ts';

/*
 * Each request and reply against "Mariana Tek Stripe Integration API v1.0.0". The values differ from its examples where
 * its schemas do: every id is a text there, and this kiosk asks only for terminals.
 */

const { signal } = new AbortController();

interface Exchange {
  readonly sent: { readonly method: string; readonly url: string; readonly body: unknown };
  readonly answer: Answer<unknown>;
}

async function exchange(
  name: keyof typeof examples,
  call: (calls: MarianaCalls) => Promise<Answer<unknown>>,
): Promise<Exchange> {
  const example = examples[name];
  const script = 'response' in example ? json(200, example.response) : noContent;
  await using server = await scriptedPlatform(script);
  const answer = await call(marianaCalls({ url: server.url, token: 'access-token' }));
  const [sent] = server.received;
  expect(sent?.headers).toMatchObject({ authorization: 'Bearer access-token' });
  return { sent: sent!, answer };
}

test('"Get configuration values": ConfigurationRequest by POST, ConfigurationResponse', async () => {
  const { sent, answer } = await exchange('configuration', (calls) =>
    calls.configuration('123', signal),
  );

  expect(sent).toMatchObject({ method: 'POST', url: '/api/stripe/v1/configuration/' });
  expect(keysOf(sent.body)).toEqual(keysOf(examples.configuration.request));
  expect(sent.body).toEqual({ cart: '123' });
  expect(answer).toMatchObject({
    kind: 'done',
    value: { publishableKey: 'pk_test_abc123', location: 'tml_123' },
  });
});

test('"Get configuration values" accepts GET too: without a cart', async () => {
  const { sent, answer } = await exchange('configuration', (calls) =>
    calls.configuration(null, signal),
  );

  expect(sent).toMatchObject({ method: 'GET', url: '/api/stripe/v1/configuration/', body: null });
  expect(answer.kind).toBe('done');
});

test('"Create a setup intent": SetupIntentRequest, spelt as there, and SetupIntentResponse', async () => {
  const { sent, answer } = await exchange('setup_intent', (calls) =>
    calls.setupIntent(setupIntentRequest('123'), signal),
  );

  expect(sent).toMatchObject({ method: 'POST', url: '/api/stripe/v1/setup_intent/' });
  expect(sent.body).toEqual(examples.setup_intent.request);
  expect(answer).toMatchObject({
    kind: 'done',
    value: {
      id: 'seti_abc213',
      publishableKey: 'pk_test_abc123',
      clientSecret: 'seti_abc123_secret_456def',
    },
  });
});

test('"Create a bankcard from a Stripe payment method": StorePaymentMethodRequest with every id as text', async () => {
  const { sent, answer } = await exchange('store_payment_method', (calls) =>
    calls.storePaymentMethod(
      storePaymentMethodRequest({
        name: 'Jane Doe',
        partner: '72341',
        paymentMethod: 'pm_1L2PfRI1kLQM3y1JNVjc7KLL',
        postalCode: '03321',
        user: '234510',
      }),
      signal,
    ),
  );

  expect(sent).toMatchObject({ method: 'POST', url: '/api/stripe/v1/store_payment_method/' });
  expect(keysOf(sent.body)).toEqual(keysOf(examples.store_payment_method.request));
  expect(sent.body).toEqual({
    name: 'Jane Doe',
    partner: '72341',
    payment_method: 'pm_1L2PfRI1kLQM3y1JNVjc7KLL',
    postal_code: '03321',
    user: '234510',
  });
  expect(answer).toMatchObject({
    kind: 'done',
    value: { paymentMethod: 'pm_1L2PfRI1kLQM3y1JNVjc7KLL', bankcard: '993' },
  });
});

test('"Create a payment intent": PaymentIntentRequest for a terminal, and PaymentIntentResponse', async () => {
  const { sent, answer } = await exchange('payment_intent', (calls) =>
    calls.paymentIntent(paymentIntentRequest('123', money(5_678, 'usd'), 1_234), signal),
  );

  expect(sent).toMatchObject({ method: 'POST', url: '/api/stripe/v1/payment_intent/' });
  expect(keysOf(sent.body)).toEqual(keysOf(examples.payment_intent.request));
  expect(sent.body).toEqual({ ...examples.payment_intent.request, payment_type: 'terminal' });
  expect(answer).toMatchObject({
    kind: 'done',
    value: {
      id: 'pi_abc213',
      publishableKey: 'pk_test_abc123',
      clientSecret: 'pi_abc123_secret_456def',
    },
  });
});

test('"Create a payment intent": the balance is left out where none is applied', () => {
  expect(paymentIntentRequest('123', money(500, 'jpy'), 0)).toEqual({
    cart: '123',
    amount: '500',
    payment_type: 'terminal',
  });
});

test('"Get the status of a cart": PaymentStatusRequest and PaymentStatusResponse', async () => {
  const { sent, answer } = await exchange('payment_status', (calls) =>
    calls.paymentStatus('123', signal),
  );

  expect(sent).toMatchObject({ method: 'POST', url: '/api/stripe/v1/payment_status/' });
  expect(sent.body).toEqual(examples.payment_status.request);
  expect(answer).toMatchObject({
    kind: 'done',
    value: { status: 'open', orderId: null, error: 'Cool T-Shirt is out of stock :(' },
  });
});

test('"Create a connection token": ConnectionTokenRequest and ConnectionTokenResponse', async () => {
  const { sent, answer } = await exchange('connection_token', (calls) =>
    calls.connectionToken('123', signal),
  );

  expect(sent).toMatchObject({ method: 'POST', url: '/api/stripe/v1/connection_token/' });
  expect(keysOf(sent.body)).toEqual(keysOf(examples.connection_token.request));
  expect(sent.body).toEqual({ cart: '123' });
  expect(answer).toMatchObject({ kind: 'done', value: 'pst_test_123abc_456def' });
});

test('"Deregister a terminal reader": DeregisterTerminalRequest, answered without a body', async () => {
  const { sent, answer } = await exchange('deregister_terminal', (calls) =>
    calls.deregisterTerminal(readerId('tmr_123'), signal),
  );

  expect(sent).toMatchObject({ method: 'POST', url: '/api/stripe/v1/deregister_terminal/' });
  expect(sent.body).toEqual(examples.deregister_terminal.request);
  expect(answer).toMatchObject({ kind: 'done', value: null });
});

test('"Register a terminal reader": RegisterTerminalRequest, answered without a body', async () => {
  const reader = { code: 'donkey-gecko-inspired', label: 'Front Desk' };
  const { sent, answer } = await exchange('register_terminal', (calls) =>
    calls.registerTerminal(registerTerminalRequest('123', reader), signal),
  );

  expect(sent).toMatchObject({ method: 'POST', url: '/api/stripe/v1/register_terminal/' });
  expect(sent.body).toEqual(examples.register_terminal.request);
  expect(answer).toMatchObject({ kind: 'done', value: null });
});

test('"List terminal readers": TerminalListRequest and TerminalListResponse', async () => {
  const { sent, answer } = await exchange('terminal_readers', (calls) =>
    calls.terminalReaders('123', signal),
  );

  expect(sent).toMatchObject({ method: 'POST', url: '/api/stripe/v1/terminal_readers/' });
  expect(sent.body).toEqual(examples.terminal_readers.request);
  expect(answer).toMatchObject({
    kind: 'done',
    value: [{ id: 'tmr_123', label: 'Front Desk' }],
  });
});

test('"Update a terminal reader": UpdateTerminalRequest, answered without a body', async () => {
  const { sent, answer } = await exchange('update_terminal', (calls) =>
    calls.updateTerminal(readerId('tmr_123'), 'Front Desk', signal),
  );

  expect(sent).toMatchObject({ method: 'POST', url: '/api/stripe/v1/update_terminal/' });
  expect(sent.body).toEqual(examples.update_terminal.request);
  expect(answer).toMatchObject({ kind: 'done', value: null });
});
