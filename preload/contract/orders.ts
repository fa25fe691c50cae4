import { z } from 'zod';
import type { MoneyView } from './money.ts';
import { saleIdSchema } from './sale.ts';

/** As scanned, typed or opened as a link; main reads it. */
const code = z.string().trim().min(1).max(500);

/** Opens a sale for an order that the platform made, with the total its code says. */
export const orderOpenRequest = z.strictObject({ code });
/** Says which order the sale at review pays. */
export const orderAttachRequest = z.strictObject({ saleId: saleIdSchema, code });
/** Pays as much as possible, or nothing, of the order from the member's account at the platform. */
export const orderBalanceRequest = z.strictObject({ saleId: saleIdSchema, use: z.boolean() });

/** Why an order can't be paid here now. */
export type OrderRefusal =
  /** It is no order's code. */
  | 'not_a_code'
  /** The system behind this kiosk knows no orders. */
  | 'no_orders_here'
  /** The code does not say what the order costs, and nothing has been chosen. */
  | 'no_total'
  /** What it costs is not what was chosen here. */
  | 'other_total'
  /** It may have been paid already: the studio must make another. */
  | 'spent'
  /** Another sale is on the screen, or the kiosk is closed. */
  | 'not_now';

export type OrderAnswer =
  | { readonly kind: 'done'; readonly saleId: string }
  | { readonly kind: 'refused'; readonly why: OrderRefusal };

/** The order at the platform that a sale pays. */
export interface PlatformOrderView {
  readonly id: string;
  /** What may be paid from the member's account there; zero where nothing may. */
  readonly balance: MoneyView;
  readonly fromBalance: MoneyView;
}
