import { z } from 'zod';
import type { KeepingView, StoredCardView } from './cards.ts';
import type { MoneyView } from './money.ts';
import type { PlatformOrderView } from './orders.ts';
import type { ReceiptView } from './receipt.ts';

const saleId = z.string().regex(/^sale_[0-9a-z]{10,40}$/);
const attemptId = z.string().regex(/^att_[0-9a-z]{10,40}_\d{1,3}$/);

export const saleStartRequest = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        itemId: z.string().min(1).max(64),
        quantity: z.int().min(1).max(99),
      }),
    )
    .min(1)
    .max(50),
});

/** Names the sale on the screen, so that a late tap never acts on the next customer's sale. */
export const saleRequest = z.strictObject({ saleId });

/** Names the attempt as well: a late answer of an old attempt is dropped. */
export const attemptRequest = z.strictObject({ saleId, attemptId });

export { attemptId as attemptIdSchema, saleId as saleIdSchema };

export interface SaleStarted {
  readonly saleId: string;
}

/** The states of a sale; the same words in code, database and JSON. */
export type SaleStateView =
  | 'open'
  | 'creating'
  | 'presenting'
  | 'authorizing'
  | 'authorized'
  | 'capturing'
  | 'paid'
  | 'finding_out'
  | 'canceling'
  | 'canceled'
  | 'expired'
  | 'needs_staff';

/** Where in `presenting` the customer is. */
export type PresentingStage =
  /** The reader has been told and has not answered yet. */
  | 'waking_reader'
  | 'awaiting_card'
  /** The card has been awaited long; the payment is cancelled in `stillPayingMs` unless extended. */
  | 'still_paying'
  /** The card is read and the customer may still change their mind (optional step). */
  | 'card_read'
  /** The last card was declined; another may be tried on the same PaymentIntent. */
  | 'declined';

/** Why a sale is being or was cancelled. */
export type CancelReason =
  | 'customer'
  | 'customer_on_reader'
  | 'timeout'
  | 'reader_unavailable'
  | 'reader_in_use'
  | 'reader_busy'
  | 'stripe_unavailable'
  | 'stripe_refused'
  | 'not_confirmed'
  | 'canceled_elsewhere'
  | 'kiosk_restarted'
  | 'amounts_disagree'
  | 'paid_elsewhere'
  | 'staff'
  | 'card_declined'
  | 'consent_revoked'
  | 'wait_expired';

/** Reasons for a decline that may be shown. Fraud, lost and stolen are never among them. */
export type DeclineReason =
  | 'declined'
  | 'insufficient_funds'
  | 'expired_card'
  | 'incorrect_pin'
  | 'insert_card'
  | 'try_again'
  | 'authentication_required'
  | 'not_read'
  | 'connection_lost'
  | 'prompt_replaced';

export interface SaleLineView {
  readonly itemId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: MoneyView;
  readonly total: MoneyView;
}

export interface TaxLineView {
  readonly label: string;
  readonly amount: MoneyView;
  /** True when the prices above already contain it. */
  readonly included: boolean;
}

export interface SaleView {
  readonly id: string;
  /** Four characters the customer can read out to staff, such as `7F3K`. */
  readonly code: string;
  readonly state: SaleStateView;
  /** Null outside `presenting`. */
  readonly stage: PresentingStage | null;
  readonly attemptId: string | null;
  readonly lines: readonly SaleLineView[];
  readonly subtotal: MoneyView;
  readonly taxes: readonly TaxLineView[];
  /** What the card pays: without what the member's account at the platform pays. */
  readonly total: MoneyView;
  /** Of the whole order; the same as `total` where nothing else pays of it. */
  readonly orderTotal: MoneyView;
  /** Null where no platform's order is paid. */
  readonly platformOrder: PlatformOrderView | null;
  /** An order must be named before it can be paid. */
  readonly needsOrder: boolean;
  /** False once an authorisation may be on its way. */
  readonly canCancel: boolean;
  /** The present state has lasted: explain more, and let the customer leave with the code. */
  readonly lingering: boolean;
  readonly cancelReason: CancelReason | null;
  /** Of a sale that staff must see: whether this kiosk has charged the card, as far as it was read. */
  readonly charged?: 'yes' | 'no' | 'not_known';
  /** True only when a read has proved it. Without it no screen says "nothing was charged". */
  readonly provedNotCharged: boolean;
  readonly decline: DeclineReason | null;
  /** Repeated timeouts: say that the kiosk has trouble reaching the network. */
  readonly connectivityTrouble: boolean;
  /** Present from `paid` on. */
  readonly receipt: ReceiptView | null;
  /** The customer agreed that the card is kept; null when not. */
  readonly keeping: KeepingView | null;
  /** A card on file pays; null when a card is tapped. */
  readonly storedCard: StoredCardView | null;
}
