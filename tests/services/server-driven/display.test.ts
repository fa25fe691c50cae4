import { afterEach, beforeEach, expect, it } from 'vitest';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, first, led, type TestKiosk } from './bench.ts';

const tempFolder = tempFolders();
let bench: Bench;
let kiosk: TestKiosk;

beforeEach(() => {
  bench = new Bench(tempFolder);
  kiosk = bench.kiosk();
});

afterEach(() => bench.close());

it('shows the cart at review, and the prompt takes its place', async () => {
  kiosk.look();
  await bench.pass(1_000);
  expect(bench.reader.action?.kind).toBe('set_reader_display');
  kiosk.checkout.confirm(kiosk.saleId);
  await bench.pass(1_000);

  expect(bench.reader.done).toEqual(['a set_reader_display', 'a process_payment_intent']);
});

it('takes the cart away when the customer leaves the review', async () => {
  kiosk.look();
  await bench.pass(1_000);
  kiosk.checkout.cancel(kiosk.saleId);
  await bench.pass(1_000);

  expect(bench.reader.action).toBeNull();
});

it('waits for the display’s answer before it asks for a card', async () => {
  bench.wire.strike('display', { slowMs: 3_000 });
  kiosk.look();
  await bench.pass(60);
  kiosk.checkout.confirm(kiosk.saleId);
  await bench.pass(6_000);

  expect(kiosk.attempt.stage).toBe('awaiting_card');
  expect(bench.reader.done).toEqual(['a set_reader_display', 'a process_payment_intent']);
});

it('shows nothing when the customer has gone on to pay before it was its turn', async () => {
  bench.wire.strike('look', { slowMs: 2_000 });
  kiosk.look();
  await bench.pass(10);
  kiosk.checkout.confirm(kiosk.saleId);
  await bench.pass(6_000);

  expect(bench.reader.action?.kind).toBe('process_payment_intent');
});

it('never lands in an open payment, wherever it is slow or lost', async () => {
  const mishaps = ['lost_before', 'lost_after', 'rate_limited', { slowMs: 2_000 }] as const;
  for (const mishap of mishaps) {
    for (const pauseMs of [0, 30, 100]) {
      bench.wire.strike('display', mishap);
      kiosk.look();
      await bench.pass(pauseMs);
      kiosk.checkout.confirm(kiosk.saleId);
      await bench.pass(8_000);
      expect(bench.reader.action?.kind).toBe('process_payment_intent');
      bench.reader.tap();
      await bench.pass(10_000);
      expect(kiosk.sale.state).toBe('paid');
      kiosk.checkout.dismiss(kiosk.saleId);
    }
  }
});

it('shows nothing on a reader that other kiosks use as well', async () => {
  bench.reader.isShared = true;
  const shared = bench.kiosk({
    name: 'c',
    choice: { main: led(first, { isShared: true }), spare: null, using: 'main' },
  });
  shared.look();
  await bench.pass(2_000);

  expect(bench.reader.done).toEqual([]);
});
