import { afterEach, describe, expect, it } from 'vitest';
import { stripePaymentsApi } from '../../main/backends/stripe/stripe-payments-api.ts';
import { paymentIntentId } from '../../main/domain/ids.ts';
import { money } from '../../main/domain/money.ts';
import type { Answer } from '../../main/ports/payments-api.ts';
import {
  aKey,
  cutHalfWay,
  html,
  paymentIntentJson,
  reset,
  type Script,
  type ScriptedServer,
  scriptedServer,
} from './scripted-server.ts';

const never = new AbortController().signal;
const intent = paymentIntentId('pi_0001');
let server: ScriptedServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

function withHeaders(status: number, headers: Record<string, string>, body: unknown): Script {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

async function captureAnswer(...scripts: Script[]): Promise<Answer<unknown>> {
  server = await scriptedServer(scripts);
  return server.api.capture(intent, money(2_800, 'usd'), aKey, never);
}

const error = (code: string) => ({ error: { type: 'api_error', code, message: 'as scripted' } });

describe('Stripe’s advice on repeating', () => {
  const cases: readonly (readonly [number, string, string, Answer<unknown>['kind']])[] = [
    [409, 'true', 'idempotency_key_in_use', 'busy'],
    [409, 'false', 'conflict', 'uncertain'],
    [429, 'false', 'rate_limit', 'busy'],
    [429, 'true', 'lock_timeout', 'busy'],
    [400, 'true', 'lock_timeout', 'busy'],
    [500, 'false', 'api_error', 'uncertain'],
    [503, 'true', 'api_error', 'busy'],
    [402, 'false', 'card_declined', 'refused'],
  ];

  it.each(cases)('%i with "%s" (%s) is %s', async (status, advice, code, kind) => {
    const answer = await captureAnswer(
      withHeaders(status, { 'request-id': 'req_1', 'stripe-should-retry': advice }, error(code)),
    );

    expect(answer.kind).toBe(kind);
  });

  it.each(['true', 'false'])(
    'is never followed by the client itself, whatever it is ("%s")',
    async (advice) => {
      await captureAnswer(
        withHeaders(503, { 'request-id': 'req_1', 'stripe-should-retry': advice }, error('x')),
      );

      expect(server?.received).toHaveLength(1);
    },
  );
});

describe('a reply cut half-way', () => {
  it('is unknown, and is not asked again by the client', async () => {
    expect((await captureAnswer(cutHalfWay)).kind).toBe('unanswered');
    expect(server?.received).toHaveLength(1);
  });
});

describe('the time on Stripe’s replies', () => {
  const date = 'Fri, 20 Nov 2026 09:30:00 GMT';
  const atMs = Date.UTC(2026, 10, 20, 9, 30);

  async function heardFrom(...scripts: Script[]): Promise<number[]> {
    server = await scriptedServer(scripts);
    const heard: number[] = [];
    const api = stripePaymentsApi({
      stripe: server.stripe,
      location: null,
      onDate: (ms) => heard.push(ms),
    });
    await api.read(intent, never);
    return heard;
  }

  it('is told, whether the reply is a success, a refusal, a limit or an error', async () => {
    const headers = { date, 'request-id': 'req_1' };
    for (const [status, body] of [
      [200, paymentIntentJson()],
      [404, error('resource_missing')],
      [429, error('rate_limit')],
      [500, error('api_error')],
      [200, {}],
    ] as const) {
      expect(await heardFrom(withHeaders(status, headers, body)), String(status)).toEqual([atMs]);
      await server?.close();
    }
  });

  it('is not taken from a sign-in page, an answer without Stripe’s mark, or silence', async () => {
    const unmarked = withHeaders(200, { date }, paymentIntentJson());
    for (const script of [html(200), html(404), unmarked, reset]) {
      expect(await heardFrom(script)).toEqual([]);
      await server?.close();
    }
  });

  it('that is no time is passed over', async () => {
    const headers = { date: 'soon', 'request-id': 'req_1' };

    expect(await heardFrom(withHeaders(200, headers, paymentIntentJson()))).toEqual([]);
  });
});
