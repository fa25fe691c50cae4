import type { IdSource } from '../../../main/ports/id-source.ts';

/** Ids that count: `sale_0000000001`, `sale_0000000002`, … */
export function countedIds(): IdSource {
  let count = 0;
  return {
    next(prefix) {
      count += 1;
      return `${prefix}_${String(count).padStart(10, '0')}`;
    },
  };
}
