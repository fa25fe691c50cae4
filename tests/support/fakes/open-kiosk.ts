import { writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Kiosk } from '../../../main/kiosk.ts';
import { openTestKiosk } from '../open-test-kiosk.ts';

export interface TestKiosk {
  readonly kiosk: Kiosk;
  /** Every row of the kiosk's file, as text, to see whether anything changed. */
  readonly rows: () => string;
}

/** The real kiosk in training mode, or closed by what `spoil` does to its settings. */
export async function openTrainingKiosk(
  dataDir: string,
  spoil: 'nothing' | 'catalogue' | 'settings' = 'nothing',
): Promise<TestKiosk> {
  if (spoil === 'settings') writeFileSync(path.join(dataDir, 'foyer.json'), '{ oops');
  if (spoil === 'catalogue') {
    writeFileSync(path.join(dataDir, 'foyer.json'), JSON.stringify({ catalogue: 'none.json' }));
  }
  const kiosk = await openTestKiosk(dataDir);
  return {
    kiosk,
    rows: () => {
      const reader = new Database(path.join(dataDir, 'training', 'foyer.db'), { readonly: true });
      const tables = ['sales', 'payment_attempts', 'sale_events', 'outbox'];
      const rows = tables.map((table) => reader.prepare(`select * from ${table}`).all());
      reader.close();
      return JSON.stringify(rows);
    },
  };
}
