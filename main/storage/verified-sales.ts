import { DamagedSale } from '../domain/damaged-sale.ts';
import { faultMessage } from '../domain/fault-message.ts';
import type { Sale } from '../domain/sale.ts';
import { parseSale } from './sale-record.ts';
import { rowSeal, type SaleRow, sameRow } from './sale-row.ts';
import type { Transactions } from './transactions.ts';

/** How many rows are remembered as verified. */
const rememberedMax = 64;

interface Remembered {
  readonly row: SaleRow;
  readonly sale: Sale;
  /** The transaction in which the file had this row; null for none. */
  transaction: number | null;
}

/** Throws DamagedSale when the row's seal does not fit or its record is no sale. */
export function verifiedSale(row: SaleRow): Sale {
  if (rowSeal(row) !== row.seal) throw new DamagedSale(row.id, 'its seal does not fit');
  try {
    return parseSale(row.record);
  } catch (error) {
    throw new DamagedSale(row.id, faultMessage(error), error);
  }
}

/** The sale, or nothing where the row is damaged. */
export function verifiedOrNothing(row: SaleRow): readonly Sale[] {
  try {
    return [verifiedSale(row)];
  } catch (error) {
    if (error instanceof DamagedSale) return [];
    throw error;
  }
}

/**
 * Verifies rows as they come from the file, and remembers the last ones: a row that is in every column what was
 * verified before needs no second look. The row itself is read from the file in every transaction.
 */
export class VerifiedSales {
  readonly #transactions: Pick<Transactions, 'current'>;
  readonly #remembered = new Map<string, Remembered>();

  constructor(transactions: Pick<Transactions, 'current'>) {
    this.#transactions = transactions;
  }

  /** Throws DamagedSale. */
  read(row: SaleRow): Sale {
    const known = this.#remembered.get(row.id);
    if (known === undefined || !sameRow(known.row, row)) {
      const sale = verifiedSale(row);
      this.remember(row, sale);
      return sale;
    }
    known.transaction = this.#transactions.current;
    return known.sale;
  }

  /** The row as the transaction that is under way has read or written it; null when it has done neither. */
  rowOfThisTransaction(id: string): SaleRow | null {
    const known = this.#remembered.get(id);
    if (known?.transaction == null) return null;
    return known.transaction === this.#transactions.current ? known.row : null;
  }

  /** `sale` must be what the row's record says, checked by the schema. */
  remember(row: SaleRow, sale: Sale): void {
    this.#remembered.delete(row.id);
    this.#remembered.set(row.id, { row, sale, transaction: this.#transactions.current });
    if (this.#remembered.size <= rememberedMax) return;
    const oldest = this.#remembered.keys().next();
    if (oldest.done !== true) this.#remembered.delete(oldest.value);
  }
}
