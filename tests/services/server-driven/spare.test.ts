import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReaderChoice } from '../../../main/ports/reader-book.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, first, led, second, type TestKiosk } from './bench.ts';

const tempFolder = tempFolders();
let bench: Bench;

beforeEach(() => {
  bench = new Bench(tempFolder);
});

afterEach(() => bench.close());

const byPage = { integration: 'sdk' } as const;

function kioskWith(main: ReaderChoice['main'], spare: ReaderChoice['main']): TestKiosk {
  return bench.kiosk({ choice: { main, spare, using: 'main' } });
}

const pageKinds = (kiosk: TestKiosk): string[] => kiosk.page.map(({ kind }) => kind);

describe('a first reader that does not answer', () => {
  it.each(['isOffline', 'isBroken'] as const)(
    'and %s: the same sale and PaymentIntent go on at the spare',
    async (how) => {
      const kiosk = kioskWith(led(first), led(second));
      bench.reader[how] = true;
      await kiosk.buyUntilPrompted();
      bench.spare.tap();
      await bench.pass(10_000);

      expect(kiosk.sale.state).toBe('paid');
      expect(kiosk.attemptsMade).toBe(1);
      expect(bench.intents.all.size).toBe(1);
      expect(kiosk.book.choice()?.using).toBe('spare');
      expect(kiosk.book.openPrompts()).toEqual([]);
    },
  );

  it('and acknowledges nothing: the spare is asked in time, and the first freed of what it may have heard', async () => {
    const kiosk = kioskWith(led(first), led(second));
    bench.reader.timeouts.push('not_heard', 'not_heard', 'not_heard');
    kiosk.buy();
    await bench.pass(8_000);
    bench.spare.tap();
    await bench.pass(10_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.reader.isPrompting).toBe(false);
  });

  it('and keeps Stripe waiting: the spare is asked when the customer has waited for the reader long enough', async () => {
    const kiosk = kioskWith(led(first), led(second));
    bench.reader.timeouts.push('heard');
    bench.wire.strike('process', { slowMs: 18_000 });
    kiosk.buy();
    await bench.pass(17_000);
    expect(kiosk.sale.attempt?.stage).toBe('awaiting_card');
    expect(bench.spare.isPrompting).toBe(true);

    await bench.pass(3_000);
    expect(bench.reader.isPrompting).toBe(false);
    bench.spare.tap();
    await bench.pass(10_000);
    expect(kiosk.sale.state).toBe('paid');
    expect(kiosk.attemptsMade).toBe(1);
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('leaves its spare as long to wake as any reader has', async () => {
    const kiosk = kioskWith(led(first), led(second));
    bench.reader.timeouts.push('not_heard', 'not_heard');
    bench.wire.strike('process', { slowMs: 5_000 }, { slowMs: 5_000 }, { slowMs: 8_000 });
    kiosk.buy();
    await bench.pass(22_000);

    expect(kiosk.sale.attempt?.stage).toBe('awaiting_card');
    expect(bench.spare.isPrompting).toBe(true);
  });

  it('is not left while it is Stripe that does not answer', async () => {
    const kiosk = kioskWith(led(first), led(second));
    bench.wire.strike('look', ...Array.from({ length: 20 }, () => 'lost_before' as const));
    kiosk.buy();
    await bench.pass(20_000);

    expect(kiosk.sale.cancelReason).toBe('reader_unavailable');
    expect(kiosk.book.choice()?.using).toBe('main');
  });

  it('is left for the page’s spare, and a page that is loaded then is asked for the card anew', async () => {
    const kiosk = kioskWith(led(first), led(second, byPage));
    bench.reader.timeouts.push('not_heard', 'not_heard');
    kiosk.buy();
    await bench.pass(8_000);
    expect(pageKinds(kiosk)).toEqual(['reader.collect']);

    kiosk.checkout.windowLoaded();
    expect(pageKinds(kiosk)).toEqual(['reader.collect', 'reader.collect']);
  });

  it('is led by the page, whose late words about it mean nothing while main asks at the spare', async () => {
    const kiosk = kioskWith(led(first, byPage), led(second));
    kiosk.buy();
    await bench.pass(500);
    const { id } = kiosk.attempt;
    kiosk.checkout.collectFailed(kiosk.saleId, id, 'no_established_connection');
    await bench.pass(1_000);

    expect(kiosk.checkout.collectFailed(kiosk.saleId, id, 'canceled').kind).toBe('not_now');
    expect(kiosk.checkout.cardCollected(kiosk.saleId, id).kind).toBe('not_now');
    expect(kiosk.sale.state).toBe('presenting');
    expect(bench.spare.isPrompting).toBe(true);
  });

  it('is left for the page’s spare: the window collects and charges there', async () => {
    const kiosk = kioskWith(led(first), led(second, byPage));
    bench.reader.isOffline = true;
    kiosk.buy();
    await bench.pass(1_000);
    expect(pageKinds(kiosk)).toEqual(['reader.collect']);

    const { id } = kiosk.attempt;
    kiosk.checkout.readerPrompted(kiosk.saleId, id);
    kiosk.checkout.cardCollected(kiosk.saleId, id);
    expect(pageKinds(kiosk)).toEqual(['reader.collect', 'reader.process']);
    bench.intents.charge(bench.intents.only.id, { declined: null });
    kiosk.checkout.processAnswered(kiosk.saleId, id, 1, { kind: 'processed' });
    await bench.pass(3_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.spare.done).toEqual([]);
  });

  it('is led by the page: main goes on at the spare that it leads', async () => {
    const kiosk = kioskWith(led(first, byPage), led(second));
    kiosk.buy();
    await bench.pass(500);
    kiosk.checkout.collectFailed(kiosk.saleId, kiosk.attempt.id, 'no_established_connection');
    await bench.pass(1_000);
    expect(pageKinds(kiosk)).toEqual(['reader.collect', 'reader.cancel']);

    bench.spare.tap();
    await bench.pass(10_000);
    expect(kiosk.sale.state).toBe('paid');
    expect(bench.intents.all.size).toBe(1);
  });

  it('is not left twice: a spare that does not answer either ends the sale', async () => {
    const kiosk = kioskWith(led(first), led(second));
    bench.reader.isOffline = true;
    bench.spare.isOffline = true;
    kiosk.buy();
    await bench.pass(5_000);

    expect(kiosk.sale).toMatchObject({ state: 'canceled', cancelReason: 'reader_unavailable' });
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('is not left because it is busy, or another till’s', async () => {
    const kiosk = kioskWith(led(first), led(second));
    bench.reader.busyUntilMs = 60_000;
    kiosk.buy();
    await bench.pass(16_000);

    expect(kiosk.sale.cancelReason).toBe('reader_busy');
    expect(kiosk.book.choice()?.using).toBe('main');
  });

  it('in two steps: the card is confirmed on the reader that has read it', async () => {
    const kiosk = bench.kiosk({
      askBeforeCharging: true,
      choice: { main: led(first), spare: led(second), using: 'main' },
    });
    // Nobody can tell whether the first has heard: it stays in the book until it is seen.
    bench.reader.timeouts.push('not_heard', 'not_heard');
    kiosk.buy();
    await bench.pass(8_000);
    bench.reader.isOffline = true;
    bench.spare.tap();
    await bench.pass(2_000);
    kiosk.checkout.accept(kiosk.saleId, kiosk.attempt.id);
    await bench.pass(10_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.spare.done).toEqual(['a collect_payment_method', 'a confirm_payment_intent']);
  });

  it('is cancelled on both readers when the customer cancels after the move', async () => {
    const kiosk = kioskWith(led(first), led(second));
    bench.reader.isOffline = true;
    await kiosk.buyUntilPrompted();
    kiosk.checkout.cancel(kiosk.saleId);
    await bench.pass(5_000);

    expect(kiosk.sale.state).toBe('canceled');
    expect(bench.spare.action).toBeNull();
  });
});
