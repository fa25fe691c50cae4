import { parentPort } from 'node:worker_threads';
import { faultMessage } from '../domain/fault-message.ts';
import { carryOutJob, type Job, type JobResult } from './storage-job.ts';

/*
 * A thread beside the main one, for what reads the whole file: SQLite here is synchronous, and the window must not
 * wait for it. One job in, one result out.
 */
parentPort?.on('message', (job: Job) => {
  let result: JobResult;
  try {
    result = { kind: 'done', value: carryOutJob(job) };
  } catch (error) {
    result = { kind: 'failed', why: faultMessage(error) };
  }
  parentPort?.postMessage(result);
});
