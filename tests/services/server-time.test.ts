import { describe, expect, it } from 'vitest';
import { ServerTime } from '../../main/services/server-time.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';

const year = 365 * 24 * 3_600_000;
const stripesNow = Date.UTC(2026, 10, 20, 12, 0, 0);

describe('the time to reckon with', () => {
  it('is the machine’s until a reply has told Stripe’s', () => {
    const clock = new VirtualClock();
    const time = new ServerTime(clock);

    expect(time.nowMs()).toBe(clock.nowMs());
    expect(time.isKnown).toBe(false);
    expect(time.driftMs).toBeNull();
  });

  it('is Stripe’s on a machine whose clock stands in 1970', async () => {
    const clock = new VirtualClock(0);
    const time = new ServerTime(clock);

    time.heard(stripesNow);
    await clock.advance(90_000);

    expect(time.nowMs()).toBe(stripesNow + 90_000);
    expect(time.isKnown).toBe(true);
    expect(time.driftMs).toBe(-stripesNow);
  });

  it('goes on evenly while the machine’s clock is set ten years on, and back', async () => {
    const clock = new VirtualClock(stripesNow);
    const time = new ServerTime(clock);
    time.heard(stripesNow);

    clock.jumpWall(10 * year);
    await clock.advance(1_000);
    expect(time.nowMs()).toBe(stripesNow + 1_000);
    clock.jumpWall(-20 * year);
    await clock.advance(1_000);
    expect(time.nowMs()).toBe(stripesNow + 2_000);
  });

  it('has to be asked for again after the machine slept or its clock was set', () => {
    const clock = new VirtualClock(stripesNow);
    const time = new ServerTime(clock);
    time.heard(stripesNow);

    clock.jumpWall(30 * 3_600_000);
    expect(time.isKnown).toBe(false);
    time.heard(stripesNow + 30 * 3_600_000);

    expect(time.isKnown).toBe(true);
  });
});
