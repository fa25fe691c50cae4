import type { SaleEvent } from './sale-event.ts';
import type { Sale } from './sale.ts';
import { dropCard, giveUp, ignore, move, saveCard, type Transition } from './sale-moves.ts';
import { allowedDecisions, mayRecordTender, mayTake } from './staff.ts';

type StaffEvent = Extract<SaleEvent, { by: string }>;

/** What staff said about a sale: refused, by being ignored, where it could move money that nobody has proved. */
export function staffEvent(sale: Sale, event: StaffEvent): Transition {
  return event.kind === 'tender_recorded' ? tenderRecorded(sale, event) : decided(sale, event);
}

/** Paid otherwise: whatever this sale still holds on a card is released (P6). */
function tenderRecorded(
  sale: Sale,
  { tender }: Extract<StaffEvent, { kind: 'tender_recorded' }>,
): Transition {
  if (!mayRecordTender(sale)) return ignore('no tender can be recorded for it now');
  const tendered: Sale = { ...sale, tender };
  const status = sale.paymentIntent?.status ?? 'canceled';
  return status === 'canceled' ? move(tendered, {}) : giveUp(tendered, 'paid_elsewhere');
}

function decided(
  before: Sale,
  { decision, amount }: Extract<StaffEvent, { kind: 'staff_decided' }>,
): Transition {
  if (!allowedDecisions(before).includes(decision)) return ignore('that can’t be decided now');
  const sale: Sale = { ...before, staffDecision: decision };
  switch (decision) {
    case 'capture':
    case 'capture_part': {
      const part = decision === 'capture_part' ? (amount ?? 0) : undefined;
      if (!mayTake(before, part)) return ignore('that much can’t be taken');
      const ordinal = sale.ordinals.capture + 1;
      return move(
        sale,
        {
          state: 'authorized',
          staffReason: null,
          completed: true,
          unsettledStep: null,
          ordinals: { ...sale.ordinals, capture: ordinal },
          ...(part === undefined ? {} : { captureAmount: part }),
        },
        [{ kind: 'payment_intent.capture', ordinal, afterMs: 0 }],
      );
    }
    case 'cancel':
      return giveUp({ ...sale, staffReason: null }, 'staff');
    case 'accept':
      return move(sale, { state: 'paid', staffReason: null, completed: true }, saveCard(sale));
    case 'close':
      return move(sale, {}, mayDropCard(sale) ? dropCard(sale) : []);
  }
}

/** Money that nobody wanted: neither is its card. What is another's is not touched (P10), and a paid sale keeps its own. */
function mayDropCard({ state, staffReason }: Sale): boolean {
  return state === 'needs_staff' && staffReason !== 'not_ours';
}
