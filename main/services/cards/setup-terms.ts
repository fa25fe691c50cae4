import { type CardSetup, isSetupOver } from '../../domain/card-setup.ts';
import type { SetupId } from '../../domain/ids.ts';
import type { Member } from '../../domain/member.ts';
import { parseOrderCode } from '../../domain/order-code.ts';
import type { PlatformOrder } from '../../domain/platform-order.ts';

/** What a system with users of its own must be told to keep a card without a payment. */
export interface SetupTerms {
  /** Both the system's own. */
  readonly userId: string;
  readonly partnerId: string;
  /** As typed, without the space around it. */
  readonly postalCode: string;
  /** The order that named them: the reader may be reached by it alone. */
  readonly order: PlatformOrder;
}

/** Why a card can't be kept on what was said; the screen has a sentence for each. */
export type TermsRefusal =
  /** It is no postal code. */
  | 'postal_code'
  /** An order's code is needed: none was given, or it does not say whose it is and at which partner. */
  | 'order_code'
  /** The order is somebody else's. */
  | 'other_member';

export interface SaidForSetup {
  readonly postalCode: string | null;
  /** An order's code, as scanned or typed; null: that of the order on the screen. */
  readonly orderCode: string | null;
}

const postalCodePattern = /^[0-9A-Za-z](?:[0-9A-Za-z -]{1,8})[0-9A-Za-z]$/;

/**
 * Reads the terms. The order's user must have the member's own number: what else the code says is believed, but a card
 * that is kept for somebody else could be charged for them.
 */
export function readTerms(
  said: SaidForSetup,
  member: Member,
  shown: PlatformOrder | null,
): { readonly terms: SetupTerms } | { readonly refused: TermsRefusal } {
  const postalCode = said.postalCode?.trim() ?? '';
  if (!postalCodePattern.test(postalCode)) return { refused: 'postal_code' };
  const order = said.orderCode === null ? shown : (parseOrderCode(said.orderCode)?.order ?? null);
  if (order === null) return { refused: 'order_code' };
  const { userId, partnerId } = order;
  if (userId === null || partnerId === null) return { refused: 'order_code' };
  if (userId !== member.memberId) return { refused: 'other_member' };
  return { terms: { userId, partnerId, postalCode, order } };
}

/** The terms of the setups in hand: in memory only, until the one request that needs them or the end of the setup. */
export class TermsOfSetups {
  readonly #terms = new Map<SetupId, SetupTerms>();

  keep(id: SetupId, terms: SetupTerms): void {
    this.#terms.set(id, terms);
  }

  of(id: SetupId): SetupTerms | null {
    return this.#terms.get(id) ?? null;
  }

  /** Hands them out for good: whoever takes them is the only one who ever can. */
  take(id: SetupId): SetupTerms | null {
    const terms = this.of(id);
    this.#terms.delete(id);
    return terms;
  }

  /** Forgets them once nothing can come of this setup any more. */
  forgetAfter({ id, state }: CardSetup): void {
    if (isSetupOver(state)) this.#terms.delete(id);
  }
}
