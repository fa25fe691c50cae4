import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

export interface StoredCardRow {
  /** The member's number. */
  readonly member: string;
  readonly brand: string;
  readonly last4: string;
  /** 1 once it was removed. */
  readonly removed: 0 | 1;
}

export interface StoredConsentRow {
  readonly text: string;
  readonly last4: string | null;
  /** 1 once it was taken back. */
  readonly revoked: 0 | 1;
}

export interface StoredRefundRow {
  /** Whole minor units. */
  readonly amount: number;
  readonly state: string;
}

/** What a kiosk's training file says of cards on file, oldest first. Read by a connection of its own. */
export function storedCards(dataDir: string): readonly StoredCardRow[] {
  return read(dataDir, (db) =>
    db
      .prepare<[], StoredCardRow>(
        `select member_id as member, brand, last4, removed_at_ms is not null as removed
     from cards join members on members.key = cards.member_key order by kept_at_ms, id`,
      )
      .all(),
  );
}

/** What it says of consents, oldest first. */
export function storedConsents(dataDir: string): readonly StoredConsentRow[] {
  return read(dataDir, (db) =>
    db
      .prepare<[], StoredConsentRow>(
        `select text, last4, consent_ends.number is not null as revoked from consents
     left join consent_links on consent_links.consent_id = consents.id
     left join consent_ends on consent_ends.consent_id = consents.id order by consents.number`,
      )
      .all(),
  );
}

/** What it says of money that was to go back, oldest first. */
export function storedRefunds(dataDir: string): readonly StoredRefundRow[] {
  return read(dataDir, (db) =>
    db
      .prepare<[], StoredRefundRow>('select amount, state from refunds order by added_at_ms, id')
      .all(),
  );
}

/** An empty list where there is no file yet. */
function read<Found>(dataDir: string, from: (db: Database.Database) => Found[]): Found[] {
  const file = path.join(dataDir, 'training', 'foyer.db');
  if (!existsSync(file)) return [];
  const db = new Database(file, { readonly: true });
  try {
    return from(db);
  } finally {
    db.close();
  }
}
