import { afterEach, beforeEach, expect, it } from 'vitest';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, first, led, type TestKiosk } from './bench.ts';

const tempFolder = tempFolders();
let bench: Bench;
let kiosk: TestKiosk;

beforeEach(() => {
  bench = new Bench(tempFolder);
  const choice = { main: led(first, { isShared: true }), spare: null, using: 'main' } as const;
  kiosk = bench.kiosk({ name: 'a', choice });
});

afterEach(() => bench.close());

it.each(['rate_limited', 'lost_before'] as const)(
  'a prompt that was not taken (%s) is not asked for again over one that came meanwhile',
  async (mishap) => {
    bench.wire.strike('process', mishap);
    kiosk.buy();
    await bench.pass(300);
    bench.reader.prompt('b', 'process_payment_intent', bench.makeIntent('b'));

    await bench.pass(30_000);

    expect(bench.reader.owner).toBe('b');
    expect(kiosk.sale).toMatchObject({ state: 'canceled', cancelReason: 'reader_in_use' });
  },
);
