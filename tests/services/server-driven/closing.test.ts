import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { settle } from '../../support/fakes/virtual-clock.ts';
import { Bench, type TestKiosk } from './bench.ts';

const tempFolder = tempFolders();
let bench: Bench;
let kiosk: TestKiosk;

beforeEach(() => {
  bench = new Bench(tempFolder);
  kiosk = bench.kiosk();
});

afterEach(() => bench.close());

/** True when everything has ended although no time passes. */
async function closesAtOnce(): Promise<boolean> {
  const ended = kiosk.desk.close().then(() => true);
  const waited = (async () => {
    for (let rounds = 0; rounds < 20; rounds += 1) await settle();
    return false;
  })();
  return Promise.race([ended, waited]);
}

describe('closing', () => {
  it('waits for nobody while a card is awaited', async () => {
    await kiosk.buyUntilPrompted();

    expect(await closesAtOnce()).toBe(true);
    expect(kiosk.book.openPrompts()).toHaveLength(1);
  });

  it('waits for nobody while a prompt is on its way', async () => {
    bench.wire.strike('process', { slowMs: 15_000 });
    kiosk.buy();
    await bench.pass(500);

    expect(await closesAtOnce()).toBe(true);
    expect(kiosk.book.openPrompts()).toHaveLength(1);
  });

  it('waits for nobody while a reader that is away is to be freed', async () => {
    await kiosk.buyUntilPrompted();
    bench.reader.isOffline = true;
    kiosk.checkout.cancel(kiosk.saleId);
    await bench.pass(40_000);

    expect(await closesAtOnce()).toBe(true);
  });

  it('waits for nobody while the reader is updating', async () => {
    bench.reader.busyUntilMs = 60_000;
    kiosk.buy();
    await bench.pass(3_000);

    expect(await closesAtOnce()).toBe(true);
  });

  it('lets the next run take off what was left on the reader', async () => {
    await kiosk.buyUntilPrompted();
    await closesAtOnce();
    kiosk.restart();
    await bench.pass(10_000);

    expect(bench.reader.action).toBeNull();
    expect(kiosk.sale.state).toBe('canceled');
    expect(kiosk.book.openPrompts()).toEqual([]);
  });
});
