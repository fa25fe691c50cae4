import type { ReaderEffect } from '../domain/effect.ts';
import type { Sale } from '../domain/sale.ts';

/**
 * Whatever leads the reader: the window with the JS SDK, or main with the reader endpoints.
 * A command may be lost with its driver; what it leads to is told back as events of the sale.
 */
export interface ReaderDriver {
  /** `clientSecret` is held for this step only: never stored, never logged. */
  command(sale: Sale, effect: ReaderEffect, clientSecret: string | null): void;
}
