import { type DeclineReason, wasAnsweredByBank } from './decline.ts';
import {
  type AttemptId,
  type ChargeId,
  type ConsentId,
  type CustomerId,
  type KioskId,
  type MemberKey,
  type PaymentIntentId,
  type PaymentMethodId,
  type SaleId,
  shortCode,
} from './ids.ts';
import type { Money } from './money.ts';
import type { Order } from './order.ts';
import type { PaymentIntentFacts } from './payment-intent.ts';
import type { PlatformOrder } from './platform-order.ts';
import type { Step } from './sale-event.ts';

/** The states of a sale; the same words in code, database and JSON. */
export const saleStates = [
  'open',
  'creating',
  'presenting',
  'authorizing',
  'authorized',
  'capturing',
  'paid',
  'finding_out',
  'canceling',
  'canceled',
  'expired',
  'needs_staff',
] as const;

export type SaleState = (typeof saleStates)[number];

/** States that nothing of ours leaves any more. */
export function isFinal(state: SaleState): boolean {
  return state === 'paid' || state === 'canceled' || state === 'expired' || state === 'needs_staff';
}

export const cancelReasons = [
  'customer',
  'customer_on_reader',
  'timeout',
  'reader_unavailable',
  /** Another till's payment is on the reader. */
  'reader_in_use',
  /** The reader updates itself, or does something else that can't be interrupted. */
  'reader_busy',
  'stripe_unavailable',
  'stripe_refused',
  'not_confirmed',
  'canceled_elsewhere',
  'kiosk_restarted',
  'amounts_disagree',
  /** Staff recorded that it was paid in cash or otherwise. */
  'paid_elsewhere',
  /** Staff released the hold. */
  'staff',
  /** The card on file was declined, and nobody was there to pay with another. */
  'card_declined',
  /** The member took back the consent to charge the card on file before it was charged. */
  'consent_revoked',
  /** The charge to a card on file waited for the network longer than it was meant to. */
  'wait_expired',
] as const;

export type CancelReason = (typeof cancelReasons)[number];

/** Why a person must decide. */
export const staffReasons = [
  /** Stripe's amount or currency is not the sale's (P8). */
  'amounts_disagree',
  /** The PaymentIntent is not this kiosk's (P10) or is gone. */
  'not_ours',
  /** Stripe refused the capture for good while the hold stands. */
  'capture_refused',
  /** Money was taken although the sale is cancelled in our file. */
  'paid_after_cancel',
  /** Stripe refuses to let us read or cancel. */
  'stripe_refused',
  /** Found at Stripe under this kiosk's id; its record is gone with a lost database. */
  'record_lost',
  /** Its record was damaged and could not be proved from its journal. */
  'record_damaged',
  /** The card was charged, or may have been, and the platform says that the order failed. */
  'order_failed',
  /** The card was charged, and the platform has not finished the order. */
  'order_not_finished',
  /** Whether the card was charged can't be read by this kiosk any more. */
  'outcome_unknown',
  /** The platform says the order is paid, and this kiosk has not charged for it. */
  'order_paid_otherwise',
] as const;

export type StaffReason = (typeof staffReasons)[number];

export const tenders = ['cash', 'other'] as const;

/** How a sale was paid if not with the card of its PaymentIntent. */
export type Tender = (typeof tenders)[number];

export const staffDecisions = [
  /** Take the held money: the order is given. */
  'capture',
  /** Take a part of the held money, and release the rest. */
  'capture_part',
  /** Release the hold, or end a PaymentIntent that holds nothing. */
  'cancel',
  /** Keep the payment as it is: the order is given. */
  'accept',
  /** Dealt with outside the kiosk: refunded, written off. */
  'close',
] as const;

export type StaffDecision = (typeof staffDecisions)[number];

/** Where a live attempt stands. */
export const attemptStages = [
  /** The reader has been told to collect; it has not answered. */
  'sent',
  'awaiting_card',
  'still_paying',
  /** Card read, customer may still change their mind. */
  'card_read',
  /** A processPayment has been commanded. */
  'processing',
] as const;

export type AttemptStage = (typeof attemptStages)[number];

export const processWords = [
  /** It has not answered. */
  'none',
  'processed',
  /** The error held a PaymentIntent that wants another card: that call is over. */
  'refused',
  /** The customer or we ended it on the reader. */
  'canceled',
  /** No PaymentIntent in the error, or one to be processed again: the card may still have been charged. */
  'unknown',
  /** The reader lost its connection while it charged: the card may have been charged, and nothing more comes of it. */
  'disconnected',
  /** Another till's prompt took the place of ours, which a reader allows until a card is being charged. */
  'replaced',
] as const;

