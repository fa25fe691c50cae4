import { describe, expect, it } from 'vitest';
import { type StaffHandlers, staffHandlers } from '../../main/ipc/staff-handlers.ts';
import type { StaffMoney } from '../../main/ipc/staff-money.ts';
import { StaffSession } from '../../main/ipc/staff-session.ts';
import type { Reconciler } from '../../main/services/reconciler.ts';
import type { SweepOutcome } from '../../main/services/sweep-round.ts';
import { type CommandName, commandNames } from '../../preload/contract/channels.ts';
import { goodRequests } from '../contract/good-requests.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';
import { FakePin } from './staff-pin-fake.ts';

const behindTheDoor = commandNames.filter((name) => /^(money|day|support):/.test(name));
const pin = '294716';

/** The handlers on a door of their own, with what they reach written down. */
function desk(hasPin = true) {
  const clock = new VirtualClock();
  const session = new StaffSession(new FakePin(hasPin ? pin : null), clock);
  const reached: string[] = [];
  const reach = (name: string): void => {
    reached.push(name);
  };
  const told = (name: string, value: unknown) => (): unknown => {
    reached.push(name);
    return value;
  };
  const recorded = { kind: 'refused', why: 'no_reason' };
  const approval: { lacks: 'no_reason' | 'proof_wrong' } = { lacks: 'no_reason' };
  const sweep: { outcome: SweepOutcome } = {
    outcome: { kind: 'complete', listed: 4, found: 1 },
  };
  const handlers = staffHandlers({
    session,
    money: {
      overview: told('overview', null),
      sales: told('sales', []),
      history: told('history', null),
      report: told('report', null),
    } as unknown as StaffMoney,
    reconciler: {
      recordTender: told('tender', recorded),
      close: told('close', { kind: 'refused', reasons: ['no_name'] }),
    } as unknown as Reconciler,
    decisions: {
      decide: () => {
        reach('decide');
        return Promise.resolve({ kind: 'refused', why: approval.lacks });
      },
    },
    sweepNow: () => {
      reach('sweep');
      return Promise.resolve(sweep.outcome);
    },
    look: () => {
      reach('look');
      return false;
    },
    hurry: () => {
      reach('hurry');
    },
    exportDay: () => {
      reach('export');
      return Promise.resolve('day.csv');
    },
    writeBundle: () => {
      reach('bundle');
      return Promise.resolve('bundle.zip');
    },
  });
  const ask = (name: CommandName): Promise<unknown> => {
    const handle = handlers[name as keyof StaffHandlers] as (request: unknown) => unknown;
    return Promise.resolve(handle(goodRequests[name]));
  };
  return { clock, session, reached, approval, sweep, ask };
}

const locked = { ok: false, error: { code: 'locked', retryable: false } };

describe('while the staff page is locked', () => {
  it.each(behindTheDoor)('%s is refused, and nothing is reached', async (name) => {
    const { ask, reached } = desk();

    expect(await ask(name)).toMatchObject(locked);

    expect(reached).toEqual([]);
  });

  it('these are all that money, days and support have', () => {
    expect(behindTheDoor.length).toBe(12);
  });

  it('the PIN can be asked about and tried', async () => {
    const { ask } = desk();

    expect(await ask('staff:status')).toMatchObject({ ok: true, value: { pin: 'set' } });
    expect(await ask('staff:unlock')).toMatchObject({ ok: true, value: { result: 'right' } });
  });

  it('a PIN that is there is not replaced, also not by who knows it', async () => {
    const { ask } = desk();

    expect(await ask('staff:set-pin')).toMatchObject(locked);
  });

  it('the first PIN is set by who comes first', async () => {
    const { ask } = desk(false);

    expect(await ask('staff:set-pin')).toMatchObject({ ok: true });
  });
});

describe('once the PIN was given', () => {
  it.each(behindTheDoor)('%s is carried out', async (name) => {
    const { ask, reached } = desk();
    await ask('staff:unlock');

    expect(await ask(name)).not.toMatchObject(locked);

    expect(reached.length).toBeGreaterThan(0);
  });

  it.each(behindTheDoor)('%s is refused again after staff have left', async (name) => {
    const { ask } = desk();
    await ask('staff:unlock');
    await ask('staff:lock');

    expect(await ask(name)).toMatchObject(locked);
  });

  it.each(behindTheDoor)('%s is refused again after two quiet minutes', async (name) => {
    const { ask, clock, reached } = desk();
    await ask('staff:unlock');
    await clock.advance(120_000);

    expect(await ask(name)).toMatchObject(locked);

    expect(reached).toEqual([]);
  });

  it('the overview, which a page asks for by itself, does not keep it open', async () => {
    const { ask, clock } = desk();
    await ask('staff:unlock');
    for (let asked = 0; asked < 23; asked += 1) {
      await clock.advance(5_000);
      expect(await ask('money:overview')).toMatchObject({ ok: true });
    }

    await clock.advance(5_000);

    expect(await ask('money:overview')).toMatchObject(locked);
  });

  it.each(behindTheDoor.filter((name) => name !== 'money:overview'))(
    '%s, which a person asks for, keeps it open',
    async (name) => {
      const { ask, clock, session } = desk();
      await ask('staff:unlock');
      await clock.advance(100_000);
      await ask(name);
      await clock.advance(100_000);

      expect(session.isUnlocked).toBe(true);
    },
  );

  it('a sale that is not there has no history and nothing to check', async () => {
    const { ask } = desk();
    await ask('staff:unlock');

    const notNow = { ok: false, error: { code: 'not_now' } };
    expect(await ask('money:history')).toMatchObject(notNow);
    expect(await ask('money:check')).toMatchObject(notNow);
  });

  it('what the books refuse is told in their own word', async () => {
    const { ask } = desk();
    await ask('staff:unlock');

    expect(await ask('money:decide')).toEqual({ ok: true, value: { result: 'no_reason' } });
    expect(await ask('money:tender')).toEqual({ ok: true, value: { result: 'no_reason' } });
    expect(await ask('day:close')).toEqual({
      ok: true,
      value: { kind: 'refused', reasons: ['no_name'] },
    });
  });

  it('a decision that nobody approved is told as such', async () => {
    const { ask, approval } = desk();
    await ask('staff:unlock');
    approval.lacks = 'proof_wrong';

    expect(await ask('money:decide')).toEqual({ ok: true, value: { result: 'proof_wrong' } });
  });

  it('a comparison that did not see everything says why', async () => {
    const { ask, sweep } = desk();
    await ask('staff:unlock');
    expect(await ask('money:sweep')).toEqual({
      ok: true,
      value: { kind: 'complete', listed: 4, found: 1 },
    });
    sweep.outcome = { kind: 'incomplete', why: 'unanswered', isSilence: true };

    expect(await ask('money:sweep')).toEqual({
      ok: true,
      value: { kind: 'incomplete', why: 'unanswered' },
    });
  });

  it('a file is told by its whole path', async () => {
    const { ask } = desk();
    await ask('staff:unlock');

    expect(await ask('day:export')).toEqual({ ok: true, value: { file: 'day.csv' } });
    expect(await ask('support:bundle')).toEqual({ ok: true, value: { file: 'bundle.zip' } });
  });
});
