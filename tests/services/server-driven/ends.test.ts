import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, type TestKiosk } from './bench.ts';

const tempFolder = tempFolders();
let bench: Bench;
let kiosk: TestKiosk;

beforeEach(async () => {
  bench = new Bench(tempFolder);
  kiosk = bench.kiosk();
  await kiosk.buyUntilPrompted();
});

afterEach(() => bench.close());

async function retryAndPay(): Promise<void> {
  kiosk.checkout.retry(kiosk.saleId);
  await bench.pass(1_500);
  bench.reader.tap();
  await bench.pass(10_000);
  expect(kiosk.sale.state).toBe('paid');
  expect(bench.intents.all.size).toBe(1);
  expect(bench.intents.captures).toBe(1);
}

describe('a card that the reader charges in one step', () => {
  it('is charged, and the sale is paid', async () => {
    bench.reader.tap();
    await bench.pass(10_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.intents.captures).toBe(1);
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it.each([
    ['insufficient_funds', 'insufficient_funds'],
    ['incorrect_pin', 'incorrect_pin'],
    ['offline_pin_required', 'insert_card'],
    ['stolen_card', 'declined'],
  ])('is declined with %s: another is tried on the same PaymentIntent', async (code, shown) => {
    bench.reader.tap({ declined: code });
    await bench.pass(6_000);
    expect(kiosk.sale).toMatchObject({ state: 'presenting', attempt: null, decline: shown });

    await retryAndPay();
  });

  it('was charged although the reader lost its connection: nobody is asked to pay again', async () => {
    bench.reader.tap({ connection: 'lost_after' });
    await bench.pass(6_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.reader.action).toMatchObject({ failureCode: 'connection_error' });
  });

  it('was not charged when the reader lost its connection: after reads say so it is tried again', async () => {
    bench.reader.tap({ connection: 'lost_before' });
    await bench.pass(5_000);
    expect(kiosk.sale.state).toBe('finding_out');
    await bench.pass(15_000);
    expect(kiosk.sale).toMatchObject({ state: 'presenting', decline: 'connection_lost' });

    await retryAndPay();
  });

  it('was charged by a reader that tells nobody: the money is found, and the reader freed', async () => {
    bench.reader.tap({ readerLost: true });
    await bench.pass(15_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.reader.action).toBeNull();
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('was not charged by a reader that was lost: it is freed, and the PaymentIntent cancelled', async () => {
    bench.reader.tap({ readerLost: true, connection: 'lost_before' });
    await bench.pass(120_000);

    expect(kiosk.sale.state).toBe('canceled');
    expect(bench.intents.only.status).toBe('canceled');
    expect(bench.reader.action).toBeNull();
  });

  it('could not be read, again and again: the customer may try again on the same PaymentIntent', async () => {
    bench.reader.giveUpReading();
    await bench.pass(5_000);
    expect(kiosk.sale).toMatchObject({ state: 'presenting', attempt: null, decline: 'not_read' });
    expect(bench.reader.isPrompting).toBe(false);

    await retryAndPay();
  });

  it('is not wanted any more by the customer, who says so on the reader', async () => {
    bench.reader.pressCancel();
    await bench.pass(5_000);

    expect(kiosk.sale).toMatchObject({ state: 'canceled', cancelReason: 'customer_on_reader' });
    expect(bench.intents.only.status).toBe('canceled');
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('is not wanted any more by the customer, who says so on the screen: the reader is freed', async () => {
    kiosk.checkout.cancel(kiosk.saleId);
    await bench.pass(3_000);

    expect(kiosk.sale).toMatchObject({ state: 'canceled', cancelReason: 'customer' });
    expect(bench.reader.action).toBeNull();
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('is charged while the customer cancels: the hold is released, and the reader waited for', async () => {
    bench.reader.tap({ chargingMs: 5_000 });
    await bench.pass(200);
    kiosk.checkout.cancel(kiosk.saleId);
    await bench.pass(20_000);

    expect(kiosk.sale.state).toBe('canceled');
    expect(bench.intents.only.status).toBe('canceled');
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('is waited for no longer than people wait, and then the reader is freed', async () => {
    await bench.pass(100_000);

    expect(kiosk.sale).toMatchObject({ state: 'canceled', cancelReason: 'timeout' });
    expect(bench.reader.action).toBeNull();
  });

  it('is found charged by somebody’s look before the reader says so', async () => {
    bench.wire.strike('look', { slowMs: 4_000 });
    bench.reader.tap({ chargingMs: 500 });
    await bench.pass(900);
    kiosk.desk.look(kiosk.saleId);
    await bench.pass(10_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('is cancelled at once although the next look is seconds away', async () => {
    await bench.pass(30_000);
    kiosk.checkout.cancel(kiosk.saleId);
    await bench.pass(300);

    expect(bench.reader.action).toBeNull();
  });
});

describe('looking at the reader', () => {
  const looks = (): number => bench.wire.sent.filter(({ name }) => name === 'look').length;

  it('is brought forward by an event that speaks of it', async () => {
    await bench.pass(30_000);
    const before = looks();

    kiosk.desk.lead?.wake(bench.reader.id);
    await bench.pass(50);

    expect(looks()).toBe(before + 1);
  });

  it('is done again at once for an event that comes while an older look is under way', async () => {
    await bench.pass(30_000);
    bench.wire.strike('look', { slowMs: 1_000 });
    const before = looks();
    for (let tries = 0; tries < 100 && looks() === before; tries += 1) await bench.pass(50);

    kiosk.desk.lead?.wake(bench.reader.id);
    await bench.pass(1_200);

    expect(looks()).toBe(before + 2);
  });

  it('goes on when looks are lost', async () => {
    bench.wire.strike('look', 'lost_before', 'lost_after', 'rate_limited', 'error_before');
    bench.reader.tap();
    await bench.pass(25_000);

    expect(kiosk.sale.state).toBe('paid');
  });
});

it('waits for a reader that is away to free it, and a new sale need not wait for that', async () => {
  bench.reader.isOffline = true;
  kiosk.checkout.cancel(kiosk.saleId);
  await bench.pass(200_000);
  expect(kiosk.sale.state).toBe('canceled');
  expect(kiosk.book.openPrompts()).toHaveLength(1);
  bench.reader.isOffline = false;

  await kiosk.buyAnew();
  bench.reader.tap();
  await bench.pass(10_000);

  expect(kiosk.sale.state).toBe('paid');
  expect(kiosk.book.openPrompts()).toEqual([]);
});
