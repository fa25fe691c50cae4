import { expect, test } from 'vitest';
import { askPlatform, type Heard } from './ask-platform.ts';
import type { PlatformFault } from './faults.ts';
import { marianaTekExamples } from './mariana-tek/examples.ts';
import { openPlatformBench, type PlatformBench } from './platform-bench.ts';

type Bench = PlatformBench<'mariana-tek'>;

const order = { cart: '123', amount: '20.00', payment_type: 'terminal' };

async function open(): Promise<Bench> {
  const bench = await openPlatformBench('mariana-tek');
  bench.platform.model.shop.seedCart({ id: '123', total: 2_000 });
  return bench;
}

function create(bench: Bench): Promise<Heard> {
  return askPlatform(bench.platform, '/api/stripe/v1/payment_intent/', order);
}

/** How many PaymentIntents the ledger holds, whatever anybody heard of them. */
function made(bench: Bench): number {
  return bench.platform.model.made().length;
}

async function broken(asked: Promise<Heard>): Promise<boolean> {
  return asked.then(
    () => false,
    () => true,
  );
}

test.each<[string, PlatformFault, number]>([
  ['a lost request', { kind: 'request_lost' }, 0],
  ['a lost reply', { kind: 'reply_lost' }, 1],
  ['a body that breaks off', { kind: 'cut' }, 1],
])('%s breaks the socket and has made %#', async (_, fault, expected) => {
  await using bench = await open();
  bench.platform.faults.next(fault);

  expect(await broken(create(bench))).toBe(true);

  expect(made(bench)).toBe(expected);
  expect(bench.platform.received).toMatchObject([{ fault: fault.kind, worked: expected === 1 }]);
  expect(bench.platform.bugs).toEqual([]);
});

test.each<[PlatformFault, number, number]>([
  [{ kind: 'server_error', status: 500 }, 500, 0],
  [{ kind: 'server_error', status: 503, after: true }, 503, 1],
  [{ kind: 'unauthorized' }, 401, 0],
  [{ kind: 'forbidden' }, 403, 0],
  [{ kind: 'unprocessable' }, 422, 0],
  [{ kind: 'html' }, 200, 1],
  [{ kind: 'html', before: true }, 200, 0],
  [{ kind: 'error_in_200' }, 200, 0],
  [{ kind: 'error_in_200', after: true }, 200, 1],
])('%o is answered by %i and has made %i', async (fault, status, expected) => {
  await using bench = await open();
  bench.platform.faults.next(fault);

  const heard = await create(bench);

  expect(heard.status).toBe(status);
  expect(made(bench)).toBe(expected);
});

test('a page for people stands where JSON was expected', async () => {
  await using bench = await open();
  bench.platform.faults.next({ kind: 'html' });

  const { headers, text } = await create(bench);

  expect(headers.get('content-type')).toContain('text/html');
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
});

test.each(['none', 'html', 'json'] as const)('an armed refusal has a body of %s', async (body) => {
  await using bench = await open();
  bench.platform.model.behaviour.refusals = 'json';
  bench.platform.faults.next({ kind: 'unprocessable', body });

  const { headers } = await create(bench);

  const types = { none: null, html: 'text/html; charset=utf-8', json: 'application/json' };
  expect(headers.get('content-type')).toBe(types[body]);
});

test('a slow reply comes when the time has passed, and what was asked is done before it', async () => {
  await using bench = await open();
  bench.platform.faults.next({ kind: 'slow', ms: 20_000 });
  let heard: Heard | null = null;
  const asked = create(bench).then((answer) => (heard = answer));
  await expect.poll(() => bench.studio.clock.sleeping).toBe(1);
  expect({ heard, made: made(bench) }).toEqual({ heard: null, made: 1 });

  await bench.studio.clock.advance(20_000);

  expect((await asked).status).toBe(200);
});

test('a request that is slow on its way is worked on when the time has passed', async () => {
  await using bench = await open();
  bench.platform.faults.next({ kind: 'slow', ms: 20_000, before: true });
  const asked = create(bench);
  await expect.poll(() => bench.studio.clock.sleeping).toBe(1);
  expect(made(bench)).toBe(0);

  await bench.studio.clock.advance(20_000);

  expect((await asked).status).toBe(200);
  expect(made(bench)).toBe(1);
});

test('the date of an answer is that of the studio, unless it is skewed', async () => {
  await using bench = await open();
  bench.platform.faults.next({ kind: 'skew', ms: 3_600_000 });

  const dates = [await create(bench), await create(bench)].map(({ headers }) =>
    Date.parse(headers.get('date') ?? ''),
  );

  const nowMs = bench.studio.clock.nowMs();
  expect(dates).toEqual([nowMs + 3_600_000, nowMs]);
});

test('a fault waits for the path it is armed for, as often as it is armed', async () => {
  await using bench = await open();
  const { faults } = bench.platform;
  faults.next({ kind: 'unauthorized' }, { on: 'payment_intent', times: 2 });

  const other = await askPlatform(
    bench.platform,
    '/api/stripe/v1/payment_status/',
    marianaTekExamples.payment_status.request,
  );
  const three = [await create(bench), await create(bench), await create(bench)];

  expect([other, ...three].map(({ status }) => status)).toEqual([200, 401, 401, 200]);
  expect(faults.waiting).toBe(0);
});

test('a token that has expired is refused until the faults are called off', async () => {
  await using bench = await open();
  bench.platform.faults.next({ kind: 'unauthorized' }, { times: Infinity });
  const during = [await create(bench), await create(bench)];

  bench.platform.faults.clear();

  expect([...during, await create(bench)].map(({ status }) => status)).toEqual([401, 401, 200]);
});
