import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import Database from 'better-sqlite3';

/** So often the kiosk's file is asked, a tenth of a second apart. */
const looksMax = 200;

/**
 * Resolves when no paid sale of this running kiosk waits to be recorded at its platform, at once where none ever does:
 * the customer's screen does not wait for it, and a kiosk that is closed first records it at its next start. Rejects
 * after twenty seconds.
 */
export async function untilRecorded(dataDir: string): Promise<void> {
  const file = path.join(dataDir, 'training', 'foyer.db');
  const db = new Database(file, { readonly: true });
  try {
    const waiting = db
      .prepare<[], number>(
        `select count(*) from outbox where kind = 'order.record' and state = 'waiting'`,
      )
      .pluck();
    for (let looks = 0; looks < looksMax; looks += 1) {
      if (waiting.get() === 0) return;
      await pause(100);
    }
    throw new Error('The platform was not told of the payment.');
  } finally {
    db.close();
  }
}
