import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aCart, commandsFor, secretOf, withoutTip } from './support/commands.ts';
import { pass, RunnerBench } from './support/runner-bench.ts';
import { refuses, rejects, staysSilent, throws } from './support/scripted-terminal.ts';

const { collect, process } = commandsFor(1);
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

describe('collecting a card', () => {
  it('tells of the prompt, of the card, and of the processed payment, in this order', async () => {
    bench.runner.run(collect);
    await pass();
    bench.terminal.collect.present();
    await pass();
    bench.runner.run(process);
    await pass();

    expect(bench.main.told()).toEqual([
      { commandId: collect.commandId, report: { kind: 'awaiting_card' } },
      { commandId: collect.commandId, report: { kind: 'collected' } },
      { commandId: process.commandId, report: 'capture' },
    ]);
  });

  it('collects for the PaymentIntent of the command', async () => {
    bench.runner.run(collect);
    await pass();

    expect(bench.terminal.asked('collectPaymentMethod')).toEqual([[secretOf(1), withoutTip]]);
  });

  it('tells main nothing of a client secret', async () => {
    bench.runner.run(collect);
    await pass();
    bench.terminal.collect.present();
    await pass();

    expect(JSON.stringify(bench.main.asked)).not.toContain(secretOf(1));
  });

  it("shows the command's cart before it asks for the card", async () => {
    bench.runner.run(collect);
    await pass();

    expect(bench.terminal.methods()).toEqual(['setReaderDisplay', 'collectPaymentMethod']);
    expect(bench.terminal.asked('setReaderDisplay')).toEqual([
      [
        {
          type: 'cart',
          cart: { line_items: aCart.lineItems, tax: 255, total: 3255, currency: 'usd' },
        },
      ],
    ]);
  });

  it.each([
    ['is refused', refuses('reader_error')],
    ['is rejected', rejects()],
    ['throws', throws()],
    ['is never answered', staysSilent()],
  ])('asks for the card though showing the cart %s', async (_, answer) => {
    bench.terminal.next('setReaderDisplay', answer);

    bench.runner.run(collect);
    await pass(5_000);

    expect(bench.main.told()).toEqual([
      { commandId: collect.commandId, report: { kind: 'awaiting_card' } },
    ]);
  });

  it('tells of one prompt once, however often the SDK says so', async () => {
    bench.runner.run(collect);
    await pass();
    bench.runner.promptShown();
    bench.runner.promptShown();

    expect(bench.main.told()).toHaveLength(1);
  });

  it('takes a prompt nobody commanded for nothing', () => {
    bench.runner.promptShown();

    expect(bench.main.asked).toEqual([]);
  });

  it('tells why a card could not be collected, in the words of the SDK', async () => {
    bench.runner.run(collect);
    await pass();
    bench.terminal.collect.fail('canceled_by_customer');
    await pass();

    expect(bench.main.told().at(-1)?.report).toEqual({
      kind: 'collect_failed',
      code: 'canceled_by_customer',
    });
  });

  it.each([
    ['no code', undefined],
    ['an empty code', ''],
    ['a sentence', 'Reader: busy!'],
    ['a number', 42],
    ['a code of endless length', 'x'.repeat(65)],
  ])('reports %s as an unknown error', async (_, code) => {
    bench.terminal.next('collectPaymentMethod', refuses(code));

    bench.runner.run(collect);
    await pass();

    expect(bench.main.told().map(({ report }) => report)).toEqual([
      { kind: 'collect_failed', code: 'unknown_error' },
    ]);
  });

  it.each([
    ['rejects', rejects()],
    ['throws before it has promised anything', throws()],
    ['answers with nothing', () => Promise.resolve(undefined)],
  ])('reports a fault of the SDK and takes the next sale when it %s', async (_, answer) => {
    bench.terminal.next('collectPaymentMethod', answer);

    bench.runner.run(collect);
    bench.runner.run(next.collect);
    await pass();

    expect(bench.main.told()).toEqual([
      { commandId: collect.commandId, report: { kind: 'collect_failed', code: 'sdk_fault' } },
      { commandId: next.collect.commandId, report: { kind: 'awaiting_card' } },
    ]);
  });

  it('takes the next sale when the answer of main is lost', async () => {
    bench.main.lost.add('reader:report');
    bench.runner.run(collect);
    await pass();
    bench.terminal.collect.fail('canceled');
    await pass();

    bench.runner.run(next.collect);
    await pass();

    expect(bench.terminal.asked('collectPaymentMethod')).toHaveLength(2);
  });

  it('waits with the next collect until the first has ended', async () => {
    bench.runner.run(collect);
    bench.runner.run(next.collect);
    await pass(10_000);

    expect(bench.terminal.asked('collectPaymentMethod')).toEqual([[secretOf(1), withoutTip]]);
  });
});