export type ProcessWord = (typeof processWords)[number];

/** One card, one try. A row under the sale, without a machine of its own. */
export interface PaymentAttempt {
  readonly id: AttemptId;
  /** 1 for the first. */
  readonly ordinal: number;
  readonly stage: AttemptStage;
  /** The latest Charge when this attempt began: a decline is this attempt's only if a newer one is there. */
  readonly chargeBefore: ChargeId | null;
  /** How many times processPayment was commanded on the object this attempt collected. */
  readonly processCount: number;
  /** A processPayment may still be running somewhere. */
  readonly inFlight: boolean;
  /** The page that collected is still there, and with it the collected object. */
  readonly windowHoldsCard: boolean;
  /** What the driver said of the last processPayment. */
  readonly hint: ProcessWord;
  /** The sale's revision when it said so: a read that left before proves nothing about what came after. */
  readonly answeredAt: number | null;
  /**
   * Main leads the reader, so no page holds anything of it. In one step the reader charges the card it is shown by
   * itself: from the prompt on it may be charged at any moment. Absent while the page leads.
   */
  readonly serverDriven?: 'one_step' | 'two_step';
  /** The first reader did not answer, and the spare was asked: no attempt moves twice. */
  readonly atSpare?: true;
}

/** A step whose call is over and that only a read can settle: refused, or answered without proof. */
export interface UnsettledStep {
  readonly step: 'capture' | 'cancel' | 'confirm';
  readonly how: 'refused' | 'unproved';
}

/** Numbers of the steps' attempts; each is part of its idempotency key and grows only after a read showed no effect (P2). */
export interface StepOrdinals {
  readonly create: number;
  readonly capture: number;
  readonly cancel: number;
  /** Only of a sale that is, or was to be, paid with a card on file. */
  readonly confirm?: number;
}

/** The customer agreed that the card of this sale is kept: whose it will be, and the consent that says so. */
export interface Keeping {
  readonly memberKey: MemberKey;
  readonly consentId: ConsentId;
}

/** The card on file that pays this sale, off session. */
export interface StoredCard {
  readonly paymentMethodId: PaymentMethodId;
  readonly customerId: CustomerId;
  readonly memberKey: MemberKey;
  readonly brand: string;
  readonly last4: string;
  /**
   * Until when the charge may wait for a network, epoch milliseconds; null where the studio does not allow it to wait.
   * What has not been charged by then is cancelled.
   */
  readonly mayWaitUntilMs: number | null;
}

export interface Sale {
  readonly id: SaleId;
  readonly kioskId: KioskId;
  readonly state: SaleState;
  readonly order: Order;
  /** The customer confirmed on the review screen. */
  readonly completed: boolean;
  /** A customer is at the screen for this sale. */
  readonly attended: boolean;
  /** The present state has lasted longer than people wait without a word. */
  readonly lingering: boolean;
  readonly cancelReason: CancelReason | null;
  readonly staffReason: StaffReason | null;
  /** Recorded by staff: paid otherwise, so a hold of this sale is cancelled (P6). */
  readonly tender: Tender | null;
  /** The last one; who and why are in the journal. */
  readonly staffDecision: StaffDecision | null;
  /** As last read by main; null before the create was answered. */
  readonly paymentIntent: PaymentIntentFacts | null;
  /** The live attempt. */
  readonly attempt: PaymentAttempt | null;
  readonly attemptsMade: number;
  /** Of the attempt that ended last, while another card may be tried. */
  readonly decline: DeclineReason | null;
  readonly ordinals: StepOrdinals;
  readonly unsettledStep: UnsettledStep | null;
  /** Reads in `finding_out` that settled nothing, since that state was entered. */
  readonly inconclusiveReads: number;
  /** Calls in a row that got no answer. */
  readonly unanswered: number;
  /** Grows with each stored step. */
  readonly revision: number;
  readonly keeping?: Keeping;
  readonly storedCard?: StoredCard;
  /** Its PaymentIntent is cancelled only so that the customer can pay in person: then another is made (P1). */
  readonly payAnew?: true;
  /** The PaymentIntent before the present one; it was read as canceled. */
  readonly superseded?: PaymentIntentId;
  /** Decided by staff: less of the hold is taken than the order's total. Minor units. */
  readonly captureAmount?: number;
  /** The order at the selling platform that this sale pays. */
  readonly platformOrder?: PlatformOrder;
  /**
   * The platform takes the money and ends the PaymentIntent by itself; nothing of it can be captured or cancelled from
   * here, and what it says of its order decides.
   */
  readonly settledBy?: 'platform';
  /** Once it is paid, that is recorded with the platform's order. */
  readonly recordsOrder?: true;
  /** What this kiosk has asked Stripe to give back of it and was not refused, minor units. */
  readonly givenBack?: number;
}

