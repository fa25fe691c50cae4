import { measureSale } from './desk/measure-sale.ts';
import type { Figure } from './figure.ts';
import { measureClaims } from './file/measure-claims.ts';
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
  { name: 'sale', measure: measureSale },
];
