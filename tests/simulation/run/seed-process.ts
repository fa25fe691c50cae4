import { runSeeds, type SeedRange } from './run-seeds.ts';

/*
 * A process of its own that runs the seeds it is told, and tells what they came to. Begun by run-in-processes.ts.
 */
process.on('message', (range: SeedRange) => {
  void runSeeds(range).then((result) => process.send?.(result));
});
