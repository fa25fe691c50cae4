import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterEach, expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import { clientFor } from './support/training.ts';

const tool = new URL('../tools/simulator.ts', import.meta.url).pathname;
const running: ChildProcess[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGKILL');
  }
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

function start(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [tool, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  return child;
}

/** Runs the tool to its end. Returns its exit code and what it said. */
async function run(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = start(args);
  let said = '';
  child.stdout!.on('data', (chunk) => (said += String(chunk)));
  child.stderr!.on('data', (chunk) => (said += String(chunk)));
  await once(child, 'close');
  return { code: child.exitCode, said };
}

/** Starts the tool and reads the address and the key it prints. */
async function listen(
  args: readonly string[],
): Promise<{ child: ChildProcess; port: number; key: string }> {
  const child = start(args);
  let port = 0;
  for await (const line of createInterface({ input: child.stdout! })) {
    port = Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1] ?? port);
    const key = /key is (\S+)/.exec(line)?.[1];
    if (key !== undefined) {
      return { child, port, key };
    }
  }
  throw new Error('The simulator ended without naming its key.');
}

async function seedFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  folders.push(folder);
  const file = join(folder, 'seed.json');
  await writeFile(file, content);
  return file;
}

test('a Stripe client can use it, and Ctrl+C ends it cleanly', async () => {
  const { child, port, key } = await listen([]);

  const customer = await clientFor(port, key).customers.create({ name: 'Ada' });
  const closed = once(child, 'close');
  child.kill('SIGINT');
  await closed;

  expect(customer.name).toBe('Ada');
  expect(child.exitCode).toBe(0);
});

test('it begins with what the seed file holds', async () => {
  const file = await seedFile(
    JSON.stringify({
      locations: [{ id: 'tml_1', display_name: 'Studio', address: { country: 'US' } }],
      readers: [{ id: 'tmr_1', label: 'Front', location: 'tml_1', serial_number: 'S1' }],
      customers: [{ id: 'cus_1', name: 'Ada', email: 'ada@example.com' }],
      payment_intents: [
        { amount: 1000, currency: 'usd', customer: 'cus_1', presented: 'visa' },
        { amount: 2000, currency: 'usd', presented: 'visa', then: 'captured' },
        { amount: 3000, currency: 'usd', then: 'canceled' },
        { amount: 4000, currency: 'usd', presented: 'charge_declined' },
      ],
    }),
  );
  const { port, key } = await listen(['--seed', file]);
  const stripe = clientFor(port, key);

  const reader = await stripe.terminal.readers.retrieve('tmr_1');
  const { data } = await stripe.paymentIntents.list();

  expect(reader).toMatchObject({ location: 'tml_1' });
  expect(data.map(({ amount, status }) => [amount, status])).toEqual([
    [4000, 'requires_payment_method'],
    [3000, 'canceled'],
    [2000, 'succeeded'],
    [1000, 'requires_capture'],
  ]);
});

test.each([
  ['is not JSON', '{', 'is not JSON'],
  ['has an unknown field', '{"colour":"red"}', 'colour'],
  [
    'has a wrong amount',
    '{"payment_intents":[{"amount":9.5,"currency":"usd"}]}',
    'payment_intents[0].amount: must be a whole number of the smallest unit',
  ],
  [
    'has an amount that is too small',
    '{"payment_intents":[{"amount":5,"currency":"usd"}]}',
    'payment_intents[0]: Amount must be no less than 50',
  ],
  [
    'names a location that is not there',
    '{"readers":[{"id":"tmr_1","label":"F","location":"tml_9","serial_number":"1"}]}',
    "readers[0]: No such location: 'tml_9'",
  ],
  [
    'names a card that is none',
    '{"payment_intents":[{"amount":500,"currency":"usd","presented":"library"}]}',
    'payment_intents[0]: "library" is no test card',
  ],
])('a seed file that %s is refused with file, field and what to do', async (_, content, why) => {
  const file = await seedFile(content);

  const { code, said } = await run(['--seed', file]);

  expect(code).toBe(1);
  expect(said).toContain(file);
  expect(said).toContain(why);
  expect(said).toContain('Mend the file');
  expect(said).not.toContain('    at ');
});

test('it shows the card it was told to and brings about the mishap it was told to', async () => {
  const { port, key } = await listen([
    '--card',
    'visa',
    '--fault',
    'hardware_fault',
    '--fault',
    'tmr_other:reader_updating,for_ms=60000',
  ]);
  const stripe = clientFor(port, key);
  const { id } = await stripe.terminal.readers.create({ registration_code: 'simulated-wpe' });
  const { id: paymentIntent } = await stripe.paymentIntents.create({
    amount: 1200,
    currency: 'usd',
    allowed_payment_method_types: ['card_present'],
  });

  const error = await rejection(
    stripe.terminal.readers.processPaymentIntent(id, { payment_intent: paymentIntent }),
  );
  await stripe.terminal.readers.processPaymentIntent(id, { payment_intent: paymentIntent });

  expect(error.code).toBe('terminal_reader_hardware_fault');
  await expect
    .poll(async () => (await stripe.paymentIntents.retrieve(paymentIntent)).status, {
      timeout: 20_000,
    })
    .toBe('succeeded');
});

test('a mishap or a card that is none is told with those there are', async () => {
  const mishap = await run(['--fault', 'earthquake']);
  const field = await run(['--fault', 'hardware_fault,colour=red']);
  const card = await run(['--card', 'library']);

  expect(mishap).toMatchObject({ code: 1, said: expect.stringContaining('event_late') as string });
  expect(field).toMatchObject({ code: 1, said: expect.stringContaining('colour') as string });
  expect(card).toMatchObject({ code: 1, said: expect.stringContaining('no test card') as string });
});

test('a port in use is told in a sentence', async () => {
  const { port } = await listen([]);

  const { code, said } = await run(['--port', String(port)]);

  expect(code).toBe(1);
  expect(said).toContain(`Port ${port} is in use.`);
  expect(said).not.toContain('    at ');
});

test('help says how it is used, and a wrong option leads there', async () => {
  const asked = await run(['--help']);
  const wrong = await run(['--colour']);
  const port = await run(['--port', 'ten']);

  expect(asked).toMatchObject({ code: 0, said: expect.stringContaining('--seed FILE') as string });
  expect(wrong).toMatchObject({ code: 1, said: expect.stringContaining('--help') as string });
  expect(port).toMatchObject({ code: 1, said: expect.stringContaining('no port') as string });
});
