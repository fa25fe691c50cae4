import { createHash } from 'node:crypto';
import type { OrderHash } from './ports/order-hash.ts';

/** Over the order's own JSON, whose keys the domain always writes in one order. */
export const orderHash: OrderHash = (order) =>
  createHash('sha256').update(JSON.stringify(order)).digest('hex');
