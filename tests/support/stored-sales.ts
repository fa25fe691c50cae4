import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

export interface StoredSale {
  readonly id: string;
  readonly state: string;
  readonly amount: number;
  readonly currency: string;
  readonly payment_intent_id: string | null;
  readonly payment_intent_status: string | null;
  readonly attempts: number;
  readonly creates: number;
}

/** What a kiosk's training file says of its sales, oldest first. Read by a connection of its own. */
export function storedSales(dataDir: string): readonly StoredSale[] {
  const file = path.join(dataDir, 'training', 'foyer.db');
  if (!existsSync(file)) return [];
  const db = new Database(file, { readonly: true });
  try {
    return db
      .prepare<[], StoredSale>(
        `select id, state, amount, currency, payment_intent_id, payment_intent_status,
           (select count(*) from payment_attempts where sale_id = sales.id) as attempts,
           (select count(*) from outbox where owner = sales.id and kind = 'payment_intent.create') as creates
         from sales order by added_at_ms`,
      )
      .all();
  } finally {
    db.close();
  }
}
