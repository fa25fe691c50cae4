import path from 'node:path';
import { VirtualClock } from '../../support/fakes/virtual-clock.ts';
import type { Figure } from '../figure.ts';
import type { Scale } from '../scale.ts';
import { openBenchDesk } from './bench-desk.ts';
import { sellUncaptured } from './held-sales.ts';
import { connectReader } from './sell.ts';
import { StripeInProcess } from './stripe-in-process.ts';

const hourMs = 3_600_000;
const outageMs = 47 * hourMs;
/** The kiosk is switched off for most of it, and on again for its last minutes. */
const awakeBeforeMs = 10 * 60_000;
const salesForMs = hourMs;
/** One request with its answer over a slow line. */
const travelMs = 300;
const stepMs = 1_000;
const limitMs = 60 * 60_000;
/** As many are under way at once; among them the order is nobody's. */
const atOnce = 4;

/**
 * Forty-seven hours without a network, in virtual time with the real Desk on a real file: card payments that were approved as the network went, a
 * kiosk switched off over it, keys older than Stripe keeps them, and how long everything takes once the network is back.
 */
export async function measureOutage(folder: string, scale: Scale): Promise<readonly Figure[]> {
  const file = path.join(folder, 'outage', 'foyer.db');
  const clock = new VirtualClock();
  const startMs = clock.nowMs();
  const stripe = new StripeInProcess(() => clock.nowMs());
  const count = scale.capturesWaiting;

  const before = openBenchDesk(file, { clock, stripe });
  await connectReader(before);
  stripe.reach = 'all but captures';
  const held = await sellUncaptured(before, clock, count, Math.round(salesForMs / count));
  stripe.reach = 'nothing';
  await before.close();

  await clock.advance(startMs + outageMs - awakeBeforeMs - clock.nowMs());
  const desk = openBenchDesk(file, { clock, stripe });
  await clock.advance(startMs + outageMs - clock.nowMs());

  const order: string[] = [];
  stripe.onLeaving = ({ path: address }) => {
    const id = /(pi_\w+)\/capture$/.exec(address)?.[1];
    if (id !== undefined && !order.includes(id)) order.push(id);
  };
  stripe.travel = () => clock.sleep(travelMs, new AbortController().signal);
  stripe.reach = 'everything';
  const backMs = clock.nowMs();
  const isDone = (): boolean => held.every((id) => stripe.isCaptured(id));
  while (!isDone() && clock.nowMs() - backMs < limitMs) await clock.advance(stepMs);
  const tookMs = clock.nowMs() - backMs;
  const captured = held.filter((id) => stripe.isCaptured(id)).length;
  await desk.close();
  if (captured < held.length)
    throw new Error(`${captured} of ${held.length} were captured in an hour`);

  const how = `simulated: virtual clock, real Desk and file; ${count} captures lost within ${salesForMs / hourMs} h, the kiosk off in between, ${travelMs} ms a request`;
  return [
    {
      name: '47 h offline, until every capture is delivered',
      value: tookMs / 60_000,
      unit: 'min',
      target: { atMost: 5 },
      how,
    },
    {
      name: '47 h offline, captures that overtook one of a nearer deadline',
      value: overtaking(held, order),
      unit: 'captures',
      target: { atMost: 0 },
      how: `by more than the ${atOnce} that are under way at once; ${how}`,
    },
  ];
}

function overtaking(held: readonly string[], order: readonly string[]): number {
  const places = new Map(held.map((id, place) => [id, place]));
  let left = [...held.keys()];
  let count = 0;
  for (const id of order) {
    const place = places.get(id) ?? 0;
    if (left.indexOf(place) >= atOnce) count += 1;
    left = left.filter((other) => other !== place);
  }
  return count;
}
