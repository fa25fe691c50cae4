import { workSeal, type WorkRow } from '../../../main/storage/outbox-work.ts';
import { aCapture, addOpenSale, numberedSaleId, openOurs } from '../ours.ts';
import { inBulk, inserter } from './in-bulk.ts';
import type { Row } from './repeated-row.ts';

export interface OutboxSeed {
  /** Rows of sales that are not there: enough for an index, of which alone a claim reads. */
  readonly rows: number;
  readonly state: 'waiting' | 'done';
  /** Sales at the head of the queue that are there, so that their captures can be ended. */
  readonly claimable: number;
}

/** Makes a file whose outbox holds these captures, all alike, all due, each with its own deadline. */
export function seedOutbox(file: string, { rows, state, claimable }: OutboxSeed): void {
  const ours = openOurs(file, 'boot_0000000000');
  const { ledger, db } = ours;
  const nowMs = Date.now() - 3_600_000;
  ledger.atomically(() => {
    for (let count = 1; count <= claimable; count += 1) {
      ledger.enqueue(addOpenSale(ledger, count, nowMs), aCapture, nowMs);
    }
  });
  const like = db.prepare<[], Row & WorkRow>('select * from outbox order by id desc limit 1').get();
  if (like === undefined) throw new Error('no sale was seeded');
  const ended = { state: 'done', ended_at_ms: nowMs + 900, last_answer: 'done 200' };
  const add = inserter(db, 'outbox', [like]);
  inBulk(db, () => {
    for (let count = claimable + 1; count <= rows; count += 1) {
      const sale = numberedSaleId(count);
      const row = {
        ...like,
        ...(state === 'done' ? ended : {}),
        id: count,
        owner: sale,
        idempotency_key: like.idempotency_key?.replace(like.owner, sale) ?? null,
        stored_at_ms: nowMs + count,
        next_at_ms: nowMs,
        deadline_ms: (like.deadline_ms ?? nowMs) + count,
      };
      add([{ ...row, seal: workSeal(row) }]);
    }
  });
  ours.close();
}
