import type { DecisionAnswer } from '../../preload/contract/staff.ts';
import { type SaleId, saleId } from '../domain/ids.ts';
import type { Reconciler } from '../services/reconciler.ts';
import type { ApprovedDecisions, ApprovedOutcome } from '../services/refunds/approved-decisions.ts';
import type { SweepOutcome } from '../services/sweep-round.ts';
import { behindThePin } from './behind-the-pin.ts';
import { done, type Handler, type Handlers, refused } from './router.ts';
import type { StaffMoney } from './staff-money.ts';
import type { StaffSession } from './staff-session.ts';

export type StaffHandlers = Pick<
  Handlers,
  | 'staff:status'
  | 'staff:set-pin'
  | 'staff:unlock'
  | 'staff:lock'
  | 'staff:touch'
  | 'money:overview'
  | 'money:sales'
  | 'money:history'
  | 'money:decide'
  | 'money:tender'
  | 'money:check'
  | 'money:retry'
  | 'money:sweep'
  | 'day:report'
  | 'day:close'
  | 'day:export'
  | 'support:bundle'
>;

export interface StaffHandlersOptions {
  readonly session: StaffSession;
  readonly money: StaffMoney;
  readonly reconciler: Reconciler;
  /** What staff decide, with the approval it may need. */
  readonly decisions: Pick<ApprovedDecisions, 'decide'>;
  readonly sweepNow: () => Promise<SweepOutcome>;
  /** Asks for a read of the sale's PaymentIntent; false when there is none. */
  readonly look: (id: SaleId) => boolean;
  /** Tries everything that waits, now. */
  readonly hurry: () => void;
  /** Writes the running day as CSV; resolves with the file's path. */
  readonly exportDay: () => Promise<string>;
  /** Writes a support bundle; resolves with the file's path. */
  readonly writeBundle: () => Promise<string>;
}

/** What staff can ask. Everything but the PIN itself is refused until main has seen the PIN. */
export function staffHandlers(options: StaffHandlersOptions): StaffHandlers {
  const { session, money, reconciler } = options;

  const unlocked = behindThePin(session);

  const setPin: Handler<'staff:set-pin'> = async ({ pin, current }) => {
    const isFirst = session.status().pin === 'not_set';
    if (!isFirst && !session.isUnlocked) return refused('locked');
    return done(await session.setPin(pin, current));
  };

  return {
    'staff:status': () => done(session.status()),
    'staff:set-pin': setPin,
    'staff:unlock': async ({ pin }) => done(await session.unlock(pin)),
    'staff:lock': () => {
      session.lock();
      return done(null);
    },
    // A person types: nothing is asked for, and the page stays open.
    'staff:touch': unlocked<'staff:touch'>(() => done(null)),
    'money:overview': unlocked<'money:overview'>(() => done(money.overview()), false),
    'money:sales': unlocked<'money:sales'>(({ search }) => done({ rows: money.sales(search) })),
    'money:history': unlocked<'money:history'>(({ saleId: id }) => {
      const history = money.history(id);
      return history === null ? refused('not_now') : done(history);
    }),
    'money:decide': unlocked<'money:decide'>(async (request) =>
      done(
        recorded(await options.decisions.decide({ ...request, saleId: saleId(request.saleId) })),
      ),
    ),
    'money:tender': unlocked<'money:tender'>(({ saleId: id, tender, by, why }) =>
      done(recorded(reconciler.recordTender(saleId(id), tender, by, why))),
    ),
    'money:check': unlocked<'money:check'>(({ saleId: id }) =>
      options.look(saleId(id)) ? done(null) : refused('not_now'),
    ),
    'money:retry': unlocked<'money:retry'>(() => {
      options.hurry();
      return done(null);
    }),
    'money:sweep': unlocked<'money:sweep'>(async () => {
      const outcome = await options.sweepNow();
      if (outcome.kind === 'incomplete') return done({ kind: 'incomplete', why: outcome.why });
      return done({ kind: 'complete', listed: outcome.listed, found: outcome.found });
    }),
    'day:report': unlocked<'day:report'>(() => done(money.report())),
    'day:close': unlocked<'day:close'>(async ({ by }) => {
      const outcome = await reconciler.close(by);
      if (outcome.kind === 'refused') return done(outcome);
      return done({ kind: 'closed', atMs: outcome.close.atMs });
    }),
    'day:export': unlocked<'day:export'>(async () => done({ file: await options.exportDay() })),
    'support:bundle': unlocked<'support:bundle'>(async () =>
      done({ file: await options.writeBundle() }),
    ),
  };
}

function recorded(outcome: ApprovedOutcome): DecisionAnswer {
  return { result: outcome.kind === 'recorded' ? 'recorded' : outcome.why };
}
