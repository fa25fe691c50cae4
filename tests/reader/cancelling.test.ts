import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connected } from '../../renderer/reader/reader-connection.ts';
import { commandsFor, secretOf, withoutTip } from './support/commands.ts';
import { pass, RunnerBench } from './support/runner-bench.ts';
import { refuses, rejects, staysSilent, takes, throws } from './support/scripted-terminal.ts';

const { collect, process, cancel } = commandsFor(1);
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

function connectsIn(ms: number): () => Promise<Connected> {
  return () =>
    new Promise((resolve) => {
      setTimeout(() => resolve({ kind: 'connected', label: 'Front desk' }), ms);
    });
}

describe('cancelling a collect', () => {
  it('that failed at one reader does not keep the same attempt from the spare', async () => {
    bench.connects.push(() => Promise.resolve({ kind: 'failed', code: 'no_reader_found' }));
    bench.runner.run(collect);
    await pass(50);
    expect(bench.main.told().at(-1)?.report).toMatchObject({ kind: 'collect_failed' });

    bench.runner.run(cancel);
    bench.runner.run(collect);
    await pass(5_000);

    expect(bench.main.told().at(-1)?.report).toEqual({ kind: 'awaiting_card' });
  });

  it('ends it at once and clears the display', async () => {
    bench.runner.run(collect);
    await pass();

    bench.runner.run(cancel);
    await pass(50);

    expect(bench.main.told().at(-1)?.report).toEqual({ kind: 'collect_failed', code: 'canceled' });
    expect(bench.terminal.methods().slice(-2)).toEqual([
      'cancelCollectPaymentMethod',
      'clearReaderDisplay',
    ]);
  });

  it('is repeated until the collect has ended when it comes before the SDK is active', async () => {
    bench.terminal.collect.promptAfterMs = 2_000;
    bench.runner.run(collect);
    await pass();

    bench.runner.run(cancel);
    await pass(4_000);

    expect(bench.main.told().at(-1)?.report).toEqual({ kind: 'collect_failed', code: 'canceled' });
    expect(bench.terminal.asked('cancelCollectPaymentMethod').length).toBeGreaterThan(1);
    expect(bench.newPages).toBe(0);
  });

  it.each([
    ['rejects', rejects()],
    ['throws before it has promised anything', throws()],
    ['is silent', staysSilent()],
  ])('is repeated when the SDK %s', async (_, answer) => {
    bench.terminal.next('cancelCollectPaymentMethod', answer);
    bench.runner.run(collect);
    await pass();

    bench.runner.run(cancel);
    await pass(4_000);

    expect(bench.main.told().at(-1)?.report).toEqual({ kind: 'collect_failed', code: 'canceled' });
    expect(bench.newPages).toBe(0);
  });

  it.each([
    ['rejects', rejects()],
    ['throws before it has promised anything', throws()],
    ['is silent', staysSilent()],
    ['refuses', refuses('reader_error')],
  ])('stops nothing when clearing the display %s', async (_, answer) => {
    bench.terminal.next('clearReaderDisplay', answer);
    bench.runner.run(collect);
    await pass();
    bench.runner.run(cancel);
    await pass(50);

    bench.runner.run(next.collect);
    // Longer than a silent one is waited for.
    await pass(2_000);

    expect(bench.main.told().at(-1)).toEqual({
      commandId: next.collect.commandId,
      report: { kind: 'awaiting_card' },
    });
  });

  it('keeps the next collect waiting while the display is cleared: the SDK does one thing at a time', async () => {
    bench.terminal.next('clearReaderDisplay', takes(1_000));
    bench.runner.run(collect);
    await pass();
    bench.runner.run(cancel);
    await pass(50);

    bench.runner.run(next.collect);
    await pass(500);
    expect(bench.terminal.methods().at(-1)).toBe('clearReaderDisplay');

    await pass(1_000);
    expect(bench.terminal.asked('collectPaymentMethod')).toHaveLength(2);
  });

  it('asks for a new page when the collect does not end, however often it is cancelled', async () => {
    bench.terminal.collect.ignoresCancel = true;
    bench.runner.run(collect);
    await pass();

    bench.runner.run(cancel);
    await pass(20_000);

    expect(bench.terminal.asked('cancelCollectPaymentMethod')).toHaveLength(6);
    expect(bench.newPages).toBe(1);
  });

  it('asks for no new page when the last cancel was the one that worked', async () => {
    const refused = refuses('no_active_collect_payment_method_attempt');
    const five = [refused, refused, refused, refused, refused];
    bench.terminal.next('cancelCollectPaymentMethod', ...five);
    bench.runner.run(collect);
    await pass();

    bench.runner.run(cancel);
    await pass(20_000);

    expect(bench.terminal.asked('cancelCollectPaymentMethod')).toHaveLength(6);
    expect(bench.newPages).toBe(0);
    expect(bench.terminal.methods().at(-1)).toBe('clearReaderDisplay');
  });

  it('holds no card that was presented in the moment of the cancel', async () => {
    bench.terminal.next('cancelCollectPaymentMethod', refuses('cancelable_already_completed'));
    bench.runner.run(collect);
    await pass();
    bench.runner.run(cancel);
    bench.terminal.collect.present();
    await pass(50);

    bench.runner.run(process);
    await pass();

    expect(bench.terminal.asked('processPayment')).toEqual([]);
    expect(bench.main.told().map(({ report }) => report)).not.toContainEqual({ kind: 'collected' });
  });
});

