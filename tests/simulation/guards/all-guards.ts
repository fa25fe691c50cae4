import { cardGuards } from './card-guards.ts';
import type { Guard } from './guard.ts';
import { holdGuards } from './hold-guards.ts';
import { keyGuards } from './key-guards.ts';
import { orderGuards } from './order-guards.ts';
import { readerGuards } from './reader-guards.ts';
import { readingGuards } from './reading-guards.ts';
import { recordGuards } from './record-guards.ts';
import { refundGuards } from './refund-guards.ts';

/** Every planted bug. */
export const guards: readonly Guard[] = [
  ...keyGuards,
  ...readingGuards,
  ...holdGuards,
  ...recordGuards,
  ...readerGuards,
  ...cardGuards,
  ...refundGuards,
  ...orderGuards,
];
