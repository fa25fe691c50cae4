import { describe, expect, it } from 'vitest';
import { idlePlan } from '../../../renderer/state/idle-plan.ts';
import { aSale, aSnapshot } from '../support/snapshots.ts';

const snapshot = aSnapshot();

describe('how long a screen waits', () => {
  it('leaves paying to the clocks of main', () => {
    for (const screen of ['starting', 'present', 'confirm', 'declined', 'finding_out'] as const) {
      expect(idlePlan(screen, aSnapshot({ sale: aSale({ state: 'presenting' }) }))).toBeNull();
    }
  });

  it('asks for at least twenty seconds, whatever the settings say', () => {
    const hasty = aSnapshot({ timings: { ...snapshot.timings, idleWarningMs: 3_000 } });

    expect(idlePlan('choose', hasty)?.warningMs).toBe(20_000);
  });

  it('gives a form twice the time', () => {
    expect(idlePlan('email', snapshot)?.quietMs).toBe(120_000);
  });

  it('lets the next customer in when an outcome takes long and nobody is there', () => {
    const long = aSnapshot({ sale: aSale({ state: 'finding_out', lingering: true }) });

    expect(idlePlan('finding_out', long)?.quietMs).toBe(120_000);
  });
});
