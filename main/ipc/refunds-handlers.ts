import type { RefundAnswer } from '../../preload/contract/refunds.ts';
import { refundId, type SaleId, saleId } from '../domain/ids.ts';
import type { Sale } from '../domain/sale.ts';
import type { RefundOutcome, Refunds } from '../services/refunds/refunds.ts';
import { behindThePin } from './behind-the-pin.ts';
import { refundOfferView, refundView } from './refund-views.ts';
import { done, type Handlers, refused } from './router.ts';
import type { StaffSession } from './staff-session.ts';

export type RefundsHandlers = Pick<
  Handlers,
  | 'refunds:offer'
  | 'refunds:ask'
  | 'refunds:list'
  | 'refunds:check'
  | 'refunds:stop'
  | 'refunds:acknowledge'
>;

export interface RefundsHandlersOptions {
  readonly session: StaffSession;
  readonly refunds: Pick<Refunds, 'offer' | 'ask' | 'list' | 'check' | 'stop' | 'acknowledge'>;
  /** Null for one that is not stored, or whose record can't be believed. */
  readonly findSale: (id: SaleId) => Sale | null;
  /** When the running day began, epoch milliseconds. */
  readonly dayFromMs: () => number;
  /** The studio wants the PIN once more. */
  readonly asksProof: boolean;
}

/** What staff can ask about money given back. Everything is refused until main has seen the PIN. */
export function refundsHandlers(options: RefundsHandlersOptions): RefundsHandlers {
  const { session, refunds, findSale, dayFromMs, asksProof } = options;
  const unlocked = behindThePin(session);

  function answer(outcome: RefundOutcome): RefundAnswer {
    if (outcome.kind === 'refused') return outcome;
    const { refund } = outcome;
    return { kind: 'asked', refund: refundView(refund, findSale(refund.refund.saleId)) };
  }

  return {
    'refunds:offer': unlocked<'refunds:offer'>((request) => {
      const id = saleId(request.saleId);
      const sale = findSale(id);
      const offer = sale === null ? null : refunds.offer(id);
      if (sale === null || offer === null) return refused('not_now');
      return done(refundOfferView(sale, offer, asksProof));
    }),
    'refunds:ask': unlocked<'refunds:ask'>(async (request) =>
      done(answer(await refunds.ask({ ...request, saleId: saleId(request.saleId) }))),
    ),
    // The page asks for it by itself, over and over.
    'refunds:list': unlocked<'refunds:list'>(
      () =>
        done(
          refunds
            .list(dayFromMs())
            .map((stored) => refundView(stored, findSale(stored.refund.saleId))),
        ),
      false,
    ),
    'refunds:check': unlocked<'refunds:check'>((request) =>
      refunds.check(refundId(request.refundId)) ? done(null) : refused('not_now'),
    ),
    'refunds:stop': unlocked<'refunds:stop'>((request) =>
      done(answer(refunds.stop(refundId(request.refundId)))),
    ),
    'refunds:acknowledge': unlocked<'refunds:acknowledge'>(({ refundId: id, by, why }) =>
      done(answer(refunds.acknowledge(refundId(id), by, why))),
    ),
  };
}
