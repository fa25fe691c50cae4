import {
  consentId,
  type ErrandId,
  memberKey,
  paymentMethodId,
  refundId,
  saleId,
  setupId,
} from '../domain/ids.ts';
import type { WorkOwner } from '../ports/ledger.ts';

/** Refuses, by a TypeError, text that names nothing that work can belong to. */
export function workOwner(text: string): WorkOwner {
  switch (text.slice(0, text.indexOf('_') + 1)) {
    case 'pm_':
    case 'card_':
    case 'src_':
      return paymentMethodId(text);
    case 'member_':
      return memberKey(text);
    case 'consent_':
      return consentId(text);
    default:
      return errandOf(text);
  }
}

/** Null for text that names nothing that work can belong to. */
export function workOwnerOrNull(text: string): WorkOwner | null {
  try {
    return workOwner(text);
  } catch {
    return null;
  }
}

/** Refuses, by a TypeError, text that names nothing that asks for a card. */
export function errandOf(text: string): ErrandId {
  switch (text.slice(0, text.indexOf('_') + 1)) {
    case 'setup_':
      return setupId(text);
    case 'refund_':
      return refundId(text);
    default:
      return saleId(text);
  }
}
