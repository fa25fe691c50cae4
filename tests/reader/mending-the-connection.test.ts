import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandsFor } from './support/commands.ts';
import { pass, RunnerBench } from './support/runner-bench.ts';
import { refuses } from './support/scripted-terminal.ts';

const { collect, cancel } = commandsFor(1);

let bench: RunnerBench;

beforeEach(() => {
  vi.useFakeTimers();
  bench = new RunnerBench();
});

afterEach(() => {
  expect(bench.main.misshapen).toEqual([]);
  vi.useRealTimers();
});

describe('a collect that fails on the way to the reader', () => {
  it.each([
    'no_established_connection',
    'network_error',
    'network_timeout',
    'reader_connection_error',
    'rpc_error',
    'authentication_error',
    'invalid_connection_token',
    'failed_fetch_connection_token',
  ])('is tried once more over a fresh connection after %s', async (code) => {
    bench.terminal.next('collectPaymentMethod', refuses(code));

    bench.runner.run(collect);
    await pass();

    expect(bench.reconnectCount).toBe(1);
    expect(bench.main.told().map(({ report }) => report)).toEqual([{ kind: 'awaiting_card' }]);
  });

  it('is not tried a third time', async () => {
    bench.terminal.next(
      'collectPaymentMethod',
      refuses('network_error'),
      refuses('network_timeout'),
    );

    bench.runner.run(collect);
    await pass();

    expect(bench.reconnectCount).toBe(1);
    expect(bench.main.told().map(({ report }) => report)).toEqual([
      { kind: 'collect_failed', code: 'network_timeout' },
    ]);
  });

  it('is not tried again once the prompt was shown: a card may have been read', async () => {
    bench.runner.run(collect);
    await pass();
    bench.terminal.collect.fail('network_error');
    await pass();

    expect(bench.reconnectCount).toBe(0);
    expect(bench.terminal.asked('collectPaymentMethod')).toHaveLength(1);
    expect(bench.main.told().at(-1)?.report).toEqual({
      kind: 'collect_failed',
      code: 'network_error',
    });
  });

  it.each(['reader_error', 'command_already_in_progress', 'canceled', 'illegal_state'])(
    'is not tried again after %s, which no connection mends',
    async (code) => {
      bench.terminal.next('collectPaymentMethod', refuses(code));

      bench.runner.run(collect);
      await pass();

      expect(bench.reconnectCount).toBe(0);
      expect(bench.main.told().at(-1)?.report).toEqual({ kind: 'collect_failed', code });
    },
  );

  it('looks for the reader anew when the first connecting fails by the network', async () => {
    bench.connects.push(() => Promise.resolve({ kind: 'failed', code: 'network_error' }));

    bench.runner.run(collect);
    await pass();

    expect(bench.reconnectCount).toBe(1);
    expect(bench.terminal.asked('collectPaymentMethod')).toHaveLength(1);
  });

  it('reports a reader that is not there and asks no card of it', async () => {
    bench.connects.push(() => Promise.resolve({ kind: 'failed', code: 'no_reader_found' }));

    bench.runner.run(collect);
    await pass();

    expect(bench.terminal.calls).toEqual([]);
    expect(bench.main.told().map(({ report }) => report)).toEqual([
      { kind: 'collect_failed', code: 'no_reader_found' },
    ]);
  });

  it('is given up when the sale is cancelled while the connection is made anew', async () => {
    bench.terminal.next('collectPaymentMethod', refuses('network_error'));
    bench.connects.push(
      () => Promise.resolve({ kind: 'connected', label: 'Front desk' }),
      () =>
        new Promise((resolve) => {
          setTimeout(() => resolve({ kind: 'connected', label: 'Front desk' }), 3_000);
        }),
    );
    bench.runner.run(collect);
    await pass();

    bench.runner.run(cancel);
    await pass(3_000);

    expect(bench.terminal.asked('collectPaymentMethod')).toHaveLength(1);
  });
});
