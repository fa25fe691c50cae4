import { aCapture, addOpenSale, claimAndFinish, type OurFile } from '../ours.ts';
import { inForceOf } from './in-force.ts';
import type { Queue } from './queue.ts';

/** Our outbox: a capture for a sale of its own each time. `prepare` adds the sales, which is not the queue's work. */
export function foyerQueue(ours: OurFile): Queue & { prepare(count: number): void } {
  const { ledger, db } = ours;
  const waiting: (() => void)[] = [];
  let sales = 0;
  return {
    name: 'foyer',
    inForce: inForceOf((pragma) => db.pragma(pragma, { simple: true })),
    prepare: (count) => {
      for (let go = 0; go < count; go += 1) {
        sales += 1;
        const id = addOpenSale(ledger, sales, Date.now());
        waiting.push(() => ledger.enqueue(id, aCapture, Date.now()));
      }
    },
    enqueue: () => {
      const enqueue = waiting.shift();
      if (enqueue === undefined) throw new Error('no sale was prepared');
      enqueue();
    },
    claimAndComplete: () => claimAndFinish(ledger, Date.now()),
    close: () => ours.close(),
  };
}
