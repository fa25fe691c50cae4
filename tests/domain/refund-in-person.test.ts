import { describe, expect, it } from 'vitest';
import {
  attemptIdOf,
  chargeId,
  paymentIntentId,
  refundId,
  stripeRefundId,
} from '../../main/domain/ids.ts';
import { money } from '../../main/domain/money.ts';
import {
  looksMax,
  newRefund,
  type Refund,
  type RefundFacts,
  wantsStaff,
} from '../../main/domain/refund.ts';
import { type RefundEvent, refundTransition } from '../../main/domain/refund-transition.ts';
import { ourKiosk, ourSale } from '../support/fakes/sales.ts';

const id = refundId('refund_0mi1kqbas00refund0001');
const attempt = attemptIdOf(id, 1);

function after(refund: Refund, ...events: RefundEvent[]): Refund {
  return events.reduce((now, event) => {
    const result = refundTransition(now, event);
    if (result.kind === 'ignored') throw new Error(`${event.kind}: ${result.why}`);
    return result.refund;
  }, refund);
}

/** The reader waits for the card that paid, and gives back as soon as it sees it. */
function atReader(): Refund {
  const { refund } = newRefund({
    id,
    kioskId: ourKiosk,
    saleId: ourSale,
    paymentIntentId: paymentIntentId('pi_0001'),
    chargeId: chargeId('ch_0001'),
    amount: money(500, 'cad'),
    reason: 'requested_by_customer',
    way: 'in_person',
    by: 'Ada',
    why: 'cancelled',
    approvedBy: 'Ada',
  });
  return after(
    refund,
    { kind: 'refunds_listed', refunds: [] },
    { kind: 'reader_called', attemptId: attempt, steps: 'one_step' },
    { kind: 'reader_prompted', attemptId: attempt },
  );
}

const given: RefundFacts = {
  id: stripeRefundId('re_0001'),
  status: 'succeeded',
  amount: 500,
  currency: 'cad',
  paymentIntentId: paymentIntentId('pi_0001'),
  failureReason: null,
  createdAtMs: 1,
  refundId: null,
  kioskId: null,
};

const wasTakenOff: RefundEvent = {
  kind: 'reader_finished',
  attemptId: attempt,
  hint: {
    kind: 'failed',
    code: 'canceled',
    declineCode: null,
    paymentIntentStatus: 'requires_payment_method',
  },
};

describe('a refund in person that staff stop', () => {
  it('is not said to be cancelled while the reader may still be giving back', () => {
    const stopped = after(atReader(), { kind: 'staff_stopped' });
    expect(stopped.state).toBe('finding_out');
    const nothingYet = after(stopped, { kind: 'refunds_listed', refunds: [] });
    expect(nothingYet.state).toBe('finding_out');
    expect(after(nothingYet, { kind: 'refunds_listed', refunds: [given] }).state).toBe('succeeded');
  });

  it('is cancelled once it is off the reader and a list shows nothing', () => {
    const off = after(atReader(), { kind: 'staff_stopped' }, wasTakenOff);
    const ended = after(off, { kind: 'refunds_listed', refunds: [] });
    expect(ended).toMatchObject({ state: 'canceled', problem: 'staff' });
  });

  it('is told from refunds that were there before', () => {
    const { refund } = newRefund({ ...atReader(), way: 'in_person' });
    const begun = after(
      refund,
      { kind: 'refunds_listed', refunds: [given] },
      { kind: 'reader_called', attemptId: attempt, steps: 'one_step' },
      { kind: 'reader_finished', attemptId: attempt, hint: { kind: 'processed' } },
    );
    expect(after(begun, { kind: 'refunds_listed', refunds: [given] }).state).toBe('finding_out');
    const second = { ...given, id: stripeRefundId('re_0002') };
    const found = after(begun, { kind: 'refunds_listed', refunds: [given, second] });
    expect(found.stripeRefund?.id).toBe('re_0002');
  });
});

describe('a refund in person of which nobody learns anything', () => {
  it('is put before staff after many looks, and only then can they close it', () => {
    let refund = after(atReader(), { kind: 'staff_stopped' });
    const acknowledge: RefundEvent = { kind: 'staff_acknowledged', by: 'Ada', why: 'not there' };
    expect(refundTransition(refund, acknowledge).kind).toBe('ignored');
    for (let looks = 0; looks <= looksMax; looks += 1) {
      refund = after(refund, { kind: 'refunds_listed', refunds: [] });
    }
    expect(wantsStaff(refund)).toBe(true);
    expect(after(refund, acknowledge)).toMatchObject({ state: 'canceled', problem: 'no_trace' });
  });
});
