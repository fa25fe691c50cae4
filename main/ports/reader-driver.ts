import type { CardSetup } from '../domain/card-setup.ts';
import type { ReaderEffect } from '../domain/effect.ts';
import type { Refund } from '../domain/refund.ts';
import type { Sale } from '../domain/sale.ts';

/** What asks for a card on a reader. */
export type Errand =
  | { readonly kind: 'payment'; readonly sale: Sale }
  | { readonly kind: 'setup'; readonly setup: CardSetup }
  | { readonly kind: 'refund'; readonly refund: Refund };

/**
 * Whatever leads the reader: the window with the JS SDK, or main with the reader endpoints.
 * A command may be lost with its driver; what it leads to is told back as events of whatever asked.
 */
export interface ReaderDriver {
  /** `clientSecret` is held for this step only: never stored, never logged. A refund has none. */
  command(errand: Errand, effect: ReaderEffect, clientSecret: string | null): void;
}
