import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, first, led, second } from './bench.ts';
import { BesideKiosk } from './beside-kiosk.ts';

const tempFolder = tempFolders();
let bench: Bench;
let desk: BesideKiosk;

beforeEach(async () => {
  bench = new Bench(tempFolder);
  desk = new BesideKiosk(bench, {
    choice: { main: led(first), spare: led(second), using: 'main' },
  });
  await desk.sell();
});

afterEach(() => bench.close());

function given(): readonly number[] {
  return bench.cards.givenBack.map(({ amount }) => amount.amount);
}

async function prompted(): Promise<void> {
  await desk.giveBack(500);
  await bench.pass(3_000);
  expect(desk.refund.attempt?.stage).toBe('awaiting_card');
}

describe('giving back in person', () => {
  it('asks for the card that paid and gives back once; the book knew before the call', async () => {
    await prompted();
    expect(desk.kiosk.book.openPrompts()).toMatchObject([
      { owner: desk.refund.id, object: desk.refund.chargeId, kind: 'refund_payment' },
    ]);

    bench.reader.tap();
    await bench.pass(10_000);

    expect(desk.refund.state).toBe('succeeded');
    expect(given()).toEqual([500]);
    expect(desk.kiosk.book.openPrompts()).toEqual([]);
    expect(desk.callsOf(desk.refund.id)).toEqual(['reader.refund_payment done']);
  });

  it('tells a second part of the same Charge from the first', async () => {
    await prompted();
    bench.reader.tap();
    await bench.pass(10_000);

    await desk.giveBack(700);
    await bench.pass(3_000);
    expect(desk.refund.attempt?.stage).toBe('awaiting_card');
    bench.reader.tap();
    await bench.pass(10_000);

    expect(desk.refund.state).toBe('succeeded');
    expect(given()).toEqual([500, 700]);
  });

  it('that its card declines gives nothing back', async () => {
    await prompted();

    bench.reader.tap({ declined: 'do_not_honor' });
    await bench.pass(10_000);

    expect(desk.refund.state).toBe('canceled');
    expect(given()).toEqual([]);
  });

  it('that staff stop is taken off the reader', async () => {
    await prompted();

    desk.kiosk.beside.giving.refunds.stop(desk.refund.id);
    await bench.pass(30_000);

    expect(bench.reader.isPrompting).toBe(false);
    expect(desk.kiosk.book.openPrompts()).toEqual([]);
    expect(desk.refund.state).toBe('canceled');
    expect(given()).toEqual([]);
  });

  it.each(['lost_before', 'lost_after', 'error_after', 'error_before', 'twice'] as const)(
    'asks once although its call is struck (%s)',
    async (mishap) => {
      bench.wire.strike('give_back', mishap);
      await desk.giveBack(500);
      await bench.pass(10_000);
      expect(bench.reader.isPrompting).toBe(true);

      bench.reader.tap();
      await bench.pass(10_000);

      expect(desk.refund.state).toBe('succeeded');
      expect(given()).toEqual([500]);
      expect(bench.reader.isPrompting).toBe(false);
    },
  );

  it('goes to the spare from a reader that said itself that it is away', async () => {
    bench.reader.isOffline = true;
    await desk.giveBack(500);
    await bench.pass(15_000);
    expect(bench.spare.isPrompting).toBe(true);

    bench.spare.tap();
    await bench.pass(10_000);

    expect(desk.refund.state).toBe('succeeded');
    expect(given()).toEqual([500]);
  });

  it('never waits for the card at two readers, nor on one when it is over', async () => {
    bench.wire.strike(
      'give_back',
      ...Array.from({ length: 8 }, () => ({ lateMs: 25_000 }) as const),
    );
    await desk.giveBack(500);
    for (let seconds = 0; seconds < 120; seconds += 1) {
      await bench.pass(1_000);
      expect(bench.spare.isPrompting && bench.reader.isPrompting).toBe(false);
    }

    expect(bench.reader.isPrompting).toBe(false);
    expect(bench.spare.isPrompting).toBe(false);
    expect(given()).toEqual([]);
  });

  it('is taken off after a crash, and the card gives nothing back any more', async () => {
    await prompted();

    desk.kiosk.restart();
    await bench.pass(10_000);

    expect(bench.reader.isPrompting).toBe(false);
    expect(desk.kiosk.book.openPrompts()).toEqual([]);
    expect(given()).toEqual([]);
  });

  it('that the reader did while the kiosk was down is found', async () => {
    await prompted();
    bench.reader.tap();
    desk.kiosk.restart();
    await bench.pass(30_000);

    expect(desk.refund.state).toBe('succeeded');
    expect(given()).toEqual([500]);
  });
});
