import { expect, it } from 'vitest';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import { defaultWaitLimits } from '../../main/domain/sale-waits.ts';
import { SaleTimers } from '../../main/services/sale-timers.ts';
import { after, at, attemptOf } from '../support/fakes/sales.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';

function timers() {
  const clock = new VirtualClock();
  const passed: SaleEvent[] = [];
  const running = new SaleTimers(clock, defaultWaitLimits, (_id, event) => passed.push(event));
  return { clock, passed, timers: running };
}

it('asks "still paying?" after 75 seconds without a card, not a moment sooner', async () => {
  const { clock, passed, timers: running } = timers();
  running.follow(at.awaitingCard());

  await clock.advance(74_999);
  expect(passed).toEqual([]);
  await clock.advance(1);

  expect(passed).toEqual([{ kind: 'time_passed', wait: 'awaiting_card' }]);
});

it('gives the customer at least 20 seconds to answer', () => {
  expect(defaultWaitLimits.stillPayingMs).toBeGreaterThanOrEqual(20_000);
});

it('lets an authorisation run for 90 seconds', async () => {
  const { clock, passed, timers: running } = timers();
  running.follow(at.authorizing());

  await clock.advance(89_999);
  expect(passed).toEqual([]);
  await clock.advance(1);

  expect(passed).toEqual([{ kind: 'time_passed', wait: 'authorizing' }]);
});

it('does not start a wait anew because something else was stored', async () => {
  const { clock, passed, timers: running } = timers();
  const sale = at.awaitingCard();
  running.follow(sale);
  await clock.advance(70_000);

  running.follow(after(sale, { kind: 'unanswered' }));
  await clock.advance(5_000);

  expect(passed).toHaveLength(1);
});

it('starts the wait anew for a customer who is still there', async () => {
  const { clock, passed, timers: running } = timers();
  const asked = after(at.awaitingCard(), { kind: 'time_passed', wait: 'awaiting_card' });
  running.follow(asked);
  await clock.advance(19_000);

  running.follow(after(asked, { kind: 'extended' }));
  await clock.advance(74_999);
  expect(passed).toEqual([]);
  await clock.advance(1);

  expect(passed).toEqual([{ kind: 'time_passed', wait: 'awaiting_card' }]);
});

it('stops the wait of a sale that has ended', async () => {
  const { clock, passed, timers: running } = timers();
  running.follow(at.awaitingCard());
  running.follow(at.canceled());

  await clock.advance(600_000);

  expect(passed).toEqual([]);
  expect(clock.sleeping).toBe(0);
});

it('times each processPayment of the same card by itself', async () => {
  const { clock, passed, timers: running } = timers();
  const first = at.authorizing();
  running.follow(first);
  await clock.advance(80_000);
  const { id } = attemptOf(first);
  const again = { ...first, attempt: { ...attemptOf(first), id, processCount: 2 } };

  running.follow(again);
  await clock.advance(80_000);

  expect(passed).toEqual([]);
});

it('does not notice when the wall clock is set', async () => {
  const { clock, passed, timers: running } = timers();
  running.follow(at.awaitingCard());

  clock.jumpWall(-86_400_000);
  await clock.advance(75_000);

  expect(passed).toHaveLength(1);
});

it('leaves nothing running when the kiosk closes', async () => {
  const { clock, passed, timers: running } = timers();
  running.follow(at.awaitingCard());

  running.close();
  await clock.advance(600_000);

  expect(passed).toEqual([]);
  expect(clock.sleeping).toBe(0);
});
