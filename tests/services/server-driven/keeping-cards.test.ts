import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, led, first, second } from './bench.ts';
import { BesideKiosk } from './beside-kiosk.ts';

const tempFolder = tempFolders();
let bench: Bench;

beforeEach(() => {
  bench = new Bench(tempFolder);
});

afterEach(() => bench.close());

const withSpare = { main: led(first), spare: led(second), using: 'main' } as const;

async function prompted(plan?: ConstructorParameters<typeof BesideKiosk>[1]): Promise<BesideKiosk> {
  const desk = new BesideKiosk(bench, plan);
  desk.keepCard();
  await bench.pass(1_000);
  expect(desk.setup.attempt?.stage).toBe('awaiting_card');
  return desk;
}

describe('a card that is kept without a payment', () => {
  it('is asked for and kept in one step, and the book knew before the call', async () => {
    const desk = await prompted();
    const [open] = desk.kiosk.book.openPrompts();
    expect(open).toMatchObject({
      owner: desk.setup.id,
      object: desk.setup.setupIntent?.id,
      kind: 'process_setup_intent',
    });

    bench.reader.tap();
    await bench.pass(10_000);

    expect(desk.setup.state).toBe('kept');
    expect(desk.kiosk.book.openPrompts()).toEqual([]);
    expect(desk.callsOf(desk.setup.id)).toEqual(['reader.process_setup_intent done']);
  });

  it('that its bank declines may be followed by another on the same SetupIntent', async () => {
    const desk = await prompted();
    bench.reader.tap({ declined: 'do_not_honor' });
    await bench.pass(10_000);
    expect(desk.setup).toMatchObject({ state: 'presenting', attempt: null });

    desk.kiosk.beside.cards.setups.retry(desk.setup.id);
    await bench.pass(2_000);
    bench.reader.tap();
    await bench.pass(10_000);

    expect(desk.setup.state).toBe('kept');
    expect(bench.cards.setups.size).toBe(1);
  });

  it('that the member cancels on the reader is not kept', async () => {
    const desk = await prompted();

    bench.reader.pressCancel();
    await bench.pass(5_000);

    expect(desk.setup).toMatchObject({ state: 'canceled', cancelReason: 'customer_on_reader' });
  });

  it('that the member cancels on the screen is taken off the reader', async () => {
    const desk = await prompted();

    desk.kiosk.beside.cards.setups.cancel(desk.setup.id);
    await bench.pass(5_000);

    expect(desk.setup.state).toBe('canceled');
    expect(bench.reader.isPrompting).toBe(false);
    expect(desk.kiosk.book.openPrompts()).toEqual([]);
  });

  it('is kept although the reader is lost after its bank agreed', async () => {
    const desk = await prompted();

    bench.reader.tap({ readerLost: true });
    await bench.pass(15_000);

    expect(desk.setup.state).toBe('kept');
  });

  it('is asked for at the spare when the first reader is away', async () => {
    bench.reader.isOffline = true;
    const desk = new BesideKiosk(bench, { choice: withSpare });
    desk.keepCard();
    await bench.pass(15_000);

    expect(bench.spare.isPrompting).toBe(true);
    expect(desk.setup.attempt).toMatchObject({ atSpare: true, serverDriven: 'one_step' });
    bench.spare.tap();
    await bench.pass(10_000);
    expect(desk.setup.state).toBe('kept');
  });

  it('is not asked for over another till’s payment', async () => {
    bench.reader.prompt('b', 'process_payment_intent', bench.makeIntent('b'));
    const desk = new BesideKiosk(bench);
    desk.keepCard();
    await bench.pass(5_000);

    expect(desk.setup).toMatchObject({ cancelReason: 'reader_in_use' });
    expect(bench.reader.owner).toBe('b');
  });

  it.each(['lost_before', 'lost_after', 'error_after', 'error_before', 'twice'] as const)(
    'is asked for once although its call is struck (%s)',
    async (mishap) => {
      bench.wire.strike('keep', mishap);
      const desk = new BesideKiosk(bench);
      desk.keepCard();
      await bench.pass(10_000);
      expect(bench.reader.isPrompting).toBe(true);

      bench.reader.tap();
      await bench.pass(10_000);

      expect(desk.setup.state).toBe('kept');
      expect(bench.reader.isPrompting).toBe(false);
    },
  );

  it('is taken off after a crash, and the SetupIntent ended', async () => {
    const desk = await prompted();

    desk.kiosk.restart();
    await bench.pass(10_000);

    expect(bench.reader.isPrompting).toBe(false);
    expect(desk.kiosk.book.openPrompts()).toEqual([]);
    expect(desk.setup.state).toBe('canceled');
    expect([...bench.cards.setups.values()].map(({ status }) => status)).toEqual(['canceled']);
  });
});
