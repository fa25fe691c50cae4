import { comeDue } from '../model/moves/come-due.ts';
import { cardShownByItself } from '../model/terminal/card-shown-by-itself.ts';
import type { Purpose } from '../model/terminal/purpose.ts';
import type { TestCard } from '../model/test-cards.ts';
import type { Bench } from './bench.ts';
import { type CardWish, openWish } from './card-wish.ts';
import { handOver } from './hand-over.ts';
import { attempt, failure, isFailure, type ReaderResult } from './reader-result.ts';
import type { Interruption, SimulatedReader } from './simulated-reader.ts';

/** A collect as the page asked for it. */
export interface CollectOrder {
  readonly sessionId: string;
  readonly wish: CardWish;
  /** What the page told the SDK's simulator. */
  readonly simulator: {
    readonly testPaymentMethod: string | null;
    readonly tipAmount: number | null;
  };
}

/** Prompts for a card, whatever it is for, reads it and hands it to the page. */
export async function collect(
  bench: Bench,
  reader: SimulatedReader,
  order: CollectOrder,
): Promise<ReaderResult> {
  comeDue(bench.ledger);
  const purpose = attempt(() => openWish(bench.ledger, order.wish));
  if (isFailure(purpose)) {
    return purpose;
  }
  const read = await readCard(bench, reader, order, purpose);
  reader.work = null;
  if (read === 'canceled') {
    reader.showPaymentStatus('ready');
    reader.show('splash');
    return failure('canceled', 'The payment method collection was canceled.');
  }
  if (read === 'connection_lost') {
    return failure('reader_connection_error', 'The connection to the reader was lost.');
  }
  reader.showPaymentStatus('ready');
  comeDue(bench.ledger);
  return attempt(() => handOver(bench, reader, order, { purpose, card: read }));
}

/** Waits for a card and for the reader to read it, or for what comes in between. */
async function readCard(
  bench: Bench,
  reader: SimulatedReader,
  order: CollectOrder,
  purpose: Purpose,
): Promise<TestCard | Interruption> {
  const stop = new AbortController();
  const interrupted = Promise.withResolvers<Interruption>();
  const presented = Promise.withResolvers<TestCard>();
  reader.work = {
    kind: 'collecting',
    purpose,
    interrupt: (why) => interrupted.resolve(why),
    present: presented.resolve,
  };
  reader.show('present_card');
  reader.showPaymentStatus('waiting_for_input');
  const reading = async (): Promise<TestCard | Interruption> => {
    if (bench.faults.take(reader.ledgerId, ['reader_lost_during_collect']) !== undefined) {
      await bench.sleep(bench.ledger.world.timings.readingMs, stop.signal);
      reader.loseConnection('The reader was lost while it waited for a card.');
      return 'connection_lost';
    }
    const card = await Promise.race([
      presented.promise,
      byItself(bench, reader, { order, purpose }, stop.signal),
    ]);
    reader.show('reading');
    await bench.sleep(bench.ledger.world.timings.readingMs, stop.signal);
    return card;
  };
  const whole = reading().catch((error: unknown) => {
    if (stop.signal.aborted) {
      return 'canceled' as const;
    }
    throw error;
  });
  try {
    return await Promise.race([whole, interrupted.promise]);
  } finally {
    stop.abort();
  }
}

/** The card that comes without anybody showing one; never resolves when there is none. */
async function byItself(
  bench: Bench,
  reader: SimulatedReader,
  { order, purpose }: { readonly order: CollectOrder; readonly purpose: Purpose },
  signal: AbortSignal,
): Promise<TestCard> {
  const { autoPresent } = bench.ledger.world;
  const told = order.simulator.testPaymentMethod;
  if (autoPresent === null && reader.ledgerId !== null) {
    return new Promise(() => undefined);
  }
  await bench.sleep(autoPresent?.afterMs ?? 0, signal);
  return cardShownByItself(bench.ledger, purpose, told ?? autoPresent?.testPaymentMethod ?? null);
}
