import { type SaleId, saleId } from '../../../main/domain/ids.ts';
import type { StorageCare } from '../../../main/ports/storage-care.ts';
import type { OpenDatabase } from '../../../main/storage/open.ts';
import { verifyAll } from '../../../main/storage/verify-journals.ts';
import type { KioskProcess } from './kiosk-process.ts';

/** The care of the file as the kiosk takes it, without the thread it runs in. Backups are proved elsewhere. */
export function careOfDisk(database: OpenDatabase, process: KioskProcess): StorageCare {
  return {
    check: () => {
      if (process.isGone) return Promise.withResolvers<never>().promise;
      const damaged = verifyAll(database.db).map((broken): SaleId => saleId(broken.saleId));
      return Promise.resolve({ sound: true, damaged });
    },
    backUp: () => Promise.resolve(),
    hasRoom: () => process.isGone || database.reserve.state.kind === 'ok',
    makeRoom: () => {
      process.mustLive();
      database.reserve.take();
    },
  };
}
