import { type Money, stepOf } from './money.ts';

/**
 * An order that a selling platform made and this sale pays: a cart of Mariana Tek, an order of Commerce Layer. Its ids
 * are the platform's own texts, and mean nothing here.
 */
export interface PlatformOrder {
  readonly id: string;
  /** Paid from the member's account at the platform, and so not with the card. Minor units; zero for none. */
  readonly fromBalance: number;
  /** What may be paid from that account, as the order's code said. Minor units. */
  readonly balance: number;
  readonly userId: string | null;
  readonly partnerId: string | null;
}

/** Where a platform's order stands, in one word: `submitted` is paid and final there. */
export const platformStatuses = ['open', 'submitted', 'failed'] as const;

export type PlatformStatus = (typeof platformStatuses)[number];

/** What a platform said of its order when it was last asked. */
export interface PlatformFacts {
  readonly status: PlatformStatus;
  /** The order that came of it; null before. */
  readonly orderId: string | null;
  /** The platform's own words, for staff; null without any. */
  readonly error: string | null;
}

/**
 * The same order with so much of it paid from the account, minor units: never more than is there, and never all of the
 * total. What is left for the card is an amount that Stripe takes, as the total is.
 */
export function withBalance(order: PlatformOrder, wanted: number, total: Money): PlatformOrder {
  const step = stepOf(total.currency);
  const most = Math.min(wanted, order.balance, total.amount - step);
  const fromBalance = Math.max(0, Math.floor(most / step) * step);
  return { ...order, fromBalance };
}
