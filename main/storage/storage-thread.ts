import { Worker } from 'node:worker_threads';
import type { FileLook } from './check-file.ts';
import type { Job, JobResult } from './storage-job.ts';

/** Beside the source under plain Node, beside the bundle in the built app. */
const workerFile = import.meta.url.endsWith('.ts') ? './storage-worker.ts' : './storage-worker.js';

/** Carries the job out in a thread of its own. Rejects with the reason when the job, or the thread, fails. */
export async function inStorageThread(job: Job): Promise<FileLook> {
  const worker = new Worker(new URL(workerFile, import.meta.url));
  try {
    const result = await new Promise<JobResult>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the storage thread ended without an answer')));
      worker.postMessage(job);
    });
    if (result.kind === 'failed') throw new Error(result.why);
    return result.value;
  } finally {
    await worker.terminate();
  }
}
