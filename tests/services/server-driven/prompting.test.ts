import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, type TestKiosk } from './bench.ts';
import type { Mishap } from './model/wire.ts';

const tempFolder = tempFolders();
let bench: Bench;
let kiosk: TestKiosk;

beforeEach(() => {
  bench = new Bench(tempFolder);
  kiosk = bench.kiosk();
});

afterEach(() => bench.close());

/** What was asked of the first reader, beside the cart it showed before. */
const asked = (): string[] =>
  bench.reader.done.filter((what) => !what.endsWith('set_reader_display'));

async function paysNext(): Promise<void> {
  bench.reader.tap();
  await bench.pass(10_000);
  expect(kiosk.sale.state).toBe('paid');
  expect(bench.intents.captures).toBe(1);
  expect(kiosk.book.openPrompts()).toEqual([]);
}

async function paysNow(): Promise<void> {
  await paysNext();
  expect(bench.intents.all.size).toBe(1);
}

describe('asking the reader for a card', () => {
  it('is written down, with its key, before it is sent', async () => {
    await kiosk.buyUntilPrompted();

    const [prompt] = kiosk.book.openPrompts();
    expect(prompt).toMatchObject({ attemptId: kiosk.attempt.id, kind: 'process_payment_intent' });
    const sent = bench.wire.sent.find(({ name }) => name === 'process');
    expect(sent?.key).toBe(prompt?.key);
    expect(kiosk.attempt.serverDriven).toBe('one_step');
    await paysNow();
    expect(kiosk.calls).toEqual(['reader.process_payment_intent done']);
  });

  const mishaps: readonly Mishap[] = [
    'lost_before',
    'lost_after',
    'twice',
    'error_after',
    'error_before',
    'rate_limited',
    { slowMs: 4_000 },
    { lateMs: 3_500 },
  ];
  it.each(mishaps)('survives a call that goes wrong: %j', async (mishap) => {
    bench.wire.strike('process', mishap);
    kiosk.buy();
    await bench.pass(9_000);
    expect(kiosk.attempt.stage).toBe('awaiting_card');

    await paysNow();

    expect(asked()).toEqual(['a process_payment_intent']);
  });

  it('repeats a call without an answer under the same key, and after a 500 takes a new one', async () => {
    bench.wire.strike('process', 'lost_before', 'error_before');
    kiosk.buy();
    await bench.pass(9_000);

    const keys = bench.wire.sent.filter(({ name }) => name === 'process').map(({ key }) => key);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[1]);
    await paysNow();
  });

  it('asks once more when the reader did not acknowledge', async () => {
    bench.reader.timeouts.push('not_heard');
    kiosk.buy();
    await bench.pass(5_000);

    await paysNow();
  });

  it('asks only once when the reader has heard, although Stripe says it timed out', async () => {
    bench.reader.timeouts.push('heard');
    kiosk.buy();
    await bench.pass(5_000);
    expect(kiosk.attempt.stage).toBe('awaiting_card');

    await paysNow();

    expect(asked()).toEqual(['a process_payment_intent']);
  });

  it('takes a decline right after such a false timeout for what it is', async () => {
    bench.reader.timeouts.push('heard');
    kiosk.buy();
    await untilPrompting();
    // The look after it comes late, and the customer was quick.
    bench.wire.strike('look', 'lost_before');
    bench.reader.tap({ declined: 'generic_decline', chargingMs: 10 });
    await bench.pass(10_000);

    expect(kiosk.sale).toMatchObject({ state: 'presenting', decline: 'declined' });
    expect(asked()).toEqual(['a process_payment_intent']);
  });

  it('gives up a reader that acknowledges nothing, and says that it does not answer', async () => {
    bench.reader.timeouts.push('not_heard', 'not_heard', 'not_heard', 'not_heard');
    kiosk.buy();
    await bench.pass(20_000);

    expect(kiosk.sale).toMatchObject({ state: 'canceled', cancelReason: 'reader_unavailable' });
    expect(bench.intents.only.status).toBe('canceled');
  });

  it.each(['isOffline', 'isBroken'] as const)('says at once when the reader %s', async (how) => {
    bench.reader[how] = true;
    kiosk.buy();
    await bench.pass(3_000);

    expect(kiosk.sale).toMatchObject({ state: 'canceled', cancelReason: 'reader_unavailable' });
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('waits for a reader that is updating', async () => {
    bench.reader.busyUntilMs = 6_000;
    kiosk.buy();
    await bench.pass(10_000);

    expect(kiosk.attempt.stage).toBe('awaiting_card');
    await paysNow();
  });

  it('says that the reader is busy when its update takes longer than people wait', async () => {
    bench.reader.busyUntilMs = 600_000;
    kiosk.buy();
    await bench.pass(16_000);

    expect(kiosk.sale).toMatchObject({ state: 'canceled', cancelReason: 'reader_busy' });
  });

  it('looks at a PaymentIntent that takes no card any more, and makes no second one', async () => {
    bench.wire.strike('process', { slowMs: 0 });
    kiosk.buy();
    await bench.pass(45);
    const { id } = bench.intents.only;
    bench.intents.charge(id, { declined: null });
    await bench.pass(10_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.intents.captures).toBe(1);
    expect(bench.intents.all.size).toBe(1);
  });

  it('leaves nothing behind when the customer cancels while the call is on its way', async () => {
    bench.wire.strike('process', { lateMs: 2_500 });
    kiosk.buy();
    await bench.pass(200);
    kiosk.checkout.cancel(kiosk.saleId);
    await bench.pass(60_000);

    expect(kiosk.sale.state).toBe('canceled');
    expect(bench.reader.isPrompting).toBe(false);
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('frees a reader of what a call brought there after everybody had given it up', async () => {
    const lost = Array<Mishap>(12).fill('lost_before');
    bench.wire.strike('process', { lateMs: 30_000 }, ...lost);
    bench.wire.strike('cancel', ...lost);
    kiosk.buy();
    await bench.pass(40_000);
    expect(bench.reader.isPrompting).toBe(true);
    expect(kiosk.book.openPrompts()).toEqual([]);
    bench.wire.calm();
    await bench.pass(60_000);
    expect(kiosk.sale.state).toBe('canceled');

    await kiosk.buyAnew();

    await paysNext();
  });
});

async function untilPrompting(): Promise<void> {
  for (let tries = 0; tries < 100 && !bench.reader.isPrompting; tries += 1) await bench.pass(10);
}
