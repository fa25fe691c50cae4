import { measureApp } from './app/measure-app.ts';
import { measureSale } from './desk/measure-sale.ts';
import { measureOutage } from './desk/measure-outage.ts';
import type { Figure } from './figure.ts';
import { measureClaims } from './file/measure-claims.ts';
import { measureFile } from './file/measure-file.ts';
import { measureMemory } from './process/measure-memory.ts';
import { measureQueues } from './queues/measure-queues.ts';
import type { Scale } from './scale.ts';

/** One part of the benchmark; the others do not depend on it. */
export interface Part {
  readonly name: string;
  /** Left out of a quick run. */
  readonly isFullOnly?: boolean;
  /** Leaves what it wrote in the folder, which is removed at the end. */
  readonly measure: (folder: string, scale: Scale) => Promise<readonly Figure[]>;
}

export const parts: readonly Part[] = [
  { name: 'queues', measure: measureQueues },
  { name: 'claims', measure: measureClaims },
  { name: 'file', measure: measureFile },
  { name: 'sale', measure: measureSale },
  { name: 'memory', isFullOnly: true, measure: measureMemory },
  { name: 'outage', measure: measureOutage },
  { name: 'app', isFullOnly: true, measure: measureApp },
];
