import type { ModelIds } from '../../../main/training/model/model-ids.ts';

/** Names in the order they were asked for: the same run gives the same names. */
export function sequenceIds(): ModelIds {
  let count = 0;
  return {
    next: (prefix) => {
      count += 1;
      return `${prefix}_${String(count).padStart(6, '0')}`;
    },
  };
}
