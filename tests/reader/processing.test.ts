import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ISdkManagedPaymentIntent } from '@stripe/terminal-js';
import { commandsFor } from './support/commands.ts';
import { pass, RunnerBench } from './support/runner-bench.ts';
import { refuses, rejects, staysSilent, takes, throws } from './support/scripted-terminal.ts';

const { collect, process, processAgain, cancel } = commandsFor(1);
const next = commandsFor(2);

let bench: RunnerBench;

beforeEach(() => {
  vi.useFakeTimers();
  bench = new RunnerBench();
});

afterEach(() => {
  expect(bench.main.misshapen).toEqual([]);
  vi.useRealTimers();
});

async function collected(command = collect): Promise<ISdkManagedPaymentIntent> {
  bench.runner.run(command);
  await pass();
  const intent = bench.terminal.collect.present();
  await pass();
  return intent;
}

function lastReport(): unknown {
  return bench.main.told().at(-1)?.report;
}

describe('processing a payment', () => {
  it('processes the very object that was collected', async () => {
    const intent = await collected();

    bench.runner.run(process);
    await pass();

    expect(bench.terminal.asked('processPayment')[0]?.[0]).toBe(intent);
  });

  it('processes the same object again when main asks again', async () => {
    const intent = await collected();
    bench.terminal.next('processPayment', refuses('network_error'));
    bench.runner.run(process);
    await pass();

    bench.runner.run(processAgain);
    await pass();

    expect(bench.terminal.asked('processPayment').map(([given]) => given)).toEqual([
      intent,
      intent,
    ]);
    expect(bench.terminal.asked('processPayment')[1]?.[0]).toBe(intent);
    expect(bench.terminal.asked('collectPaymentMethod')).toHaveLength(1);
    expect(bench.main.told().at(-1)).toEqual({
      commandId: processAgain.commandId,
      report: 'capture',
    });
  });

  it('processes nothing when nothing was collected', async () => {
    bench.runner.run(process);
    await pass();

    expect(bench.terminal.asked('processPayment')).toEqual([]);
    expect(lastReport()).toEqual({
      kind: 'process_failed',
      code: 'nothing_collected',
      declineCode: null,
      paymentIntentStatus: null,
    });
  });

  it('never processes what an older attempt has collected', async () => {
    await collected();

    bench.runner.run(next.process);
    await pass();

    expect(bench.terminal.asked('processPayment')).toEqual([]);
    expect(lastReport()).toMatchObject({ code: 'nothing_collected' });
  });

  it('holds nothing of the older attempt once the next one collects', async () => {
    await collected();
    bench.runner.run(next.collect);
    await pass();
    bench.terminal.collect.fail('canceled_by_customer');
    await pass();

    bench.runner.run(process);
    await pass();

    expect(bench.terminal.asked('processPayment')).toEqual([]);
  });

  it('does not process what was collected for a sale that was cancelled since', async () => {
    await collected();
    bench.runner.run(cancel);

    bench.runner.run(process);
    await pass();

    expect(bench.terminal.asked('processPayment')).toEqual([]);
    expect(lastReport()).toMatchObject({ code: 'nothing_collected' });
  });

  it('does not process for a sale cancelled while the reader was being connected', async () => {
    await collected();
    bench.connects.push(
      () =>
        new Promise((resolve) => {
          setTimeout(() => resolve({ kind: 'connected', label: 'Front desk' }), 8_000);
        }),
    );
    bench.runner.run(process);
    await pass(1_000);

    bench.runner.run(cancel);
    await pass(7_000);

    expect(bench.terminal.asked('processPayment')).toEqual([]);
    expect(lastReport()).toMatchObject({ code: 'nothing_collected' });
  });

  it('does not process when the reader cannot be connected, and says why', async () => {
    await collected();
    bench.connects.push(() => Promise.resolve({ kind: 'failed', code: 'no_reader_found' }));

    bench.runner.run(process);
    await pass();

    expect(bench.terminal.asked('processPayment')).toEqual([]);
    expect(lastReport()).toEqual({
      kind: 'process_failed',
      code: 'no_reader_found',
      declineCode: null,
      paymentIntentStatus: null,
    });
  });

  it('can process after a failed connecting what it has held all the while', async () => {
    const intent = await collected();
    bench.connects.push(() => Promise.resolve({ kind: 'failed', code: 'no_reader_found' }));
    bench.runner.run(process);
    await pass();

    bench.runner.run(processAgain);
    await pass();

    expect(bench.terminal.asked('processPayment').map(([given]) => given)).toEqual([intent]);
  });

  it('tells of a decline with the words of the bank and the status inside the error', async () => {
    await collected();
    bench.terminal.next(
      'processPayment',
      refuses('card_declined', {
        decline_code: 'insufficient_funds',
        payment_intent: { id: 'pi_1', status: 'requires_payment_method' },
      }),
    );

    bench.runner.run(process);
    await pass();

    expect(lastReport()).toEqual({
      kind: 'process_failed',
      code: 'card_declined',
      declineCode: 'insufficient_funds',
      paymentIntentStatus: 'requires_payment_method',
    });
  });

  it.each([
    ['left out', {}],
    ['null', { decline_code: null, payment_intent: null }],
    ['undefined', { decline_code: undefined, payment_intent: undefined }],
    ['of no known form', { payment_intent: { status: 'Requires Payment Method!' } }],
    ['empty', { payment_intent: {} }],
  ])('claims no decline and no status where the error has them %s', async (_, more) => {
    await collected();
    bench.terminal.next('processPayment', refuses('network_timeout', more));

    bench.runner.run(process);
    await pass();

    expect(lastReport()).toEqual({
      kind: 'process_failed',
      code: 'network_timeout',
      declineCode: null,
      paymentIntentStatus: null,
    });
  });

  it('reports a code of no known form as an unknown error', async () => {
    await collected();
    bench.terminal.next('processPayment', refuses('Something odd', { decline_code: 'Do NOT' }));

    bench.runner.run(process);
    await pass();

    expect(lastReport()).toMatchObject({ code: 'unknown_error', declineCode: 'unknown_error' });
  });

  it.each([
    ['rejects', rejects()],
    ['throws before it has promised anything', throws()],
    ['answers with nothing', () => Promise.resolve(undefined)],
  ])('reports an unknown end and goes on when the SDK %s', async (_, answer) => {
    await collected();
    bench.terminal.next('processPayment', answer);

    bench.runner.run(process);
    bench.runner.run(next.collect);
    await pass();

    expect(bench.main.told().slice(-2)).toEqual([
      {
        commandId: process.commandId,
        report: {
          kind: 'process_failed',
          code: 'sdk_fault',
          declineCode: null,
          paymentIntentStatus: null,
        },
      },
      { commandId: next.collect.commandId, report: { kind: 'awaiting_card' } },
    ]);
    expect(bench.newPages).toBe(0);
  });
});

