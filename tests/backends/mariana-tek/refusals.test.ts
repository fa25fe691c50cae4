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
import { html, json, scriptedPlatform, text } from '../platform-http/scripted-platform.ts';

const { signal } = new AbortController();
const reader = readerId('tmr_123');

/** Each of the ten endpoints once. */
const endpoints: Readonly<Record<string, (calls: MarianaCalls) => Promise<Answer<unknown>>>> = {
  'configuration by GET': (calls) => calls.configuration(null, signal),
  configuration: (calls) => calls.configuration('123', signal),
  setup_intent: (calls) => calls.setupIntent(setupIntentRequest('123'), signal),
  store_payment_method: (calls) =>
    calls.storePaymentMethod(
      storePaymentMethodRequest({
        name: 'Jane Doe',
        partner: '72341',
        paymentMethod: 'pm_1',
        postalCode: '02138',
        user: '234510',
      }),
      signal,
    ),
  payment_intent: (calls) =>
    calls.paymentIntent(paymentIntentRequest('123', money(100, 'usd'), 0), signal),
  payment_status: (calls) => calls.paymentStatus('123', signal),
  connection_token: (calls) => calls.connectionToken('123', signal),
  deregister_terminal: (calls) => calls.deregisterTerminal(reader, signal),
  register_terminal: (calls) =>
    calls.registerTerminal(registerTerminalRequest('123', { code: 'a-b-c', label: 'd' }), signal),
  terminal_readers: (calls) => calls.terminalReaders('123', signal),
  update_terminal: (calls) => calls.updateTerminal(reader, 'Front Desk', signal),
};

const documented = [
  [401, { kind: 'denied', status: 401, code: 'unauthorized' }],
  [403, { kind: 'denied', status: 403, code: 'forbidden' }],
  [422, { kind: 'refused', status: 422, code: 'http_422', requestId: undefined }],
] as const;

test.for(Object.keys(endpoints))(
  '%s: 401, 403 and 422 are told apart whatever their body, of which the document promises none',
  async (name) => {
    const call = endpoints[name]!;
    for (const [status, expected] of documented) {
      const bodies = [text(status, ''), html(status), json(status, { status: 'Submitted' })];
      for (const script of bodies) {
        await using server = await scriptedPlatform(script);

        const answer = await call(marianaCalls({ url: server.url, token: 'access-token' }));

        expect(answer).toEqual(expected);
        expect(server.received).toHaveLength(1);
      }
    }
  },
);

test.for(Object.keys(endpoints))(
  '%s: a page for people in place of a success is not taken for one',
  async (name) => {
    await using server = await scriptedPlatform(html(200));

    const answer = await endpoints[name]!(marianaCalls({ url: server.url, token: 'access-token' }));

    expect(answer).toEqual({ kind: 'unanswered', code: 'not_understood' });
  },
);
