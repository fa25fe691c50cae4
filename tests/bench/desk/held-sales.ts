import type { VirtualClock } from '../../support/fakes/virtual-clock.ts';
import type { BenchDesk } from './bench-desk.ts';
import { lines, paymentIntentOf, SalePage } from './sell.ts';

/**
 * Sells until the card is charged and our capture is lost on its way, again and again; the customers leave as soon as
 * they may. Returns the PaymentIntents in the order of their holds.
 */
export async function sellUncaptured(
  desk: BenchDesk,
  clock: VirtualClock,
  count: number,
  apartMs: number,
): Promise<readonly string[]> {
  const held: string[] = [];
  for (let sale = 0; sale < count; sale += 1) {
    held.push(await sellOne(desk, clock, apartMs));
  }
  return held;
}

async function sellOne(desk: BenchDesk, clock: VirtualClock, apartMs: number): Promise<string> {
  const page = new SalePage(desk);
  try {
    const { saleId } = (await page.ask('sale:start', { lines })) as { saleId: string };
    await page.ask('sale:confirm', { saleId });
    const collect = await page.commanded('collect');
    const { attemptId, commandId } = collect;
    for (const kind of ['awaiting_card', 'collected']) {
      await page.ask('reader:report', { ownerId: saleId, attemptId, commandId, report: { kind } });
    }
    const process = await page.commanded('process');
    const paymentIntent = paymentIntentOf(collect);
    desk.stripe.approve(paymentIntent);
    const captureLeft = page.captureLeaves();
    await page.ask('payment:capture', { ownerId: saleId, attemptId, commandId: process.commandId });
    await captureLeft;
    await clock.advance(apartMs);
    await page.ask('sale:dismiss', { saleId });
    return paymentIntent;
  } finally {
    page.close();
  }
}
