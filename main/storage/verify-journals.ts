import Database from 'better-sqlite3';
import { DamagedSale } from '../domain/damaged-sale.ts';
import { faultMessage } from '../domain/fault-message.ts';
import { sha256 } from './chain.ts';
import { brokenAt, JournalTable } from './journal-table.ts';
import { saleColumnsIn, type SaleRow } from './sale-row.ts';
import { verifiedSale } from './verified-sales.ts';

export interface BrokenSale {
  readonly saleId: string;
  readonly why: string;
}

export interface VerifiedPart {
  readonly broken: readonly BrokenSale[];
  /** Where the next part begins; null when this was the last. */
  readonly lastSaleId: string | null;
}

/**
 * Looks through at most `limit` sales after `afterSaleId` ('' for the first): the seal of the row, every entry of
 * the journal, and that both end in the same record. By a connection of its own that can't write, so that it may
 * run beside the kiosk. Throws when the file can't be read.
 */
export function verifyJournals(
  file: string,
  part: { readonly afterSaleId: string; readonly limit: number },
): VerifiedPart {
  const db = new Database(file, { readonly: true });
  try {
    return verifyPart(db, part);
  } finally {
    db.close();
  }
}

/** The same by a connection that is open already. */
export function verifyPart(
  db: Database.Database,
  { afterSaleId, limit }: { readonly afterSaleId: string; readonly limit: number },
): VerifiedPart {
  const rows = db
    .prepare<[string, number], SaleRow>(
      `select ${saleColumnsIn(db)} from sales where id > ? order by id limit ?`,
    )
    .all(afterSaleId, limit);
  const journal = new JournalTable(db);
  const broken = rows.flatMap((row): readonly BrokenSale[] => {
    const why = brokenSale(row, journal);
    return why === null ? [] : [{ saleId: row.id, why }];
  });
  return { broken, lastSaleId: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
}

/** Every sale of the file that is broken. */
export function verifyAll(db: Database.Database): readonly BrokenSale[] {
  const broken: BrokenSale[] = [];
  for (let after: string | null = ''; after !== null;) {
    const part = verifyPart(db, { afterSaleId: after, limit: 1_000 });
    broken.push(...part.broken);
    after = part.lastSaleId;
  }
  return broken;
}

/** Says what is broken of the sale, or null. */
export function brokenSale(row: SaleRow, journal: JournalTable): string | null {
  try {
    verifiedSale(row);
  } catch (error) {
    if (error instanceof DamagedSale) return error.message;
    throw error;
  }
  try {
    const entries = journal.rowsOf(row.id);
    const why = brokenAt(entries, row.hash);
    if (why !== null) return why;
    return entries.at(-1)?.record_hash === sha256(row.record)
      ? null
      : 'its record is not the one its journal ends in';
  } catch (error) {
    return faultMessage(error);
  }
}
