import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, first, led, type TestKiosk } from './bench.ts';

const tempFolder = tempFolders();
const choice = { main: led(first, { isShared: true }), spare: null, using: 'main' } as const;
let bench: Bench;
let ours: TestKiosk;
let theirs: TestKiosk;

beforeEach(() => {
  bench = new Bench(tempFolder);
  bench.reader.isShared = true;
  ours = bench.kiosk({ name: 'a', choice });
  theirs = bench.kiosk({ name: 'b', choice });
});

afterEach(() => bench.close());

/** Another till that does not look first puts its own prompt in the place of ours. */
function stealReader(): void {
  const other = theirs.life.name;
  const intent = bench.makeIntent('b');
  bench.reader.prompt(other, 'process_payment_intent', intent);
  bench.reader.wrongs.length = 0;
}

describe('a reader that another kiosk uses', () => {
  it('is left alone, and the customer told, while their prompt is on it', async () => {
    await theirs.buyUntilPrompted();
    ours.buy();
    await bench.pass(20_000);

    expect(ours.sale).toMatchObject({ state: 'canceled', cancelReason: 'reader_in_use' });
    bench.reader.tap();
    await bench.pass(10_000);
    expect(theirs.sale.state).toBe('paid');
  });

  it('is left alone while their card is charged', async () => {
    await theirs.buyUntilPrompted();
    bench.reader.tap({ chargingMs: 8_000 });
    ours.buy();
    await bench.pass(15_000);

    expect(theirs.sale.state).toBe('paid');
    expect(ours.sale.cancelReason).toBe('reader_in_use');
  });

  it('takes our prompt as soon as it is free', async () => {
    await theirs.buyUntilPrompted();
    bench.reader.tap();
    await bench.pass(10_000);

    await ours.buyUntilPrompted();
    bench.reader.tap();
    await bench.pass(10_000);

    expect(ours.sale.state).toBe('paid');
  });

  it('lost our prompt to them: that is noticed within 5 s, and tried again on the same PaymentIntent', async () => {
    await ours.buyUntilPrompted();
    await bench.pass(40_000);
    stealReader();
    await bench.pass(5_000);

    expect(ours.sale).toMatchObject({
      state: 'presenting',
      attempt: null,
      decline: 'prompt_replaced',
    });
    bench.reader.tap();
    await bench.pass(5_000);
    ours.checkout.retry(ours.saleId);
    await bench.pass(1_500);
    bench.reader.tap();
    await bench.pass(10_000);
    expect(ours.sale.state).toBe('paid');
    expect(ours.attemptsMade).toBe(2);
    expect(bench.intents.all.size).toBe(2);
  });

  it('is never started on again by itself after they took it', async () => {
    await ours.buyUntilPrompted();
    stealReader();
    await bench.pass(60_000);

    expect(bench.reader.owner).toBe('b');
    expect(ours.sale.state).toBe('presenting');
  });

  it('is not cleared of their prompt when our customer gives up, or our time is over', async () => {
    await ours.buyUntilPrompted();
    bench.wire.strike('look', 'lost_before');
    stealReader();
    ours.checkout.cancel(ours.saleId);
    await bench.pass(120_000);

    expect(bench.reader.owner).toBe('b');
    expect(bench.reader.isPrompting).toBe(true);
    expect(ours.book.openPrompts()).toEqual([]);
  });

  it('is not cleared of their prompt by our next start', async () => {
    await ours.buyUntilPrompted();
    stealReader();
    ours.restart();
    await bench.pass(120_000);

    expect(bench.reader.owner).toBe('b');
    expect(bench.reader.isPrompting).toBe(true);
    expect(ours.sale.state).toBe('canceled');
  });

  it('never gets our cart on its display', async () => {
    ours.look();
    await bench.pass(20_000);
    ours.checkout.cancel(ours.saleId);
    await bench.pass(5_000);

    expect(bench.reader.done).toEqual([]);
  });

  it('that does something nobody here understands is left alone', async () => {
    bench.reader.action = {
      kind: 'other',
      status: 'in_progress',
      object: null,
      failureCode: null,
      failureMessage: null,
      hasCard: false,
    };
    ours.buy();
    await bench.pass(5_000);

    expect(ours.sale.cancelReason).toBe('reader_in_use');
    expect(bench.reader.facts.action?.kind).toBe('other');
  });

  it('shows to whose kiosk a reader belongs only by what is on it: two kiosks in turn never collide', async () => {
    for (const kiosk of [ours, theirs, ours, theirs]) {
      if (kiosk.hasSale) await kiosk.buyAnew();
      else await kiosk.buyUntilPrompted();
      bench.reader.tap();
      await bench.pass(10_000);
      expect(kiosk.sale.state).toBe('paid');
      kiosk.checkout.dismiss(kiosk.saleId);
    }
    expect(bench.intents.captures).toBe(4);
  });
});
