import { BackendSqlite } from 'openworkflow/sqlite';
import { z } from 'zod';
import { inForceOf } from './in-force.ts';
import type { Queue } from './queue.ts';

const leaseDurationMs = 30_000;
const workerId = 'bench';

/** Its connection is its own; only by it can be read what is in force. */
const withConnection = z.object({
  db: z.custom<{ prepare(sql: string): { get(): unknown } }>((db) => db !== undefined),
});

/**
 * openworkflow as it ships, by the calls its own worker makes of its backend: that worker rests 50 to 100 ms whenever
 * all its slots are taken, which would say nothing of the queue.
 */
export function openworkflowQueue(file: string, payload: () => { readonly key: string }): Queue {
  const backend = BackendSqlite.connect(file);
  const { db } = withConnection.parse(backend);
  return {
    name: 'openworkflow',
    inForce: inForceOf((pragma) => db.prepare(`pragma ${pragma}`).get()),
    enqueue: () => {
      const input = { ...payload() };
      return backend.createWorkflowRun({
        workflowName: 'capture',
        version: null,
        idempotencyKey: input.key,
        config: {},
        context: null,
        input,
        parentStepAttemptNamespaceId: null,
        parentStepAttemptId: null,
        availableAt: null,
        deadlineAt: null,
      });
    },
    claimAndComplete: async () => {
      const run = await backend.claimWorkflowRun({ workerId, leaseDurationMs });
      if (run === null) throw new Error('openworkflow has no run');
      await backend.completeWorkflowRun({ workflowRunId: run.id, workerId, output: null });
    },
    close: () => backend.stop(),
  };
}
