import type { Abilities } from '../../../main/ports/abilities.ts';
import type { ModelOrder } from '../platforms/model-orders.ts';
import { holdsMoney, type LedgerEntry, type ModelIntent } from '../stripe/payment-intents.ts';
import type { Request } from '../wire/transit.ts';
import type { Evidence } from './evidence.ts';
import type { FileView, SaleInFile } from './file-view.ts';

/** By what a system without keys counts its creates: the platform's order, and without one the sale. */
function paidThing({ orderId, saleId }: Request): string {
  return orderId ?? saleId ?? '';
}

/**
 * A create is about to leave for a system that knows no keys. Another for the same order may have left only if it was
 * refused, or if what it made was read as canceled.
 */
export function judgeOrderCreate(evidence: Evidence, request: Request): void {
  const { abilities, verdicts, wire } = evidence;
  if (request.call !== 'create') return;
  verdicts.check('O1', abilities.order === 'none' || request.orderId !== undefined, () => {
    return `${request.saleId ?? ''} is created without the order that it pays`;
  });
  if (abilities.idempotency === 'keys') return;
  const thing = paidThing(request);
  const before = wire.createsOf(thing).find(({ saleId, wasRefused }) => {
    return !wasRefused && !isGone(evidence, saleId) && !isForgotten(evidence, saleId);
  });
  verdicts.check('O1', before === undefined, () => {
    return `a PaymentIntent is asked for ${thing} although ${before?.saleId ?? ''} has asked for one`;
  });
  wire.createOfOrderLeft(thing, request.saleId ?? '');
}

/** What it made was read as canceled, and nothing can come of it any more. What a platform settles is never gone. */
function isGone({ file, wire, stripe, abilities }: Evidence, saleId: string): boolean {
  if (isSettledByPlatform(abilities)) return false;
  if (wire.wasEnded(saleId)) return true;
  const its = file()?.sale(saleId)?.payment_intent_id ?? null;
  const intent = [...stripe.intents.all.values()].find(({ id }) => id === its);
  return intent !== undefined && wire.hasShown(intent.id, 'canceled');
}

/** The file that knew of it is lost: nobody at the kiosk can know that the order was tried before. */
export function isForgotten({ runOf }: Evidence, saleId: string): boolean {
  const run = runOf(saleId);
  return run !== null && (!run.isStored || run.wasLost || run.wasRestored);
}

/** Asked at every change of the payment system's ledger. */
export function judgeOrderEntry(
  evidence: Evidence,
  intent: ModelIntent,
  { what }: LedgerEntry,
): void {
  const { orders, verdicts, runOf, abilities } = evidence;
  if (what !== 'authorized') return;
  const wasMadeByPlatform = intent.history.some((entry) => {
    return entry.what === 'created' && entry.by === 'platform';
  });
  if (wasMadeByPlatform) {
    verdicts.check('O1', intent.saleId !== null, () => {
      return `${intent.id}, which nobody knows what it is for, was charged`;
    });
  }
  const order = orders.orderOf(intent);
  if (order === null) return;
  const charged = order.intents.filter((one) => holdsMoney(one));
  const isKnown = charged.every((one) => !isForgotten(evidence, one.saleId ?? ''));
  verdicts.check('O1', charged.length <= 1 || !isKnown, () => {
    return `${order.id} is charged on ${charged.map(({ id }) => id).join(' and ')}`;
  });
  if (abilities.accountBalance && !isMeddledWith(intent)) {
    const run = runOf(intent.saleId ?? '');
    const due = run?.due?.amount ?? order.total;
    verdicts.check('P8', intent.amount === due, () => {
      return `${String(intent.amount)} of ${order.id} is charged, and ${String(due)} was to be paid by card`;
    });
  }
}

function isMeddledWith({ history }: ModelIntent): boolean {
  return history.some(({ what }) => what === 'amount_changed');
}

/**
 * Somebody changed the amount, and the secret with which the kiosk could have seen it is lost: then the platform's word
 * is all there is. True as well where the amount is right.
 */
export function hasAmount(
  intent: ModelIntent,
  { due, isUnseen }: { readonly due: number; readonly isUnseen: boolean },
): boolean {
  return intent.amountReceived === due || (isUnseen && isMeddledWith(intent));
}

/** Asked of the row of a sale that a platform settles, after a commit that touched it. */
export function judgeSettled(evidence: Evidence, sale: SaleInFile): void {
  const { verdicts, wire, stripe, kioskId } = evidence;
  const { id, state } = sale;
  const order = orderOf(evidence, sale);
  const intents = [...stripe.intents.all.values()].filter((one) => {
    return one.saleId === id && one.kioskId === kioskId;
  });
  const charged = intents.find(holdsMoney);
  if (state === 'paid') {
    verdicts.check('O2', order?.status === 'submitted', () => {
      return `${id} is paid in the file while its order is ${order?.status ?? 'unknown'}`;
    });
    verdicts.check('O2', wire.hasToldOrder(id, 'submitted'), () => {
      return `${id} became paid before the platform had said so`;
    });
  }
  if (state === 'capturing') {
    verdicts.check('O2', wasShownCharged(evidence, intents), () => {
      return `${id} is called charged before that was read`;
    });
  }
  if (state === 'authorized' || state === 'expired') {
    verdicts.check('O2', false, () => `${id} is ${state}, which only a hold of ours can be`);
  }
  if (state === 'canceled') {
    verdicts.check('O3', charged === undefined, () => {
      return `${id} is canceled in the file while ${charged?.id ?? ''} of its order is charged`;
    });
    const mayPay = sale.payment_intent_id === null || wire.hasAskedOrder(id);
    verdicts.check('O3', mayPay, () => `${id} is canceled, and the platform was not asked`);
  }
}