type Wish = 'keeping' | 'storedCard' | 'payAnew';

/** The sale without these wishes, as if they had never been told. */
export function without(sale: Sale, ...wishes: readonly Wish[]): Sale {
  const copy = { ...sale };
  for (const wish of wishes) Reflect.deleteProperty(copy, wish);
  return copy;
}

/** What the card pays: the order's total without what the member's account at the platform pays of it. */
export function totalOf({ order: { total }, platformOrder }: Sale): Money {
  const fromBalance = platformOrder?.fromBalance ?? 0;
  return fromBalance === 0 ? total : { ...total, amount: total.amount - fromBalance };
}

/** What is to be taken: the total, unless staff decided to take less. */
export function dueOf(sale: Sale): Money {
  const total = totalOf(sale);
  return sale.captureAmount === undefined ? total : { ...total, amount: sale.captureAmount };
}

export function codeOf(sale: Pick<Sale, 'id'>): string {
  return shortCode(sale.id);
}

/** A sale at review: nothing has left the kiosk. */
export function openSale(id: SaleId, kioskId: KioskId, order: Order): Sale {
  return {
    id,
    kioskId,
    state: 'open',
    order,
    completed: false,
    attended: true,
    lingering: false,
    cancelReason: null,
    staffReason: null,
    tender: null,
    staffDecision: null,
    paymentIntent: null,
    attempt: null,
    attemptsMade: 0,
    decline: null,
    ordinals: { create: 0, capture: 0, cancel: 0 },
    unsettledStep: null,
    inconclusiveReads: 0,
    unanswered: 0,
    revision: 0,
  };
}

/** True when a read has proved that no money was taken and none is held (P5). */
export function provedNotCharged(sale: Sale): boolean {
  if (sale.state === 'canceled') return sale.paymentIntent?.status === 'canceled';
  if (sale.state !== 'presenting' || sale.attempt !== null || sale.decline === null) return false;
  return wasAnsweredByBank(sale.decline);
}

/** True after repeated timeouts: advise to look at the network. */
export function hasConnectivityTrouble(sale: Sale): boolean {
  return sale.unanswered >= 2 || (sale.attempt?.processCount ?? 0) >= 2;
}

/** True while this sale waits for the outcome of this step; in every other state the step must not be taken. */
export function awaitsStep(sale: Sale, step: Step): boolean {
  const { state, paymentIntent, storedCard } = sale;
  switch (step) {
    case 'create':
      return (state === 'creating' || state === 'canceling') && paymentIntent === null;
    case 'capture':
      return state === 'authorized' || state === 'capturing';
    case 'cancel':
      return state === 'canceling';
    case 'confirm':
      return storedCard !== undefined && state === 'authorizing';
  }
}

/** True for a charge to a card on file that goes on waiting for a network, also when nobody is there any more. */
export function mayWait({ storedCard }: Sale): boolean {
  return storedCard !== undefined && storedCard.mayWaitUntilMs !== null;
}

/** True while the customer may cancel: until an authorisation may be on its way. */
export function mayCancel(sale: Sale): boolean {
  return sale.state === 'open' || sale.state === 'creating' || sale.state === 'presenting';
}

/**
 * A charge to a card on file that waits for the network: nothing is paid, and nobody says so, until a read has shown
 * it.
 */
export function isPending(sale: Sale): boolean {
  const isOnItsWay = sale.state === 'creating' || sale.state === 'authorizing';
  return mayWait(sale) && isOnItsWay && (sale.lingering || !sale.attended);
}

/** True when the customer may leave this sale to the kiosk and the screen may go back to attract. */
export function mayLeave(sale: Sale): boolean {
  if (isFinal(sale.state)) return true;
  if (isPending(sale)) return true;
  return sale.lingering && !mayCancel(sale) && sale.state !== 'authorizing';
}

/** In these a sale is carried on by the outbox, in the others by a person or a reader. */
const waitsForStripe: ReadonlySet<SaleState> = new Set([
  'creating',
  'finding_out',
  'authorized',
  'capturing',
  'canceling',
]);

/** True while the outbox carries the sale on: a card on file is charged by it, a card that is tapped by a reader. */
export function isCarriedByOutbox({ state, storedCard }: Sale): boolean {
  return waitsForStripe.has(state) || (state === 'authorizing' && storedCard !== undefined);
}
