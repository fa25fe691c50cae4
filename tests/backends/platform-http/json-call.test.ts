import { expect, test } from 'vitest';
import { z } from 'zod';
import { jsonCalls, type JsonCallOptions } from '../../../main/backends/platform-http/json-call.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import {
  cutHalfWay,
  hangUp,
  html,
  json,
  noContent,
  type Script,
  scriptedPlatform,
  silence,
  text,
} from './scripted-platform.ts';

const status = z.looseObject({ status: z.string() });

/** Asks a server that answers so. */
async function asked(
  script: Script,
  options: Partial<JsonCallOptions> = {},
  signal = new AbortController().signal,
): Promise<Answer<unknown>> {
  await using server = await scriptedPlatform(script);
  const call = jsonCalls({ base: server.url, headers: {}, ...options });
  return await call({ method: 'POST', path: '/pay/', body: { cart: '1' }, reply: status }, signal);
}

test('a reply that is what was promised is believed, with the system’s own name for the call', async () => {
  const answer = await asked(json(200, { status: 'Open' }, { 'x-request-id': 'req-1' }));

  expect(answer).toEqual({ kind: 'done', value: { status: 'Open' }, requestId: 'req-1' });
});

test('a request carries its JSON, the credentials and nothing of the answer’s form', async () => {
  await using server = await scriptedPlatform(json(200, { status: 'Open' }));
  const call = jsonCalls({ base: `${server.url}/api`, headers: { authorization: 'Bearer t' } });

  await call(
    { method: 'POST', path: '/pay/', body: { cart: '1' }, reply: status },
    new AbortController().signal,
  );

  expect(server.received[0]).toMatchObject({
    method: 'POST',
    url: '/api/pay/',
    headers: {
      authorization: 'Bearer t',
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: { cart: '1' },
  });
});

test('a media type of the system’s own replaces plain JSON, and is understood in its reply', async () => {
  const type = 'application/vnd.api+json';
  await using server = await scriptedPlatform(
    json(201, { status: 'made' }, { 'content-type': `${type}; charset=utf-8` }),
  );
  const call = jsonCalls({ base: server.url, headers: { accept: type, 'content-type': type } });

  const answer = await call(
    { method: 'POST', path: '/', body: {}, reply: status },
    new AbortController().signal,
  );

  expect(answer.kind).toBe('done');
  expect(server.received[0]?.headers).toMatchObject({ accept: type, 'content-type': type });
});

test('a success without a body is null, and not what was promised where a body was', async () => {
  await using server = await scriptedPlatform(noContent);
  const call = jsonCalls({ base: server.url, headers: {} });
  const { signal } = new AbortController();

  const without = await call({ method: 'POST', path: '/', reply: z.null() }, signal);
  const withBody = await call({ method: 'POST', path: '/', reply: status }, signal);

  expect(without).toMatchObject({ kind: 'done', value: null });
  expect(withBody).toEqual({ kind: 'unanswered', code: 'not_understood' });
});

test.for<[string, Script]>([
  ['a sign-in page', html(200)],
  ['JSON that calls itself HTML', text(200, '{"status":"Open"}', { 'content-type': 'text/html' })],
  ['HTML that calls itself JSON', text(200, '<html>', { 'content-type': 'application/json' })],
  ['half a body', cutHalfWay],
  ['JSON of another form', json(200, { state: 'Open' })],
  ['more than a megabyte', json(200, { status: 'Open', more: 'x'.repeat(1_100_000) })],
  ['a redirect', text(302, '', { location: 'https://elsewhere.invalid/' })],
  ['a page that says the address is wrong', html(404)],
])('%s with success or a redirect leaves open what was done', async ([, script]) => {
  expect(await asked(script)).toEqual({ kind: 'unanswered', code: 'not_understood' });
});

test.for<[number, Script]>([
  [401, html(401)],
  [401, text(401, '')],
  [401, json(401, { detail: 'Token expired' })],
])('%i is told apart whatever its body', async ([number, script]) => {
  expect(await asked(script)).toEqual({ kind: 'denied', status: number, code: 'unauthorized' });
});

test.for([html(403), text(403, ''), json(403, ['no'])])(
  'a token that may not do this is told from one that is not valid (%#)',
  async (script) => {
    expect(await asked(script)).toEqual({ kind: 'denied', status: 403, code: 'forbidden' });
  },
);

test.for([html(422), text(422, ''), json(422, { cart: ['unknown'] }), text(422, '{"cart":[')])(
  'an invalid request is refused whatever the body (%#)',
  async (script) => {
    expect(await asked(script)).toMatchObject({ kind: 'refused', status: 422, code: 'http_422' });
  },
);

test('a refusal has the system’s own code where that is known', async () => {
  const refusalIn = (body: unknown): string | null =>
    z.looseObject({ error: z.string() }).safeParse(body).data?.error ?? null;

  const refused = await asked(json(400, { error: 'amount_too_small' }), { refusalIn });
  const within = await asked(json(200, { error: 'amount_too_small' }), { refusalIn });

  expect(refused).toMatchObject({ kind: 'refused', status: 400, code: 'amount_too_small' });
  expect(within).toMatchObject({ kind: 'refused', status: 200, code: 'amount_too_small' });
});

test('a system that is busy did nothing, and one that stumbled may have', async () => {
  expect(await asked(json(429, {}))).toMatchObject({ kind: 'busy', status: 429 });
  expect(await asked(html(503))).toMatchObject({ kind: 'uncertain', status: 503 });
});

test('a connection that breaks after the request left tells nothing', async () => {
  expect(await asked(hangUp)).toEqual({ kind: 'unanswered', code: 'no_answer' });
});

test('an answer that does not come in time tells nothing', async () => {
  const answer = await asked(silence, { timeoutMs: 30 });

  expect(answer).toEqual({ kind: 'unanswered', code: 'no_answer' });
});

test('a request that found nobody is known not to have left', async () => {
  const server = await scriptedPlatform(silence);
  await server.close();
  const { signal } = new AbortController();

  const answers = [
    await jsonCalls({ base: server.url, headers: {} })(
      { method: 'GET', path: '/', reply: status },
      signal,
    ),
    await jsonCalls({ base: 'http://nobody.invalid', headers: {} })(
      { method: 'GET', path: '/', reply: status },
      signal,
    ),
  ];

  for (const answer of answers) {
    expect(answer).toEqual({ kind: 'unanswered', code: 'no_connection' });
  }
});

test('a call that is called off says so', async () => {
  const off = new AbortController();
  const answer = asked(
    () => {
      off.abort(new Error('the kiosk closes'));
    },
    {},
    off.signal,
  );

  expect(await answer).toEqual({ kind: 'unanswered', code: 'aborted' });
});

test('the time is taken from the system’s own replies, and not from a sign-in page', async () => {
  const heard: number[] = [];
  const onDate = (atMs: number): number => heard.push(atMs);
  const date = 'Fri, 20 Nov 2026 21:00:00 GMT';

  await asked(json(200, { status: 'Open' }, { date }), { onDate });
  await asked(json(422, {}, { date }), { onDate });
  await asked(text(200, '<html>', { 'content-type': 'text/html', date }), { onDate });

  expect(heard).toEqual([Date.parse(date), Date.parse(date)]);
});