function wasShownCharged({ wire }: Evidence, intents: readonly ModelIntent[]): boolean {
  return intents.some(({ id }) => {
    return wire.hasShown(id, 'succeeded') || wire.hasShown(id, 'requires_capture');
  });
}

/** A record is about to leave: only after a look since the last one has found none. */
export function judgeRecord({ verdicts, wire, file }: Evidence, request: Request): void {
  if (request.call !== 'record') return;
  const saleId = request.saleId ?? '';
  verdicts.check('O4', wire.mayRecord(saleId), () => {
    return `the payment of ${saleId} is recorded although no look has shown that it is not`;
  });
  const state = file()?.sale(saleId)?.state ?? 'unknown';
  verdicts.check('O4', state === 'paid', () => {
    return `the payment of ${saleId} is recorded while it is ${state}`;
  });
}

/** Asked when everything has ended: what was charged is paid, or staff know of it. */
export function judgeOrdersAtEnd(evidence: Evidence, view: FileView): void {
  const { orders, abilities, verdicts } = evidence;
  const sales = new Map(view.sales().map((sale) => [sale.id, sale]));
  for (const sale of sales.values()) {
    balanceAddsUp(evidence, sale);
    if (abilities.recordsOrder) judgeRecorded(evidence, sale);
  }
  if (!isSettledByPlatform(abilities)) return;
  for (const order of orders.all.values()) {
    for (const intent of order.intents.filter((one) => holdsMoney(one))) {
      const saleId = intent.saleId ?? '';
      if (isForgotten(evidence, saleId) && !sales.has(saleId)) continue;
      const state = sales.get(saleId)?.state ?? 'unknown';
      const isTold = state === 'needs_staff' || view.quarantined().has(saleId);
      const isPaid = state === 'paid' && order.status === 'submitted';
      verdicts.check('O3', isPaid || isTold, () => {
        return `${order.id} is ${order.status} and charged, while ${saleId} is ${state}`;
      });
    }
  }
}

/** What the account pays and what the card pays are the order's total (P8). */
function balanceAddsUp({ verdicts, runOf, abilities }: Evidence, sale: SaleInFile): void {
  const run = runOf(sale.id);
  if (!abilities.accountBalance || run?.total == null || run.wasLost) return;
  const fromBalance = Number(/"fromBalance":(\d+)/.exec(sale.record)?.[1] ?? 0);
  const total = run.total.amount;
  verdicts.check('P8', sale.amount + fromBalance === total, () => {
    return `${sale.id} is ${String(sale.amount)} by card and ${String(fromBalance)} from the account, and costs ${String(total)}`;
  });
  const has = run.plan.order?.balance ?? 0;
  verdicts.check('P8', fromBalance <= has && sale.amount > 0, () => {
    return `${sale.id} takes ${String(fromBalance)} from an account of ${String(has)}`;
  });
}

function judgeRecorded({ verdicts, orders, runOf, wire }: Evidence, sale: SaleInFile): void {
  const its = orders.records.filter(({ reference }) => reference === sale.id);
  // Staff who keep a payment that was not, or not so, recorded have been told; and with a lost record its order is lost.
  const isTold = sale.record.includes('"staffDecision":"accept"');
  if (sale.state === 'paid' && !isTold && runOf(sale.id)?.wasLost !== true) {
    const first = its[0];
    verdicts.check('O4', first?.agrees === true, () => {
      const is = first === undefined ? 'not recorded' : 'recorded with another amount';
      return `${sale.id} is paid, and that is ${is} with its order`;
    });
  }
  // What was still on its way when it was given up may arrive after the next look.
  const mayArriveLate = runOf(sale.id)?.plan.faults.some((fault) => {
    return 'call' in fault && fault.call === 'record' && arrivesLate.has(fault.kind);
  });
  verdicts.check('O4', its.length <= 1 || mayArriveLate === true, () => {
    return `${sale.id} is recorded ${String(its.length)} times, and was told ${String(wire.recordsLeft(sale.id))} times`;
  });
}

const arrivesLate: ReadonlySet<string> = new Set([
  'request_late',
  'request_twice',
  'worked_on_long',
]);

export function isSettledByPlatform({ settles }: Abilities): boolean {
  return settles === 'platform';
}

function orderOf({ orders }: Evidence, { record }: SaleInFile): ModelOrder | null {
  const id = /"platformOrder":\{"id":"([^"]+)"/.exec(record)?.[1];
  return id === undefined ? null : (orders.all.get(id) ?? null);
}
