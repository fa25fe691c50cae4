import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, type TestKiosk } from './bench.ts';
import type { Mishap } from './model/wire.ts';

const tempFolder = tempFolders();
let bench: Bench;
let kiosk: TestKiosk;

beforeEach(async () => {
  bench = new Bench(tempFolder);
  kiosk = bench.kiosk({ askBeforeCharging: true });
  await kiosk.buyUntilPrompted();
});

afterEach(() => bench.close());

async function collect(): Promise<void> {
  bench.reader.tap();
  await bench.pass(2_000);
  expect(kiosk.attempt.stage).toBe('card_read');
}

function accept(): void {
  kiosk.checkout.accept(kiosk.saleId, kiosk.attempt.id);
}

async function retryAndPay(): Promise<void> {
  kiosk.checkout.retry(kiosk.saleId);
  await bench.pass(1_500);
  await collect();
  accept();
  await bench.pass(10_000);
  expect(kiosk.sale.state).toBe('paid');
  expect(bench.intents.all.size).toBe(1);
}

describe('a card that is read first and charged after the customer has said yes', () => {
  it.each(['succeeded', 'in_progress'] as const)(
    'is confirmed in time, whether a collect that has its card has %s',
    async (status) => {
      bench.reader.collectEnds = status;
      await collect();
      expect(bench.intents.authorizations).toBe(0);
      accept();
      await bench.pass(10_000);

      expect(kiosk.sale.state).toBe('paid');
      expect(bench.intents.captures).toBe(1);
      expect(kiosk.book.openPrompts()).toEqual([]);
      expect(kiosk.calls).toEqual([
        'reader.collect_payment_method done',
        'reader.confirm_payment_intent done',
      ]);
    },
  );

  it('is let go when the customer changes their mind', async () => {
    await collect();
    kiosk.checkout.cancel(kiosk.saleId);
    await bench.pass(5_000);

    expect(kiosk.sale.state).toBe('canceled');
    expect(bench.reader.action).toBeNull();
    expect(bench.intents.authorizations).toBe(0);
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('is let go when nobody says anything', async () => {
    await collect();
    await bench.pass(40_000);

    expect(kiosk.sale).toMatchObject({ state: 'canceled', cancelReason: 'timeout' });
    expect(bench.reader.action).toBeNull();
  });

  it('is declined: another is tried on the same PaymentIntent', async () => {
    bench.reader.tap({ declined: 'generic_decline' });
    await bench.pass(2_000);
    accept();
    await bench.pass(6_000);
    expect(kiosk.sale).toMatchObject({ state: 'presenting', decline: 'declined' });

    await retryAndPay();
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
  it.each(mishaps)('is charged once when the confirmation goes wrong: %j', async (mishap) => {
    await collect();
    bench.wire.strike('confirm', mishap);
    accept();
    await bench.pass(20_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.intents.authorizations).toBe(1);
    expect(bench.intents.captures).toBe(1);
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it.each(['heard', 'not_heard'] as const)(
    'is charged once when the confirmation times out and was %s',
    async (how) => {
      await collect();
      bench.reader.timeouts.push(how);
      accept();
      await bench.pass(20_000);

      expect(kiosk.sale.state).toBe('paid');
      expect(bench.intents.authorizations).toBe(1);
    },
  );

  it('is asked for anew when the reader has forgotten it before the customer said yes', async () => {
    await collect();
    bench.reader.forgetCard();
    accept();
    await bench.pass(8_000);

    expect(kiosk.sale).toMatchObject({ state: 'presenting', attempt: null });
    expect(bench.intents.authorizations).toBe(0);
    await retryAndPay();
  });

  it('is not charged twice, and not forgotten, when nobody hears any confirmation', async () => {
    await collect();
    bench.wire.strike('confirm', ...Array<Mishap>(8).fill('lost_before'));
    accept();
    await bench.pass(200_000);

    expect(kiosk.isOver || kiosk.sale.attempt === null).toBe(true);
    expect(bench.intents.authorizations).toBe(0);
    expect(bench.reader.isHoldingCard).toBe(false);
    expect(kiosk.book.openPrompts()).toEqual([]);
  });

  it('is found charged when the answers to its confirmation were all lost', async () => {
    await collect();
    bench.wire.strike('confirm', ...Array<Mishap>(8).fill('lost_after'));
    bench.wire.strike('look', ...Array<Mishap>(6).fill('lost_before'));
    accept();
    await bench.pass(200_000);

    const intent = bench.intents.only;
    expect(['succeeded', 'canceled']).toContain(intent.status);
    expect(kiosk.sale.state).toBe(intent.status === 'succeeded' ? 'paid' : 'canceled');
  });

  it('was charged by a reader that lost its connection, or was lost itself', async () => {
    bench.reader.tap({ readerLost: true });
    await bench.pass(2_000);
    accept();
    await bench.pass(20_000);

    expect(kiosk.sale.state).toBe('paid');
    expect(bench.reader.action).toBeNull();
    expect(kiosk.book.openPrompts()).toEqual([]);
  });
});

describe('a prompt that only reads a card', () => {
  it('is ended on the reader by the customer', async () => {
    bench.reader.pressCancel();
    await bench.pass(5_000);

    expect(kiosk.sale).toMatchObject({ state: 'canceled', cancelReason: 'customer_on_reader' });
  });

  it('gives up reading: the customer may try again on the same PaymentIntent', async () => {
    bench.reader.giveUpReading();
    await bench.pass(5_000);
    expect(kiosk.sale).toMatchObject({ state: 'presenting', attempt: null, decline: 'not_read' });

    await retryAndPay();
  });

  it('is replaced by another till: noticed within 5 s, and tried again on the same PaymentIntent', async () => {
    await bench.pass(40_000);
    const intent = bench.makeIntent('b');
    bench.reader.prompt('b', 'process_payment_intent', intent);
    bench.reader.wrongs.length = 0;
    await bench.pass(5_000);
    expect(kiosk.sale).toMatchObject({ state: 'presenting', decline: 'prompt_replaced' });

    bench.reader.pressCancel();
    kiosk.checkout.retry(kiosk.saleId);
    await bench.pass(1_500);
    await collect();
    accept();
    await bench.pass(10_000);
    expect(kiosk.sale.state).toBe('paid');
  });

  it('is not confirmed on a reader that another till took after the card was read', async () => {
    await collect();
    const intent = bench.makeIntent('b');
    bench.reader.prompt('b', 'process_payment_intent', intent);
    bench.reader.wrongs.length = 0;
    accept();
    await bench.pass(20_000);

    expect(bench.reader.owner).toBe('b');
    expect(kiosk.sale).toMatchObject({ state: 'presenting', decline: 'prompt_replaced' });
    expect(bench.intents.authorizations).toBe(0);
  });
});
