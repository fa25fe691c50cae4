import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, type TestKiosk } from './bench.ts';

const tempFolder = tempFolders();
let bench: Bench;
let kiosk: TestKiosk;

beforeEach(() => {
  bench = new Bench(tempFolder);
  kiosk = bench.kiosk();
});

afterEach(() => bench.close());

describe('a card that the reader charges in one step', () => {
  it('is asked for on the chosen reader and charged, and the sale is paid', async () => {
    await kiosk.buyUntilPrompted();
    bench.reader.tap();
    await bench.pass(10_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.intents.captures).toBe(1);
    expect(kiosk.book.openPrompts()).toEqual([]);
    expect(kiosk.calls).toEqual(['reader.process_payment_intent done']);
  });

  it('is declined: another card is asked for on the same PaymentIntent', async () => {
    await kiosk.buyUntilPrompted();
    bench.reader.tap({ declined: 'insufficient_funds' });
    await bench.pass(10_000);
    expect(kiosk.sale).toMatchObject({ state: 'presenting', decline: 'insufficient_funds' });

    kiosk.checkout.retry(kiosk.saleId);
    await bench.pass(1_000);
    bench.reader.tap();
    await bench.pass(10_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.intents.all.size).toBe(1);
  });
});
