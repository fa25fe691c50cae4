import Database from 'better-sqlite3';
import { better, defineQueue } from 'plainjob';
import { inForceOf } from './in-force.ts';
import type { Queue } from './queue.ts';

const jobType = 'capture';
const silent = () => undefined;

/**
 * plainjob by its README, on its better-sqlite3 connection. It sets `synchronous = 1` itself, which loses what it
 * accepted in a power cut; FULL is set after it. Only the calls of its queue are made, not its worker, which would
 * look for scheduled jobs before each.
 */
export function plainjobQueue(file: string, payload: () => unknown): Queue {
  const db = new Database(file);
  const logger = { error: silent, warn: silent, info: silent, debug: silent };
  const queue = defineQueue({ connection: better(db), logger });
  db.pragma('synchronous = FULL');
  return {
    name: 'plainjob',
    inForce: inForceOf((pragma) => db.pragma(pragma, { simple: true })),
    enqueue: () => queue.add(jobType, payload()),
    claimAndComplete: () => {
      const claimed = queue.getAndMarkJobAsProcessing(jobType);
      const job = claimed === undefined ? undefined : queue.getJobById(claimed.id);
      if (job === undefined) throw new Error('plainjob has no job');
      JSON.parse(job.data);
      queue.markJobAsDone(job.id);
    },
    close: () => queue.close(),
  };
}
