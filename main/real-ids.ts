import { randomInt } from 'node:crypto';
import type { IdSource } from './ports/id-source.ts';

/** Nine characters of time, so that ids sort, and twelve of chance: 62 bits. */
export const realIds: IdSource = {
  next(prefix) {
    let chance = '';
    for (let place = 0; place < 12; place += 1) chance += randomInt(36).toString(36);
    return `${prefix}_${Date.now().toString(36).padStart(9, '0')}${chance}`;
  },
};
