import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFinal } from '../../../main/domain/sale.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { Bench, type TestKiosk } from './bench.ts';
import type { Card } from './model/model-reader.ts';

const tempFolder = tempFolders();
let bench: Bench;

beforeEach(() => {
  bench = new Bench(tempFolder);
});

afterEach(() => bench.close());

interface Visit {
  readonly askBeforeCharging: boolean;
  readonly card: Card;
  /** When the customer shows the card, after the prompt. Milliseconds. */
  readonly tapAfterMs: number;
}

/** A customer who pays, as long as the kiosk lives; the card stays in the customer's hand otherwise. */
async function live(kiosk: TestKiosk, visit: Visit): Promise<void> {
  bench.orKilled(() => kiosk.buy());
  let prompted = 0;
  let hasTapped = false;
  for (let tenths = 0; tenths < 120; tenths += 1) {
    await bench.pass(100);
    if (bench.reader.isPrompting) prompted += 100;
    if (!hasTapped && prompted > visit.tapAfterMs) {
      hasTapped = true;
      bench.reader.tap(visit.card);
    }
    if (kiosk.life.isGone) return;
    if (kiosk.sale.attempt?.stage === 'card_read') {
      bench.orKilled(() => kiosk.checkout.accept(kiosk.saleId, kiosk.attempt.id));
    }
  }
}

async function killedAt(moment: number, visit: Visit): Promise<'killed' | 'lived'> {
  const kiosk = bench.kiosk({ askBeforeCharging: visit.askBeforeCharging });
  await bench.pass(500);
  kiosk.life.dieAt(moment);
  await live(kiosk, visit);
  if (!kiosk.life.isGone) return 'lived';
  if (kiosk.saleId === '') return 'killed';
  // The customer may be quick, or late.
  await bench.pass(visit.tapAfterMs);
  if (bench.reader.isPrompting) bench.reader.tap(visit.card);
  kiosk.restart();
  await bench.pass(240_000);

  const { sale } = kiosk;
  const why = `${kiosk.diedAt}: ${sale.state}`;
  expect(isFinal(sale.state), why).toBe(true);
  expect(kiosk.book.openPrompts(), why).toEqual([]);
  expect(bench.reader.isPrompting, why).toBe(false);
  expect(bench.reader.isHoldingCard, why).toBe(false);
  const intent = [...bench.intents.all.values()].at(-1);
  if (intent !== undefined) {
    expect(['succeeded', 'canceled'], why).toContain(intent.status);
    expect(sale.state, why).toBe(intent.status === 'succeeded' ? 'paid' : 'canceled');
  }
  return 'killed';
}

describe.each<Visit>([
  { askBeforeCharging: false, card: {}, tapAfterMs: 1_500 },
  { askBeforeCharging: false, card: { readerLost: true }, tapAfterMs: 500 },
  { askBeforeCharging: true, card: {}, tapAfterMs: 700 },
])('a kiosk that is killed ($askBeforeCharging, $card, $tapAfterMs)', (visit) => {
  it('at any moment takes off its prompt, and captures a card that was charged exactly once', async () => {
    const died = new Set<string>();
    for (let moment = 1; ; moment += 1) {
      bench = new Bench(tempFolder);
      const outcome = await killedAt(moment, visit);
      const { lastMoment } = bench;
      await bench.close();
      if (outcome === 'lived') break;
      died.add(lastMoment);
    }
    expect([...died]).toEqual(
      expect.arrayContaining(['before endPrompt', 'after endPrompt', 'look leaves']),
    );
    expect([...died].some((moment) => /^(process|collect) leaves$/.test(moment))).toBe(true);
  }, 300_000);
});
