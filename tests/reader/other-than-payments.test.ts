import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandsFor, commandsForRefund, commandsForSetup } from './support/commands.ts';
import { pass, RunnerBench } from './support/runner-bench.ts';
import { refuses, rejects, staysSilent } from './support/scripted-terminal.ts';

const setup = commandsForSetup(1);
const refund = commandsForRefund(2);

let bench: RunnerBench;

beforeEach(() => {
  vi.useFakeTimers();
  bench = new RunnerBench();
});

afterEach(() => {
  expect(bench.main.misshapen).toEqual([]);
  vi.useRealTimers();
});

function lastReport(): unknown {
  return bench.main.told().at(-1)?.report;
}

/** Asks for a card, and a card comes. Returns what the SDK handed over for it. */
async function collected<Handed extends Readonly<Record<string, unknown>>>(
  { collect }: typeof setup,
  handed: Handed,
): Promise<Handed> {
  bench.runner.run(collect);
  await pass();
  bench.terminal.collect.hand(handed);
  await pass();
  return handed;
}

const asked = [
  [
    'a setup',
    setup,
    { setupIntent: { id: 'seti_1' } },
    'confirmSetupIntent',
    'collectSetupIntentPaymentMethod',
  ],
  ['a refund', refund, {}, 'processRefund', 'collectRefundPaymentMethod'],
] as const;

describe('a payment whose card is kept', () => {
  it('is collected with what the customer agreed to', async () => {
    bench.runner.run(commandsFor(1, true).collect);
    await pass();

    expect(bench.terminal.asked('collectPaymentMethod')[0]?.[1]).toEqual({
      config_override: { skip_tipping: true, allow_redisplay: 'limited' },
    });
  });
});

describe('keeping a card without a payment', () => {
  it('asks for the card with what the customer agreed to, and a way out on the reader', async () => {
    bench.runner.run(setup.collect);
    await pass();

    expect(bench.terminal.asked('collectSetupIntentPaymentMethod')).toEqual([
      ['seti_1_secret_1', 'limited', { enable_customer_cancellation: true }],
    ]);
    expect(bench.terminal.methods()).not.toContain('setReaderDisplay');
    expect(lastReport()).toEqual({ kind: 'awaiting_card' });
  });

  it('confirms the very object that was collected', async () => {
    const { setupIntent } = await collected(setup, { setupIntent: { id: 'seti_1' } });

    bench.runner.run(setup.process);
    await pass();

    expect(bench.terminal.asked('confirmSetupIntent')[0]?.[0]).toBe(setupIntent);
    expect(bench.main.told().map(({ report }) => report)).toEqual([
      { kind: 'awaiting_card' },
      { kind: 'collected' },
      { kind: 'processed' },
    ]);
  });

  it('says of a phone that can’t be kept that nothing came of it', async () => {
    await collected(setup, { setupIntent: { id: 'seti_1' } });
    bench.terminal.next('confirmSetupIntent', refuses('setup_intent_mobile_wallet_unsupported'));

    bench.runner.run(setup.process);
    await pass();

    expect(lastReport()).toEqual({
      kind: 'process_failed',
      code: 'setup_intent_mobile_wallet_unsupported',
      declineCode: null,
      paymentIntentStatus: 'requires_payment_method',
    });
  });
});

describe('giving back in person', () => {
  it('asks for the card that paid with the Charge and the amount', async () => {
    bench.runner.run(refund.collect);
    await pass();

    expect(bench.terminal.asked('collectRefundPaymentMethod')).toEqual([['ch_1', 1_200, 'cad']]);
  });

  it('processes once, whatever is asked', async () => {
    await collected(refund, {});
    bench.terminal.next('processRefund', refuses('network_error'));

    bench.runner.run(refund.process);
    bench.runner.run(refund.processAgain);
    await pass();

    expect(bench.terminal.asked('processRefund')).toHaveLength(1);
  });
});

describe.each(asked)('%s', (_, commands, handed, processes, collecting) => {
  it.each([
    ['that the bank declined', refuses('card_declined', { decline_code: 'do_not_honor' })],
    ['that the bank would not let keep or give back', refuses('generic', { decline_code: 'x' })],
  ])('%s is told as one of which nothing came', async (__, answer) => {
    await collected(commands, handed);
    bench.terminal.next(processes, answer);

    bench.runner.run(commands.process);
    await pass();

    expect(lastReport()).toMatchObject({
      kind: 'process_failed',
      paymentIntentStatus: 'requires_payment_method',
    });
  });

  it.each([
    ['lost on its way', refuses('network_error'), 'network_error'],
    ['answered by a fault of the SDK', rejects(), 'sdk_fault'],
    ['never answered', staysSilent(), 'sdk_silent'],
  ])(
    'whose processing is %s is told as one of which nothing is known',
    async (__, answer, code) => {
      await collected(commands, handed);
      bench.terminal.next(processes, answer);

      bench.runner.run(commands.process);
      await pass(130_000);

      expect(lastReport()).toEqual({
        kind: 'process_failed',
        code,
        declineCode: null,
        paymentIntentStatus: null,
      });
    },
  );

  it('that lost its card is told as one of which nothing came, and nothing is processed', async () => {
    bench.runner.run(commands.process);
    await pass();

    expect(lastReport()).toMatchObject({
      code: 'nothing_collected',
      paymentIntentStatus: 'requires_payment_method',
    });
    expect(bench.terminal.asked(processes)).toEqual([]);
  });

  it('is cancelled by its own cancel', async () => {
    bench.runner.run(commands.collect);
    await pass();

    bench.runner.run(commands.cancel);
    await pass(2_000);

    expect(lastReport()).toEqual({ kind: 'collect_failed', code: 'canceled' });
    expect(bench.terminal.asked('cancelCollectPaymentMethod')).toEqual([]);
    expect(bench.newPages).toBe(0);
  });

  it('whose card came in the moment of the cancel is not processed', async () => {
    await collected(commands, handed);

    bench.runner.run(commands.cancel);
    bench.runner.run(commands.process);
    await pass();

    expect(bench.terminal.asked(processes)).toEqual([]);
  });

  it('counts as waiting for a card although the SDK says nothing of its prompt', async () => {
    bench.terminal.collect.isSilentOfPrompt = true;
    bench.runner.run(commands.collect);
    await pass(4_000);
    expect(bench.main.told()).toEqual([]);

    await pass(2_000);

    expect(bench.main.told().map(({ report }) => report)).toEqual([{ kind: 'awaiting_card' }]);
  });

  it('is asked for again over a fresh connection when the first one fails', async () => {
    bench.terminal.next(collecting, refuses('network_error'));

    bench.runner.run(commands.collect);
    await pass();

    expect(bench.reconnectCount).toBe(1);
    expect(bench.terminal.asked(collecting)).toHaveLength(2);
    expect(lastReport()).toEqual({ kind: 'awaiting_card' });
  });
});
