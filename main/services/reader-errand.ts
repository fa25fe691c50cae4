import {
  type AttemptId,
  type ErrandId,
  type KioskId,
  type PaymentIntentId,
  paymentIntentId,
  type RefundId,
  refundId,
  type SaleId,
  saleId,
  type SetupId,
  setupId,
} from '../domain/ids.ts';
import type { PromptObject } from '../ports/reader-book.ts';
import type { Errand } from '../ports/reader-driver.ts';

/** The id of what asks for the card. */
export function ownerIdOf(errand: Errand): ErrandId {
  switch (errand.kind) {
    case 'payment':
      return errand.sale.id;
    case 'setup':
      return errand.setup.id;
    case 'refund':
      return errand.refund.id;
  }
}

/** What a prompt for it is about: a reader shows it. Null while Stripe has not answered with one. */
export function objectOf(errand: Errand): PromptObject | null {
  switch (errand.kind) {
    case 'payment':
      return errand.sale.paymentIntent?.id ?? null;
    case 'setup':
      return errand.setup.setupIntent?.id ?? null;
    case 'refund':
      return errand.refund.chargeId;
  }
}

/** What drivers need to know of an attempt, whatever it is for. */
export interface AttemptOfErrand {
  readonly id: AttemptId;
  /** The words of the sale's attempts; `sent` before the reader has told anything. */
  readonly stage: string;
  readonly serverDriven?: 'one_step' | 'two_step';
}

/** Its live attempt; null when no card is asked for. */
export function attemptOf(errand: Errand): AttemptOfErrand | null {
  switch (errand.kind) {
    case 'payment':
      return errand.sale.attempt;
    case 'setup':
      return errand.setup.attempt;
    case 'refund':
      return errand.refund.attempt;
  }
}

/** True while a card is wanted for this attempt of it, or is being processed. */
export function asksFor(errand: Errand, attemptId: AttemptId): boolean {
  if (attemptOf(errand)?.id !== attemptId) return false;
  switch (errand.kind) {
    case 'payment':
      return errand.sale.state === 'presenting' || errand.sale.state === 'authorizing';
    case 'setup':
      return errand.setup.state === 'presenting' || errand.setup.state === 'confirming';
    case 'refund':
      return errand.refund.state === 'presenting' || errand.refund.state === 'processing';
  }
}

/** The kiosk whose it is. */
export function kioskOf(errand: Errand): KioskId {
  switch (errand.kind) {
    case 'payment':
      return errand.sale.kioskId;
    case 'setup':
      return errand.setup.kioskId;
    case 'refund':
      return errand.refund.kioskId;
  }
}

/** True for an id that a sale bears, whether it is stored or not. */
export function isSaleId(owner: ErrandId): owner is SaleId {
  return ownerOf(owner).kind === 'payment';
}

/** The log's field for whose it is. */
export function ownerInLog(
  owner: ErrandId,
): { readonly sale: string } | { readonly owner: string } {
  return isSaleId(owner) ? { sale: owner } : { owner };
}

/** The PaymentIntent that something on a reader is about; null for what is about none. */
export function paymentIntentOf(object: PromptObject | null): PaymentIntentId | null {
  return object?.startsWith('pi_') === true ? paymentIntentId(object) : null;
}

/** Whose an id is, by its noun. */
export type Owner =
  | { readonly kind: 'payment'; readonly id: SaleId }
  | { readonly kind: 'setup'; readonly id: SetupId }
  | { readonly kind: 'refund'; readonly id: RefundId };

/** Refuses, by a TypeError, a text that has not the form of such an id. */
export function ownerOf(owner: string): Owner {
  if (owner.startsWith('setup_')) return { kind: 'setup', id: setupId(owner) };
  if (owner.startsWith('refund_')) return { kind: 'refund', id: refundId(owner) };
  return { kind: 'payment', id: saleId(owner) };
}