describe('a processPayment that is never answered', () => {
  const silent = {
    kind: 'process_failed',
    code: 'sdk_silent',
    declineCode: null,
    paymentIntentStatus: null,
  };

  beforeEach(async () => {
    await collected();
    bench.terminal.next('processPayment', staysSilent());
    bench.runner.run(process);
  });

  it('is waited for until its limit', async () => {
    await pass(119_999);

    expect(lastReport()).toEqual({ kind: 'collected' });
    expect(bench.newPages).toBe(0);
  });

  it('is reported as unknown after its limit, and a new page is asked for', async () => {
    await pass(120_000);

    expect(lastReport()).toEqual(silent);
    expect(bench.newPages).toBe(1);
  });

  it('does not hold up the next sale after its limit', async () => {
    bench.runner.run(next.collect);
    await pass(120_000);

    expect(bench.main.told().at(-1)).toEqual({
      commandId: next.collect.commandId,
      report: { kind: 'awaiting_card' },
    });
  });
});

it('says nothing more of a processPayment that is answered after its limit', async () => {
  await collected();
  bench.terminal.next(
    'processPayment',
    takes(125_000, () => Promise.resolve({ paymentIntent: {} })),
  );
  bench.runner.run(process);
  await pass(120_000);
  const told = bench.main.told().length;

  await pass(10_000);

  expect(bench.main.told()).toHaveLength(told);
});