describe('cancelling before anything is collected', () => {
  it('asks no card of two sales that were both cancelled during a slow connecting', async () => {
    bench.connects.push(connectsIn(20_000));
    bench.runner.run(collect);
    await pass(1_000);
    bench.runner.run(cancel);
    bench.runner.run(next.collect);
    await pass(1_000);
    bench.runner.run(next.cancel);

    await pass(60_000);

    expect(bench.terminal.asked('collectPaymentMethod')).toEqual([]);
    expect(bench.terminal.asked('setReaderDisplay')).toEqual([]);
  });

  it('collects for the third sale after two were cancelled', async () => {
    const third = commandsFor(3);
    bench.connects.push(connectsIn(20_000));
    for (const command of [collect, cancel, next.collect, next.cancel, third.collect]) {
      bench.runner.run(command);
    }

    await pass(20_000);

    expect(bench.terminal.asked('collectPaymentMethod')).toEqual([[secretOf(3), withoutTip]]);
  });

  it('asks no card of a sale that was cancelled while its cart was being shown', async () => {
    bench.terminal.next('setReaderDisplay', takes(2_000));
    bench.runner.run(collect);
    await pass(1_000);

    bench.runner.run(cancel);
    await pass(5_000);

    expect(bench.terminal.asked('collectPaymentMethod')).toEqual([]);
  });

  it('asks no card of a sale that was cancelled before its turn', async () => {
    bench.runner.run(collect);
    bench.runner.run(next.collect);
    await pass();

    bench.runner.run(next.cancel);
    bench.terminal.collect.present();
    await pass();

    expect(bench.terminal.asked('collectPaymentMethod')).toEqual([[secretOf(1), withoutTip]]);
  });
});

describe('a cancel of another sale', () => {
  it('leaves the collect under way alone', async () => {
    bench.runner.run(next.collect);
    await pass();

    bench.runner.run(cancel);
    await pass(20_000);

    expect(bench.terminal.asked('cancelCollectPaymentMethod')).toEqual([]);
    expect(bench.terminal.asked('clearReaderDisplay')).toEqual([]);
  });

  it('leaves the cart alone that the next sale is putting on the display', async () => {
    bench.terminal.next('setReaderDisplay', takes(2_000));
    bench.runner.run(next.collect);
    await pass(1_000);

    bench.runner.run(cancel);
    await pass(5_000);

    expect(bench.terminal.asked('clearReaderDisplay')).toEqual([]);
  });

  it('does not let go of the card this sale has presented', async () => {
    bench.runner.run(next.collect);
    await pass();
    const intent = bench.terminal.collect.present();
    await pass();

    bench.runner.run(cancel);
    bench.runner.run(next.process);
    await pass();

    expect(bench.terminal.asked('processPayment').map(([given]) => given)).toEqual([intent]);
  });
});
