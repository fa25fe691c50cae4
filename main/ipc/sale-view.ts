import type { SaleView } from '../../preload/contract/sale.ts';
import type { ReceiptView } from '../../preload/contract/receipt.ts';
import type { CardsOfSale } from './cards-snapshot.ts';
import {
  type AttemptStage,
  codeOf,
  hasConnectivityTrouble,
  mayCancel,
  provedNotCharged,
  type Sale,
  totalOf,
} from '../domain/sale.ts';

/** What the screen needs of a sale; client secrets and Stripe's own status are not among it. */
export function saleView(
  sale: Sale,
  receipt: ReceiptView | null,
  cards: CardsOfSale,
  needsOrder = false,
): SaleView {
  return {
    id: sale.id,
    code: codeOf(sale),
    state: sale.state,
    stage: stageOf(sale),
    attemptId: sale.attempt?.id ?? null,
    lines: sale.order.lines,
    subtotal: sale.order.subtotal,
    taxes: sale.order.taxes,
    total: totalOf(sale),
    orderTotal: sale.order.total,
    platformOrder: platformOrderView(sale),
    needsOrder: needsOrder && sale.platformOrder === undefined,
    canCancel: mayCancel(sale),
    lingering: sale.lingering,
    cancelReason: sale.cancelReason,
    charged: chargedWord(sale),
    provedNotCharged: provedNotCharged(sale),
    decline: sale.decline,
    connectivityTrouble: hasConnectivityTrouble(sale),
    receipt,
    ...cards,
  };
}

/** What is not seen any more, or was not seen to its end, is not known. */
function chargedWord({ paymentIntent, staffReason }: Sale): NonNullable<SaleView['charged']> {
  if (paymentIntent === null || staffReason === 'order_paid_otherwise') return 'no';
  const { status, unseen } = paymentIntent;
  const hasMoney = status === 'succeeded' || status === 'requires_capture';
  return hasMoney && unseen !== true ? 'yes' : 'not_known';
}

function platformOrderView({ platformOrder, order }: Sale): SaleView['platformOrder'] {
  if (platformOrder === undefined) return null;
  const { currency } = order.total;
  const { id, balance, fromBalance } = platformOrder;
  return {
    id,
    balance: { amount: balance, currency },
    fromBalance: { amount: fromBalance, currency },
  };
}

const stages: Readonly<Record<AttemptStage, SaleView['stage']>> = {
  sent: 'waking_reader',
  awaiting_card: 'awaiting_card',
  still_paying: 'still_paying',
  card_read: 'card_read',
  processing: null,
};

function stageOf(sale: Sale): SaleView['stage'] {
  if (sale.state !== 'presenting') return null;
  return sale.attempt === null ? 'declined' : stages[sale.attempt.stage];
}
