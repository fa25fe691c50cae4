import type { Requests } from '../../preload/contract/contract.ts';
import type { SetupTermsRefusal } from '../../preload/contract/cards.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';

/** What is asked before a card is kept without a sale, where the system behind the kiosk wants it. */
export type TermsScreen = 'whose_order' | 'postal_code';

/** As main reads it: letters, digits, spaces and hyphens, which need not be a country's own form. */
const postalCode = /^[0-9A-Z][0-9A-Z -]{1,8}[0-9A-Z]$/;

/** A postal code as it is sent: text, for it may begin with a zero. Null for what is none. */
export function postalCodeOf(typed: string): string | null {
  const code = typed.trim().toUpperCase();
  return postalCode.test(code) ? code : null;
}

/** What a member said beside their agreement: whose card it is, and its postal code. */
export class SetupTerms {
  #orderCode = $state<string | null>(null);
  #postalCode = $state<string | null>(null);
  #problem = $state.raw<SetupTermsRefusal | null>(null);

  /** Why main did not take what was said last. */
  get problem(): SetupTermsRefusal | null {
    return this.#problem;
  }

  giveOrder(code: string): void {
    this.#orderCode = code;
    this.#problem = null;
  }

  givePostalCode(code: string): void {
    this.#postalCode = code;
    this.#problem = null;
  }

  /** The next question; null when nothing is missing. An order that has just been paid says whose it is. */
  missing(snapshot: Snapshot | null): TermsScreen | null {
    const { cards, sale = null } = snapshot ?? {};
    const isOrderKnown = this.#orderCode !== null || (sale?.platformOrder ?? null) !== null;
    if (cards?.orderCode === true && !isOrderKnown) return 'whose_order';
    return cards?.postalCode === true && this.#postalCode === null ? 'postal_code' : null;
  }

  /** For `card:save`; empty where nothing was asked. */
  get said(): Pick<Requests['card:save'], 'postalCode' | 'orderCode'> {
    return {
      ...(this.#postalCode !== null && { postalCode: this.#postalCode }),
      ...(this.#orderCode !== null && { orderCode: this.#orderCode }),
    };
  }

  /** Main did not take it: the answer is gone, and its question is asked again. */
  refuse(why: SetupTermsRefusal): TermsScreen {
    this.#problem = why;
    if (why === 'postal_code') {
      this.#postalCode = null;
      return 'postal_code';
    }
    this.#orderCode = null;
    return 'whose_order';
  }

  forget(): void {
    this.#orderCode = null;
    this.#postalCode = null;
    this.#problem = null;
  }
}
