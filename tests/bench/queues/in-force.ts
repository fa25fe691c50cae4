import { z } from 'zod';
import type { InForce } from './queue.ts';

/** A pragma's value comes bare from one driver and as a row from the other. */
const bare = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Object.values(value)[0] : value;

/** Reads back what a connection has in force; `ask` puts one pragma to it. */
export function inForceOf(ask: (pragma: string) => unknown): InForce {
  return {
    journalMode: z.string().parse(bare(ask('journal_mode'))),
    synchronous: z.int().parse(bare(ask('synchronous'))),
  };
}
