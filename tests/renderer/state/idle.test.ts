import { describe, expect, it } from 'vitest';
import { IdleState } from '../../../renderer/state/idle.svelte.ts';
import { FakeTimers } from '../support/fake-timers.ts';

function watched(): { timers: FakeTimers; idle: IdleState; left: number[] } {
  const timers = new FakeTimers();
  const left: number[] = [];
  const idle = new IdleState(timers, () => left.push(timers.now()));
  return { timers, idle, left };
}

describe('the idle watch', () => {
  it('asks after the quiet time, for twenty seconds, and then leaves', () => {
    const { timers, idle, left } = watched();
    idle.follow({ quietMs: 60_000, warningMs: 20_000 });

    timers.pass(60_000);
    expect(idle.secondsLeft).toBe(20);
    timers.pass(19_000);
    expect(idle.secondsLeft).toBe(1);
    expect(left).toEqual([]);
    timers.pass(1_000);

    expect(left).toEqual([80_000]);
    expect(idle.secondsLeft).toBeNull();
  });

  it('does not ask while somebody stirs', () => {
    const { timers, idle, left } = watched();
    idle.follow({ quietMs: 60_000, warningMs: 20_000 });

    for (let minute = 0; minute < 30; minute += 1) {
      timers.pass(59_000);
      idle.stir();
    }

    expect(idle.secondsLeft).toBeNull();
    expect(left).toEqual([]);
  });

  it('gives the whole time again to whoever answers, as often as they like', () => {
    const { timers, idle, left } = watched();
    idle.follow({ quietMs: 60_000, warningMs: 20_000 });

    for (let answer = 0; answer < 12; answer += 1) {
      timers.pass(75_000);
      expect(idle.secondsLeft).toBe(5);
      idle.stir();
      expect(idle.secondsLeft).toBeNull();
    }

    expect(left).toEqual([]);
  });

  it('leaves a result without asking', () => {
    const { timers, idle, left } = watched();
    idle.follow({ quietMs: 20_000, warningMs: null });

    timers.pass(20_000);

    expect(left).toEqual([20_000]);
  });

  it('never leaves a screen it does not watch', () => {
    const { timers, idle, left } = watched();
    idle.follow({ quietMs: 60_000, warningMs: 20_000 });
    idle.follow(null);

    idle.stir();
    timers.pass(3_600_000);

    expect(left).toEqual([]);
  });
});
